"""A backup comes back whole into an empty database, or not at all."""

import gzip
import json

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from complaints.models import Report
from complaints.services.lodge import lodge_report
from neutrality.audit.actor import CITIZEN
from neutrality.audit.models import Seal
from neutrality.audit.seals import seal_new_rows
from neutrality.backups import manifest as paper, tables
from neutrality.backups.make import make_backup
from neutrality.backups.manifest import BackupError
from neutrality.backups.restore import restore_backup
from neutrality.vault.models import Identity
from neutrality.vault.services import open_blob, seal_stream
from tests.complaints import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
CLOCK = make.at(16)


@pytest.fixture
def stored(settings, tmp_path):
    """Files of this test lie in a folder of its own; gives the way to begin an empty one."""

    def begin(name):
        backend = "django.core.files.storage.FileSystemStorage"
        options = {"location": str(tmp_path / name)}
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {"BACKEND": backend, "OPTIONS": options},
        }

    begin("files-before")
    return begin


@pytest.fixture
def elsewhere():
    """Moves this test's connection to another database, and back at the end.

    The new one has no table at all, or (much faster) those of the tests without their rows.
    """
    here, other = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_restored"

    def statement(text):
        connection.close()
        with connection._nodb_cursor() as cursor:
            # A server thread of an earlier browser test may still hold a connection of its own.
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [here]
            )
            cursor.execute(text)

    def move(*, migrated=True):
        statement(f'DROP DATABASE IF EXISTS "{other}"')
        statement(f'CREATE DATABASE "{other}"' + (f' TEMPLATE "{here}"' if migrated else ""))
        connection.settings_dict["NAME"] = other
        deletions = [
            f'DELETE FROM "{name}"'  # noqa: S608
            for name in tables.table_names()
            if name not in tables.FILLED_BY_MIGRATE
        ]
        with connection.cursor() as cursor:
            cursor.execute(";".join(["SET session_replication_role = replica", *deletions]))
        connection.close()

    yield move
    connection.close()
    connection.settings_dict["NAME"] = here
    statement(f'DROP DATABASE IF EXISTS "{other}"')


def written():
    """A report with a sealed identity, an audit row, a seal, a sealed file and a plain one."""
    report = lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    blob = seal_stream(source=[b"bukti " * 50_000], clock=CLOCK)
    default_storage.save("documents/2025/06/contoh.pdf", ContentFile(b"%PDF contoh"))
    seal_new_rows(clock=CLOCK)
    return report, blob


def rows_of_all_tables():
    with connection.cursor() as cursor:
        counted = {}
        for name in tables.table_names():
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
            counted[name] = cursor.fetchone()[0]
    return counted


def rewritten(folder, name, change):
    """Change the rows of one table of a backup and its manifest, without our key."""
    path = folder / "tables" / f"{name}.gz"
    path.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()))))


def test_everything_comes_back_and_is_proved(stored, elsewhere, tmp_path, capsys):
    report, blob = written()
    before, folder = rows_of_all_tables(), tmp_path / "salinan"
    call_command("backup", "--to", str(folder))
    said = capsys.readouterr().out

    elsewhere(migrated=False)
    stored("files-after")
    call_command("restore", "--from", str(folder))

    assert f"last seal record:1:{bytes(Seal.objects.get(stream='record').hash).hex()}" in said
    assert "restored" in capsys.readouterr().out
    assert rows_of_all_tables() == before
    assert Report.objects.get(pk=report.pk).public_id == report.public_id
    with default_storage.open("documents/2025/06/contoh.pdf") as file:
        assert file.read() == b"%PDF contoh"
    opened = open_blob(
        blob_id=blob.pk,
        reason="Uji pemulihan",
        subject=report.ref(),
        actor=make.actor("Penerima contoh", "intake", office=make.office()),
        clock=CLOCK,
    )
    assert opened == b"bukti " * 50_000
    again = lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    assert again.pk > report.pk
    with pytest.raises(BackupError, match="The database is not empty"):
        restore_backup(folder=folder)


