"""The pages: signing by phone, the HR office's round, strangers, hostile posts."""

from urllib.parse import urlencode

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from neutrality.audit.models import AuditRow
from pledges.codes import ObligationState as S
from pledges.models import (
    Ceremony,
    Exemption,
    Obligation,
    RepresentativeSignature,
    Round,
    Signature,
)
from tests.pledges import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings):
    """No second factor; tasks run at once."""
    settings.SECOND_FACTOR_REQUIRED = False
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)


@pytest.fixture
def officer(city, client):
    """An HR officer who is logged in."""
    account = factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency)
    client.force_login(account)
    return client


def signer(place, person):
    """A browser with a personal link."""
    factories.invited(place, person)
    return Client(), factories.sent_token()


def page(name, token):
    return reverse(f"pledges_public:{name}", args=[token])


def check(browser, token):
    """Ask for a code and type it."""
    browser.post(page("start", token))
    code = factories.last_message("pledge_code")["code"]
    return browser.post(page("code", token), {"kode": code})


def pen(place, person, **change):
    return {"naskah": place.text.sha256, "setuju": "on", "nama": person.name, **change}


def test_who_reads_english_sees_the_translation_beside_the_text_that_binds(city, place):
    browser, token = signer(place, city.people[0])
    check(browser, token)

    indonesian = browser.get(page("sign", token)).content.decode()
    browser.cookies["django_language"] = "en"
    english = browser.get(page("sign", token)).content.decode()

    own, translated = place.text.points[3], "to refuse money politics and gifts of any kind"
    assert [each in indonesian for each in (own, translated)] == [True, False]
    assert english.index(own) < english.index(translated)
    assert 'lang="id" aria-labelledby="naskah"' in english


def test_the_name_appears_only_after_the_code(city, place):
    browser, token = signer(place, city.people[0])
    name = city.people[0].name

    before = [browser.get(page(each, token), follow=True) for each in ("start", "code", "sign")]
    checked = check(browser, token)
    after = browser.get(checked["Location"])

    assert [name in seen.content.decode() for seen in before] == [False, False, False]
    assert checked["Location"] == page("sign", token)
    assert name in after.content.decode()


def test_somebody_signs_by_phone_and_downloads_the_certificate(city, place):
    browser, token = signer(place, city.people[0])
    check(browser, token)

    signed = browser.post(page("sign", token), pen(place, city.people[0]), follow=True)
    again = browser.post(page("sign", token), pen(place, city.people[0]), follow=True)
    pdf = browser.get(page("certificate", token))

    assert (signed.status_code, again.status_code) == (200, 200)
    assert "Anda sudah menandatangani" in signed.content.decode()
    assert (Signature.objects.count(), pdf.content[:5]) == (1, b"%PDF-")


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(city, place):
    browser, token = signer(place, city.people[0])
    browser.post(page("start", token))
    right = factories.last_message("pledge_code")["code"]
    wrong = f"{(int(right) + 1) % 10**6:06d}"

    answers = [browser.post(page("code", token), {"kode": wrong}).status_code for _try in range(5)]
    late = browser.post(page("code", token), {"kode": right})

    assert answers == [422] * 5
    assert (late.status_code, "Minta kode yang baru" in late.content.decode()) == (422, True)


def test_codes_are_sent_five_times_an_hour_at_most(city, place):
    browser, token = signer(place, city.people[0])

    answers = [browser.post(page("start", token)).status_code for _time in range(6)]

    assert answers == [302] * 5 + [422]


def test_another_browser_with_the_link_alone_gets_no_further(city, place):
    browser, token = signer(place, city.people[0])
    check(browser, token)
    stranger = Client()

    for name in ("sign", "refuse", "done", "certificate"):
        assert stranger.get(page(name, token))["Location"] == page("start", token)
    answer = stranger.post(page("sign", token), pen(place, city.people[0]))

    assert (answer["Location"], Signature.objects.count()) == (page("start", token), 0)


def test_a_checked_browser_opens_nobody_else_s_link(city, place):
    browser, token = signer(place, city.people[0])
    check(browser, token)
    _other, second = signer(place, city.people[1])

    assert browser.get(page("sign", second))["Location"] == page("start", second)


