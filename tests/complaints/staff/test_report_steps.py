"""From the queue to the initial review, pressed in the browser."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from complaints.codes import ReportState, TipState, Verdict
from complaints.models import (
    AgendaItem,
    Allegation,
    CompletionItem,
    CompletionRequest,
    Custody,
    Delivery,
    Evidence,
    Incident,
    Party,
    Report,
    RequirementCheck,
    Tip,
)
from complaints.services.completion import ItemAnswer, answer_item
from complaints.services.mailbox import take_notice
from complaints.workflow.report import REPORT
from neutrality.accounts.actors import actor_of
from neutrality.casework.corrections import confirm_request, request_correction
from neutrality.casework.models import ClockState, LegalClock, Step
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from neutrality.law.codes import FormRole, PeriodCode, RequirementCode
from neutrality.organisations.models import Agency, Region, Unit
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser, words


def step_url(entry, action):
    kind = "report" if isinstance(entry, Report) else "tip"
    return reverse(f"staff:{kind}_step", args=[entry.public_id, action])


def press(user, entry, action, **data):
    return browser(user).post(step_url(entry, action), {"versi": fresh(entry).version, **data})


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def received(scene, **change):
    report = scene.report(contest=make.contest(), **change)
    press(scene.intake, report, "RECEIVE", cara_periksa="COUNTER")
    return fresh(report)


def in_review(scene):
    report = received(scene)
    press(scene.handler, report, "START_REVIEW")
    return fresh(report)


def judged(scene, *missing):
    report = in_review(scene)
    data = {}
    for code in RequirementCode:
        data[f"{code}-nilai"] = "NOT_MET" if code in missing else "MET"
        data[f"{code}-alasan"] = "Belum ada tanda tangan." if code in missing else "Ada."
    url = reverse("staff:report_requirements", args=[report.public_id])
    answer = browser(scene.handler).post(url, data)
    assert answer.status_code == 302, words(answer)
    return fresh(report)


def test_a_report_is_received_with_the_identity_checked_and_the_originals_seen(scene):
    report = scene.report(contest=make.contest())
    evidence = report.matter.evidence.get()
    page = browser(scene.intake).get(step_url(report, "RECEIVE"))
    assert "001/LP/PW/Kota/" in words(page)
    answer = press(
        scene.intake, report, "RECEIVE", cara_periksa="COUNTER", asli=[evidence.public_id]
    )
    assert answer.headers["Location"] == reverse("staff:report", args=[report.public_id])
    report = fresh(report)
    assert (report.state, report.identity_check) == (ReportState.RECEIVED, "COUNTER")
    acts = Custody.objects.filter(evidence=evidence).values_list("act", flat=True)
    assert list(acts) == ["ORIGINAL_SEEN"]
    assert Document.objects.filter(matter_ref=report.matter_id, role=FormRole.RECEIPT).count() == 2


def test_receiving_asks_how_the_identity_was_checked(scene):
    report = scene.report(contest=make.contest())
    answer = press(scene.intake, report, "RECEIVE", alasan="Sudah bertemu.")
    assert answer.status_code == 422
    assert "Pilih cara identitas diperiksa." in words(answer)
    assert "Sudah bertemu." in words(answer)
    assert fresh(report).state == ReportState.SUBMITTED


def test_a_report_without_a_contest_waits_and_says_so(scene):
    report = scene.report()
    page = browser(scene.intake).get(step_url(report, "RECEIVE"))
    assert "Tentukan dahulu pemilihan yang bersangkutan." in words(page)
    answer = press(scene.intake, report, "RECEIVE", cara_periksa="COUNTER")
    assert answer.status_code == 422
    contest = make.contest()
    url = reverse("staff:report_contest", args=[report.public_id])
    answer = browser(scene.intake).post(url, {"kontestasi": str(contest.pk)})
    assert answer.status_code == 302
    assert fresh(report).contest == contest
    assert Allegation.objects.get(matter=report.matter).contest == contest
    assert press(scene.intake, report, "RECEIVE", cara_periksa="COUNTER").status_code == 302


def test_a_stale_page_gets_409_with_what_changed(scene):
    report = scene.report(contest=make.contest())
    press(scene.intake, report, "RECEIVE", cara_periksa="COUNTER")
    answer = browser(scene.intake).post(
        step_url(report, "WITHDRAW"), {"versi": report.version, "alasan": "Pelapor mencabut."}
    )
    assert answer.status_code == 409
    assert "Terima laporan" in words(answer)
    assert fresh(report).state == ReportState.RECEIVED


def test_a_second_press_of_the_same_button_is_refused_as_lost(scene):
    report = scene.report(contest=make.contest())
    assert press(scene.intake, report, "RECEIVE", cara_periksa="COUNTER").status_code == 302
    assert press(scene.intake, report, "RECEIVE", cara_periksa="COUNTER").status_code == 409
    assert Step.objects.filter(subject_kind="report", action="RECEIVE").count() == 1
    assert browser(scene.intake).get(step_url(report, "RECEIVE")).status_code == 409


@pytest.mark.parametrize("who", ["neighbour", "foreign", "handler", "liaisonless"])
def test_a_stranger_to_the_step_gets_404(scene, who):
    report = scene.report(contest=make.contest())
    people = {
        "neighbour": lambda: make.user("Tetangga", "intake", office=make.office("35.06")),
        "foreign": lambda: make.user("Jauh", "intake", office=make.office("61.71")),
        "handler": lambda: scene.handler,
        "liaisonless": lambda: make.user("Tanpa peran"),
    }
    answer = press(people[who](), report, "RECEIVE", cara_periksa="COUNTER")
    assert answer.status_code == 404
    assert fresh(report).state == ReportState.SUBMITTED


def test_the_office_above_acts_for_the_office_below(scene):
    report = scene.report(contest=make.contest())
    above = make.user("Provinsi", "intake", office=make.office("35"))
    assert press(above, report, "RECEIVE", cara_periksa="VIDEO").status_code == 302


@pytest.mark.parametrize("action", ["REGISTER", "SUBMIT", "NOTHING", "DECLINE"])
def test_what_nobody_presses_has_no_page(scene, action):
    report = scene.report(contest=make.contest())
    assert browser(scene.member).get(step_url(report, action)).status_code == 404
    assert browser(scene.intake).get(step_url(report, action)).status_code == 404


def test_a_report_goes_to_another_office_with_its_clock(scene):
    report = scene.report()
    before = LegalClock.objects.get(subject_kind="report", subject_id=report.pk, code="SERVICE")
    target = make.office("35.06")
    answer = press(
        scene.intake, report, "REROUTE", kantor=str(target.public_id), alasan="Kejadian di sana."
    )
    assert answer.status_code == 302
    moved = fresh(report)
    assert (moved.office, moved.state) == (target, ReportState.SUBMITTED)
    after = LegalClock.objects.get(pk=before.pk)
    assert (after.due_at, after.organisation_path) == (before.due_at, target.path)
    assert browser(scene.intake).get(reverse("staff:report", args=[report.public_id])).status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("online", "region", "unit_region", "there"),
    [
        (True, "35.06", None, "35.06"),
        (True, "35.71", "35.06", "35.06"),
        (True, "35.71", None, ""),
        (True, "35", None, ""),
        (True, None, None, ""),
        (False, "35.06", None, ""),
    ],
)
def test_an_act_online_is_offered_to_the_office_where_the_respondent_works(
    scene, online, region, unit_region, there
):
    report = scene.report()
    place = {"online": True} if online else {"online": False, "place": "Alun-alun", "platform": ""}
    Incident.objects.filter(matter=report.matter).update(**place)
    link_to_unit(report, region, unit_region)
    browsing = browser(scene.intake)
    page = browsing.get(reverse("staff:report", args=[report.public_id]))
    step = reverse("staff:report_step", args=[report.public_id, "REROUTE"])
    offered = re.findall(rf'href="{step}\?kantor=([0-9a-f-]+)"', page.content.decode())
    assert offered == ([str(make.office(there).public_id)] if there else [])
    if there:
        assert "Terlapor 1 bekerja di Seksi Contoh" in words(page)
        form = browsing.get(step, {"kantor": offered[0]}).content.decode()
        assert f'<option value="{offered[0]}" selected>' in form


def link_to_unit(report, region, unit_region):
    """The respondent works in a section of a service in these regions."""

    def at(code):
        return Region.objects.get(code=code) if code else None

    agency = Agency.objects.create(
        code="PEMKOT-CONTOH",
        path="PEMKOT-CONTOH",
        name="Pemerintah Kota Contoh",
        kind="CITY",
        region=at(region),
    )
    service = Unit.objects.create(
        agency=agency,
        code="DINAS",
        path="PEMKOT-CONTOH/DINAS",
        name="Dinas Contoh",
        kind="SERVICE",
        region=at(unit_region),
    )
    section = Unit.objects.create(
        agency=agency,
        parent=service,
        code="SEKSI",
        path="PEMKOT-CONTOH/DINAS/SEKSI",
        name="Seksi Contoh",
        kind="SUBSECTION",
    )
    people = Party.objects.filter(matter=report.matter, kind="RESPONDENT")
    people.update(agency=agency, unit=section)


def test_a_reason_is_asked_for_and_what_was_chosen_stays(scene):
    report = scene.report()
    target = make.office("35.06")
    answer = press(scene.intake, report, "REROUTE", kantor=str(target.public_id))
    assert answer.status_code == 422
    assert f'<option value="{target.public_id}" selected>' in answer.content.decode()
    assert "Tuliskan alasannya." in words(answer)


def test_a_report_is_taken_as_a_tip(scene):
    report = scene.report()
    answer = press(scene.intake, report, "TAKE_AS_TIP", alasan="Identitas tidak dapat diperiksa.")
    assert answer.status_code == 302
    assert Tip.objects.get(from_report=report).state == TipState.RECORDED


def test_requirements_are_judged_row_by_row_and_can_be_judged_again(scene):
    report = in_review(scene)
    url = reverse("staff:report_requirements", args=[report.public_id])
    client = browser(scene.handler)
    assert words(client.get(url)).count("Belum dinilai Terpenuhi") >= len(RequirementCode)
    answer = client.post(url, {"FORMAL_REPORTER-nilai": "MET", "FORMAL_SIGNATURE-nilai": "NOT_MET"})
    assert answer.status_code == 422
    assert "Tuliskan apa yang kurang" in words(answer)
    assert RequirementCheck.objects.count() == 0
    unsaid = client.post(url, {"FORMAL_REPORTER-nilai": "MET", "FORMAL_SIGNATURE-alasan": "Ada."})
    assert (unsaid.status_code, RequirementCheck.objects.count()) == (422, 0)
    assert "Tuliskan dari mana ini terlihat." in words(unsaid)
    assert "Ada." in unsaid.content.decode()
    client.post(url, {"FORMAL_REPORTER-nilai": "MET", "FORMAL_REPORTER-alasan": "Ada."})
    client.post(url, {"FORMAL_REPORTER-nilai": "NOT_MET", "FORMAL_REPORTER-alasan": "NIK kosong."})
    row = RequirementCheck.objects.get(report=report)
    assert (row.verdict, row.reason) == (Verdict.NOT_MET, "NIK kosong.")


def test_a_material_requirement_names_the_evidence_that_it_rests_on(scene):
    report = in_review(scene)
    piece = Evidence.objects.create(
        matter=report.matter, report=report, kind="WEB", url="https://contoh.id/unggahan",
        caption="Unggahan status", handed_in_at=report.submitted_at,
    )  # fmt: skip
    address = reverse("staff:report_requirements", args=[report.public_id])
    client = browser(scene.handler)
    given = {"MATERIAL_EVIDENCE-nilai": "MET", "MATERIAL_EVIDENCE-bukti": [piece.public_id]}
    assert client.post(address, {**given, "MATERIAL_EVIDENCE-bukti": ["lain"]}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert RequirementCheck.objects.get(report=report).evidence == [piece.public_id]
    again = client.get(address).content.decode()
    assert re.findall(rf'<input[^>]*value="{piece.public_id}"[^>]*checked', again) != []
    shown = client.get(reverse("staff:report", args=[report.public_id])).content.decode()
    checks = shown[shown.index('id="syarat"') : shown.index('id="uraian"')]
    part = reverse("staff:case_part", args=[report.matter.public_id, "syarat"])
    link = reverse("staff:evidence", args=[piece.public_id])
    assert (link in checks, link in client.get(part).content.decode()) == (True, True)


def test_completion_runs_from_the_recorded_receipt(scene, monday):
    report = judged(scene, RequirementCode.MATERIAL_EVIDENCE)
    page = browser(scene.handler).get(step_url(report, "ASK_FOR_COMPLETION"))
    assert "Belum ada tanda tangan." in words(page)
    assert press(scene.handler, report, "ASK_FOR_COMPLETION").status_code == 302
    notice = Document.objects.get(role=FormRole.NOTICE_OF_INCOMPLETENESS)
    open_codes = LegalClock.objects.filter(
        subject_kind="report", subject_id=report.pk, state=ClockState.OPEN
    ).values_list("code", flat=True)
    assert set(open_codes) == {PeriodCode.NOTIFY_INCOMPLETE}
    page = browser(scene.handler).get(reverse("staff:report", args=[report.public_id]))
    assert "Penyampaian belum dicatat" in words(page)

    monday.move_to(make.at(17, 10).now)
    url = reverse("staff:report_delivery", args=[report.public_id, notice.public_id])
    client = browser(scene.handler)
    sent = {"cara": "DIRECT", "dikirim": "2025-06-16T14:00"}
    assert client.post(url, {**sent, "diterima": "2025-06-16T15:00"}).status_code == 422
    answer = client.post(url, {**sent, "diterima": "2025-06-16T15:00", "bukti": "Buku ekspedisi"})
    assert answer.status_code == 302, words(answer)
    assert Delivery.objects.get().proof == "Buku ekspedisi"
    clock = LegalClock.objects.get(code=PeriodCode.COMPLETION)
    assert clock.started_at == make.at(16, 15).now
    assert set(open_codes.all()) == {PeriodCode.COMPLETION}
    assert client.post(url, {**sent, "diterima": "2025-06-16T15:00", "bukti": "x"}).status_code == 422  # fmt: skip

    press(scene.intake, report, "COMPLETE", jawaban="Formulir ditandatangani.")
    report = fresh(report)
    assert (report.state, report.review_round) == (ReportState.INITIAL_REVIEW, 2)
    assert CompletionRequest.objects.get().answer == "Formulir ditandatangani."
    page = browser(scene.handler).get(reverse("staff:report_requirements", args=[report.public_id]))
    assert "dari putaran lalu, periksa lagi" in words(page)


def officer(user):
    return actor_of(user=user, day=make.at().now.date())


def wrongly_asked(scene):
    """A report whose notice the reporter has read; the handler wants to correct that it was sent."""
    report = judged(scene, RequirementCode.MATERIAL_EVIDENCE)
    press(scene.handler, report, "ASK_FOR_COMPLETION")
    take_notice(report_id=report.pk, actor=reporter(report), clock=make.at(16, 12))
    return fresh(report)


def reporter(report):
    return replace(make.CITIZEN_ACTOR, party_ref=f"report:{report.pk}")


def to_correct(scene, report):
    return request_correction(
        workflow=REPORT,
        subject_id=report.pk,
        reason="Syarat itu ternyata sudah terpenuhi.",
        actor=officer(scene.handler),
        clock=make.at(16, 13),
    )


def corrected(scene, report):
    second = officer(make.user("Staf kedua contoh", "handler", office=scene.office))
    asked = to_correct(scene, report)
    return confirm_request(request_id=asked.pk, actor=second, clock=make.at(16, 14))


def test_a_corrected_notice_takes_its_period_along_and_the_next_has_its_own(scene, monday):
    report = wrongly_asked(scene)
    clocks = LegalClock.objects.filter(subject_kind="report", subject_id=report.pk)
    corrected(scene, report)
    report = fresh(report)
    running = clocks.get(state=ClockState.OPEN)
    assert (running.code, running.due_at) == (PeriodCode.INITIAL_REVIEW, report.due_at)
    monday.move_to(make.at(17, 9).now)
    assert press(scene.handler, report, "ASK_FOR_COMPLETION").status_code == 302
    take_notice(report_id=report.pk, actor=reporter(report), clock=make.at(17, 10))
    periods = clocks.filter(code=PeriodCode.COMPLETION).order_by("pk")
    assert list(periods.values_list("state", "started_at")) == [
        ("voided", make.at(16, 12).now),
        ("open", make.at(17, 10).now),
    ]


def answered(report):
    """The reporter saves an answer without handing the whole in."""
    given = ItemAnswer(position=1, words="Ada di telepon saya.")
    answer_item(report=report, given=given, actor=reporter(report), clock=make.at(16, 13))


def test_a_notice_to_which_an_answer_was_saved_is_not_corrected_away(scene):
    report = wrongly_asked(scene)
    answered(report)
    with pytest.raises(Refused, match=r"^completion_begun$"):
        to_correct(scene, report)
    page = browser(scene.handler).get(reverse("staff:report_correct", args=[report.public_id]))
    assert "tidak dapat dikoreksi lagi" in words(page)


def test_an_answer_saved_while_a_correction_waits_stays(scene):
    report = wrongly_asked(scene)
    asked = to_correct(scene, report)
    answered(report)
    second = officer(make.user("Staf kedua contoh", "handler", office=scene.office))
    with pytest.raises(Refused, match=r"^completion_begun$"):
        confirm_request(request_id=asked.pk, actor=second, clock=make.at(16, 14))
    assert CompletionItem.objects.get().answer == "Ada di telepon saya."
    assert fresh(report).state == ReportState.AWAITING_COMPLETION


def test_nothing_is_asked_for_when_nothing_is_missing(scene):
    report = judged(scene)
    answer = press(scene.handler, report, "ASK_FOR_COMPLETION")
    assert answer.status_code == 422
    assert "Semua syarat terpenuhi" in words(answer)


def test_an_act_beyond_the_tolerance_needs_paper_and_a_second_person(scene, monday):
    report = received(scene)
    monday.move_to(make.at(30, 10).now)
    second = make.user("Rekan contoh", "handler", office=scene.office)
    data = {"alasan": "Surat tugas terlambat dicatat.", "waktu": "2025-06-16T14:00"}
    answer = press(scene.handler, report, "START_REVIEW", **data)
    assert answer.status_code == 422
    assert "Orang kedua yang menyetujui" in words(answer)
    data |= {"nomor_surat": "ST-1/2025", "tanggal_surat": "2025-06-16"}
    data |= {"orang_kedua": str(second.pk), "sandi_orang_kedua": "salah"}
    answer = press(scene.handler, report, "START_REVIEW", **data)
    assert answer.status_code == 422
    assert "Kata sandi orang kedua tidak cocok." in words(answer)
    answer = press(
        scene.handler, report, "START_REVIEW", **{**data, "sandi_orang_kedua": "sandi-contoh"}
    )
    assert answer.status_code == 302, words(answer)
    step = Step.objects.get(subject_kind="report", action="START_REVIEW")
    assert (step.second_person, step.source_number) == (second, "ST-1/2025")
    assert step.occurred_at == make.at(16, 14).now


@pytest.mark.parametrize("when", ["2025-06-20T10:00", "0001-01-01T00:00", "2025-06-01T10:00"])
def test_an_act_can_be_neither_in_the_future_nor_before_the_file(scene, when):
    report = received(scene)
    answer = press(scene.handler, report, "START_REVIEW", waktu=when, alasan="x")
    assert answer.status_code == 422


def test_a_decision_is_proposed_once_and_then_waits(scene):
    report = judged(scene)
    url = reverse("staff:report_propose", args=[report.public_id, "REGISTER"])
    client = browser(scene.handler)
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"usul": "Syarat lengkap."}).status_code == 302
    item = AgendaItem.objects.get()
    assert (item.kind, item.action, item.report) == ("INITIAL_REVIEW_OUTCOME", "REGISTER", report)
    assert client.post(url, {"usul": "Syarat lengkap."}).status_code == 409
    page = client.get(reverse("staff:report", args=[report.public_id]))
    assert "dapat diputuskan koordinator" in words(page)


def test_a_transfer_is_proposed_with_the_office(scene):
    report = in_review(scene)
    url = reverse("staff:report_propose", args=[report.public_id, "TRANSFER"])
    target = make.office("35.06")
    client = browser(scene.member)
    assert client.post(url, {"usul": "Bukan wilayah kami."}).status_code == 422
    client.post(url, {"usul": "Bukan wilayah kami.", "kantor": str(target.public_id)})
    assert AgendaItem.objects.get().payload == {"office": target.pk}


def test_who_cannot_propose_sees_no_page(scene):
    report = in_review(scene)
    url = reverse("staff:report_propose", args=[report.public_id, "REGISTER"])
    assert browser(scene.intake).get(url).status_code == 404
    neighbour = make.user("Tetangga", "handler", office=make.office("35.06"))
    assert browser(neighbour).post(url, {"usul": "x"}).status_code == 404
    assert browser(scene.handler).get(
        reverse("staff:report_propose", args=[report.public_id, "CLOSE"])
    ).status_code == 404  # fmt: skip


def test_the_reporter_withdraws_at_the_counter(scene):
    report = received(scene)
    answer = press(scene.intake, report, "WITHDRAW", alasan="Pelapor datang dan mencabut.")
    assert answer.status_code == 302
    assert fresh(report).state == ReportState.WITHDRAWN
