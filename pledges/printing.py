"""What is printed for signing together: sheets, strips with codes, posters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from neutrality.documents.rendering import qr_code, typeset
from neutrality.documents.wording import Json
from neutrality.personnel.codes import NumberKind
from neutrality.personnel.models import PersonNumber
from neutrality.ui.dates import say_instant
from pledges.codes import WallKind
from pledges.models import Obligation, Round, TextVersion, WallCode
from pledges.selectors.unit_names import UnitNames
from pledges.services.printed_codes import PrintedCode

FOLDER: Final = Path(__file__).parent / "typst"
SHEET_MARK: Final = "NETRAL-PAKTA:"
"""What the QR code of a sheet begins with: no address, so that a phone opens nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page for one person, with its code in clear."""

    obligation: Obligation
    code: str


def absolute(name: str, *args: str) -> str:
    """Return the whole address of a public page."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, args=args)}"


def sheets_pdf(*, place: Round, text: TextVersion, sheets: Iterable[Sheet], day: date) -> bytes:
    """Return the sheets of these people, one page each."""
    rows = list(sheets)
    numbers = shown_numbers((each.obligation for each in rows), day)
    units = UnitNames.of_agency(place.agency_id)
    data: dict[str, Json] = {
        "agency": place.agency.name,
        "election": _elections(place),
        "place": place.agency.region.name if place.agency.region else "",
        "text": {
            "title": text.title,
            "opening": text.opening,
            "points": list(text.points),
            "closing": text.closing,
            "sha256": text.sha256,
        },
        "sheets": [
            {
                **_person(each.obligation, numbers, units),
                "code": each.code,
                "qr": qr_code(f"{SHEET_MARK}{each.code}"),
            }
            for each in rows
        ],
    }
    return typeset(source=FOLDER / "sheets.typ", data=data, title=text.title)


def codes_pdf(*, place: Round, codes: Iterable[PrintedCode], day: date) -> bytes:
    """Return strips to cut, one personal code each."""
    rows = list(codes)
    numbers = shown_numbers((each.obligation for each in rows), day)
    units = UnitNames.of_agency(place.agency_id)
    data: dict[str, Json] = {
        "agency": place.agency.name,
        "address": absolute("pledges_public:printed"),
        "until": say_instant(place.closes_at, place.office.tz),
        "strips": [
            {
                **_person(each.obligation, numbers, units),
                "code": each.code,
                "qr": qr_code(absolute("pledges_public:printed_code", each.code)),
            }
            for each in rows
        ],
    }
    return typeset(source=FOLDER / "codes.typ", data=data, title=_("Kode pribadi pakta integritas"))


def wall_address(code: WallCode) -> str:
    """Return where the code on a wall leads."""
    page = "wall" if code.kind == WallKind.SIGN else "attend"
    return absolute(f"pledges_public:{page}", code.token)


def wall_pdf(*, code: WallCode, agency: str, subtitle: str) -> bytes:
    """Return a poster with the code."""
    address = wall_address(code)
    data: dict[str, Json] = {
        "agency": agency,
        "subtitle": subtitle,
        "address": address,
        "qr": qr_code(address),
        "steps": list(_steps(code)),
    }
    title = _("Tanda tangani pakta integritas") if code.kind == WallKind.SIGN else _("Daftar hadir")
    return typeset(source=FOLDER / "wall.typ", data=data, title=title)


def shown_numbers(obligations: Iterable[Obligation], day: date) -> dict[int, str]:
    """Return the masked numbers of these people by their ids; one query."""
    people = [each.person_id for each in obligations]
    rows = PersonNumber.objects.on(day).filter(person__in=people).exclude(kind=NumberKind.NIK)
    return dict(rows.order_by("-kind", "-pk").values_list("person_id", "shown"))


def _person(obligation: Obligation, numbers: dict[int, str], units: UnitNames) -> dict[str, str]:
    unit = obligation.unit_now
    return {
        "name": obligation.person.name,
        "number": numbers.get(obligation.person_id, ""),
        "position": obligation.employment.position_title,
        "unit": units.full(unit) if unit else "",
    }


def _elections(place: Round) -> str:
    return ", ".join(place.elections.order_by("polling_on").values_list("name", flat=True))


def _steps(code: WallCode) -> list[str]:
    if code.kind == WallKind.ATTEND:
        return [
            _("Pindai kode ini dengan kamera telepon."),
            _("Ketik NIP atau NI PPPK. Tamu mengisi nama, jabatan, dan instansi."),
            _("Kehadiran tidak dihitung sebagai tanda tangan pakta."),
        ]
    return [
        _("Pindai kode ini dengan kamera telepon."),
        _("Ketik NIP atau NI PPPK, lalu kode enam angka yang dikirim kepada Anda."),
        _("Baca naskahnya dan tanda tangani."),
        _("Tanpa telepon? Minta kode cetak, atau datang ke layar petugas."),
    ]
