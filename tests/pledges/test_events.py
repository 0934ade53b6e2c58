"""Ceremonies: planned with their hours, people and units; attendance, photos, minutes."""

import io

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from neutrality.audit.models import AuditRow
from neutrality.documents.models import DocumentState
from pledges.codes import CeremonyPart
from pledges.models import Attendance, Ceremony, CeremonyPhoto, CeremonyRole, Obligation, WallCode
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.windows import open_ceremony
from tests.pledges import factories
from tests.pledges.factories import NOON
from tests.pledges.test_tte import Issuer, signed_by

pytestmark = pytest.mark.django_db
YES = {"dikonfirmasi": "ya"}


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)


@pytest.fixture
def officer(city):
    browser = Client()
    browser.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    return browser


def staff(name, *args):
    return reverse(f"pledges_together:{name}", args=args)


def plan(city, place=None, **change):
    return {
        "jenis": "OATH",
        "nama": "Ikrar netralitas contoh",
        "tanggal": "2026-11-20",
        "mulai": "11:00",
        "selesai": "13:00",
        "tempat": "Aula contoh",
        "putaran": place.pk if place else "",
        "unit": [city.board.pk] if city else [],
        **change,
    }


@pytest.fixture
def held(city, place, officer):
    """An oath that goes on now."""
    officer.post(staff("plan", city.agency.code), plan(city, place))
    return Ceremony.objects.get()


def photograph():
    """A picture with a place in it, as a phone writes one."""
    picture, kept = Image.new("RGB", (3000, 1000), (200, 10, 10)), io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Telepon contoh"
    exif[0x8825] = {1: "S", 2: (7.0, 48.0, 0.0)}
    picture.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def test_a_ceremony_is_planned_with_hours_round_and_invited_units(city, place, held):
    assert (held.round, list(held.units.all())) == (place, [city.board])
    assert held.begins_at.isoformat() == "2026-11-20T04:00:00+00:00"


def test_a_meeting_needs_no_round(city, officer):
    officer.post(staff("plan", city.agency.code), plan(city, jenis="MEETING"))

    held = Ceremony.objects.get()
    assert (held.round, held.kind) == (None, "MEETING")
    assert officer.get(staff("event", held.public_id)).status_code == 200


def test_a_speaker_has_a_topic_and_material_that_everybody_may_read(held, officer):
    given = {
        "peran": "SPEAKER",
        "nama": "Ketua Pengadilan contoh",
        "jabatan": "Ketua",
        "instansi": "Pengadilan contoh",
        "materi": "Penegakan hukum pemilu",
        "berkas": SimpleUploadedFile("bahan.pdf", b"%PDF-1.7 bahan"),
    }

    officer.post(staff("event_part", held.public_id), given)

    role = CeremonyRole.objects.get()
    public = Client().get(reverse("publication", args=[role.material.public_id]))
    assert (role.part, role.topic) == (CeremonyPart.SPEAKER, "Penegakan hukum pemilu")
    assert b"".join(public.streaming_content) == b"%PDF-1.7 bahan"


def test_attendance_is_taken_by_list_with_numbers_and_guests(city, held, officer):
    number = factories.number(city.people[0])
    text = f"{number}\nDanramil contoh; Danramil; TNI\nDanramil contoh; Danramil; TNI"

    for _twice in range(2):
        officer.post(staff("event_attendance", held.public_id), {"orang": text})

    rows = Attendance.objects.order_by("pk").values_list("person", "name", "way")
    assert list(rows) == [
        (city.people[0].pk, city.people[0].name, "LIST"),
        (None, "Danramil contoh", "LIST"),
    ]


def test_a_number_that_names_nobody_is_no_guest(city, held, officer):
    known = factories.number(city.people[0])
    wrong = f"{known}\n19700101 199001 1 00"

    answer = officer.post(staff("event_attendance", held.public_id), {"orang": wrong})

    assert (answer.status_code, Attendance.objects.count()) == (422, 0)
    assert "tidak tercatat pada instansi: 19700101199001100." in answer.content.decode()


def test_attendance_is_taken_by_the_code_in_the_hall_and_shows_no_roster_name(city, held, officer):
    poster = officer.post(staff("event_poster", held.public_id))
    here = reverse("pledges_public:attend", args=[WallCode.objects.get().token])

    staffed = Client().post(here, {"nomor": factories.number(city.people[1])})
    guest = Client().post(here, {"nama": "Kapolsek contoh", "instansi": "Polri"})
    empty = Client().post(here, {})

    assert poster.content[:5] == b"%PDF-"
    assert (staffed.status_code, guest.status_code, empty.status_code) == (200, 200, 422)
    assert city.people[1].name not in staffed.content.decode()
    ways = Attendance.objects.order_by("pk").values_list("name", "way")
    assert list(ways) == [(city.people[1].name, "QR"), ("Kapolsek contoh", "QR")]


