"""The tables of the law for the administrator."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest  # noqa: TID251 - the admin speaks HTTP

from neutrality.law.models import (
    CalendarDay,
    CitizenCategory,
    Coordination,
    FingerPose,
    Form,
    Instrument,
    LawRow,
    NumberFormat,
    OfficeHours,
    OtherLaw,
    Outage,
    Period,
    PledgeWording,
    PolicyRow,
    Quorum,
    ReportRequirement,
    Retention,
    RouteRow,
    Sanction,
    Situation,
    StageHours,
    Violation,
)
from neutrality.law.services.version import bump_version

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[LawRow]
    _OutageAdmin = admin.ModelAdmin[Outage]
else:
    _Admin = _OutageAdmin = admin.ModelAdmin


class LawAdmin(_Admin):
    """A table of the law: a row that a case has used shows everything and lets only its end change."""

    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: LawRow | None = None,
    ) -> list[str]:
        """Lock a used row but for its end."""
        if obj is None or not obj.is_used:
            return []
        fields = [field.name for field in obj._meta.concrete_fields if field.editable]  # noqa: SLF001
        return [name for name in fields if name not in LawRow.AFTER_USE]

    def has_delete_permission(self, request: HttpRequest, obj: LawRow | None = None) -> bool:
        """Let nobody delete a used row, nor several at once."""
        if obj is None or obj.is_used:
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: LawRow, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Save and tell every process."""
        super().save_model(request, obj, form, change)
        bump_version()

    def delete_model(self, request: HttpRequest, obj: LawRow) -> None:
        """Delete and tell every process."""
        super().delete_model(request, obj)
        bump_version()


def _columns(model: type[LawRow]) -> tuple[str, ...]:
    """The first columns of a table, its dates and how sure we are."""
    own = [
        field.name
        for field in model._meta.concrete_fields  # noqa: SLF001
        if field.editable and field.name not in _COMMON and not isinstance(field, models.TextField)
    ]
    return (*own[:5], model.BEGINS, model.ENDS, "certainty")


_COMMON = frozenset(
    {"id", "legal_basis", "certainty", "note", "valid_from", "valid_until", "superseded_on"}
)
_SEARCHED: dict[type[LawRow], tuple[str, ...]] = {
    CalendarDay: ("name", "area_code"),
    CitizenCategory: ("code", "label_id", "label_en"),
    Coordination: ("matter",),
    FingerPose: ("code", "label_id"),
    Form: ("role", "code", "name"),
    Instrument: ("code", "title"),
    NumberFormat: ("register", "pattern"),
    OfficeHours: ("area_code",),
    OtherLaw: ("code", "act", "label_id"),
    Period: ("code",),
    PledgeWording: ("code", "title", "agency_code", "election_code"),
    PolicyRow: ("code", "question_id"),
    Quorum: ("members",),
    ReportRequirement: ("code", "label_id"),
    Retention: ("retention",),
    RouteRow: ("subject_kind", "body_kind", "ppk"),
    Sanction: ("sanction", "label_id"),
    Situation: ("code", "label_id", "label_en", "keywords"),
    StageHours: ("stage",),
    Violation: ("code", "act", "label_id"),
}

for _model, _search in _SEARCHED.items():
    admin.site.register(
        _model,
        LawAdmin,
        list_display=_columns(_model),
        search_fields=(*_search, "legal_basis", "note"),
        list_filter=("certainty",),
    )


@admin.register(Outage)
class OutageAdmin(_OutageAdmin):
    """When a way of filing was down."""

    list_display = ("system", "area_code", "started_at", "ended_at", "source")
    search_fields = ("system", "description", "source")