@pytest.mark.parametrize(("language", "optional"), [("id", "(opsional)"), ("en", "(optional)")])
def test_one_of_name_and_drawing_is_needed_and_neither_is_called_optional(
    city, place, language, optional
):
    browser, token = signer(place, city.people[0])
    check(browser, token)
    browser.cookies.load({"django_language": language})

    shown = browser.get(page("sign", token))
    refused = browser.post(page("sign", token), pen(place, city.people[0], nama=""))

    assert optional not in shown.content.decode()
    assert list(refused.context["form"].errors) == ["nama"]
    assert Signature.objects.count() == 0


def test_what_was_typed_stays_when_the_name_differs(city, place):
    browser, token = signer(place, city.people[0])
    check(browser, token)

    answer = browser.post(page("sign", token), pen(place, city.people[0], nama="Nama Lain Sekali"))

    assert answer.status_code == 422
    assert "Nama Lain Sekali" in answer.content.decode()


def test_refusing_with_a_reason_and_signing_after_all(city, place):
    browser, token = signer(place, city.people[0])
    check(browser, token)

    refused = browser.post(page("refuse", token), {"alasan": "Belum jelas"}, follow=True)
    browser.post(page("sign", token), pen(place, city.people[0]))

    assert "Penolakan Anda tercatat" in refused.content.decode()
    assert factories.owed(place, city.people[0]).state == S.SIGNED


@pytest.mark.parametrize(
    "token", ["x", "a" * 200, "%00", "..", "é", "7b0f2a52-6f0e-4a35-9d0c-0b6a3f1d2c44"]
)
def test_an_unknown_link_is_404(client, token):
    assert client.get(f"/pakta/{token}/").status_code == 404


def addresses(place, duty):
    """Every page of the HR office about one round and person."""
    of_round = ("round", "gaps", "ceremonies", "record_ceremony")
    of_person = ("person", "contact", "ask_exemption")
    return [
        *[reverse(f"pledges_hr:{name}", args=[place.public_id]) for name in of_round],
        *[reverse(f"pledges_hr:{name}", args=[duty.public_id]) for name in of_person],
        reverse("pledges_hr:step", args=[duty.public_id, "END"]),
    ]


def test_the_officer_sees_the_pages_and_strangers_get_404(city, place, officer):
    duty = factories.owed(place, city.people[0])
    pages = addresses(place, duty)
    neighbour, outsider = Client(), Client()
    elsewhere = factories.agency("Kota Lain")
    neighbour.force_login(factories.user("Petugas lain", "hr_pledges", agency=elsewhere))
    outsider.force_login(factories.user("Petugas disiplin", "hr_discipline", agency=city.agency))

    assert {officer.get(each).status_code for each in pages} == {200}
    assert {neighbour.get(each).status_code for each in pages} == {404}
    assert {outsider.get(each).status_code for each in pages} == {404}
    assert {Client().get(each).status_code for each in pages} == {302}
    assert city.agency.name not in neighbour.get(reverse("pledges_hr:rounds")).content.decode()


def test_a_neighbour_s_posts_change_nothing(city, place, client):
    duty = factories.owed(place, city.people[0])
    elsewhere = factories.agency("Kota Lain")
    client.force_login(factories.user("Petugas lain", "hr_pledges", agency=elsewhere))
    acts = [
        *[
            reverse(f"pledges_hr:{name}", args=[place.public_id])
            for name in ("invite_all", "moves", "close", "represent")
        ],
        *[
            reverse(f"pledges_hr:{name}", args=[duty.public_id])
            for name in ("new_link", "decide_exemption", "scan", "contact")
        ],
    ]

    assert {client.post(each, {"dikonfirmasi": "ya"}).status_code for each in acts} == {404}
    assert Round.objects.get().closed_at is None


