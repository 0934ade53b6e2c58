"""The page of a report: what it shows, to whom, and what its parts do."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from complaints.codes import Direction, EvidenceKind
from complaints.models import Allegation, Custody, Evidence, Incident, Message, Party, Report
from complaints.services.write_message import Letter, write_message
from neutrality.audit.models import AuditRow
from neutrality.notifications.models import Outbox
from neutrality.organisations.models import Agency
from neutrality.personnel.models import Employment, Person
from tests.complaints import factories as make
from tests.complaints.staff.scene import browser, words

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da"
    "63fcffff3f030005fe02fea7056b0a0000000049454e44ae426082"
)  # fmt: skip


def page_url(report):
    return reverse("staff:report", args=[report.public_id])


def test_the_page_shows_the_report_without_a_name(scene):
    report = scene.report(contest=make.contest())
    answer = browser(scene.intake).get(page_url(report))
    assert answer.status_code == 200
    shown = words(answer)
    for expected in ("Lurah contoh", "Terima laporan", "Tangkap", "Terkirim daring", "Pelapor"):
        assert expected in shown
    for secret in ("Warga contoh", "3571014101900001", "Jalan Contoh 1", "warga@contoh.id"):
        assert secret not in answer.content.decode()


def test_the_clock_is_explained_day_by_day(scene):
    report = scene.report(clock=make.at(14, 10))
    shown = words(browser(scene.intake).get(page_url(report)))
    assert "Dari mana tanggal ini" in shown
    assert "Hitungan hari demi hari" in shown


@pytest.mark.parametrize(
    ("region", "role", "status"),
    [
        ("35.71", "intake", 200),
        ("35", "supervisor", 200),
        ("35.06", "intake", 404),
        ("61.71", "handler", 404),
    ],
)
def test_who_sees_a_report(scene, region, role, status):
    report = scene.report()
    person = make.user("Orang contoh", role, office=make.office(region))
    assert browser(person).get(page_url(report)).status_code == status


def test_nobody_logged_in_is_sent_to_the_login(scene, client):
    report = scene.report()
    assert client.get(page_url(report)).status_code == 302


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_costs_the_same_for_one_allegation_and_for_many(
    scene, django_assert_num_queries, rows
):
    report = scene.report(contest=make.contest())
    for number in range(1, rows):
        party = Party.objects.create(
            matter=report.matter, kind="RESPONDENT", alias=f"Terlapor {number + 1}", name="Contoh"
        )
        incident = Incident.objects.create(
            matter=report.matter, from_on="2025-06-14", online=True, platform="Facebook"
        )
        Allegation.objects.create(
            matter=report.matter, incident=incident, respondent=party, category="POST_SUPPORT"
        )
        Message.objects.create(
            report=report, direction=Direction.FROM_PARTY, body="x", sent_at=make.at(16, 9).now
        )
    client = browser(scene.intake)
    client.get(page_url(report))
    with django_assert_num_queries(QUERIES):
        client.get(page_url(report))


QUERIES = 17


def test_an_identity_opens_with_a_reason_and_leaves_a_trace(scene):
    report = scene.report()
    party = Party.objects.get(report=report, kind="REPORTER")
    url = reverse("staff:identity", args=[report.matter.public_id, party.public_id])
    client = browser(scene.intake)
    assert "Warga contoh" not in client.get(url).content.decode()
    assert client.post(url, {"alasan": "  "}).status_code == 422
    before = AuditRow.objects.count()
    answer = client.post(url, {"alasan": "Menghubungi pelapor."})
    assert "Warga contoh" in words(answer)
    assert AuditRow.objects.count() > before


def test_only_the_office_opens_identities(scene):
    report = scene.report()
    party = Party.objects.get(report=report, kind="REPORTER")
    url = reverse("staff:identity", args=[report.matter.public_id, party.public_id])
    assert browser(scene.head).post(url, {"alasan": "x"}).status_code == 404
    foreign = make.user("Jauh", "intake", office=make.office("61.71"))
    assert browser(foreign).post(url, {"alasan": "x"}).status_code == 404
    respondent = Party.objects.get(matter=report.matter, kind="RESPONDENT")
    named = reverse("staff:identity", args=[report.matter.public_id, respondent.public_id])
    assert browser(scene.intake).get(named).status_code == 404


def test_a_post_is_captured_with_its_time(scene):
    report = scene.report()
    web = report.matter.evidence.get()
    url = reverse("staff:capture", args=[report.matter.public_id, web.public_id])
    client = browser(scene.intake)
    assert client.get(url).status_code == 200
    assert client.post(url, {"diambil": "2025-06-16T09:30"}).status_code == 422
    future = {"diambil": "2025-06-16T23:30", "berkas": picture()}
    assert client.post(url, future).status_code == 422
    answer = client.post(url, {"diambil": "2025-06-16T09:30", "berkas": picture()})
    assert answer.status_code == 302, words(answer)
    shot = Evidence.objects.get(kind=EvidenceKind.CAPTURE)
    assert (shot.captures, shot.url, shot.report) == (web, web.url, report)
    taken = Custody.objects.get(evidence=shot, act="CAPTURED")
    assert taken.happened_at.isoformat() == "2025-06-16T02:30:00+00:00"
    assert "Tangkap dahulu" not in words(client.get(page_url(report)))


def test_a_captured_picture_leads_to_its_evidence_page_where_the_original_is(scene):
    report = scene.report()
    web = report.matter.evidence.get()
    matter = report.matter.public_id
    browser(scene.intake).post(
        reverse("staff:capture", args=[matter, web.public_id]),
        {"diambil": "2025-06-16T09:30", "berkas": picture()},
    )
    shot = Evidence.objects.get(kind=EvidenceKind.CAPTURE)
    Evidence.objects.filter(pk=shot.pk).update(state="CLEAN")
    page = browser(scene.handler).get(page_url(report)).content.decode()
    assert reverse("staff:evidence", args=[shot.public_id]) in page
    assert reverse("staff:evidence_list", args=[matter]) in page
    assert "layar.png" not in page


def picture():
    return SimpleUploadedFile(Path("layar.png").name, PIXEL, content_type="image/png")


def test_the_reporter_is_written_to_and_told_without_the_words(scene):
    report = scene.report()
    write_message(
        mailbox=report,
        letter=Letter(body="Kapan diproses?"),
        actor=make.CITIZEN_ACTOR,
        clock=make.at(16, 9),
    )
    client = browser(scene.handler)
    url = reverse("staff:report_message", args=[report.public_id])
    before = Outbox.objects.count()
    assert client.post(url, {"pesan": ""}).status_code == 422
    assert client.post(url, {"pesan": "Kami mulai besok."}).status_code == 302
    assert Outbox.objects.count() == before + 1
    own = Message.objects.get(direction=Direction.FROM_OFFICE)
    assert (own.body, own.sent_by) == ("Kami mulai besok.", scene.handler)
    assert Message.objects.filter(read_at__isnull=True).get() == own
    neighbour = make.user("Tetangga", "handler", office=make.office("35.06"))
    assert browser(neighbour).post(url, {"pesan": "x"}).status_code == 404


def test_messages_are_marked_as_read(scene):
    report = scene.report()
    letter = Letter(body="Halo")
    write_message(mailbox=report, letter=letter, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
    client = browser(scene.intake)
    assert "Pesan baru dari pelapor" in words(client.get(reverse("staff:inbox")))
    client.post(reverse("staff:report_messages_read", args=[report.public_id]))
    assert Message.objects.get().read_at is not None
    assert "Pesan baru dari pelapor" not in words(client.get(reverse("staff:inbox")))


def test_an_allegation_is_qualified_by_act_and_computed_stage(scene):
    report = scene.report(contest=make.contest())
    url = reverse("staff:allegation", args=[report.matter.public_id, 1])
    client = browser(scene.handler)
    assert "PP 94/2021 Pasal 14 huruf i angka 3 dan 4" in words(client.get(url))
    assert client.post(url, {"perbuatan": ""}).status_code == 422
    override = {"perbuatan": "SOCIAL_POST", "tahapan": "PROSPECTIVE"}
    answer = client.post(url, override)
    assert answer.status_code == 422
    assert "mengapa tahapannya berbeda" in words(answer)
    assert client.post(url, {"perbuatan": "SOCIAL_POST"}).status_code == 302
    row = Allegation.objects.get()
    assert (row.act, row.stage, row.category) == ("SOCIAL_POST", "CANDIDATE", "FINGER_POSE")
    code = row.violation_code
    client.post(url, {**override, "alasan_tahapan": "Ditetapkan ulang."})
    row.refresh_from_db()
    assert (row.stage, row.stage_reason) == ("PROSPECTIVE", "Ditetapkan ulang.")
    assert row.violation_code != code
    nowhere = reverse("staff:allegation", args=[report.matter.public_id, 2])
    assert client.get(nowhere).status_code == 404
    assert browser(scene.intake).get(url).status_code == 404


def test_a_respondent_is_linked_with_the_position_of_that_day(scene):
    report = scene.report()
    agency = Agency.objects.create(
        code="kota-contoh", name="Pemerintah Kota Contoh", kind="CITY", path="kota-contoh",
        region=scene.office.region, appointing_authority="Wali Kota", valid_from="2000-01-01",
    )  # fmt: skip
    person = Person.objects.create(name="Lurah contoh")
    employment = Employment.objects.create(
        person=person, agency=agency, position_title="Lurah", position_class="EXECUTIVE",
        kind="PNS", valid_from="2020-01-01",
    )  # fmt: skip
    party = Party.objects.get(matter=report.matter, kind="RESPONDENT")
    url = reverse("staff:respondent_link", args=[report.matter.public_id, party.public_id])
    client = browser(scene.handler)
    assert "Pemerintah Kota Contoh" in words(client.get(url, {"cari": "kota contoh"}))
    there = f"{url}?instansi=kota-contoh&dari={report.public_id}"
    assert "Lurah contoh, Lurah" in words(client.get(there))
    answer = client.post(there, {"orang": str(person.public_id), "unit": "", "jenis": ""})
    assert answer.headers["Location"] == page_url(report)
    party.refresh_from_db()
    assert (party.person, party.employment, party.agency) == (person, employment, agency)
    assert (party.linked_by, party.name) == (scene.handler, "Lurah contoh")


def test_an_officer_adds_a_respondent_an_event_and_an_allegation(scene):
    report = scene.report()
    matter = report.matter
    client = browser(scene.handler)
    back = f"?dari={report.public_id}"
    url = reverse("staff:respondent_new", args=[matter.public_id]) + back
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"nama": "Camat contoh"}).headers["Location"] == page_url(report)
    url = reverse("staff:incident_new", args=[matter.public_id]) + back
    when = {"ketepatan": "DAY", "kejadian": "2025-06-13", "cara": "tempat", "wilayah": "35.71"}
    assert client.post(url, when).status_code == 422
    assert client.post(url, {**when, "tempat": "Lapangan"}).status_code == 302
    url = reverse("staff:allegation_new", args=[matter.public_id]) + back
    added = Party.objects.get(name="Camat contoh")
    data = {"terlapor": added.public_id, "kejadian": "1", "kategori": "POST_SUPPORT"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 422
    allegation = Allegation.objects.get(respondent=added)
    assert str(allegation.incident.from_on) == "2025-06-13"


def test_a_report_is_given_to_a_colleague(scene):
    report = scene.report()
    url = reverse("staff:report_assign", args=[report.public_id])
    client = browser(scene.head)
    assert client.post(url, {"petugas": str(scene.handler.pk)}).status_code == 302
    assert Report.objects.get().assignee == scene.handler
    foreign = make.user("Jauh", "handler", office=make.office("61.71"))
    assert client.post(url, {"petugas": str(foreign.pk)}).status_code == 422
    assert client.post(url, {"petugas": ""}).status_code == 302
    assert Report.objects.get().assignee is None


def test_sealed_documents_ask_why(scene):
    report = scene.report(contest=make.contest())
    client = browser(scene.intake)
    client.post(
        reverse("staff:report_step", args=[report.public_id, "RECEIVE"]),
        {"versi": report.version, "cara_periksa": "COUNTER"},
    )
    papers = {each.sealed: each for each in client.get(page_url(report)).context["page"].papers}
    sealed = reverse("staff:document", args=[papers[True].public_id])
    assert client.get(sealed).status_code == 200
    assert client.post(sealed, {"alasan": ""}).status_code == 422
    assert client.post(sealed, {"alasan": "Dicetak."}).content.startswith(b"%PDF")
    assert client.get(reverse("staff:document", args=[papers[False].public_id])).content.startswith(
        b"%PDF"
    )
    assert browser(scene.head).get(sealed).status_code == 404
    seen = browser(scene.head).get(page_url(report)).context["page"].papers
    assert not any(each.sealed for each in seen)
    foreign = make.user("Jauh", "intake", office=make.office("61.71"))
    assert browser(foreign).get(sealed).status_code == 404
