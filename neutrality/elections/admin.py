"""Elections, contests and stages for the administrator."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse  # noqa: TID251  the admin hands over requests
from django.utils.translation import gettext as _, gettext_lazy

from neutrality.audit.record import SubjectRef, record
from neutrality.elections.forms import ElectionForm
from neutrality.elections.models import Contest, Election, Stage
from neutrality.elections.services import ElectionKnown, announce_new_election
from neutrality.organisations.admin import Kept, acting, posted
from neutrality.ui.acts import Act, act_page
from neutrality.ui.dates import say_day


def _announcing(data: Mapping[str, Any]) -> str:
    return _("Sejak %(day)s formulir menerima laporan tentang %(name)s.") % {
        "day": say_day(data["valid_from"]),
        "name": data["name"],
    }


ANNOUNCE: Final = Act(
    title=gettext_lazy("Umumkan pemilihan"),
    button=gettext_lazy("Umumkan"),
    done=gettext_lazy("Pemilihan diumumkan. Tahapan satu wilayah dapat ditambahkan sendiri."),
    consequence=_announcing,
    lead=gettext_lazy("Baris yang kosong berarti tidak dipilih atau belum dijadwalkan."),
)


class Recorded(Kept):
    """Rows that may be added; what is entered or corrected stands in the audit too."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are entered here."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: Any,  # noqa: ANN401
        change: bool,  # noqa: FBT001
    ) -> None:
        """Save, and record which columns changed."""
        super().save_model(request, obj, form, change)
        name = str(obj._meta.model_name)  # noqa: SLF001  Django's documented way
        record(
            what=f"{name}.{'correct' if change else 'add'}",
            subject=SubjectRef(name, obj.pk),
            data={"columns": " ".join(sorted(form.changed_data))},
            **acting(request),
        )


@admin.register(Election)
class ElectionAdmin(Recorded):
    """Elections; a new one is announced with its contests and stages."""

    corrected = ("name", "polling_on", "valid_from", "valid_until")
    list_display = ("name", "regime", "polling_on", "valid_from", "valid_until", "is_demo")
    list_filter = ("regime",)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002  Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Announce an election."""
        form = ElectionForm(posted(request))

        def run(_data: Mapping[str, Any]) -> Election:
            return announce_new_election(
                plan=form.plan(),
                contests=form.contests(),
                stages=form.stages(),
                **acting(request),
            )

        return act_page(
            self,
            request,
            act=ANNOUNCE,
            form=form,
            fieldsets=form.fieldsets,
            run=run,
            refusal=ElectionKnown,
        )


@admin.register(Contest)
class ContestAdmin(Recorded):
    """Contests: number codes, and the day on which candidates were determined."""

    corrected = ("number_code", "number_code_certainty", "candidates_determined_on", "decree")
    list_display = ("name", "election", "number_code", "candidates_determined_on")
    list_filter = ("election", "kind")
    list_select_related = ("election",)
    raw_id_fields = ("region",)
    search_fields = ("name", "region__code")


@admin.register(Stage)
class StageAdmin(Recorded):
    """Stages; one of a single contest or region (a repeated vote) is entered here."""

    corrected = ("starts_on", "ends_on", "decree", "certainty")
    list_display = ("kind", "election", "contest", "region", "starts_on", "ends_on")
    list_filter = ("election", "kind")
    list_select_related = ("election", "contest", "region")
    raw_id_fields = ("contest", "region")
