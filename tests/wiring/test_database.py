"""The test database itself: what stays and what goes after a transactional test."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from neutrality.audit.actor import SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.audit.record import SubjectRef, record
from neutrality.law.clock import read_clock
from neutrality.organisations.models import Office, OfficeLevel, Region
from tests.database import reference


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_reference_rows_stay_and_a_test_s_own_rows_go():
    before = rows(Region._meta.db_table)
    copy = Region.objects.order_by("pk")[0]
    copy.pk, copy.code = None, "98"
    Region.objects.bulk_create([copy])

    call_command("flush", interactive=False)

    assert rows(Region._meta.db_table) == before
    assert not Region.objects.filter(code="98").exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_test_wrote_to_an_office_or_deleted_of_them_is_put_back():
    before = list(Office.objects.order_by("pk").values_list())
    Office.objects.filter(level=OfficeLevel.CITY).update(phone="0354 000")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Office.objects.filter(level=OfficeLevel.PROVINCE)._raw_delete(using="default")
        cursor.execute("SET session_replication_role = DEFAULT")
    changed = list(Office.objects.order_by("pk").values_list())

    reference.empty()

    assert changed != before
    assert list(Office.objects.order_by("pk").values_list()) == before


@pytest.mark.django_db(transaction=True)
def test_the_append_only_audit_is_emptied_too():
    with transaction.atomic():
        record(what="TEST", subject=SubjectRef("test", 1), actor=SYSTEM, clock=read_clock())
    written = AuditRow.objects.count()

    reference.empty()

    assert (written, AuditRow.objects.count()) == (1, 0)
