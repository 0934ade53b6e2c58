"""The three lists: filters that all of them share, columns of one's own, what is new to a person."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import (
    AccountWording,
    AgendaItem,
    Allegation,
    AllegationResult,
    Assessment,
    DataRequest,
    Derivative,
    Evidence,
    ListColumns,
    Matter,
    Message,
    Party,
    Report,
    Seen,
    Tip,
)
from complaints.selectors import queue_conditions
from complaints.services.count_figures import count_figures
from complaints.services.information_requests import RequestGiven, record_request
from complaints.services.lodge import lodge_report
from complaints.services.outside_tasks import TaskGiven, record_task
from complaints.services.record_tip import record_tip
from complaints.workflow.actions import CaseAction
from neutrality.casework.clocks import open_clocks_for
from neutrality.casework.models import LegalClock, SecondPersonRequest
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, PROVINCE, Scene, at, logged_in, stranger, url
from tests.complaints.referral.scene import agency

pytestmark = pytest.mark.django_db
LISTS = ("reports", "tips", "cases")


def report_of(office, **given):
    lodging = make.lodging(office=office, **given)
    return lodge_report(given=lodging, actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))


def test_each_list_is_narrowed_by_place_officer_election_act_agency_and_outcome():
    scene = Scene()
    employer = agency("kota-contoh")
    Party.objects.filter(matter=scene.matter, kind="RESPONDENT").update(agency=employer)
    scene.qualified()
    fresh = report_of(scene.office, contest=scene.report.contest)
    Party.objects.filter(matter=fresh.matter, kind="RESPONDENT").update(agency=employer)
    Report.objects.filter(pk=fresh.pk).update(assignee=scene.people["second"])
    code, second = scene.report.contest.election.code, scene.people["second"].pk
    with at(make.at(17, 9)):
        count_figures(clock=make.at(17, 9))
        browser = logged_in(make.user("Staf provinsi", "handler", office=make.office(PROVINCE)))

        def found(listing, **query):
            page = browser.get(url(listing), query).content.decode()
            return [row.public_id for row in (fresh, scene.matter) if row.public_id in page]

        both = {"tempat": scene.office.path, "pemilihan": code, "instansi": employer.code}
        assert found("reports", **both) == [fresh.public_id]
        assert found("cases", **both) == [scene.matter.public_id]
        assert found("reports", petugas=second, perbuatan="PHOTO_TOGETHER") == [fresh.public_id]
        assert found("cases", perbuatan="SOCIAL_POST") == [scene.matter.public_id]
        neighbour = make.office(NEIGHBOUR).path
        assert found("reports", tempat=neighbour) == found("cases", tempat=neighbour) == []
        assert found("cases", instansi="kota-lain") == found("cases", petugas=second) == []
        shown = browser.get(url("cases"), {"tempat": scene.office.path}).content.decode()
        assert f'<option value="{employer.code}">' in shown
        assert f'<option value="{scene.office.path}" selected>' in shown
        assert found("reports", tempat="RI") == [fresh.public_id]


def test_an_outcome_is_looked_for_among_all_not_only_what_has_a_clock():
    scene = Scene()
    AllegationResult.objects.create(
        allegation=Allegation.objects.get(matter=scene.matter),
        outcome="ASN_LAW",
        agenda_item=AgendaItem.objects.get(),
        decided_at=make.at(17).now,
    )
    Matter.objects.filter(pk=scene.matter.pk).update(due_at=None)
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        for query, is_there in (("hasil=ASN_LAW", 1), ("hasil=CRIMINAL", 0), ("", 0)):
            page = browser.get(f"{url('cases')}?{query}").content.decode()
            assert (scene.matter.public_id in page) == is_there


def test_what_is_due_today_ends_at_midnight_of_the_own_office():
    scene = Scene()
    tonight, tomorrow = report_of(scene.office), report_of(scene.office)
    Report.objects.filter(pk=tonight.pk).update(due_at=make.at(17, 23).now)
    Report.objects.filter(pk=tomorrow.pk).update(due_at=make.at(18, 8).now)
    with at(make.at(17, 9)):
        page = scene.client("handler").get(url("reports"), {"tenggat": "hari-ini"}).content.decode()
    assert tonight.public_id in page
    assert tomorrow.public_id not in page


def test_numbers_are_found_by_their_beginning_in_every_list():
    scene = Scene()
    report, matter = Report.objects.get(pk=scene.report.pk), scene.matter
    fresh = report_of(scene.office, contest=report.contest)
    given = make.lodging(office=scene.office, reporter=None)
    tip = record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        for listing, typed, wanted in (
            ("reports", fresh.receipt_number[:8].lower(), fresh),
            ("reports", f"{report.number}&urut=terbaru", report),
            ("tips", tip.receipt_number, tip),
            ("cases", report.register_number[:9].lower(), matter),
            ("cases", report.number, matter),
        ):
            page = browser.get(f"{url(listing)}?cari={typed}").content.decode()
            assert wanted.public_id in page, typed


def test_a_search_finds_only_what_one_may_see():
    scene = Scene()
    foreign = stranger(NEIGHBOUR)
    with at(make.at(17, 9)):
        for listing in ("reports", "cases"):
            page = foreign.get(url(listing), {"cari": "lurah", "urut": "terbaru"}).content.decode()
            assert "Tidak ada berkas yang cocok" in page
        page = scene.client("handler").get(url("cases"), {"cari": "loerah"}).content.decode()
    assert scene.matter.public_id in page


def test_a_respondent_whom_an_officer_added_is_found_too():
    scene = Scene()
    scene.matter.parties.create(kind="RESPONDENT", alias="Terlapor 2", name="Sudarmadji contoh")
    with at(make.at(17, 9)):
        for typed in ("Soedarmadji", "sudarmaji"):
            page = scene.client("handler").get(url("cases"), {"cari": typed}).content.decode()
            assert scene.matter.public_id in page


@pytest.mark.parametrize("listing", LISTS)
def test_a_list_costs_the_same_with_every_column_and_filter(listing):
    scene = Scene()
    rows = Report if listing == "reports" else Tip if listing == "tips" else Matter
    if listing == "tips":
        given = make.lodging(office=scene.office, reporter=None)
        record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))
    elif listing == "reports":
        report_of(scene.office)
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        every = {"kolom": ["terlapor", "perbuatan", "tenggat", "petugas", "kantor", "pemilihan"]}
        every["kolom"] += ["asal", "hasil", "registrasi", "sumber", "masuk", "karangan"]
        assert browser.post(url("columns", listing), every).status_code == 302
        page = f"{url(listing)}?cari=lurah&tempat={scene.office.path}&petugas=belum"
        browser.get(page)
        with CaptureQueriesContext(connection) as one:
            assert browser.get(page).content.decode().count("<tr>") == 2
        copies(rows, 50)
        with CaptureQueriesContext(connection) as fifty:
            shown = browser.get(page).content.decode()
        assert shown.count("<tr>") == 26
        assert len(one) == len(fifty)


def copies(rows, number):
    """Write the same row again and again; cases with somebody each, by whom a search finds them."""
    source = rows.objects.order_by("-pk").values().first()
    same = {key: value for key, value in source.items() if key not in OWN}
    if rows is not Matter:
        rows.objects.bulk_create(
            rows(**same, receipt_number=f"S26-{rows.__name__}-{place}") for place in range(number)
        )
        return
    made = Matter.objects.bulk_create(Matter(**same) for _place in range(number))
    Party.objects.bulk_create(
        Party(matter=matter, kind="RESPONDENT", alias="Terlapor 1", name="Lurah contoh")
        for matter in made
    )


OWN = ("id", "public_id", "receipt_number", "search")


def test_columns_are_kept_for_a_person_and_a_list():
    scene = Scene()
    with at(make.at(17, 9)):
        browser, page = scene.client("handler"), url("columns", "cases")
        kept = {"kolom": ["registrasi", "petugas"], "saring": "keadaan=REGISTERED&dari=x"}
        answer = browser.post(page, kept)
        assert answer["Location"] == f"{url('cases')}?keadaan=REGISTERED"
        heads = [column.key for column in browser.get(url("cases")).context["columns"]]
        assert heads == ["petugas", "registrasi"]
        other = scene.client("second").get(url("cases")).context["columns"]
        assert [column.key for column in other] == ["tenggat", "kantor", "petugas"]
        assert browser.post(page, {"kolom": ["apa"]}).status_code == 302
        assert not ListColumns.objects.exists()
        assert browser.post(url("columns", "apa")).status_code == 404


def test_what_is_new_to_one_person_is_marked_until_they_open_it():
    scene = Scene()
    report = report_of(scene.office)
    with at(make.at(17, 9)):
        browser, colleague = (
            scene.client("intake"),
            make.user("Lain", "intake", office=scene.office),
        )
        assert browser.get("/petugas/").context["unseen"] == 1
        opened = browser.get(url("report", report.public_id)).content.decode()
        token = opened.partition('name="tanda" value="')[2].partition('"')[0]
        answer = browser.post(url("seen"), {"tanda": token}, headers={"HX-Request": "true"})
        assert answer.status_code == 204
        assert browser.get("/petugas/").context["unseen"] == 0
        assert logged_in(colleague).get("/petugas/").context["unseen"] == 1
        Report.objects.filter(pk=report.pk).update(version=9)
        page = browser.get("/petugas/")
        assert [row.mark for work in page.context["works"] for row in work.rows] == ["Berubah"]
        again = browser.post(url("seen"), {"tanda": page.context["token"]}, follow=True)
        assert again.context["unseen"] == 0
        assert Seen.objects.get().version == 9
        assert browser.post(url("seen"), {"tanda": f"{token}x"}).status_code == 400


def test_the_inbox_leaves_out_what_another_must_do():
    scene = Scene()
    taken, free = report_of(scene.office), report_of(scene.office)
    waiting = report_of(scene.office, contest=scene.report.contest)
    other = make.user("Penerima kedua contoh", "intake", office=scene.office)
    Report.objects.filter(pk=taken.pk).update(assignee=other)
    received = {
        "received_at": make.at(17).now,
        "number": "9/LP",
        "identity_check": "COUNTER",
        "identity_checked_at": make.at(17).now,
        "identity_checked_by": scene.people["intake"],
    }
    late = {"state": "AWAITING_COMPLETION", "due_at": make.at(18, 9).now}
    Report.objects.filter(pk=waiting.pk).update(**received, **late)
    ticking = open_clocks_for(kind="report", ids=[waiting.pk])[waiting.pk][0]
    LegalClock.objects.filter(pk=ticking.pk).update(code="COMPLETION", due_at=late["due_at"])
    with at(make.at(17, 9)):
        intake = scene.client("intake").get("/petugas/").content.decode()
        assert free.public_id in intake
        assert taken.public_id not in intake
        handler = scene.client("handler").get("/petugas/").content.decode()
        assert waiting.public_id not in handler
        assert scene.matter.public_id in handler
        above = logged_in(make.user("Staf provinsi", "handler", office=make.office(PROVINCE)))
        assert scene.matter.public_id not in above.get("/petugas/").content.decode()
    with at(make.at(19, 9)):
        assert waiting.public_id in scene.client("handler").get("/petugas/").content.decode()


def test_an_assessment_waits_for_the_second_person_only():
    scene = Scene()
    scene.in_assessment()
    scene.written()
    version = Assessment.objects.get()
    page = url("assessment_version", scene.matter.public_id, version.version)
    with at(make.at(18, 9)):
        author, second = scene.client("handler"), scene.client("second")
        shown = author.get("/petugas/").content.decode()
        assert page not in shown
        assert scene.matter.public_id not in shown
        assert page in second.get("/petugas/").content.decode()


def test_a_session_is_in_the_inbox_until_its_minutes_are_confirmed():
    scene = Scene()
    scene.step(CaseAction.CLARIFY)
    session = scene.session().session
    with at(make.at(17, 10)):
        browser = scene.client("handler")
        assert url("session", session.public_id) in browser.get("/petugas/").content.decode()


def test_every_kind_of_work_of_an_office_leads_to_its_page():
    scene = Scene()
    others_work(scene)
    with at(make.at(18, 12)):
        page = scene.client("handler").get("/petugas/")
        works = page.context["works"]
        for work in works:
            for row in work.rows:
                assert scene.client("handler").get(row.url).status_code == 200, row
    assert [(str(work.icon), len(work.rows)) for work in works] == [
        ("chat", 1),
        ("folder", 1),
        *[("check", 1)] * 3,
        *[("document", 1)] * 3,
    ]
    own = scene.client("second").get("/petugas/").context["works"]
    assert "check" not in [work.icon for work in own]


def others_work(scene):
    """What the second clerk has prepared, and what people and other offices ask for."""
    second, at_noon = scene.people["second"], make.at(18, 12).now
    given = {"matter": scene.matter, "report": scene.report, "audience": "BODY"}
    AccountWording.objects.create(**given, words="Kata lain.", made_at=at_noon, made_by=second)
    SecondPersonRequest.objects.create(
        workflow="case",
        kind="correction",
        subject_kind="matter",
        subject_id=scene.matter.pk,
        action="REGISTER",
        expected_version=scene.fresh().version,
        reason="Keliru.",
        occurred_at=at_noon,
        recorded_at=at_noon,
        recorded_by=second,
    )
    shown = Evidence.objects.create(
        matter=scene.matter, kind="WEB", url="https://contoh.id/x", handed_in_at=at_noon
    )
    Derivative.objects.create(
        evidence=shown,
        kind="CLEANED",
        audience="BODY",
        stored_as="x",
        media_type="image/png",
        size=1,
        sha256="0" * 64,
        parent_sha256="0" * 64,
        made_at=at_noon,
        made_by=second,
    )
    Message.objects.create(
        report=scene.report, direction="FROM_PARTY", body="Halo", sent_at=at_noon
    )
    DataRequest.objects.create(
        matter=scene.matter,
        report=scene.report,
        kind="CORRECTION",
        words="Nama saya keliru.",
        asked_at=at_noon,
        due_at=make.at(20).now,
    )
    asked = RequestGiven(
        identity=make.identity(), standing="PUBLIC", wanted="Kajian.", received_at=at_noon
    )
    record_request(
        office=scene.office, given=asked, actor=scene.actor("intake"), clock=make.at(18, 12)
    )
    task = TaskGiven(
        system="SBT",
        external_number="SBT-9",
        sender="Kantor contoh",
        summary="Mohon validasi.",
        received_at=at_noon,
    )
    record_task(office=scene.office, given=task, actor=scene.actor("intake"), clock=make.at(18, 12))


def test_a_search_among_cases_says_when_it_has_not_looked_at_everything(monkeypatch):
    scene = Scene()
    scene.matter.parties.create(kind="RESPONDENT", alias="Terlapor 2", name="Sudarmadji contoh")
    scene.matter.parties.create(kind="RESPONDENT", alias="Terlapor 3", name="Sudarmaji lain")
    words = "kecocokan terbaru yang dilihat"
    with at(make.at(17, 9)):
        browser = scene.client("handler")

        def says(typed):
            return words in browser.get(url("cases"), {"cari": typed}).content.decode()

        assert not says("Sudarmadji")
        monkeypatch.setattr(queue_conditions, "MOST_FOUND", 1)
        assert says("Sudarmadji")
        assert not says("Wijaya")
        assert not says("")


def test_the_cases_are_named_in_english_for_readers_of_english():
    scene = Scene()
    browser = scene.client("handler")
    browser.cookies["django_language"] = "en"
    for page in ("/petugas/perkara/", "/petugas/bagi/?daftar=cases"):
        shown = browser.get(page).content.decode()
        assert "Posting support or a call to vote for someone" in shown or (
            "Posing with a finger sign of support" in shown
        ), page
        assert scene.matter.title.split(":")[0] not in shown, page
