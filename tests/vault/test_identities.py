"""An identity is opened with a reason and a trace, and erased for good."""

import time
from dataclasses import astuple, replace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from neutrality.audit.actor import NATIONAL, OrgRef
from neutrality.audit.models import AccessRow, AuditRow
from neutrality.audit.record import SubjectRef
from neutrality.vault.keys import UnknownKey
from neutrality.vault.models import BlindIndex, Identity, Opening
from neutrality.vault.openings import openings
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import (
    IdentityData,
    IdentityErased,
    ReasonMissing,
    erase_identity,
    open_contact,
    open_identity,
    seal_blob,
    seal_identity,
)
from tests.vault.conftest import NEW, OLD, REPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def identity(data, clock):
    return seal_identity(data=data, kind="reporter", clock=clock)


@pytest.fixture
def opening(clock, intake):
    return {"reason": "Verifikasi KTP", "subject": REPORT, "actor": intake, "clock": clock}


def test_an_identity_is_sealed_in_two_statements(data, clock, django_assert_num_queries):
    with django_assert_num_queries(2):
        seal_identity(data=data, kind="reporter", clock=clock)
    assert BlindIndex.objects.count() == 3


def test_nothing_that_was_given_can_be_read_in_the_tables(identity, data):
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM vault_identity i")
        (row,) = cursor.fetchone()
    stored = bytes(identity.sealed) + row.encode()
    given = [str(value).encode() for value in astuple(data) if len(str(value)) > 3]
    assert [value for value in given if value in stored] == []


def test_what_was_not_given_is_not_indexed(clock, intake, opening):
    anonymous = IdentityData(name="Warga Contoh")
    identity = seal_identity(data=anonymous, kind="witness", clock=clock)

    assert BlindIndex.objects.count() == 0
    assert open_identity(identity_id=identity.pk, **opening) == anonymous


def test_sealing_costs_less_than_a_millisecond_of_computation(data, clock):
    rounds = 50
    began = time.process_time()
    for _ in range(rounds):
        seal_identity(data=data, kind="reporter", clock=clock)
    # The bound leaves room for a slow machine; a fast one needs a third of it.
    assert (time.process_time() - began) / rounds < 0.003


def test_opening_gives_the_identity_and_leaves_a_trace(identity, data, opening, clock):
    assert open_identity(identity_id=identity.pk, **opening) == data

    row = Opening.objects.get()
    assert (row.identity_id, row.reason, row.opened_by_id, row.opened_at) == (
        identity.pk,
        "Verifikasi KTP",
        41,
        clock.now,
    )
    act = AuditRow.objects.get()
    assert (act.what, act.subject_kind, act.subject_id) == ("vault.identity.open", "report", 12)
    assert (act.role, act.organisation_path) == ("intake", "RI/35/35.71")
    assert (act.data["identity"], act.data["opening"]) == (identity.pk, row.pk)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_opened_or_erased_without_a_reason(identity, opening, reason):
    without = opening | {"reason": reason}

    with pytest.raises(ReasonMissing):
        open_identity(identity_id=identity.pk, **without)
    with pytest.raises(ReasonMissing):
        erase_identity(identity_id=identity.pk, **without)
    assert (Opening.objects.count(), AuditRow.objects.count()) == (0, 0)