def test_rows_that_are_not_proved_do_not_stay(stored, elsewhere, tmp_path):
    written()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditrow DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditrow SET role = 'handler' WHERE position = 1")
        cursor.execute("ALTER TABLE audit_auditrow ENABLE TRIGGER USER")
    made = make_backup(folder=tmp_path / "salinan", clock=CLOCK)

    elsewhere()
    stored("files-after")
    with pytest.raises(BackupError, match="its content does not give its hash"):
        restore_backup(folder=tmp_path / "salinan")

    assert tables.first_filled_table() is None
    assert tables.applied_migrations() == made.migrations


def test_a_history_that_was_altered_is_not_restored(stored, elsewhere, tmp_path):
    report, _blob = written()
    Report.objects.filter(pk=report.pk).update(version=7)
    make_backup(folder=tmp_path / "salinan", clock=CLOCK)

    elsewhere()
    stored("files-after")
    with pytest.raises(BackupError, match=f"report {report.pk}, step 7"):
        restore_backup(folder=tmp_path / "salinan")


@pytest.mark.parametrize("part", ["tables/complaints_report.gz", "files/default/documents/2025/06"])
def test_a_changed_or_missing_part_is_named_before_anything_is_written(part, stored, tmp_path):
    written()
    folder = tmp_path / "salinan"
    make_backup(folder=folder, clock=CLOCK)
    path = folder / part
    if path.is_dir():
        path = next(path.iterdir())
        path.unlink()
    else:
        rewritten(
            folder, "complaints_report", lambda rows: rows.replace(b"SUBMITTED", b"WITHDRAWN")
        )

    with pytest.raises(CommandError, match=r"is missing or was changed"):
        call_command("restore", "--from", str(folder))


def test_a_manifest_that_others_wrote_is_refused(stored, tmp_path):
    folder = tmp_path / "salinan"
    make_backup(folder=folder, clock=CLOCK)
    text = (folder / paper.MANIFEST).read_bytes()

    (folder / paper.MANIFEST).write_bytes(text.replace(b'"rows"', b'"rows" ', 1))
    with pytest.raises(BackupError, match="changed after it was signed"):
        restore_backup(folder=folder)

    (folder / paper.SIGNATURE).write_text(json.dumps({"key_id": "asing", "signature": "00"}))
    with pytest.raises(BackupError, match="a key that is not known here"):
        restore_backup(folder=folder)

    (folder / paper.SIGNATURE).unlink()
    with pytest.raises(BackupError, match="holds no whole backup"):
        restore_backup(folder=folder)


def test_no_master_key_and_no_session_is_ever_written(stored, tmp_path, client):
    client.force_login(make.user("Penerima contoh", "intake", office=make.office()))
    written()
    folder = tmp_path / "salinan"
    made = make_backup(folder=folder, clock=CLOCK)

    key_id, _colon, key = configured.VAULT_KEYS.partition(":")
    secrets = [key, configured.VAULT_INDEX_KEY, configured.AUDIT_SEAL_KEY, configured.SECRET_KEY]
    texts = [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    ]
    assert [secret for secret in secrets if any(secret.encode() in text for text in texts)] == []
    assert (made.vault_keys, Identity.objects.count()) == ((key_id,), 1)
    assert not (folder / "tables" / "django_session.gz").exists()
    with pytest.raises(BackupError, match="is there already"):
        make_backup(folder=folder, clock=CLOCK)


def test_missing_master_keys_are_named(stored, elsewhere, tmp_path, settings, capsys):
    written()
    call_command("backup", "--to", str(tmp_path / "salinan"))
    elsewhere()
    stored("files-after")
    settings.VAULT_KEYS = "lain:bGFpbi1rZXktbGFpbi1rZXktbGFpbi1rZXktMTIzNDU="

    call_command("restore", "--from", str(tmp_path / "salinan"))

    assert "VAULT_KEYS lacks t1" in capsys.readouterr().out
