"""A signature's row is what the chained record says of it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from neutrality.audit.models import AuditRow
from pledges.models import Signature
from pledges.workflow.proofs import wrong_signatures
from tests.pledges import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature(city, place):
    for person in city.people[:2]:
        factories.invited(place, person)
        factories.signed(place, person)
    return Signature.objects.latest("pk")


def as_owner(column, value, signature):
    """What only the owner of the tables can do: change a signature past its trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE pledges_signature DISABLE TRIGGER pledges_keep_signature")
        cursor.execute(
            f"UPDATE pledges_signature SET {column} = %s WHERE id = %s",  # noqa: S608
            [value, signature.pk],
        )
        cursor.execute("ALTER TABLE pledges_signature ENABLE TRIGGER pledges_keep_signature")


def test_the_record_says_what_was_signed_and_how(signature):
    said = AuditRow.objects.get(
        what="obligation.SIGN", subject_id=signature.obligation_id, subject_kind="obligation"
    )
    assert said.data == {
        "step": signature.step_id,
        "text_sha256": signature.text_sha256,
        "kind": "CLICK",
        "channel": "LINK",
        "evidence_sha256": signature.evidence_sha256,
    }
    assert said.occurred_at == signature.signed_at
    assert list(wrong_signatures()) == []


@pytest.mark.parametrize(
    ("column", "value", "differs"),
    [
        ("text_sha256", "a" * 64, "text"),
        ("evidence_sha256", "b" * 64, "evidence"),
        ("signed_at", "2026-11-02 05:00+00", "time"),
        ("channel", "KIOSK", "channel"),
        ("kind", "DRAWN", "kind"),
    ],
)
def test_a_signature_that_its_owner_altered_is_named(signature, column, value, differs):
    if column == "kind":  # a drawn one needs a file, which even the owner's row must have
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "ALTER TABLE pledges_signature"
                " DROP CONSTRAINT signature_drawn_or_certified_has_its_file"
            )
    as_owner(column, value, signature)
    named = f"obligation {signature.obligation_id}, signature {signature.public_id}: {differs}"
    assert list(wrong_signatures()) == [named]
    with pytest.raises(CommandError, match=named):
        call_command("verify_histories")


def test_a_signature_that_was_taken_away_is_missed(signature):
    duty = signature.obligation_id
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE pledges_signature DISABLE TRIGGER pledges_keep_signature")
        cursor.execute("DELETE FROM pledges_signature WHERE id = %s", [signature.pk])
    (missing,) = wrong_signatures()
    assert missing.startswith(f"obligation {duty}, signature (none): signature")
