"""Lists that leave the system: what is in them, who may, and what the audit keeps."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from complaints.selectors.exports import LISTS
from complaints.services.lodge import lodge_report
from complaints.services.lodging import RespondentGiven
from neutrality.accounts.roles import Role
from neutrality.audit.actor import CITIZEN
from neutrality.audit.models import AuditRow
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser

pytestmark = pytest.mark.django_db(transaction=True)
CLOCK = make.at(16)


@pytest.fixture(autouse=True)
def _door(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    with translation.override("id"):
        yield


@pytest.fixture
def client():
    return browser(make.user("Ketua contoh", Role.SUPERVISOR, office=make.office()))


def asked(client, **change):
    given = {
        "daftar": "laporan",
        "sejak": "2025-06-01",
        "sampai": "2025-06-30",
        "bentuk": "csv",
        "alasan": "Rapat evaluasi.",
    }
    return client.post(reverse("staff:export"), {**given, **change})


def table(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_list_holds_own_reports_and_no_reporter(client):
    report = lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    foreign = make.lodging(office=make.office("61.71"))
    lodge_report(given=foreign, actor=CITIZEN, clock=CLOCK)
    head, *rows = table(asked(client))
    assert [row[head.index("Nomor laporan")] for row in rows] == [report.receipt_number]
    assert rows[0][head.index("Terlapor")] == "Lurah contoh"
    reporter = make.lodging().reporter
    whole = ";".join(rows[0])
    assert not any(text in whole for text in (reporter.name, reporter.nik, report.account))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_as_a_workbook(client, name):
    lodge_report(given=make.lodging(), actor=CITIZEN, clock=CLOCK)
    answer = asked(client, daftar=name, bentuk="xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == (2 if name == "laporan" else 1)
    assert answer["Content-Disposition"].endswith('-20250601-20250630.xlsx"')


def test_what_looks_like_a_formula_stays_a_text(client):
    evil = make.lodging(respondents=(RespondentGiven(name="=HYPERLINK(1)"),))
    lodge_report(given=evil, actor=CITIZEN, clock=CLOCK)
    assert "'=HYPERLINK(1)" in table(asked(client))[1]


def test_handing_out_is_recorded_with_its_reason(client):
    asked(client, alasan="  Permintaan pimpinan. ")
    row = AuditRow.objects.get(what="list.exported")
    assert (row.subject_kind, row.subject_id) == ("office", make.office().pk)
    assert row.data == {
        "list": "laporan",
        "form": "csv",
        "days": "2025-06-01/2025-06-30",
        "reason": "Permintaan pimpinan.",
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"alasan": "  "}, "alasan"),
        ({"sejak": "2025-07-01"}, "sampai"),
        ({"sejak": "kemarin"}, "sejak"),
        ({"daftar": "pelapor"}, "daftar"),
        ({"bentuk": "exe"}, "bentuk"),
    ],
)
def test_bad_input_hands_out_nothing(client, change, field):
    answer = asked(client, **change)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not AuditRow.objects.filter(what="list.exported").exists()


def test_days_are_those_of_the_capital_and_both_count(client):
    lodge_report(given=make.lodging(), actor=CITIZEN, clock=make.at(16))
    inside = asked(client, sejak="2025-06-16", sampai="2025-06-16")
    outside = asked(client, sejak="2025-06-17", sampai="2025-06-30")
    assert (len(table(inside)), len(table(outside))) == (2, 1)
