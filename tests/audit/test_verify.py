"""Whatever is changed behind the record's back is found, and the first such row is named."""

import base64
import io

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.audit.canonical import SELECT_ROWS, row_bytes
from neutrality.audit.checks import check_seal_key
from neutrality.audit.models import AccessRow, AuditRow, Seal, Stream
from neutrality.audit.record import Act, SubjectRef, record_access, record_many
from neutrality.audit.seals import hash_of, header_of, seal_new_rows
from neutrality.audit.signing import public_keys, seal_key
from neutrality.audit.verify import Failure, Wrong, verify_stream

NEW_VALUES = {
    "subject_kind": "'case'",
    "subject_id": "subject_id + 100",
    "what": "what || '!'",
    "occurred_at": "occurred_at + interval '1 microsecond'",
    "recorded_at": "recorded_at - interval '1 day'",
    "actor_kind": "'system'",
    "user_id": "user_id + 1",
    "party_ref": "'p'",
    "role": "'supervisor'",
    "organisation_kind": "'body'",
    "organisation_id": "organisation_id + 1",
    "organisation_path": "'RI'",
    "before": "'X'",
    "after": "'Y'",
    "data": """'{"a": 2}'""",
    "hash": "sha256('x')",
    "position": "position + 100",
    "previous_hash": "sha256('y')",
}
ENTRY_COLUMNS = [*NEW_VALUES][:-2]