def test_the_code_in_the_hall_counts_nobody_after_the_ceremony(held, officer, time_machine):
    officer.post(staff("event_poster", held.public_id))
    here = reverse("pledges_public:attend", args=[WallCode.objects.get().token])
    time_machine.move_to("2026-11-20T06:00:00Z", tick=False)

    answer = Client().post(here, {"nama": "Kapolsek contoh"})

    assert (answer.status_code, Attendance.objects.count()) == (422, 0)


def test_attendance_never_counts_as_signing(city, place, held, officer):
    numbers = "\n".join(factories.number(person) for person in city.people)
    officer.post(staff("event_attendance", held.public_id), {"orang": numbers})

    assert Attendance.objects.count() == 4
    assert coverage_tree(place=place).whole.signed == 0
    assert set(Obligation.objects.values_list("state", flat=True)) == {"DUE"}


def test_a_photo_is_kept_without_place_and_camera(held, officer):
    sent = officer.post(
        staff("event_photo", held.public_id),
        {"keterangan": "Ikrar di aula", "foto": SimpleUploadedFile("a.jpg", photograph())},
    )

    photo = CeremonyPhoto.objects.get()
    with Image.open(default_storage.open(photo.file)) as kept:
        facts = (kept.width, dict(kept.getexif()))
    shown = officer.get(staff("event_photo_file", held.public_id, photo.public_id))
    assert (sent.status_code, facts) == (302, (2000, {}))
    assert shown["Content-Type"] == "image/jpeg"


def test_the_same_photo_twice_and_what_is_no_photo_are_refused(held, officer):
    address = staff("event_photo", held.public_id)
    files = [photograph(), photograph(), b"%PDF-1.7", b""]

    answers = [
        officer.post(
            address, {"keterangan": "Foto", "foto": SimpleUploadedFile("a.jpg", data)}
        ).status_code
        for data in files
    ]

    assert answers == [302, 422, 422, 422]


def test_minutes_name_people_topics_guests_and_places_to_sign(city, held, officer):
    for part, name in (("LEADER", "Wali Kota contoh"), ("WITNESS", "Inspektur contoh")):
        officer.post(staff("event_part", held.public_id), {"peran": part, "nama": name})
    officer.post(
        staff("event_attendance", held.public_id), {"orang": "Danramil contoh; Danramil; TNI"}
    )

    officer.post(staff("event_write", held.public_id))
    pdf = officer.get(staff("event_minutes", held.public_id)).content

    pages = pypdfium2.PdfDocument(pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    for words in ("Wali Kota contoh", "Inspektur contoh", "Danramil contoh", "Aula contoh"):
        assert words in text
    assert "Kehadiran tidak dihitung sebagai tanda tangan" in text


def test_a_full_hall_is_named_to_the_last(held, officer):
    Attendance.objects.bulk_create(
        Attendance(
            ceremony=held,
            name=f"Tamu Contoh Nomor {number:03d}.",
            institution="Lembaga Contoh",
            way="LIST",
            came_at=NOON.now,
        )
        for number in range(250)
    )

    officer.post(staff("event_write", held.public_id))
    pages = pypdfium2.PdfDocument(officer.get(staff("event_minutes", held.public_id)).content)
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    first = officer.get(staff("event", held.public_id))
    rest = first.context["listing"].next_query

    assert [n for n in range(250) if f"Nomor {n:03d}." not in text] == []
    assert first.content.decode().count('<th scope="row">Tamu Contoh Nomor') == 100
    assert "Nomor 100." in officer.get(staff("event", held.public_id) + rest).content.decode()


def test_minutes_are_made_anew_until_they_are_signed(held, officer):
    write, given = staff("event_write", held.public_id), {"peran": "LEADER", "nama": "Wali Kota"}
    officer.post(write)
    held.refresh_from_db()
    first = held.minutes
    officer.post(staff("event_part", held.public_id), given)

    asked = officer.post(write)
    assert (asked.status_code, first.state) == (200, DocumentState.FINAL)
    officer.post(write, YES)
    first.refresh_from_db()
    pdf = pypdfium2.PdfDocument(officer.get(staff("event_minutes", held.public_id)).content)
    signed = SimpleUploadedFile("ba.pdf", b"%PDF-1.7 bertanda tangan")
    officer.post(staff("event_signed", held.public_id), {"berkas": signed})

    assert "Wali Kota" in pdf[0].get_textpage().get_text_bounded()
    assert first.state == DocumentState.SUPERSEDED
    assert officer.post(write, YES).status_code == 409
    taken = staff("event_remove", held.public_id, "pelaksana", CeremonyRole.objects.get().pk)
    assert officer.post(taken, YES).status_code == 409
    late = officer.post(staff("event_change", held.public_id), {**plan(None), "unit": []})
    assert (late.status_code, CeremonyRole.objects.count()) == (422, 1)


def test_a_ceremony_that_takes_longer_keeps_its_loose_limits(city, place, held, officer):
    change = staff("event_change", held.public_id)
    page = officer.get(change).content.decode()
    officer.post(change, {**plan(city), "selesai": "14:30", "tempat": "Lapangan", "unit": []})

    held.refresh_from_db()
    evening = factories.later(hour=7)
    assert 'value="11:00"' in page
    assert (held.place, held.round, held.units.count()) == ("Lapangan", place, 0)
    assert open_ceremony(round_id=place.pk, clock=evening) == held
    assert AuditRow.objects.get(what="ceremony.changed").data == {"fields": "ends_at place"}


def test_what_was_noted_wrongly_is_taken_out_after_a_question(
    held, officer, django_capture_on_commit_callbacks
):
    material = SimpleUploadedFile("bahan.pdf", b"%PDF-1.7 bahan")
    speaker = {"peran": "SPEAKER", "nama": "Narasumber", "materi": "Hukum", "berkas": material}
    officer.post(staff("event_part", held.public_id), speaker)
    officer.post(staff("event_attendance", held.public_id), {"orang": "Danramil contoh; Danramil"})
    given = {"keterangan": "Aula", "foto": SimpleUploadedFile("a.jpg", photograph())}
    officer.post(staff("event_photo", held.public_id), given)
    photo, role = CeremonyPhoto.objects.get(), CeremonyRole.objects.get()
    rows = {"pelaksana": role.pk, "hadir": Attendance.objects.get().pk, "foto": photo.pk}
    outs = [staff("event_remove", held.public_id, what, pk) for what, pk in rows.items()]

    asked = [officer.post(out).content.decode() for out in outs]
    assert ["dikonfirmasi" in page for page in asked] == [True, True, True]
    assert (Attendance.objects.count(), default_storage.exists(photo.file)) == (1, True)
    with django_capture_on_commit_callbacks(execute=True):
        done = [officer.post(out, YES).status_code for out in outs]

    role.material.refresh_from_db()
    assert (done, default_storage.exists(photo.file)) == ([302, 302, 302], False)
    assert (CeremonyRole.objects.count(), Attendance.objects.count()) == (0, 0)
    assert role.material.withdrawn_at is not None
    assert [officer.post(out, YES).status_code for out in outs] == [404, 404, 404]


def test_signed_minutes_take_the_place_of_the_unsigned_ones(held, officer):
    officer.post(staff("event_write", held.public_id))
    held.refresh_from_db()
    first = held.minutes

    officer.post(
        staff("event_signed", held.public_id),
        {"berkas": SimpleUploadedFile("ba.pdf", b"%PDF-1.7 bertanda tangan")},
    )

    held.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, held.minutes.signature_kind) == (DocumentState.SUPERSEDED, "WET_SCAN")
    assert officer.get(staff("event_minutes", held.public_id)).content.startswith(b"%PDF-1.7 ber")


