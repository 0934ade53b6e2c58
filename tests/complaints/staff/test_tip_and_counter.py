"""Tracing a tip, naming its informant, and entering a report at the counter."""

import pytest
from django.urls import reverse

from complaints.codes import ReportState, TipState
from complaints.models import AccessCode, AgendaItem, Party, Report, Tip
from complaints.services.codes import new_code, read_code
from neutrality.documents.models import Document
from neutrality.law.codes import FormRole
from tests.complaints import factories as make
from tests.complaints.public import journey
from tests.complaints.staff.scene import browser, words

NEW = "/petugas/laporan/baru/"
ABOUT = {f"pelapor-{name}": value for name, value in journey.PERSON.items()}


def step(user, tip, action, **data):
    version = Tip.objects.get(pk=tip.pk).version
    url = reverse("staff:tip_step", args=[tip.public_id, action])
    return browser(user).post(url, {"versi": version, **data})


def page(tip):
    return reverse("staff:tip", args=[tip.public_id])


def test_a_tip_is_traced_its_result_written_and_a_finding_proposed(scene):
    tip = scene.tip(contest=make.contest())
    assert step(scene.handler, tip, "TRACE").status_code == 302
    assert Document.objects.filter(role=FormRole.ASSIGNMENT_LETTER).count() == 1
    url = reverse("staff:tip_result", args=[tip.public_id])
    client = browser(scene.handler)
    assert client.post(url, {"hasil": "", "ditemukan": "2025-06-16"}).status_code == 422
    assert client.post(url, {"hasil": "Ada.", "ditemukan": "2025-06-30"}).status_code == 422
    answer = client.post(url, {"hasil": "Unggahan ditemukan.", "ditemukan": "2025-06-16"})
    assert answer.status_code == 302
    tip.refresh_from_db()
    assert (tip.state, tip.tracing_result) == (TipState.TRACING, "Unggahan ditemukan.")
    propose = reverse("staff:tip_propose", args=[tip.public_id, "SET_FINDING"])
    assert client.post(propose, {"usul": "Tetapkan temuan."}).status_code == 302
    assert AgendaItem.objects.get().kind == "FINDING"
    assert "Unggahan ditemukan." in words(client.get(page(tip)))


def test_a_result_is_written_only_while_tracing(scene):
    tip = scene.tip()
    url = reverse("staff:tip_result", args=[tip.public_id])
    data = {"hasil": "Ada.", "ditemukan": "2025-06-16"}
    assert browser(scene.handler).post(url, data).status_code == 409
    assert browser(scene.intake).post(url, data).status_code == 404


@pytest.mark.parametrize(("region", "status"), [("35.71", 200), ("35.06", 404), ("61.71", 404)])
def test_who_sees_a_tip(scene, region, status):
    tip = scene.tip()
    person = make.user("Orang contoh", "handler", office=make.office(region))
    assert browser(person).get(page(tip)).status_code == status


def test_a_tip_is_closed_with_a_reason(scene):
    tip = scene.tip()
    assert step(scene.handler, tip, "CLOSE").status_code == 422
    assert step(scene.handler, tip, "CLOSE", alasan="Tidak ada bukti.").status_code == 302


def test_a_tip_goes_to_another_office(scene):
    tip = scene.tip()
    target = make.office("35.06")
    answer = step(scene.handler, tip, "TRANSFER", kantor=str(target.public_id), alasan="Di sana.")
    assert answer.status_code == 302
    assert Tip.objects.get().office == target


def test_the_informant_says_who_it_is_and_the_code_opens_the_report(scene):
    code = new_code()
    tip = scene.tip(code_digest=code.digest())
    answer = step(scene.intake, tip, "IDENTIFY", nama="")
    assert answer.status_code == 422
    answer = step(scene.intake, tip, "IDENTIFY", **journey.PERSON)
    assert answer.status_code == 302, words(answer)
    report = Report.objects.get()
    tip.refresh_from_db()
    assert (tip.state, tip.became_report) == (TipState.REPORT, report)
    assert (report.state, report.matter) == (ReportState.SUBMITTED, tip.matter)
    held = AccessCode.objects.get(digest=code.digest())
    assert (held.report, held.tip) == (report, None)
    assert Party.objects.get(report=report, kind="REPORTER").identity is not None
    shown = browser(scene.intake).get(page(tip))
    assert "Buka laporannya" in words(shown)
    assert "Pelapor Contoh" not in shown.content.decode()


def test_a_sealed_identity_is_not_asked_for_again(scene):
    tip = scene.tip(reporter=make.identity())
    sealed = Party.objects.get(tip=tip, kind="REPORTER").identity
    assert step(scene.intake, tip, "IDENTIFY").status_code == 302
    party = Party.objects.get(kind="REPORTER")
    assert (party.identity, party.report) == (sealed, Report.objects.get())


def counter(scene, **change):
    return {
        "asal-sumber": "COUNTER",
        "asal-kantor": str(scene.office.public_id),
        "asal-bernama": "ya",
        "perbuatan-kategori": ["POST_SUPPORT"],
        "cerita-uraian": journey.ACCOUNT,
        "waktu-ketepatan": "DAY",
        "waktu-kejadian": "2025-06-14",
        "waktu-diketahui": "2025-06-14",
        **{f"tempat-{name}": value for name, value in journey.WHERE.items()},
        **{f"terlapor-{name}": value for name, value in journey.RESPONDENT.items()},
        **ABOUT,
        **change,
    }


def code_on(answer):
    html = answer.content.decode()
    return read_code(html.split('id="kode">')[1].split("<")[0])


def test_a_walk_in_is_entered_on_one_page_and_gets_a_code(scene):
    client = browser(scene.intake)
    assert client.get(NEW).status_code == 200
    answer = client.post(NEW, counter(scene, kiriman="a"))
    report = Report.objects.get()
    assert (report.source, report.state) == ("COUNTER", ReportState.SUBMITTED)
    held = AccessCode.objects.get(digest=code_on(answer).digest())
    assert (held.staff_seen, held.issued_by, held.report) == (True, scene.intake, report)
    assert client.post(NEW, counter(scene, kiriman="a")).status_code == 302
    assert Report.objects.count() == 1


def test_what_is_wrong_is_said_and_everything_typed_stays(scene):
    data = counter(scene, **{"terlapor-nama": "", "waktu-diketahui": ""})
    answer = browser(scene.intake).post(NEW, data)
    assert answer.status_code == 422
    shown = words(answer)
    assert "Tulis namanya, atau jabatan dan ciri-cirinya." in shown
    assert journey.ACCOUNT in shown
    assert Report.objects.count() == 0


def test_without_a_name_or_too_late_it_is_a_tip(scene):
    client = browser(scene.intake)
    nameless = {key: value for key, value in counter(scene).items() if "pelapor-" not in key}
    answer = client.post(NEW, {**nameless, "asal-bernama": "tidak"})
    assert answer.status_code == 200
    late = {"waktu-kejadian": "2025-05-01", "waktu-diketahui": "2025-05-02"}
    answer = client.post(NEW, counter(scene, **late))
    assert "Batas waktu laporan sudah lewat" in words(answer)
    assert (Report.objects.count(), Tip.objects.count()) == (0, 2)


def test_only_intake_enters_reports_and_only_at_the_own_office(scene):
    assert browser(scene.handler).get(NEW).status_code == 404
    foreign = make.office("61.71")
    answer = browser(scene.intake).post(
        NEW, counter(scene, **{"asal-kantor": str(foreign.public_id)})
    )
    assert answer.status_code == 422