def tamper(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def tamper_with(model, column, value, row_id):
    table = model._meta.db_table
    tamper(f"UPDATE {table} SET {column} = {value} WHERE id = %s", row_id)  # noqa: S608


def failure(stream=Stream.RECORD):
    return verify_stream(stream=stream, keys=public_keys()).failure


@pytest.fixture
def rows(db, clock, handler):
    """Nine acts on three subjects, in turns; the ids in order."""
    acts = [Act("x", SubjectRef("report", n), data={"a": 1}) for n in (1, 2, 3)]
    for _ in range(3):
        record_many(acts=acts, actor=handler, clock=clock)
    return list(AuditRow.objects.order_by("id"))


@pytest.fixture
def sealed(rows, clock):
    return seal_new_rows(clock=clock)


def test_an_untouched_record_is_proved(rows, clock):
    (seal,) = seal_new_rows(clock=clock)
    record_many(acts=[Act("x", SubjectRef("report", 1))], actor=SYSTEM, clock=clock)

    verdict = verify_stream(stream=Stream.RECORD, keys=public_keys())

    assert verdict.failure is None
    assert (verdict.rows, verdict.sealed_rows, verdict.seals) == (10, 9, 1)
    assert verdict.last_seal == f"1:{bytes(seal.hash).hex()}"


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize("column", NEW_VALUES)
def test_a_changed_column_is_found_and_its_row_named(rows, clock, column, is_sealed):
    if is_sealed:
        seal_new_rows(clock=clock)
    row = rows[4]

    tamper_with(AuditRow, column, NEW_VALUES[column], row.id)

    changed = AuditRow.objects.get(id=row.id)
    subject = SubjectRef(changed.subject_kind, changed.subject_id)
    assert failure() == Failure(Stream.RECORD, Wrong.CONTENT, row.id, subject)


@pytest.mark.parametrize("column", [*ENTRY_COLUMNS[:12], "data", "hash"])
def test_a_changed_read_is_found(db, clock, handler, column):
    for n in range(3):
        record_access(what="view", subject=SubjectRef("report", n), actor=handler, clock=clock)
    row = AccessRow.objects.order_by("id")[1]

    tamper_with(AccessRow, column, NEW_VALUES[column], row.id)

    found = failure(Stream.ACCESS)
    assert found is not None
    assert (found.wrong, found.row_id) == (Wrong.CONTENT, row.id)


def test_a_changed_id_is_found(rows):
    tamper("UPDATE audit_auditrow SET id = id + 1000 WHERE id = %s", rows[0].id)

    subject = SubjectRef("report", 1)
    assert failure() == Failure(Stream.RECORD, Wrong.BEFORE_IT, rows[3].id, subject)


def test_a_row_missing_inside_an_unsealed_chain_is_found(rows):
    tamper("DELETE FROM audit_auditrow WHERE id = %s", rows[4].id)

    subject = SubjectRef("report", 2)
    assert failure() == Failure(Stream.RECORD, Wrong.BEFORE_IT, rows[7].id, subject)


@pytest.mark.parametrize("position", [0, 4, 8])
def test_a_sealed_row_that_vanished_is_named(sealed, rows, position):
    tamper("DELETE FROM audit_auditrow WHERE id = %s", rows[position].id)

    assert failure() == Failure(Stream.RECORD, Wrong.MISSING, rows[position].id, None, 1)


def test_all_rows_gone_is_found(sealed, rows):
    tamper("DELETE FROM audit_auditrow")

    assert failure() == Failure(Stream.RECORD, Wrong.MISSING, rows[0].id, None, 1)


def test_a_whole_chain_written_anew_is_found_under_its_seal(sealed, rows):
    rewrite_from(rows[1])

    subject = SubjectRef("report", 2)
    assert failure() == Failure(Stream.RECORD, Wrong.REWRITTEN, rows[1].id, subject, 1)


def test_a_row_hashed_anew_breaks_the_chain_behind_it(rows):
    rehash(rows[1].id, "UPDATE audit_auditrow SET what = 'forged' WHERE id = %s")

    subject = SubjectRef("report", 2)
    assert failure() == Failure(Stream.RECORD, Wrong.CHAIN, rows[4].id, subject)


def test_a_row_put_into_a_sealed_gap_is_found(db, clock, handler):
    with transaction.atomic():
        record_many(acts=[Act("x", SubjectRef("report", 1))], actor=handler, clock=clock)
        transaction.set_rollback(True)
    record_many(acts=[Act("x", SubjectRef("report", 1))], actor=handler, clock=clock)
    seal_new_rows(clock=clock)
    gap = AuditRow.objects.get().id - 1

    tamper(
        "INSERT INTO audit_auditrow SELECT (jsonb_populate_record(a, jsonb_build_object("
        "'id', %s, 'subject_id', 2))).* FROM audit_auditrow a",
        gap,
    )

    assert failure() == Failure(Stream.RECORD, Wrong.INSERTED, gap, SubjectRef("report", 2), 1)


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("number", "5", Wrong.SEAL_CHAIN),
        ("first_id", "first_id + 1", Wrong.SEAL_CHAIN),
        ("previous_hash", "sha256('x')", Wrong.SEAL_CHAIN),
        ("last_id", "last_id + 1", Wrong.SIGNATURE),
        ("row_count", "row_count + 1", Wrong.SIGNATURE),
        ("root", "sha256('x')", Wrong.SIGNATURE),
        ("gaps", "'[[1, 2]]'", Wrong.SIGNATURE),
        ("fingerprints", "fingerprints || '\\x00'", Wrong.SIGNATURE),
        ("sealed_at", "sealed_at + interval '1 second'", Wrong.SIGNATURE),
        ("signature", "sha256('x') || sha256('y')", Wrong.SIGNATURE),
        ("key_id", "'unknown'", Wrong.UNKNOWN_KEY),
        ("hash", "sha256('x')", Wrong.SEAL_HASH),
    ],
)
def test_a_changed_seal_is_found_and_named(sealed, column, value, wrong):
    tamper_with(Seal, column, value, sealed[0].id)

    number = Seal.objects.get().number
    assert failure() == Failure(Stream.RECORD, wrong, None, None, number)


def test_a_seal_that_we_signed_over_another_root_is_found(sealed):
    (seal,) = sealed
    seal.root = b"r" * 32
    seal.signature = seal_key().sign(header_of(seal))
    tamper(
        "UPDATE audit_seal SET root = %s, signature = %s, hash = %s",
        seal.root,
        seal.signature,
        hash_of(seal),
    )

    assert failure() == Failure(Stream.RECORD, Wrong.ROOT, None, None, 1)


def test_rows_and_seals_name_themselves(sealed, rows, clock, handler):
    record_access(what="view", subject=SubjectRef("report", 1), actor=handler, clock=clock)
    names = [str(rows[0]), str(AccessRow.objects.get()), str(sealed[0])]
    assert names == ["report 1: x", "report 1: view", "record 1"]


