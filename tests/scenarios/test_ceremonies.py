"""The ceremonies that the project was made from, replayed through the pages with their dates.

Kediri, 7 December 2023: an oath that the head of the HR office guides, representatives sign, the
acting mayor is the witness. Pontianak, 21 May 2024: the acting mayor leads the oath, then
everybody is asked to sign. Kendari, 17 January 2024: a circular follows the joint decree, and
every single civil servant signs. Kediri, 23 October 2024: a meeting with TNI and Polri, who are
on no roster. People are roles; nobody is named.
"""

from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from neutrality.elections.models import Election
from pledges.models import (
    Attendance,
    Ceremony,
    CeremonyRole,
    Obligation,
    RepresentativeSignature,
    Round,
    Signature,
)
from pledges.selectors import had_signed
from tests.scenarios.hall import Hall, hr, together

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
KEDIRI = {
    "Sekretaris Daerah": "Sekretariat Daerah",
    "Inspektur": "Inspektorat",
    "Asisten": "Bagian Umum",
    "Kepala BKPSDM": "BKPSDM",
    "Camat": "Kecamatan Contoh",
    "Lurah": "Kelurahan Contoh",
}
SMALL = {"Kepala Dinas": "Dinas Contoh", "Staf": "Bagian Contoh", "Guru": "Sekolah Contoh"}


@pytest.fixture
def both(elections):
    return list(Election.objects.filter(code__in=["pemilu-2024", "pilkada-2024"]))


def named(code):
    return Election.objects.get(code=code)


def parts(held):
    rows = CeremonyRole.objects.filter(ceremony=held).order_by("pk")
    return [(row.part, row.name, row.topic) for row in rows]


def test_kediri_representatives_sign_after_an_oath_and_count_for_nobody(both, move, proven):
    kediri = Hall("35.71", "Kota Kediri", move, KEDIRI)
    kediri.at("2023-12-07 08:00")
    place, _asked = kediri.open_round(both, "REPRESENTATIVE", "2023-12-07", "2024-11-27")
    day = "2023-12-07"
    title = "Deklarasi dan pakta integritas netralitas ASN"
    held = kediri.plan("OATH", title, day, ("09:00", "12:00"), "Rumah makan contoh", place)

    kediri.part(held, "GUIDE", "Kepala BKPSDM contoh", "Kepala BKPSDM")
    kediri.part(held, "WITNESS", "Penjabat wali kota contoh", "Pj Wali Kota")
    law, neutral = "Penegakan Hukum UU Pemilu", "Menjaga Netralitas ASN dalam Pemilu 2024"
    kediri.part(held, "SPEAKER", "Ketua pengadilan contoh", "Ketua", materi=law)
    kediri.part(held, "SPEAKER", "Kabag SD Polres contoh", "Kabag SD", materi=neutral)
    for who in ("Sekretaris Daerah", "Inspektur", "Asisten"):
        kediri.represents(place, held, f"{who} contoh", "Seluruh ASN Kota contoh", day)
    present = ("Kepala BKPSDM", "Camat", "Lurah")
    kediri.came(held, *(kediri.number(who) for who in present), "Ketua pengadilan contoh; Ketua")
    kediri.at("2023-12-07 13:00")
    kediri.officer.client.post(together("event_write", held.public_id))

    assert sorted(one.code for one in place.elections.all()) == ["pemilu-2024", "pilkada-2024"]
    assert parts(held) == [
        ("GUIDE", "Kepala BKPSDM contoh", ""),
        ("WITNESS", "Penjabat wali kota contoh", ""),
        ("SPEAKER", "Ketua pengadilan contoh", law),
        ("SPEAKER", "Kabag SD Polres contoh", neutral),
    ]
    assert RepresentativeSignature.objects.filter(ceremony=held).count() == 3
    assert (Obligation.objects.count(), Signature.objects.count()) == (0, 0)
    assert Attendance.objects.filter(ceremony=held).count() == 4
    page = kediri.officer.read(hr("round", place.public_id))
    assert "Hanya perwakilan yang menandatangani" in page
    assert "%" not in page
    assert held.agency.name in kediri.officer.read(together("event", held.public_id))
    assert "record:" in proven()