def test_an_officer_opens_a_round_after_seeing_how_many_are_asked(city, officer):
    given = {
        "instansi": city.agency.pk,
        "pemilihan": [factories.election().pk],
        "siapa": "INDIVIDUAL",
        "naskah": "FOUR_POINTS",
        "per_tanggal": "2026-11-01",
        "sampai": "31-12-2026",
    }

    asked = officer.post(reverse("pledges_hr:open"), given)
    opened = officer.post(reverse("pledges_hr:open"), {**given, "dikonfirmasi": "ya"})

    question = asked.content.decode()
    assert "4 pegawai wajib menandatangani" in question
    assert "ditagih dua kali" not in question
    longer = officer.post(reverse("pledges_hr:open"), {**given, "sampai": "30-12-2026"})
    assert "ditagih dua kali" in longer.content.decode()
    assert opened["Location"] == reverse("pledges_hr:round", args=[Round.objects.get().public_id])
    assert Obligation.objects.count() == 4


def test_an_officer_of_two_steps_a_stale_page_is_409_and_a_missing_reason_422(city, place, officer):
    duty = factories.owed(place, city.people[0])
    end = reverse("pledges_hr:step", args=[duty.public_id, "END"])

    missing = officer.post(end, {"versi": 0, "alasan": ""})
    done = officer.post(end, {"versi": 0, "alasan": "Pensiun"})
    stale = officer.post(end, {"versi": 0, "alasan": "Pensiun"})

    assert [answer.status_code for answer in (missing, done, stale)] == [422, 302, 409]
    assert factories.owed(place, city.people[0]).state == S.ENDED


def test_paper_with_its_scan_is_recorded_and_opened(city, place, officer):
    duty = factories.owed(place, city.people[0])
    scan = SimpleUploadedFile("lembar.pdf", b"%PDF-1.7 contoh")

    done = officer.post(
        reverse("pledges_hr:step", args=[duty.public_id, "RECORD_PAPER"]),
        {"nomor": "Lembar 1", "tanggal": "2026-11-20", "pukul": "12:00", "pindaian": scan},
    )
    opened = officer.post(reverse("pledges_hr:scan", args=[duty.public_id]))

    assert done.status_code == 302
    assert opened.content == b"%PDF-1.7 contoh"


def test_two_officers_exempt_on_the_pages(city, place, officer):
    duty = factories.owed(place, city.people[0])
    ask = reverse("pledges_hr:ask_exemption", args=[duty.public_id])
    plea = {"dasar": "UNPAID_LEAVE", "keterangan": "Cuti", "bukti": "SK contoh"}
    wrong = {"pindaian": SimpleUploadedFile("sk.txt", b"surat"), "sampai": "2026-11-19"}
    refused = officer.post(ask, {**plea, **wrong})
    paper = SimpleUploadedFile("sk.pdf", b"%PDF-1.7 SK contoh")
    officer.post(ask, {**plea, "pindaian": paper, "sampai": "2026-12-01"})
    decide = reverse("pledges_hr:decide_exemption", args=[duty.public_id])
    second = Client()
    second.force_login(factories.user("Petugas kedua", "hr_pledges", agency=city.agency))

    own = officer.post(decide, {"putusan": "kabul"})
    listed = second.get(reverse("pledges_hr:exemptions")).content.decode()
    evidence = reverse("pledges_hr:exemption_scan", args=[duty.public_id])
    opened = second.post(evidence)
    granted = second.post(decide, {"putusan": "kabul"})

    assert (refused.status_code, own.status_code, granted.status_code) == (422, 409, 302)
    assert (evidence in listed, opened.content) == (True, b"%PDF-1.7 SK contoh")
    assert AuditRow.objects.filter(what="vault.blob.open").count() == 1
    home = second.get(reverse("pledges_hr:person", args=[duty.public_id])).content.decode()
    assert ("Selasa, 1 Desember 2026" in home, evidence in home) == (True, True)
    assert city.people[0].name in listed
    assert factories.owed(place, city.people[0]).state == S.EXEMPT
    assert Exemption.objects.get().granted is True


