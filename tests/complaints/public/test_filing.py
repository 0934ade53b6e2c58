"""A citizen files a report: every question, every way it can end."""

import io
import logging
import re
import threading
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from complaints.codes import PartyKind
from complaints.models import AccessCode, Allegation, Draft, Message, Party, Report, Tip
from complaints.services.codes import digest_of
from complaints.services.draft_end import DraftEnded
from complaints.services.drafts import find_draft
from complaints.services.submit_draft import submit_draft
from neutrality.audit.actor import CITIZEN
from neutrality.casework.models import LegalClock, Step
from neutrality.elections.models import Stage
from neutrality.law.clock import Clock, read_clock
from neutrality.law.codes import Certainty, StageKind
from neutrality.notifications.models import Outbox
from neutrality.organisations.models import Agency, Region, Unit
from neutrality.ui.dates import say_instant
from neutrality.vault.services import find_identities
from tests.complaints import factories
from tests.complaints.public.journey import (
    ACCOUNT,
    PERSON,
    SIGNED,
    WHEN,
    WHERE,
    begin,
    file_report,
    fill,
)

Stderr = logging.StreamHandler
pytestmark = pytest.mark.django_db(transaction=True)

LATE = WHEN | {"kejadian": "2025-06-01", "diketahui": "2025-06-02"}


def text_of(response):
    return response.content.decode()


def test_a_report_in_time_with_a_name_becomes_a_report(client):
    contest = factories.contest()
    code = file_report(client, contest=contest.pk)
    report = Report.objects.get()
    assert (report.state, report.late, report.contest, report.office.region.code) == (
        "SUBMITTED",
        False,
        contest,
        "35.71",
    )
    assert report.account == f"{ACCOUNT}\n\nYang diuntungkan atau dirugikan: Calon contoh"
    assert report.respondent_line == "Lurah contoh"
    assert report.matter.title == "Mengunggah dukungan atau ajakan memilih: Kelurahan Contoh"
    assert bytes(AccessCode.objects.get().digest) == digest_of(code.text)
    assert [(each.kind, each.alias, each.name) for each in Party.objects.order_by("pk")] == [
        ("REPORTER", "Pelapor", ""),
        ("RESPONDENT", "Terlapor 1", "Lurah contoh"),
        ("WITNESS", "Saksi 1", ""),
    ]
    assert Allegation.objects.get().category == "POST_SUPPORT"
    done = text_of(client.get("/lapor/selesai/"))
    assert report.receipt_number in done
    assert code.text not in done


def test_the_first_step_starts_both_clocks_and_asks_to_confirm_the_address(client):
    file_report(client, contest=factories.contest().pk)
    report = Report.objects.get()
    assert Step.objects.get().action == "SUBMIT"
    clocks = LegalClock.objects.filter(subject_kind="report", subject_id=report.pk)
    assert {each.code for each in clocks} == {"SERVICE", "HAND_OVER"}
    assert report.due_at == report.matter.due_at == min(each.due_at for each in clocks)
    assert Outbox.objects.get().kind == "contact_code"


def test_the_reporter_is_found_only_by_the_number(client):
    file_report(client, contest=factories.contest().pk)
    identity = Party.objects.get(kind=PartyKind.REPORTER).identity
    assert list(find_identities(purpose="nik", value="3571 0145 0690 0001")) == [identity]
    assert b"Pelapor Contoh" not in bytes(identity.sealed)


def test_the_last_press_takes_few_statements(client, django_assert_max_num_queries):
    begin(client)
    fill(client, contest=factories.contest().pk)
    # The seventeenth marks the period as used: once in the life of a process, here in every test.
    with django_assert_max_num_queries(17):
        client.post("/lapor/kirim/", {"benar": "on"})
    assert Report.objects.count() == 1


def test_a_late_report_becomes_a_tip_and_the_page_says_so_before(client):
    contest = factories.contest()
    begin(client)
    fill(client, contest=contest.pk, when=LATE)
    assert "Batas waktu laporan sudah lewat" in text_of(client.get("/lapor/periksa/"))
    client.post("/lapor/kirim/", {"benar": "on"})
    tip = Tip.objects.get()
    assert (tip.state, tip.anonymous, Report.objects.count()) == ("RECORDED", False, 0)
    assert "Informasi awal Anda sudah terkirim" in text_of(client.get("/lapor/selesai/"))


