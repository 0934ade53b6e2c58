"""Whole cases, each person at a browser of their own, in the order in which it really happens."""

from contextlib import ExitStack

import pytest
import time_machine

from complaints.codes import CaseState, ReferralState, ReportState, TipState
from complaints.models import Allegation, Finding, MinutesLine, ReferralItem, Report, Sanction, Tip
from neutrality.elections.models import Contest
from neutrality.organisations.models import ReferralBody
from tests.e2e.looker import PHONE
from tests.e2e.stage import Stage, Street
from tests.scenarios.town import due, running, url

pytestmark = pytest.mark.django_db(transaction=True)

ASKED = ("Apakah Anda memasang foto itu?", "Ya, tanpa maksud mendukung.")
PEOPLE = ("Lurah contoh", "Camat contoh", "Kepala seksi contoh")
# Two posts before the pairs of candidates were determined (22 September 2024), two after it.
POSTS = (
    ("2024-09-15", 0, "GOVERNOR"),
    ("2024-09-18", 1, "MAYOR"),
    ("2024-10-02", 0, "GOVERNOR"),
    ("2024-10-10", 2, "MAYOR"),
)


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def move():
    """Set the clock of the server to an instant; it goes on from there."""
    journeys: list[time_machine.travel] = []

    def to(instant):
        while journeys:
            journeys.pop().stop()
        journeys.append(time_machine.travel(instant, tick=True))
        journeys[-1].start()

    yield to
    while journeys:
        journeys.pop().stop()


@pytest.fixture
def street(browser, live_server):
    """Browsers for as many people as come."""
    with ExitStack() as doors:
        yield Street(browser, live_server.url, doors)


@pytest.fixture
def open_stage(elections, move, street):
    """Return what opens an office at a wall time, with a body to refer to."""

    def opened(when, code="35.71", name="Kota Kediri", body=""):
        to = ReferralBody.objects.get(code=body) if body else None
        stage = Stage(code, name, move, street, to)
        stage.at(when)
        return stage

    return opened


def respondent(name):
    return {"nama": name, "unit": "Kelurahan Contoh", "jenis": "PNS"}


def received(stage, when):
    """The report of the phone gets its number at the counter and is judged."""
    report = Report.objects.latest("pk")
    stage.at(when)
    stage.step("intake", report, "RECEIVE", cara_periksa="COUNTER")
    stage.step("handler", report, "START_REVIEW")
    stage.judge(report)
    return report


def heard(stage, matter, day, until):
    """The first respondent is invited, comes, is written down and confirms from the own room."""
    first = matter.parties.filter(kind="RESPONDENT").order_by("pk")[0]
    session, code = stage.invite(first, day)
    code = stage.enter(code)
    stage.send("guest", "/undangan/saya/", to="hadir/")
    stage.at(f"{day} 09:05")
    stage.sit(session, ASKED)
    stage.confirm(session, code)
    line = MinutesLine.objects.get(session=session)
    assert ((line.question, line.answer), session.confirmed_at is None) == (ASKED, False)
    stage.at(until)
    stage.step("handler", matter, "ASSESS", alasan="Yang lain memberi keterangan tertulis.")


def decided(stage, matter, when, *outcomes):
    """Assessed, approved by a second person, decided by the plenary."""
    for number in range(1, len(outcomes) + 1):
        stage.qualify(matter, "PHOTO_TOGETHER", number)
    stage.assess(matter, *outcomes)
    stage.step("handler", matter, "BRING_TO_PLENARY", usul="Diteruskan.")
    stage.meet(when, matter.agenda_items.get(action="DECIDE"))
    matter.refresh_from_db()
    assert matter.state == CaseState.DECIDED


def recommended(stage, item, number, day):
    letter = {"nomor_surat": number, "tanggal_surat": day, "jenis_sanksi": "MORAL_OPEN"}
    stage.item_step("liaison", item, "RECOMMEND", **letter)


def sanctioned(stage, item, day):
    stage.item_step("discipline", item, "START_FOLLOW_UP")
    heard_there = {"tim": "Tim pemeriksa", "dipanggil": day, "diperiksa": day}
    stage.send("discipline", url("hr:examination", item.public_id), heard_there)
    decree = {"nomor_surat": "800/17", "tanggal_surat": day, "jenis_sanksi": "MORAL_OPEN"}
    stage.item_step("discipline", item, "SANCTION", **decree, alasan="Sesuai rekomendasi.")