def test_a_ceremony_and_a_representative_are_recorded(city, officer):
    place = factories.opened(city.agency, kind="REPRESENTATIVE")
    officer.post(
        reverse("pledges_hr:record_ceremony", args=[place.public_id]),
        {
            "jenis": "OATH",
            "nama": "Ikrar Contoh",
            "tanggal": "2026-11-10",
            "tempat": "Balai Kota Contoh",
            "pemimpin": "Kepala BKPSDM contoh; Kepala BKPSDM",
            "saksi": "Ketua Bawaslu contoh; Ketua; Bawaslu\nKapolres contoh",
        },
    )
    officer.post(
        reverse("pledges_hr:represent", args=[place.public_id]),
        {
            "nama": "Camat contoh",
            "mewakili": "Seluruh camat",
            "cara": "PAPER",
            "tanggal": "2026-11-10",
            "acara": Ceremony.objects.get().pk,
        },
    )

    seen = officer.get(reverse("pledges_hr:ceremonies", args=[place.public_id])).content.decode()
    assert Ceremony.objects.get().roles.count() == 3
    assert RepresentativeSignature.objects.get().ceremony == Ceremony.objects.get()
    assert "Seluruh camat" in seen
    round_page = officer.get(reverse("pledges_hr:round", args=[place.public_id]))
    assert "Hanya perwakilan" in round_page.content.decode()


def test_closing_asks_first_and_then_lapses_the_invited(
    city, place, officer, django_capture_on_commit_callbacks
):
    factories.invited(place, city.people[0])
    close = reverse("pledges_hr:close", args=[place.public_id])

    asked = officer.post(close)
    closed = officer.post(close, {"dikonfirmasi": "ya"})
    again = officer.post(close, {"dikonfirmasi": "ya"})

    assert (asked.status_code, closed.status_code, again.status_code) == (200, 302, 409)
    assert factories.owed(place, city.people[0]).state == S.LAPSED


def test_lists_cost_the_same_for_one_row_and_for_many(
    city, place, officer, django_assert_num_queries
):
    lists = {
        reverse("pledges_hr:rounds"): 5,
        reverse("pledges_hr:round", args=[place.public_id]): 6,
        reverse("pledges_hr:gaps", args=[place.public_id]): 5,
        reverse("pledges_hr:exemptions"): 3,
    }
    officer.get(reverse("pledges_hr:rounds"))
    for address, number in lists.items():
        with django_assert_num_queries(number):
            officer.get(address)
    for _more in range(3):
        factories.servant(city.agency, factories.unit(city.agency, "Unit Contoh"))
        factories.opened(city.agency)
    for address, number in lists.items():
        with django_assert_num_queries(number):
            officer.get(address)


TEXT = st.text(max_size=40)
NAMES = st.sampled_from(
    [
        "naskah",
        "setuju",
        "nama",
        "kode",
        "alasan",
        "versi",
        "tanggal",
        "pukul",
        "nomor",
        "surel",
        "dasar",
        "keterangan",
        "bukti",
        "sampai",
        "instansi",
        "pemilihan",
        "siapa",
        "per_tanggal",
        "jenis",
        "tempat",
        "saksi",
        "mewakili",
        "cara",
        "acara",
        "putusan",
        "nomor_edaran",
        "tanggal_edaran",
        "dikonfirmasi",
    ]
)
POSTS = st.dictionaries(NAMES, TEXT | st.sampled_from(["ya", "-1", "0001-01-01", "9999-12-31"]))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(posted=POSTS)
def test_no_post_is_answered_by_500(city, place, officer, posted):
    duty = factories.owed(place, city.people[0])
    body = urlencode(
        {name: value.encode("utf-8", "surrogatepass") for name, value in posted.items()}
    )
    targets = [
        *addresses(place, duty)[3:],
        reverse("pledges_hr:open"),
        reverse("pledges_hr:represent", args=[place.public_id]),
        reverse("pledges_hr:step", args=[duty.public_id, "RECORD_REFUSAL"]),
        reverse("pledges_hr:decide_exemption", args=[duty.public_id]),
    ]
    for target in targets:
        answer = officer.post(target, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500
    odd = officer.get(reverse("pledges_hr:gaps", args=[place.public_id]), posted)
    assert odd.status_code < 500


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(posted=POSTS)
def test_no_post_of_a_signer_is_answered_by_500(city, place, posted):
    person = city.people[1]
    if factories.owed(place, person).state == S.DUE:
        factories.invited(place, person)
    token = factories.sent_token()
    browser = Client()
    for name in ("code", "sign", "refuse"):
        assert browser.post(page(name, token), posted).status_code < 500
