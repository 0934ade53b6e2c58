"""The embedded services, with real processes: every test starts and ends its own."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import psycopg2
import pytest
import redis

from neutrality import embedded, env
from neutrality.embedded import (
    AlreadyRunning,
    Home,
    ServiceError,
    Services,
    main,
    needed,
    run_command,
)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "a folder with spaces")


@pytest.fixture
def owner(home):
    """Another process, leader of its own group, that owns the services of the folder."""
    command = [sys.executable, "-m", "neutrality.embedded", "--home", home.path, "--"]
    with subprocess.Popen(
        [*command, "sleep", "60"], cwd=env.BASE_DIR, start_new_session=True, env=_bare()
    ) as process:
        _wait_until(lambda: _is_up(home))
        yield process
        _kill_group(process)


def _bare():
    """Return the environment without addresses of other services."""
    return {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}


def _ask(home, statement):
    connection = psycopg2.connect(host=str(home.sockets), user="neutrality", dbname="neutrality")
    with closing(connection), connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def _is_up(home):
    try:
        return _ask(home, "SELECT 1") == [(1,)]
    except psycopg2.OperationalError:
        return False


def _wait_until(condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def _kill_group(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _pid(file):
    return int(file.read_text().split()[0])


def _lives(pid):
    """Say whether a process still does something; one that only waits for burial does not."""
    return embedded._command_of(pid) != ""


def test_data_survive_a_stop_in_a_folder_with_spaces(home):
    with Services(home):
        _ask(home, "CREATE TABLE kept AS SELECT 7 AS n")
        with redis.Redis.from_url(home.redis_url) as connection:
            connection.set("kept", "7")

    with Services(home):
        assert _ask(home, "SELECT n FROM kept") == [(7,)]
        with redis.Redis.from_url(home.redis_url) as connection:
            assert connection.get("kept") == b"7"


def test_after_a_stop_nothing_runs_and_no_socket_stays(home):
    with Services(home):
        pid = _pid(home.path / "postgres" / "postmaster.pid")

    assert not _lives(pid)
    assert list(home.sockets.iterdir()) == []


def test_a_second_owner_of_a_folder_is_refused_with_the_first_one_named(home, owner):
    with pytest.raises(AlreadyRunning, match=f"started by process {owner.pid}"):
        Services(home).start()

    assert _is_up(home)


def test_after_a_kill_of_the_owner_s_group_its_servers_end_and_a_start_finds_the_data(home, owner):
    _ask(home, "CREATE TABLE kept AS SELECT 7 AS n")
    pids = [_pid(home.path / "postgres" / "postmaster.pid"), _pid(home.path / "redis.pid")]

    _kill_group(owner)

    with Services(home):
        assert _ask(home, "SELECT n FROM kept") == [(7,)]
        assert [_lives(pid) for pid in pids] == [False, False]


def test_after_a_kill_of_everything_a_start_finds_the_data(home, owner):
    _ask(home, "CREATE TABLE kept AS SELECT 7 AS n")
    for file in (home.path / "postgres" / "postmaster.pid", home.path / "redis.pid"):
        os.kill(_pid(file), signal.SIGKILL)
    _kill_group(owner)

    with Services(home):
        assert _ask(home, "SELECT n FROM kept") == [(7,)]


def test_a_pid_file_whose_number_belongs_to_a_stranger_does_not_block(home):
    with Services(home):
        pass
    stranger = home.path / "postgres" / "postmaster.pid"
    stranger.write_text(f"{os.getpid()}\n{home.path}\n")

    with Services(home):
        assert _is_up(home)


def test_a_pid_file_without_a_number_does_not_block(home):
    home.path.mkdir()
    (home.path / "redis.pid").write_text("")

    with Services(home, postgres=False):
        assert redis.Redis.from_url(home.redis_url).ping()


def test_a_folder_of_sockets_that_others_may_enter_is_refused(home):
    home.sockets.mkdir(mode=0o755)
    try:
        with pytest.raises(ServiceError, match="only you may enter"):
            Services(home).start()
    finally:
        home.sockets.rmdir()


def test_data_of_another_postgres_version_are_refused_with_the_way_out(home):
    data = home.path / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")

    with pytest.raises(ServiceError, match="made by PostgreSQL 9, but 18 is installed"):
        Services(home).start()


def test_what_a_server_says_when_it_cannot_start_reaches_the_reader(home):
    with Services(home):
        pass
    (home.path / "postgres" / "postgresql.conf").write_text("nonsense = 1\n")

    with pytest.raises(ServiceError, match='unrecognized configuration parameter "nonsense"'):
        Services(home).start()


def test_a_failed_start_gives_the_folder_free(home):
    home.path.mkdir()
    data = home.path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServiceError):
        Services(home).start()

    with Services(home, postgres=False):
        assert redis.Redis.from_url(home.redis_url).ping()


def test_only_what_the_environment_lacks_is_started():
    given = {"DATABASE_URL": "postgres://elsewhere/x", "REDIS_URL": ""}

    assert needed(given) == {"postgres": False, "valkey": True}
    assert needed({}) == {"postgres": True, "valkey": True}


def test_beside_given_services_none_is_started(home, owner, tmp_path):
    elsewhere = Home(tmp_path / "unused")
    given = {"DATABASE_URL": home.database_url, "REDIS_URL": home.redis_url}
    program = "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']); print('there')"
    command = [sys.executable, "-m", "neutrality.embedded", "--home", str(elsewhere.path), "--"]

    printed = subprocess.check_output(
        [*command, sys.executable, "-c", program],
        cwd=env.BASE_DIR,
        env=_bare() | given,
        text=True,
    )

    assert printed == "there\n"
    assert not elsewhere.redis_socket.exists()
    assert [each.name for each in elsewhere.path.rglob("PG_VERSION")] == []
    assert _is_up(home)


def test_a_command_uses_the_services_of_a_running_owner(home, owner):
    assert run_command(["true"], home=home) == 0
    assert owner.poll() is None


def test_the_status_of_a_command_is_passed_on(home):
    assert main(["--home", str(home.path), "--", "sh", "-c", "exit 3"]) == 3


def test_a_long_temporary_folder_does_not_make_the_socket_s_path_too_long(home, tmp_path):
    long = tmp_path / ("x" * 90)
    long.mkdir()
    program = "import sys; from pathlib import Path; from neutrality.embedded import Home; "
    program += "print(Home(Path(sys.argv[1])).sockets)"
    command = [sys.executable, "-c", program, home.path]
    environment = os.environ | {"TMPDIR": str(long)}

    printed = subprocess.check_output(command, cwd=env.BASE_DIR, env=environment, text=True)

    assert printed.strip() == f"/tmp/{home.sockets.name}"  # noqa: S108


def test_a_quarter_of_the_memory_is_for_tables_and_of_a_container_s_where_there_is_less(
    home, tmp_path, monkeypatch
):
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(embedded, "CONTAINER_LIMIT", limit)
    limit.write_text(f"{2 << 30}\n", encoding="ascii")
    with Services(home, valkey=False):
        assert _ask(home, "SHOW shared_buffers") == [("512MB",)]
    limit.write_text("max\n", encoding="ascii")
    with Services(home, valkey=False):
        ((told,),) = _ask(
            home, "SELECT setting::bigint / 128 FROM pg_settings WHERE name = 'shared_buffers'"
        )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 22
    assert told == min(max(memory, 256), 8192)