def test_pilkada_three_respondents_five_posts_one_proven_one_not_one_retired(
    open_stage,
    proven,
    street,
):
    stage = open_stage("2024-10-21 09:00", body="KANREG-02")
    mayor = running("35.71", "MAYOR")
    code = stage.file(
        on="2024-10-20", contest=mayor, respondents=[respondent(name) for name in PEOPLE]
    )
    report = received(stage, "2024-10-21 10:00")
    item = stage.propose("handler", report, "REGISTER", "Syarat terpenuhi.")
    stage.meet("2024-10-22 09:00", item)
    report.refresh_from_db()
    matter = report.matter
    assert report.state == ReportState.REGISTERED
    # 23 24 25: Pilkada counts calendar days.
    assert due(matter, "HANDLING") == "2024-10-25 23:59"

    stage.at("2024-10-22 10:00")
    people = list(matter.parties.filter(kind="RESPONDENT").order_by("pk"))
    for person in people:
        stage.link(person, "PNS")
    stage.step("handler", matter, "CLARIFY")
    add_posts(stage, matter, people)
    heard(stage, matter, "2024-10-24", "2024-10-24 13:00")
    decided(stage, matter, "2024-10-25 09:00", *["ASN_LAW"] * 7)
    rows = Allegation.objects.filter(matter=matter)
    assert {row.stage for row in rows} == {"PROSPECTIVE", "CANDIDATE"}
    assert {row.contest.kind for row in rows} == {"MAYOR", "GOVERNOR"}
    assert rows.values("incident").distinct().count() == 5

    items = stage.refer(matter)
    assert [item.body.code for item in items] == ["KANREG-02"] * 3
    judged_by_others(stage, items)
    assert [item.state for item in items] == [
        ReferralState.SANCTIONED,
        ReferralState.NOT_PROVEN,
        ReferralState.SUBJECT_INACTIVE,
    ]
    story = stage.told(code)
    for words in ("Sanksi dijatuhkan", "Tidak terbukti", "tidak aktif lagi"):
        assert words in story
    assert len(street.people) == 8
    assert "record:" in proven()


def add_posts(stage, matter, people):
    """The handler finds four more posts: two stages, two contests."""
    contests = {
        kind: running(code, kind) for code, kind in (("35.71", "MAYOR"), ("35", "GOVERNOR"))
    }
    for day, who, kind in POSTS:
        where = {"ketepatan": "DAY", "kejadian": day, "cara": "internet", "wilayah": "35.71"}
        event = url("incident_new", matter.public_id)
        stage.send("handler", event, {**where, "platform": "Facebook"})
        days = list(matter.incidents.order_by("from_on", "pk").values_list("from_on", flat=True))
        said = {
            "terlapor": people[who].public_id,
            "kejadian": str([str(each) for each in days].index(day) + 1),
            "kategori": "FINGER_POSE",
            "kontestasi": str(contests[kind].pk),
        }
        stage.send("handler", url("allegation_new", matter.public_id), said)


def judged_by_others(stage, items):
    """The body recommends twice and finds one not proven; of the two, one retires."""
    first, second, third = items
    stage.at("2024-10-28 09:00")
    for item in items:
        stage.item_step("liaison", item, "ACKNOWLEDGE")
    recommended(stage, first, "R-1", "2024-10-28")
    recommended(stage, third, "R-2", "2024-10-28")
    stage.item_step("liaison", second, "FIND_NOT_PROVEN", alasan="Bukan akun miliknya.")
    stage.at("2024-11-04 09:00")
    sanctioned(stage, first, "2024-11-04")
    stage.item_step("discipline", third, "MARK_INACTIVE", sebab="RETIRED", alasan="SK 1.")


def test_pemilu_from_an_incomplete_report_to_the_sanction(open_stage, proven, street):
    stage = open_stage("2023-12-07 09:30", body="KASN")
    president = Contest.objects.get(election__code="pemilu-2024", kind="PRESIDENT")
    code = stage.file(on="2023-12-06", contest=president, respondents=[respondent(PEOPLE[0])])
    report = received(stage, "2023-12-07 11:00")
    stage.judge(report, MATERIAL_EVIDENCE="Waktu unggahan tidak terlihat.")
    stage.step("handler", report, "ASK_FOR_COMPLETION")
    stage.at("2023-12-08 10:00")
    assert "Giliran Anda" in stage.told(code)
    phone = stage.visitor("citizen")
    phone.fill({}, to="terima/")
    phone.send("/lacak/laporan/lengkapi/", {"jawaban": "Pukul 19.30 tanggal 6 Desember."})
    stage.at("2023-12-11 09:00")
    stage.judge(report)
    item = stage.propose("handler", report, "REGISTER", "Syarat terpenuhi.")
    stage.decide_alone(item)
    report.refresh_from_db()
    matter = report.matter
    # 12 13 14 15, 18 19 20: Pemilu counts working days.
    assert due(matter, "HANDLING") == "2023-12-20 23:59"

    stage.at("2023-12-12 09:00")
    stage.link(matter.parties.get(kind="RESPONDENT"), "PNS")
    stage.step("handler", matter, "CLARIFY")
    heard(stage, matter, "2023-12-14", "2023-12-14 13:00")
    decided(stage, matter, "2023-12-15 09:00", "ASN_LAW")
    (sent,) = stage.refer(matter)
    stage.at("2023-12-18 09:00")
    stage.item_step("liaison", sent, "ACKNOWLEDGE")
    recommended(stage, sent, "R-100", "2023-12-18")
    stage.at("2024-01-08 09:00")
    sanctioned(stage, sent, "2024-01-08")
    assert (sent.state, Sanction.objects.get(item=sent).state) == ("SANCTIONED", "IMPOSED")
    assert "Sanksi dijatuhkan" in stage.told(code)
    assert len(street.people) == 8
    assert "record:" in proven()


