"""Who reports: as what, for whom, how reached, how signed; and who is only told of."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client

from complaints.codes import PartyKind
from complaints.models import Evidence, Party, Report, Representation, Tip
from complaints.views.public.start import SHARED_SECONDS
from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import SubjectRef
from neutrality.law.clock import read_clock
from neutrality.vault.services import open_identity
from tests.complaints import factories
from tests.complaints.evidence.files import picture
from tests.complaints.public.journey import PERSON, begin, fill

pytestmark = pytest.mark.django_db(transaction=True)
ATTORNEY = PERSON | {
    "sebagai": "ATTORNEY",
    "pelapor_diwakili": "Warga yang Diwakili",
    "alamat_diwakili": "Jalan Lain 2",
}
WAVE = [[x for pair in ((10 + step * 5, 100 + step % 7) for step in range(40)) for x in pair]]


def text_of(answer):
    return answer.content.decode()


def identity_of(row):
    return open_identity(
        identity_id=row.identity_id,
        reason="uji",
        subject=SubjectRef("report", 1),
        actor=SYSTEM,
        clock=read_clock(),
    )


def send(client):
    client.post("/lapor/kirim/", {"benar": "on"})


def test_who_sees_the_name_is_said_before_it_is_asked(client):
    begin(client)
    page = text_of(client.get("/lapor/identitas/"))
    places = [
        page.index(words)
        for words in (
            "Yang dapat melihat nama Anda",
            "Yang tidak pernah melihatnya",
            "Nama lengkap",
        )
    ]
    assert places == sorted(places)


def test_an_attorney_names_the_reporter_and_hands_in_the_power(client):
    begin(client)
    fill(client, contest=factories.contest().pk, person=ATTORNEY)
    letter = SimpleUploadedFile("surat kuasa.png", picture())
    client.post("/lapor/kuasa/", ATTORNEY | {"surat": letter})
    card = SimpleUploadedFile("ktp.png", picture())
    client.post("/lapor/identitas/", ATTORNEY | {"kartu": card})
    assert "Sudah diunggah" in text_of(client.get("/lapor/periksa/"))
    send(client)
    report = Report.objects.get()
    reporter = report.parties.get(kind=PartyKind.REPORTER)
    standing = Representation.objects.get(party=reporter)
    held = standing.power_of_attorney
    assert (held.original_name, held.is_identity, held.matter_id) == (
        "surat kuasa.png",
        True,
        report.matter_id,
    )
    assert Evidence.objects.filter(is_identity=True).count() == 2
    assert (identity_of(reporter).name, identity_of(reporter).address) == (
        "Warga yang Diwakili",
        "Jalan Lain 2",
    )
    assert (identity_of(standing).name, identity_of(standing).nik) == (
        "Pelapor Contoh",
        PERSON["nik"],
    )
    assert report.codes.get().holder == "ATTORNEY"


def test_only_an_attorney_is_asked_for_whom(client):
    begin(client)
    client.post("/lapor/sebagai/", {"sebagai": "MONITOR"})
    assert client.post("/lapor/sebagai/", {"sebagai": "MONITOR"}).headers["Location"] == (
        "/lapor/identitas/"
    )
    answer = client.post("/lapor/sebagai/", {"sebagai": "ATTORNEY"})
    assert answer.headers["Location"] == "/lapor/kuasa/"


def test_who_may_not_report_gives_preliminary_information(client):
    begin(client)
    fill(client, contest=factories.contest().pk, person=PERSON | {"sebagai": "NONE"})
    assert "Anda bukan pemilih" in text_of(client.get("/lapor/periksa/"))
    send(client)
    tip = Tip.objects.get()
    assert (tip.anonymous, Report.objects.count()) == (False, 0)


def test_a_typed_signature_is_sealed_with_the_identity(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    send(client)
    assert Report.objects.get().signature == "TYPED"
    sealed = identity_of(Party.objects.get(kind=PartyKind.REPORTER))
    assert (sealed.typed_signature, sealed.drawn_signature) == ("Pelapor Contoh", "")


def test_a_drawn_signature_becomes_a_path_of_numbers(client):
    begin(client)
    fill(client, contest=factories.contest().pk)
    drawn = {"cara": "DRAWN", "coretan": json.dumps(WAVE)}
    assert client.post("/lapor/tandatangan/", drawn).status_code == 302
    assert "Digambar" in text_of(client.get("/lapor/periksa/"))
    send(client)
    assert Report.objects.get().signature == "DRAWN"
    sealed = identity_of(Party.objects.get(kind=PartyKind.REPORTER))
    path = sealed.drawn_signature
    page = render_to_string("complaints/staff/_signature.html", {"data": sealed})
    assert f'<path d="{path}"' in page
    assert path.startswith("M10 100L15 101L20 102")
    assert set(path) <= set("ML 0123456789")


@pytest.mark.parametrize(
    "strokes",
    ["", "[]", "[[1,2]]", "[[1,2,3]]", '["<svg>"]', "[[1e9,2]]", "{}", "[" * 5000, "nan"],
)
def test_what_is_no_drawing_is_no_signature(client, strokes):
    begin(client)
    drawn = {"cara": "DRAWN", "coretan": strokes}
    assert client.post("/lapor/tandatangan/", drawn).status_code == 422


def test_a_nik_is_compared_with_nothing_else_on_the_page(client):
    begin(client)
    elsewhere = PERSON | {"tanggal_lahir": "1971-01-31", "alamat": "Jalan di kota lain"}
    assert client.post("/lapor/identitas/", elsewhere).status_code == 302


def test_a_way_to_reach_the_person_is_enough(client):
    begin(client)
    assert client.post("/lapor/kontak/", {}).status_code == 422
    assert client.post("/lapor/kontak/", {"surel": "a@contoh.id"}).status_code == 302


def test_a_shared_device_forgets_the_draft_after_half_an_hour():
    own, shared = Client(), Client()
    begin(own)
    begin(shared, device="bersama")
    assert own.session.get_expire_at_browser_close() is False
    assert shared.session.get_expiry_age() == SHARED_SECONDS


@pytest.mark.parametrize(
    ("anonymous", "device", "kept"),
    [
        (False, "simpan", True),
        (False, "sendiri", False),
        (True, "sendiri", False),
        (True, "bersama", False),
        (True, "simpan", True),
    ],
)
def test_a_device_keeps_text_only_where_that_was_chosen(client, anonymous, device, kept):
    begin(client, anonymous=anonymous, device=device)
    page = text_of(client.get("/lapor/uraian/"))
    assert ("data-draft=" in page) is kept


def test_a_colleague_is_shown_what_to_cover(client):
    begin(client, anonymous=True)
    answer = client.post("/lapor/rekan/", {"rekan": "ya"})
    assert answer.headers["Location"] == "/lapor/tutupi/"
    assert "grup berdelapan" in text_of(client.get("/lapor/tutupi/"))
    answer = client.post("/lapor/rekan/", {"rekan": "tidak"})
    assert answer.headers["Location"] == "/lapor/pemilihan/"


def test_limits_are_said_before_a_card_or_a_power_is_chosen(client, settings):
    settings.EVIDENCE_MAX_MIB = {**settings.EVIDENCE_MAX_MIB, "image": 3, "document": 4}
    begin(client)
    client.post("/lapor/sebagai/", {"sebagai": "ATTORNEY"})
    power = text_of(client.get("/lapor/kuasa/"))
    assert power.index("Foto sampai 3 MB atau PDF sampai 4 MB.") < power.index('type="file"')
    card = text_of(client.get("/lapor/identitas/"))
    assert card.index("Foto sampai 3 MB.") < card.index('type="file"')


@pytest.mark.parametrize(("rekan", "raised"), [("ya", True), ("dulu", True), ("tidak", False)])
def test_working_together_raises_the_disclosure_check(client, rekan, raised):
    begin(client, anonymous=True)
    fill(client, contest=factories.contest().pk, anonymous=True, coworker=rekan)
    send(client)
    assert Tip.objects.get().coworker is raised


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_no_attorney_is_not_asked_for_whom(client, method):
    begin(client)
    answer = getattr(client, method)("/lapor/kuasa/", ATTORNEY)
    assert answer.headers["Location"] == "/lapor/sebagai/"