def test_without_a_name_nobody_is_asked_for_one(client):
    begin(client, anonymous=True)
    fill(client, contest=factories.contest().pk, anonymous=True)
    assert client.get("/lapor/identitas/").headers["Location"] == "/lapor/periksa/"
    client.post("/lapor/kirim/", {"benar": "on"})
    tip = Tip.objects.get()
    assert (tip.anonymous, tip.parties.filter(kind="REPORTER").count()) == (True, 0)


def test_where_no_contest_runs_it_becomes_a_tip(client):
    begin(client)
    fill(client)
    assert "Tidak ada pemilihan yang berjalan" in text_of(client.get("/lapor/periksa/"))
    client.post("/lapor/kirim/", {"benar": "on"})
    assert (Tip.objects.count(), Report.objects.count()) == (1, 0)


def test_the_days_are_counted_before_the_first_question(client):
    page = text_of(client.post("/lapor/", {"diketahui": "2025-06-13", "wilayah": "35.71"}))
    assert "Jumat, 20 Juni 2025 pukul 23.59 WIB" in page
    assert "hari ke-7" in page
    assert Draft.objects.count() == 0


def test_the_days_are_asked_by_post_so_that_no_history_holds_the_answers(client):
    page = client.get("/lapor/?diketahui=2025-06-13&wilayah=35.71")
    assert (page.context["window"], "no-store" in page.headers["Cache-Control"]) == (None, True)
    assert '<form method="post" action="/lapor/#batas" novalidate>' in text_of(page)
    wrong = client.post("/lapor/", {"diketahui": "2030-01-01", "wilayah": "35.71"})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["diketahui"])
    assert "35.71" in text_of(wrong)
    strict = Client(enforce_csrf_checks=True)
    assert (
        strict.post("/lapor/", {"diketahui": "2025-06-13", "wilayah": "35.71"}).status_code == 403
    )


def test_who_learned_of_it_too_long_ago_is_led_to_preliminary_information(client):
    factories.contest()
    page = text_of(client.post("/lapor/", {"diketahui": "2025-06-01", "wilayah": "35.71"}))
    assert "Lanjutkan dengan informasi awal" in page
    assert "Lanjutkan ke laporan" not in page


def test_the_days_are_those_of_the_office(client):
    page = text_of(client.post("/lapor/", {"diketahui": "2025-06-13", "wilayah": "74.71"}))
    assert "23.59 WITA" in page


def test_a_draft_comes_back_by_its_code_in_another_browser(client):
    code = begin(client)
    client.post("/lapor/uraian/", {"uraian": ACCOUNT})
    other = Client()
    assert other.post("/lapor/lanjut/", {"kode": code.text.lower()}).status_code == 302
    assert ACCOUNT in text_of(other.get("/lapor/uraian/"))


def test_the_answers_of_a_draft_cannot_be_read_in_the_table(client):
    begin(client)
    client.post("/lapor/uraian/", {"uraian": ACCOUNT})
    assert b"Lurah" not in bytes(Draft.objects.get().answers)


def test_the_code_is_shown_until_its_last_group_was_typed(client):
    client.post("/lapor/mulai/", {"cara": "nama"})
    assert client.get("/lapor/perbuatan/").headers["Location"] == "/lapor/perangkat/"
    client.post("/lapor/perangkat/", {"cara": "sendiri"})
    assert client.get("/lapor/perbuatan/").headers["Location"] == "/lapor/kode/"
    wrong = client.post("/lapor/kode/", {"akhir": "ZZZZ"})
    assert wrong.status_code == 422
    assert 'class="secret-code"' in text_of(wrong)


def test_a_confirmed_code_is_not_shown_again(client):
    begin(client)
    assert client.get("/lapor/kode/").headers["Location"] == "/lapor/perbuatan/"