def test_minutes_signed_by_certificate_are_examined_and_called_so(
    held, officer, settings, tmp_path
):
    """Wet ink, a certificate of nobody known, the minutes as they went out: only one is a TTE."""
    issuer, roots = Issuer(), tmp_path / "roots.pem"
    roots.write_bytes(issuer.pem())
    settings.TTE_ROOTS = str(roots)
    officer.post(staff("event_write", held.public_id))
    page = staff("event_signed", held.public_id)
    unsigned = officer.get(staff("event_minutes", held.public_id)).content
    signed = signed_by(issuer.signer_for("Sekretaris daerah contoh"), unsigned)
    strange = signed_by(Issuer("Penyelenggara tak dikenal").signer_for("Orang contoh"), unsigned)

    def upload(pdf, how):
        return officer.post(page, {"berkas": SimpleUploadedFile("ba.pdf", pdf), "cara": how})

    for pdf, how, why in (
        (unsigned, "WET_SCAN", "belum ditandatangani"),
        (strange, "TTE_UPLOAD", "tidak berasal dari penyelenggara"),
        (signed[:-200] + signed[-100:], "TTE_UPLOAD", "tidak utuh"),
    ):
        refused = upload(pdf, how)
        assert (refused.status_code, why in refused.content.decode()) == (422, True)
    assert upload(signed, "TTE_UPLOAD").status_code == 302

    held.refresh_from_db()
    assert held.minutes.signature_kind == "TTE_UPLOAD"
    assert officer.get(staff("event_minutes", held.public_id)).content == signed


def test_a_neighbour_sees_and_changes_nothing(held):
    stranger = Client()
    elsewhere = factories.agency("Kota Lain")
    stranger.force_login(factories.user("Petugas lain", "hr_pledges", agency=elsewhere))
    pages = ("event", "event_change", "event_part", "event_attendance", "event_photo")

    assert {stranger.get(staff(page, held.public_id)).status_code for page in pages} == {404}
    assert stranger.post(staff("event_write", held.public_id)).status_code == 404