def test_a_missing_seal_in_the_middle_is_found(rows, clock, later):
    seal_new_rows(clock=clock)
    for n in range(2):
        record_many(acts=[Act("x", SubjectRef("report", n))], actor=SYSTEM, clock=clock)
        seal_new_rows(clock=later)

    tamper("DELETE FROM audit_seal WHERE number = 2")

    assert failure() == Failure(Stream.RECORD, Wrong.SEAL_CHAIN, None, None, 3)


def test_the_newest_seal_gone_with_its_rows_is_seen_by_who_noted_it(sealed, capsys):
    noted = f"record:1:{bytes(sealed[0].hash).hex()}"
    call_command("verify_audit", "--expect", noted, stdout=io.StringIO())
    tamper("DELETE FROM audit_seal")
    tamper("DELETE FROM audit_auditrow")

    call_command("verify_audit", stdout=io.StringIO())
    with pytest.raises(CommandError, match="record, seal 1: the expected seal is missing"):
        call_command("verify_audit", "--expect", noted)
    with pytest.raises(CommandError, match="STREAM:NUMBER:HASH"):
        call_command("verify_audit", "--expect", "1:2")


def test_the_command_names_the_row_and_its_subject(rows):
    tamper("UPDATE audit_auditrow SET what = 'y' WHERE id = %s", rows[4].id)

    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert str(refused.value) == (
        f"record, row {rows[4].id}, subject report 2: its content does not give its hash"
    )


def test_the_command_says_what_was_proved(sealed):
    out = io.StringIO()

    call_command("verify_audit", stdout=out)

    digest = bytes(sealed[0].hash).hex()
    assert out.getvalue().splitlines() == [
        f"record: 9 rows proved, 9 of them under 1 seals; last seal 1:{digest}",
        "access: 0 rows proved, 0 of them under 0 seals; last seal none",
    ]


def test_seals_of_a_former_key_count_when_its_public_half_is_known(sealed, settings):
    former = seal_key().public_text()
    settings.AUDIT_SEAL_KEY = base64.b64encode(
        Ed25519PrivateKey.generate().private_bytes_raw()
    ).decode()

    with pytest.raises(CommandError, match="a key that is not known"):
        call_command("verify_audit")
    call_command("verify_audit", "--public-key", former, stdout=io.StringIO())
    settings.AUDIT_FORMER_PUBLIC_KEYS = [former]
    call_command("verify_audit", stdout=io.StringIO())


def test_the_public_key_is_printed():
    out = io.StringIO()
    call_command("audit_public_key", stdout=out)
    assert out.getvalue() == f"{seal_key().key_id} {seal_key().public_text()}\n"


@pytest.mark.parametrize("value", ["", "not base64!", "c2hvcnQ="])
def test_a_missing_or_malformed_key_is_named_by_the_system_check(settings, value):
    settings.AUDIT_SEAL_KEY = value
    assert [error.msg for error in check_seal_key()] == [
        "AUDIT_SEAL_KEY must be the base64 of 32 bytes."
    ]


def test_a_good_key_passes_the_system_check():
    assert check_seal_key() == []


def rehash(row_id, change):
    """Change a row and give it the hash that its new content has, as an owner could."""
    tamper(change, row_id)
    with connection.cursor() as cursor:
        cursor.execute(SELECT_ROWS[Stream.RECORD])
        row = next(each for each in cursor.fetchall() if each[0] == row_id)
        cursor.execute("SELECT sha256(%s)", [row_bytes(row[:-1])])
        digest = bytes(cursor.fetchone()[0])
    tamper("UPDATE audit_auditrow SET hash = %s WHERE id = %s", digest, row_id)
    return digest


def rewrite_from(row):
    digest = rehash(row.id, "UPDATE audit_auditrow SET what = 'forged' WHERE id = %s")
    chain = AuditRow.objects.filter(subject_id=row.subject_id, position__gt=row.position)
    for follower in chain.order_by("position"):
        tamper("UPDATE audit_auditrow SET previous_hash = %s WHERE id = %s", digest, follower.id)
        digest = rehash(follower.id, "UPDATE audit_auditrow SET what = what WHERE id = %s")


def test_rewriting_a_whole_unsealed_chain_cannot_be_seen_which_is_why_seals_exist(rows):
    rewrite_from(rows[1])
    assert failure() is None
