"""The people of a round as rows of text, one after the other and never all at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from neutrality.personnel.codes import NumberKind, PositionClass
from neutrality.personnel.models import PersonNumber
from neutrality.ui.dates import say_short_instant
from pledges.codes import Assurance, ObligationState, SignatureKind
from pledges.models import Obligation, Round, Signature
from pledges.selectors.gaps import below, not_signed
from pledges.selectors.hour_page import ranked
from pledges.selectors.round_pages import say_gap
from pledges.selectors.unit_names import UnitNames

CHUNK: Final = 2000


def export_columns() -> list[str]:
    """Return the headings."""
    return [
        _("Nama"),
        _("NIP/NI PPPK (tersamar)"),
        _("Kelompok jabatan"),
        _("Jabatan"),
        _("Unit"),
        _("Keadaan"),
        _("Sebab belum"),
        _("Ditandatangani"),
        _("Cara"),
        _("Pembuktian"),
    ]


def export_rows(
    *, place: Round, day: date, path: str = "", only_missing: bool
) -> Iterator[list[str]]:
    """Yield a row for each person at or below `path`, leaders first; read in chunks."""
    rows = (
        not_signed(place=place, day=day, path=path)
        if only_missing
        else _everybody(place, path).select_related("person", "employment", "unit_now")
    )
    units = UnitNames.of_agency(place.agency_id)
    for row in ranked(_with_facts(rows, day)).iterator(chunk_size=CHUNK):
        yield _cells(row, place, units)


def _everybody(place: Round, path: str) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(round=place)
    return rows.filter(below(path)) if path else rows


def _with_facts(rows: QuerySet[Obligation], day: date) -> QuerySet[Obligation]:
    numbers = PersonNumber.objects.on(day).filter(person=OuterRef("person"))
    held = numbers.exclude(kind=NumberKind.NIK).order_by("kind", "pk")
    given = Signature.objects.filter(obligation=OuterRef("pk"), annulled_at__isnull=True)
    latest = given.order_by("-signed_at", "-pk")
    return rows.annotate(
        number_shown=Subquery(held.values("shown")[:1]),
        signed_at=Subquery(latest.values("signed_at")[:1]),
        signed_how=Subquery(latest.values("kind")[:1]),
        signed_proof=Subquery(latest.values("assurance")[:1]),
    )


def _cells(row: Any, place: Round, units: UnitNames) -> list[str]:  # noqa: ANN401  with annotations
    signed = row.signed_at
    return [
        row.person.name,
        row.number_shown or "",
        str(PositionClass(row.employment.position_class).label),
        row.employment.position_title,
        units.full(row.unit_now) if row.unit_now else "",
        str(ObligationState(row.state).label),
        say_gap(row) if hasattr(row, "gap") else "",
        say_short_instant(signed, place.office.tz) if signed else "",
        str(SignatureKind(row.signed_how).label) if signed else "",
        str(Assurance(row.signed_proof).label) if signed else "",
    ]