def test_a_tip_without_a_name_becomes_a_finding_and_is_sanctioned(open_stage, proven, street):
    street.screen = PHONE
    stage = open_stage("2024-10-21 09:00", body="KANREG-02")
    with street.watched():
        code = stage.file(
            on="2024-10-20",
            contest=running("35.71", "MAYOR"),
            respondents=[respondent(PEOPLE[0])],
            named=False,
        )
        tip = Tip.objects.latest("pk")
        stage.at("2024-10-21 10:00")
        stage.step("handler", tip, "TRACE")
        stage.at("2024-10-22 09:00")
        result = {"hasil": "Unggahan itu dilihat sendiri.", "ditemukan": "2024-10-22"}
        stage.send("handler", url("tip_result", tip.public_id), result)
        item = stage.propose("handler", tip, "SET_FINDING", "Ditetapkan sebagai temuan.")
        stage.meet("2024-10-23 09:00", item)
        tip.refresh_from_db()
        matter = tip.matter
        number = Finding.objects.get(matter=matter).number
        assert (tip.state, number) == (TipState.FINDING, "001/TM/PW/Kota/16.04/X/2024")

        stage.at("2024-10-23 11:00")
        stage.link(matter.parties.get(kind="RESPONDENT"), "PNS")
        stage.step("handler", matter, "CLARIFY")
        heard(stage, matter, "2024-10-25", "2024-10-25 11:30")
        decided(stage, matter, "2024-10-26 09:00", "ASN_LAW")
        (sent,) = stage.refer(matter)
        stage.at("2024-10-28 09:00")
        stage.item_step("liaison", sent, "ACKNOWLEDGE")
        recommended(stage, sent, "R-3", "2024-10-28")
        stage.at("2024-11-04 09:00")
        sanctioned(stage, sent, "2024-11-04")
        story = stage.told(code)
        for words in ("Ditetapkan sebagai temuan dan ditangani", "Sanksi dijatuhkan"):
            assert words in story
    assert street.found == {}
    assert "record:" in proven()


def test_a_transferred_report_is_taken_over_by_the_province(open_stage, proven, street):
    street.screen = PHONE
    city = open_stage("2024-10-21 09:00")
    regency = open_stage("2024-10-21 09:00", "35.06", "Kabupaten Kediri")
    province = open_stage("2024-10-21 09:00", "35", "Provinsi Jawa Timur")
    code = city.file(
        on="2024-10-20",
        contest=running("35", "GOVERNOR"),
        respondents=[respondent(PEOPLE[0])],
    )
    report = received(city, "2024-10-21 10:00")
    with street.watched():
        transferred(city, regency, report)
        regency.step("intake", report, "ACCEPT_TRANSFER")
    matter = report.matter
    assert matter.office == regency.office
    regency.judge(report)
    item = regency.propose("handler", report, "REGISTER", "Syarat terpenuhi.")
    regency.decide_alone(item)
    matter.refresh_from_db()
    running_until = due(matter, "HANDLING")
    with street.watched():
        taken_over(province, matter)
    assert (matter.office, due(matter, "HANDLING")) == (province.office, running_until)

    province.step("handler", matter, "CLARIFY")
    heard(province, matter, "2024-10-25", "2024-10-25 11:30")
    decided(province, matter, "2024-10-26 09:00", "NOT_VIOLATION")
    province.step("handler", matter, "CLOSE")
    with street.watched():
        province.send("handler", url("case_announce", matter.public_id), to="")
        board = province.read("citizen", "/pengumuman/")
        assert city.read("handler", url("former_file", matter.public_id))
    assert "Bukan pelanggaran" in board
    assert PEOPLE[0] not in board
    story = city.told(code)
    for words in ("dilimpahkan", "diambil alih", "Penanganan oleh pengawas pemilu selesai"):
        assert words in story
    assert not ReferralItem.objects.exists()
    assert street.found == {}
    assert "record:" in proven()


def transferred(city, regency, report):
    """The plenary of the city passes the report on."""
    given = {"usul": "Pegawai kabupaten.", "kantor": str(regency.office.public_id)}
    city.send("handler", url("report_propose", report.public_id, "TRANSFER"), given)
    city.meet("2024-10-22 09:00", report.matter.agenda_items.get(action="TRANSFER"))
    report.refresh_from_db()
    assert (report.state, report.office) == (ReportState.TRANSFERRED, regency.office)


def taken_over(province, matter):
    """The plenary of the province takes the case over, with the clock that runs."""
    address = url("case_take_over", matter.public_id)
    province.send("chair", address, {"alasan": "Kuorum di kabupaten tidak tercapai."})
    province.meet("2024-10-23 09:00", matter.agenda_items.get(action="TAKE_OVER"))
    matter.refresh_from_db()