def test_an_opening_can_neither_be_changed_nor_removed(identity, opening):
    open_identity(identity_id=identity.pk, **opening)

    for change in (lambda rows: rows.update(reason="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change(Opening.objects.all())


@pytest.mark.parametrize(
    ("channel", "contact"),
    [
        ("email", "Warga.Contoh@example.org"),
        ("whatsapp", "0812-3456-7890"),
        ("sms", "0812-3456-7890"),
    ],
)
def test_delivery_reads_a_contact_and_the_access_log_says_so(identity, clock, channel, contact):
    assert open_contact(identity_id=identity.pk, channel=channel, clock=clock) == contact

    row = AccessRow.objects.get()
    assert (row.what, row.subject_id, row.data) == (
        "vault.contact.open",
        identity.pk,
        {"channel": channel},
    )


def test_an_erased_identity_is_gone_but_its_row_says_when_and_by_whom(identity, opening, clock):
    blob = seal_blob(data=b"scan", clock=clock, identity_id=identity.pk)
    erase_identity(identity_id=identity.pk, **opening)

    identity.refresh_from_db()
    blob.refresh_from_db()
    for row in (identity, blob):
        assert (row.wrapped_key, bytes(row.sealed), row.key_id) == (None, b"", "")
        assert (row.erased_at, row.erased_by_id) == (clock.now, 41)
    assert BlindIndex.objects.count() == 0
    assert AuditRow.objects.get().what == "vault.identity.erase"
    with pytest.raises(IdentityErased, match="sudah dihapus"):
        open_identity(identity_id=identity.pk, **opening)
    with pytest.raises(IdentityErased):
        open_contact(identity_id=identity.pk, channel="email", clock=clock)
    with pytest.raises(IdentityErased):
        erase_identity(identity_id=identity.pk, **opening)


def test_the_database_refuses_an_identity_without_a_key_that_is_not_erased(identity):
    with pytest.raises(IntegrityError, match="identity_has_key_until_erased"):
        Identity.objects.update(wrapped_key=None)


@pytest.mark.parametrize(
    "columns",
    [["sealed"], ["wrapped_key"], ["sealed", "wrapped_key"], ["sealed", "wrapped_key", "key_id"]],
)
def test_what_is_swapped_between_rows_does_not_open(identity, data, clock, opening, columns):
    other = seal_identity(data=replace(data, name="Lain"), kind="reporter", clock=clock)
    Identity.objects.filter(pk=other.pk).update(
        **{column: getattr(identity, column) for column in columns}
    )

    with pytest.raises(SealBroken):
        open_identity(identity_id=other.pk, **opening)
    assert Opening.objects.count() == 0


def test_a_missing_and_a_wrong_master_key_are_told_apart(data, clock, opening, settings):
    settings.VAULT_KEYS = OLD
    identity = seal_identity(data=data, kind="reporter", clock=clock)

    settings.VAULT_KEYS = NEW
    with pytest.raises(UnknownKey, match="'old'"):
        open_identity(identity_id=identity.pk, **opening)
    settings.VAULT_KEYS = NEW.replace("new:", "old:")
    with pytest.raises(SealBroken, match="another key"):
        open_identity(identity_id=identity.pk, **opening)


def test_a_supervisor_sees_the_openings_of_the_offices_below(identity, opening):
    places = ["RI", "RI/35", "RI/35/35.71", "RI/35/35.7", "RI/36"]
    for number, path in enumerate(places):
        at = OrgRef("office", number, path)
        open_identity(
            identity_id=identity.pk,
            **opening | {"subject": SubjectRef("report", number)},
            organisation=at,
        )

    def seen(**by):
        return [row.organisation_path for row in openings(**by)]

    assert seen(under=OrgRef("office", 1, "RI/35")) == ["RI/35/35.7", "RI/35/35.71", "RI/35"]
    assert seen(under=OrgRef("office", 2, "RI/35/35.7")) == ["RI/35/35.7"]
    assert seen(under=OrgRef("agency", 2, "RI/35")) == []
    assert seen(under=NATIONAL) == places[::-1]
    assert seen(under=NATIONAL, subject=SubjectRef("report", 1)) == ["RI/35"]


def test_rows_name_themselves_without_naming_anybody(identity, opening, clock):
    blob = seal_blob(data=b"x", clock=clock)
    open_identity(identity_id=identity.pk, **opening)

    index = BlindIndex.objects.get(purpose="nik")
    rows = [identity, index, blob, Opening.objects.get()]
    assert [str(row) for row in rows] == [
        f"reporter {identity.uuid}",
        f"nik {identity.pk}",
        str(blob.uuid),
        "report 12: 2024-09-23 02:15",
    ]