def test_a_changed_answer_leads_back_to_the_check(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    answer = client.post("/lapor/uraian/?dari=periksa", {"uraian": ACCOUNT + " Benar."})
    assert answer.headers["Location"] == "/lapor/periksa/"


def test_another_place_asks_again_which_contest(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    client.post(
        "/lapor/tempat/", {"cara": "tempat", "wilayah": "74.71", "tempat": "Halaman kantor"}
    )
    page = client.get("/lapor/periksa/")
    assert page.context["missing"]["name"] == "pemilihan"
    assert client.get("/lapor/kirim/").headers["Location"] == "/lapor/periksa/"


def test_regions_can_be_searched_without_losing_the_rest(client):
    begin(client)
    page = client.post(
        "/lapor/tempat/",
        {"cara": "internet", "platform": "TikTok", "cari": "1", "cari_wilayah": "kedri"},
    )
    shown = text_of(page)
    assert "Kota Kediri" in shown
    assert 'value="TikTok"' in shown
    assert 'value="internet"' in shown


def test_respondents_are_added_changed_and_removed(client):
    begin(client)
    for number, name in ((1, "Lurah contoh"), (2, "Camat contoh"), (2, "Sekcam contoh")):
        client.post(f"/lapor/terlapor/{number}/", {"nama": name})
    assert 'name="banyak" value="2"' in text_of(client.get("/lapor/terlapor/"))
    for _press in range(2):  # the second means somebody who is no longer first
        client.post("/lapor/terlapor/1/hapus/", {"banyak": "2"})
    page = text_of(client.get("/lapor/terlapor/"))
    assert ("Lurah contoh" in page, "Camat contoh" in page, "Sekcam contoh" in page) == (
        False,
        False,
        True,
    )
    assert client.get("/lapor/terlapor/9/").status_code == 404


def test_a_wrong_nik_is_explained_and_everything_stays(client):
    begin(client)
    page = client.post("/lapor/identitas/", {"nama": "Pelapor Contoh", "nik": "12"})
    assert page.status_code == 422
    assert "16 angka" in text_of(page)
    assert 'value="Pelapor Contoh"' in text_of(page)


def test_a_session_that_has_ended_leads_to_the_code(client):
    assert client.get("/lapor/uraian/").headers["Location"] == "/lapor/lanjut/?berakhir=1"


def test_what_was_typed_when_the_session_had_ended_is_there_after_the_code(client):
    code = begin(client)
    client.session.flush()
    page = client.post("/lapor/perbuatan/", {"kategori": ["POST_SUPPORT"]})
    assert page.status_code == 422
    carried = dict(page.context["carried"])
    answer = client.post("/lapor/lanjut/", {"kode": code.text, **carried})
    assert answer.headers["Location"] == "/lapor/perbuatan/"
    shown = text_of(client.get("/lapor/perbuatan/"))
    assert re.search(r'value="POST_SUPPORT"[^>]*checked', shown)


def test_a_person_that_was_typed_when_it_had_ended_is_there_too(client):
    code = begin(client)
    client.session.flush()
    page = client.post("/lapor/terlapor/1/", {"nama": "Lurah contoh", "unit": "Kelurahan Contoh"})
    typed = {"kode": code.text, **dict(page.context["carried"])}
    answer = client.post("/lapor/lanjut/", typed)
    assert answer.headers["Location"] == "/lapor/terlapor/1/"
    shown = text_of(client.get("/lapor/terlapor/1/"))
    assert ('value="Lurah contoh"' in shown, 'value="Kelurahan Contoh"' in shown) == (True, True)
    elsewhere = {**typed, "bawa-langkah": "terlapor/1/../../akun"}
    assert client.post("/lapor/lanjut/", elsewhere).headers["Location"] == "/lapor/periksa/"


def test_a_draft_that_was_left_opens_only_with_its_code(client):
    begin(client)
    client.post("/lapor/simpan/")
    assert client.get("/lapor/uraian/").headers["Location"] == "/lapor/lanjut/?berakhir=1"


def test_a_draft_expires(client):
    code = begin(client)
    later = Clock(now=Draft.objects.get().expires_at)
    assert find_draft(code=code, clock=later) is None


def test_two_windows_send_one_report(client):
    code = begin(client)
    fill(client, contest=factories.contest().pk)
    draft = find_draft(code=code, clock=read_clock())
    outcomes = []

    def press():
        try:
            submit_draft(draft=draft, language="id", actor=CITIZEN, clock=read_clock())
            outcomes.append("sent")
        except DraftEnded:
            outcomes.append("refused")
        finally:
            connection.close()

    windows = [threading.Thread(target=press) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(outcomes) == ["refused", "sent"]
    assert Report.objects.count() == 1


def test_who_lost_the_paper_gets_a_new_code_once_and_it_counts_when_it_is_on_paper(client):
    code = file_report(client, contest=factories.contest().pk)
    client.post("/lapor/selesai/kode-baru/")  # pressed twice: the first answer was never seen
    page = client.post("/lapor/selesai/kode-baru/")
    assert 'class="secret-code"' in text_of(page)
    assert "tangkapan layar tinggal di galeri" in text_of(page)
    assert Client().post("/lacak/", {"kode": code.text}).status_code == 302
    written = {
        "kode_baru": page.context["form"].initial["kode_baru"],
        "akhir": page.context["code"].last_group,
    }
    wrong = client.post("/lapor/selesai/kode-baru/", {**written, "akhir": "?"})
    assert (wrong.status_code, page.context["code"].text in text_of(wrong)) == (422, True)
    assert client.post("/lapor/selesai/kode-baru/", written).headers["Location"] == "/lacak/"
    assert client.post("/lapor/selesai/kode-baru/").status_code == 404
    fresh = page.context["code"]
    opened = [Client().post("/lacak/", {"kode": each.text}) for each in (code, fresh)]
    assert [answer.status_code for answer in opened] == [422, 302]


def test_the_end_leads_to_the_news_with_the_code(client):
    code = file_report(client, contest=factories.contest().pk)
    address = "/lacak/?menuju=kabar"
    assert address in text_of(client.get("/lapor/selesai/"))
    for way, page in ((address, "kabar/"), ("/lacak/", ""), ("/lacak/?menuju=//contoh.id", "")):
        answer = Client().post(way, {"kode": code.text})
        assert answer.headers["Location"] == f"/lacak/laporan/{page}"


def test_the_receipt_is_a_pdf_without_a_name(client):
    file_report(client, contest=factories.contest().pk)
    answer = client.get("/lapor/tanda-terima/")
    assert answer.content.startswith(b"%PDF-")
    assert Client().get("/lapor/tanda-terima/").status_code == 404


def test_no_page_of_the_journey_may_be_kept_by_the_browser(client):
    begin(client)
    for step in (
        "perbuatan",
        "uraian",
        "waktu",
        "tempat",
        "bukti",
        "saksi",
        "identitas",
        "periksa",
    ):
        assert "no-store" in client.get(f"/lapor/{step}/").headers["Cache-Control"], step


def test_identity_and_originals_are_asked_for_by_a_date(client):
    file_report(client, contest=factories.contest().pk)
    due = LegalClock.objects.get(code="HAND_OVER").due_at
    page = text_of(client.get("/lapor/selesai/"))
    assert say_instant(due, ZoneInfo("Asia/Jakarta")) in page
    assert "Bawa identitas dan bukti asli" in page


@pytest.mark.parametrize(("wanted", "words"), [("kunjungan", "petugas datang"), ("video", "video")])
def test_who_cannot_come_asks_for_a_visit_or_a_video_call(client, wanted, words):
    file_report(client, contest=factories.contest().pk)
    answer = client.post("/lapor/selesai/minta/", {"minta": wanted})
    assert answer.headers["Location"] == "/lapor/selesai/?diminta=1"
    assert words in Message.objects.get().body
    assert client.post("/lapor/selesai/minta/", {"minta": "kopi"}).status_code == 404


def test_a_tip_asks_for_no_identity(client):
    begin(client, anonymous=True)
    fill(client, contest=factories.contest().pk, anonymous=True)
    client.post("/lapor/kirim/", {"benar": "on"})
    page = text_of(client.get("/lapor/selesai/"))
    assert ("Bawa identitas" in page, "menuju=kabar" in page) == (False, False)
    assert client.post("/lapor/selesai/minta/", {"minta": "video"}).status_code == 404


def test_a_story_with_the_secret_code_is_not_taken(client):
    code = begin(client)
    answer = client.post("/lapor/uraian/", {"uraian": f"{ACCOUNT} Kode saya {code.text}."})
    assert (answer.status_code, code.text in text_of(answer)) == (422, True)
    assert Draft.objects.get().version == 2


def test_on_quiet_days_the_office_is_open_day_and_night(client):
    contest = factories.contest()
    Stage.objects.create(
        election=contest.election,
        contest=contest,
        kind=StageKind.QUIET,
        starts_on=date(2025, 6, 17),
        ends_on=date(2025, 6, 19),
        decree="Keputusan contoh",
        certainty=Certainty.INFERRED,
    )
    page = text_of(client.post("/lapor/", {"diketahui": "2025-06-14", "wilayah": "35.71"}))
    hours = [line.strip() for line in re.findall(r"(?:Selasa|Jumat): [^<]+", page)]
    assert hours == ["Selasa: 24 jam", "Jumat: 08.00\u201316.30"]


def test_where_no_contest_runs_other_channels_are_named(client, settings):
    settings.OTHER_CHANNELS = [("Saluran contoh", "https://saluran.contoh.id")]
    page = text_of(
        client.post("/lapor/", {"diketahui": "2025-06-14", "wilayah": "35.71", "berhak": "ya"})
    )
    assert ("Saluran contoh" in page, "Kantor Regional II BKN Surabaya" in page) == (True, True)
    assert "Lanjutkan dengan informasi awal" in page


def test_who_is_not_entitled_is_led_to_preliminary_information(client):
    factories.contest()
    page = text_of(
        client.post("/lapor/", {"diketahui": "2025-06-14", "wilayah": "35.71", "berhak": "bukan"})
    )
    assert "Lanjutkan dengan informasi awal" in page
    page = text_of(
        client.post("/lapor/", {"diketahui": "2025-06-14", "wilayah": "35.71", "berhak": "ya"})
    )
    assert "Lanjutkan ke laporan" in page


def test_each_answer_has_one_link_that_changes_it_and_comes_back(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    page = client.get("/lapor/periksa/")
    rows = [row for group in page.context["groups"] for row in group.rows]
    links = re.findall(r'<a [^>]*href="([^"]+\?dari=periksa)"', text_of(page))
    changed = [row.change_url for row in rows if row.change_url]
    assert links == [*changed, "/lapor/bukti/?dari=periksa"]
    # Which office it is follows from the place.
    assert [row.label for row in rows if not row.change_url] == ["Kantor yang menangani"]
    for step in set(links):
        assert client.get(step).status_code == 200, step


def test_whoever_serves_the_state_can_be_named_and_agencies_are_suggested(client):
    Agency.objects.create(
        code="contoh",
        name="Pemerintah Kota Contoh",
        kind="CITY",
        region=Region.objects.get(code="35.71"),
        path="contoh",
    )
    contest = factories.contest()
    begin(client)
    fill(client, contest=contest.pk)
    page = text_of(client.get("/lapor/terlapor/1/"))
    names = page.partition('<datalist id="saran-instansi">')[2].partition("</datalist>")[0]
    assert '<option value="Pemerintah Kota Contoh"></option>' in names
    assert 'list="saran-instansi"' in page
    for number, kind in ((1, "VILLAGE"), (2, "POLRI")):
        person = {"nama": f"Orang {kind}", "jenis": kind}
        assert client.post(f"/lapor/terlapor/{number}/", person).status_code == 302
    client.post("/lapor/kirim/", {"benar": "on"})
    people = Report.objects.get().parties.filter(kind="RESPONDENT").order_by("pk")
    assert list(people.values_list("subject_kind", flat=True)) == ["VILLAGE", "POLRI"]


def test_units_are_suggested_and_chosen_without_scripts(client):
    agency = Agency.objects.create(
        code="contoh",
        name="Pemerintah Kota Contoh",
        kind="CITY",
        region=Region.objects.get(code="35.71"),
        path="contoh",
    )
    unit = Unit.objects.create(
        agency=agency, code="mojoroto", path="contoh/mojoroto", name="Kelurahan Mojoroto",
        kind="WARD",
    )  # fmt: skip
    begin(client)
    client.post("/lapor/tempat/", WHERE)
    asked = {"nama": "Lurah contoh", "cari_unit": "mojorot"}
    page = text_of(client.post("/lapor/terlapor/1/", asked | {"cari": "1"}))
    assert ("Kelurahan Mojoroto" in page, 'value="Lurah contoh"' in page) == (True, True)
    part = text_of(client.post("/lapor/terlapor/saran/", {"cari_unit": "mojorot"}))
    assert (part.count('type="radio"'), "<html" in part) == (2, False)
    client.post("/lapor/terlapor/1/", asked | {"satuan": str(unit.public_id)})
    assert "Kelurahan Mojoroto, Pemerintah Kota Contoh" in text_of(client.get("/lapor/periksa/"))
    client.post("/lapor/uraian/", {"uraian": ACCOUNT})
    fill_rest(client)
    party = Party.objects.get(kind="RESPONDENT")
    assert (party.unit, party.agency) == (unit, agency)


def fill_rest(client):
    """Answer what is left and send without a name being asked again."""
    for step, data in (
        ("perbuatan", {"kategori": ["POST_SUPPORT"]}),
        ("waktu", WHEN),
        ("rekan", {"rekan": "tidak"}),
        ("pemilihan", {}),
        ("sebagai", PERSON),
        ("identitas", PERSON),
        ("kontak", PERSON),
        ("tandatangan", SIGNED),
        ("kirim", {"benar": "on"}),
    ):
        client.post(f"/lapor/{step}/", data)


@pytest.fixture
def written():
    """What the site writes to its log while the test runs, as the handler of the settings does."""
    stream, root = io.StringIO(), logging.getLogger()
    (handler,) = [
        each for each in root.handlers if isinstance(each, Stderr) and each.name == "stderr"
    ]
    former, level = handler.setStream(stream), root.level
    root.setLevel(logging.INFO)  # as an installation writes it
    yield stream.getvalue
    root.setLevel(level)
    handler.setStream(former)


def test_the_logs_hold_no_code_and_no_address(client, written):
    code = file_report(client, contest=factories.contest().pk)
    client.post("/lacak/", {"kode": code.text})
    lines = written()
    assert "public:report_kirim" in lines
    assert (code.text in lines, "127.0.0.1" in lines) == (False, False)


def test_no_log_line_knows_who_told_something_without_a_name(written):
    """From the first page to the mailbox: no address, no agent, no code, no id in any line."""
    phone = Client(
        REMOTE_ADDR="203.0.113.77",
        headers={"User-Agent": "Peramban-Rahasia/9", "X-Forwarded-For": "198.51.100.23"},
    )
    phone.get("/", {"dari": "198.51.100.23"})
    phone.post("/lapor/", {"diketahui": "2025-06-14", "wilayah": "35.71"})
    code = begin(phone, anonymous=True)
    draft = Draft.objects.get().public_id
    phone.post("/lapor/uraian/", {"uraian": "pendek"})
    fill(phone, contest=factories.contest().pk, anonymous=True)
    phone.get("/lapor/periksa/")
    phone.post("/lapor/kirim/", {"benar": "on"})
    phone.get("/lapor/selesai/")
    phone.post("/lacak/", {"kode": "AAAA-BBBB-CCCC-DDDD"})
    phone.post("/lacak/", {"kode": code.text})
    phone.get("/lacak/laporan/")
    phone.get(f"/lapor/tidak-ada/{code.text}/?kode={code.text}")
    lines = written()
    assert "public:report_kirim" in lines
    traces = [
        "203.0.113.77",
        "198.51.100.23",
        "Peramban-Rahasia",
        draft,
        Tip.objects.get().public_id,
    ]
    traces += [code.text, code.text.replace("-", ""), code.last_group, "tidak-ada", "Calon contoh"]
    assert [trace for trace in traces if trace in lines] == []
