"""The names of units where people are listed: every service has its `Seksi A`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from neutrality.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The units directly below an agency by their paths; they tell the ones below them apart."""

    tops: Mapping[str, str]

    @classmethod
    def of_agency(cls, agency_id: int) -> "UnitNames":
        """Read them; one query."""
        rows = Unit.objects.filter(agency=agency_id, parent__isnull=True).order_by("valid_from")
        return cls(dict(rows.values_list("path", "name")))

    def full(self, unit: Unit | None) -> str:
        """Return `Seksi A, Dinas Sosial`; of a unit directly below the agency only its name."""
        if unit is None:
            return _("tanpa unit")
        return ", ".join(filter(None, (unit.name, self.above(unit))))

    def above(self, unit: Unit) -> str:
        """Return the name of the unit directly below the agency that holds this one, if another."""
        top = self.top(unit.path)
        return "" if top == unit.name else top

    def top(self, path: str) -> str:
        """Return the name of the unit directly below the agency that holds `path`, or nothing."""
        return self.tops.get("/".join(path.split("/")[:2]), "")
