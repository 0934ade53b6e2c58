"""What offices and agencies of the demo have published: a circular and outreach material each."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Final

from complaints.papers.blank_form import absolute, blank_report_form
from neutrality.audit.actor import SYSTEM
from neutrality.documents.models import PublicationKind
from neutrality.documents.publications import PublicationGiven, publish
from neutrality.documents.rendering import typeset
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Office

_FILE: Final = Path(__file__).parent.parent / "typst" / "sample_circular.typ"
_OPENING: Final = "Seluruh pegawai ASN diminta menjaga netralitas selama tahapan pemilihan:"
_POINTS: Final = (
    "Tidak menyukai, mengomentari, atau membagikan unggahan calon.",
    "Tidak berfoto dengan calon, tim, atau alat peraga, dan tidak berpose jari.",
    "Tidak memakai kendaraan, gedung, atau anggaran kantor untuk kampanye.",
    "Menolak pemberian dan melaporkan ajakan memihak.",
)


def publish_samples(*, places: Sequence[tuple[Office, Agency]], clock: Clock) -> None:
    """Publish a circular of each agency and the blank form of each office."""
    for turn, (office, agency) in enumerate(places):
        day = clock.today_in(office.tz) - timedelta(days=40 + 9 * turn)
        circular = PublicationGiven(
            kind=PublicationKind.CIRCULAR,
            office=None,
            agency=agency,
            title="Surat Edaran contoh tentang Netralitas Pegawai ASN",
            number=f"800/{day:%m%d}/contoh",
            dated_on=day,
            summary="Empat hal yang dijaga selama tahapan, terutama di media sosial.",
        )
        file = BytesIO(_circular(agency.name, circular.number))
        publish(given=circular, file=file, actor=SYSTEM, clock=clock)
        form = PublicationGiven(
            kind=PublicationKind.OUTREACH,
            office=office,
            agency=None,
            title="Formulir laporan untuk ditulis tangan",
            number="",
            dated_on=day + timedelta(days=3),
            summary="Dengan alamat kantor dan kode untuk melapor secara daring.",
        )
        address = absolute("public:report_start")
        pdf = blank_report_form(office=office, address=address, clock=clock)
        publish(given=form, file=BytesIO(pdf), actor=SYSTEM, clock=clock)


def _circular(issuer: str, number: str) -> bytes:
    return typeset(
        source=_FILE,
        data={
            "issuer": issuer,
            "number": number,
            "opening": _OPENING,
            "points": list(_POINTS),
            "remark": "Contoh untuk peragaan, bukan surat edaran yang berlaku.",
        },
        title="Surat Edaran contoh tentang Netralitas Pegawai ASN",
    )