def test_pontianak_the_acting_mayor_leads_the_oath_and_then_everybody_signs(both, move, proven):
    pontianak = Hall("61.71", "Kota Pontianak", move, SMALL)
    pontianak.at("2024-05-21 07:00")
    pilkada = named("pilkada-2024")
    place, asked = pontianak.open_round([pilkada], "INDIVIDUAL", "2024-05-21", "2024-09-22")
    assert "3 pegawai wajib menandatangani" in asked
    hours, hall = ("08:00", "11:00"), "Aula contoh kantor wali kota"
    oath = pontianak.plan("OATH", "Ikrar netralitas ASN", "2024-05-21", hours, hall, place)
    pontianak.part(oath, "LEADER", "Penjabat wali kota contoh", "Pj Wali Kota")
    pontianak.plan(
        "OUTREACH", "Sosialisasi kepegawaian dan peluncuran SIMASN", "2024-05-21", hours, hall
    )
    pontianak.reach(place, "Kepala Dinas", "Staf")

    pontianak.at("2024-05-21 09:30")
    said = [pontianak.sign_at_the_wall(place, post) for post in ("Kepala Dinas", "Staf")]

    assert ["Anda sudah menandatangani" in words for words in said] == [True, True]
    assert {row.ceremony for row in Signature.objects.all()} == {oath}
    assert parts(oath) == [("LEADER", "Penjabat wali kota contoh", "")]
    page = pontianak.officer.read(hr("round", place.public_id))
    assert "66,6 %" in page
    gaps = pontianak.officer.read(hr("gaps", place.public_id))
    assert ("Guru contoh" in gaps, "Staf contoh" in gaps) == (True, False)
    assert "Belum ada surel atau telepon" in gaps.rpartition("Guru contoh")[2]
    kinds = Ceremony.objects.filter(agency=pontianak.agency).values_list("kind", "round")
    assert sorted(kinds, key=str) == [("OATH", place.pk), ("OUTREACH", None)]
    assert "record:" in proven()


def test_kendari_a_circular_orders_it_and_every_single_one_signs(both, move, proven):
    kendari = Hall("74.71", "Kota Kendari", move, SMALL, tz=WITA)
    kendari.at("2023-12-18 08:00")
    pemilu = named("pemilu-2024")
    place, _asked = kendari.open_round([pemilu], "INDIVIDUAL", "2023-12-18", "2024-02-10")
    circular = {
        "judul": "Tindak lanjut keputusan bersama tentang netralitas",
        "nomor": "800/CONTOH/2023",
        "tanggal": "2023-12-15",
        "berkas": SimpleUploadedFile("edaran.pdf", b"%PDF-1.7 edaran"),
    }
    kendari.officer.send(together("circular", place.public_id), circular)
    kendari.reach(place, *SMALL)
    kendari.at("2023-12-20 07:30")
    for post in SMALL:
        kendari.sign_at_the_wall(place, post)

    kendari.at("2024-01-17 10:00")
    talk = kendari.plan(
        "OUTREACH", "Dialog netralitas ASN", "2024-01-17", ("09:00", "10:30"), "Studio contoh"
    )
    kendari.part(talk, "SPEAKER", "Kepala Dinas Kominfo contoh", "Kepala dinas")
    kendari.part(talk, "SPEAKER", "Ketua pengawas pemilu contoh", "Ketua")
    kendari.officer.client.post(hr("close", place.public_id), {"dikonfirmasi": "ya"})

    place = Round.objects.get(pk=place.pk)
    assert place.circular_number == "800/CONTOH/2023"
    assert "100 %" in kendari.officer.read(hr("round", place.public_id))
    fact = had_signed(
        person_id=kendari.people["Guru"].pk, election_id=pemilu.pk, on=place.closed_at
    )
    # Signed at half past seven in the morning of the city's own zone.
    assert fact.signed_at.astimezone(WITA).isoformat() == "2023-12-20T07:30:00+08:00"
    assert talk.round is None
    assert "record:" in proven()


def test_the_kediri_meeting_has_guests_of_tni_and_polri_who_are_on_no_roster(both, move, proven):
    kediri = Hall("35.71", "Kota Kediri", move, KEDIRI)
    kediri.at("2024-10-23 09:00")
    place, _asked = kediri.open_round(
        [named("pilkada-2024")], "INDIVIDUAL", "2024-10-23", "2024-11-23"
    )
    meeting = kediri.plan(
        "MEETING", "Rapat netralitas ASN", "2024-10-23", ("09:00", "11:00"), "Ruang balai kota"
    )
    kediri.part(meeting, "SPEAKER", "Penjabat wali kota contoh", "Pj Wali Kota")
    kediri.part(meeting, "SPEAKER", "Kapolres contoh", "Kapolres", instansi="Polri")
    kediri.came(
        meeting,
        kediri.number("Sekretaris Daerah"),
        kediri.number("Inspektur"),
        "Kanit Binmas contoh; Kanit Binmas; Polri",
        "Danramil contoh; Danramil; TNI",
        "Babinsa contoh; Babinsa; TNI",
        "Bhabinkamtibmas contoh; Bhabinkamtibmas; Polri",
    )
    kediri.officer.client.post(together("event_write", meeting.public_id))

    came = Attendance.objects.filter(ceremony=meeting).order_by("pk")
    guests = [(row.name, row.institution) for row in came if row.person_id is None]
    assert guests == [
        ("Kanit Binmas contoh", "Polri"),
        ("Danramil contoh", "TNI"),
        ("Babinsa contoh", "TNI"),
        ("Bhabinkamtibmas contoh", "Polri"),
    ]
    assert came.filter(person__isnull=False).count() == 2
    # Who sat in the meeting has signed nothing, and a soldier owes no signature.
    assert Signature.objects.count() == 0
    assert Obligation.objects.filter(round=place).count() == len(KEDIRI)
    page = kediri.officer.read(together("event", meeting.public_id))
    assert "Danramil contoh" in page
    assert "0 %" in kediri.officer.read(hr("round", place.public_id))
    assert "record:" in proven()
