"""Regions, offices, agencies and bodies for the administrator; what forms a tree is changed by services."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse  # noqa: TID251  the admin hands over requests
from django.shortcuts import get_object_or_404  # noqa: TID251  of its own pages
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from neutrality.law.codes import OfficeLevel
from neutrality.organisations.forms import (
    BodyForm,
    CloseDistrictForm,
    OpenDistrictsForm,
    SuccessorForm,
)
from neutrality.organisations.models import (
    Agency,
    Office,
    ReferralBody,
    ReferralTerritory,
    Region,
    Unit,
)
from neutrality.organisations.refusals import OrganisationRefusal
from neutrality.organisations.services.bodies import add_body, standing_below, succeed_body
from neutrality.organisations.services.district_offices import (
    close_district_office,
    open_district_offices,
)
from neutrality.ui.acts import Act, act_page
from neutrality.ui.dates import say_day

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[models.Model]
    _Inline = admin.TabularInline[models.Model, models.Model]
else:
    _Admin, _Inline = admin.ModelAdmin, admin.TabularInline


class Kept(_Admin):
    """Rows that others point to: nobody adds or deletes one here; `corrected` may be changed."""

    corrected: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nothing is added here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        """Nothing is deleted anywhere: rows end."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Rows without a column to correct are only shown."""
        return bool(self.corrected) and super().has_change_permission(request, obj)

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: models.Model | None = None,
    ) -> list[str]:
        """Lock every column of a stored row but those to correct."""
        if obj is None:
            return []
        fields = [field.name for field in obj._meta.concrete_fields if field.editable]  # noqa: SLF001
        return [name for name in fields if name not in self.corrected and name != "id"]


def posted(request: HttpRequest) -> Any:  # noqa: ANN401  what Django's forms take
    """What was posted; None where the page is only asked for."""
    return request.POST if request.method == "POST" else None


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when: the doors of the site set both."""
    return {"actor": request.actor, "clock": request.clock}  # type: ignore[attr-defined]


@admin.register(Region)
class RegionAdmin(Kept):
    """Regions, as the ministry names them."""

    list_display = ("code", "name", "level", "time_zone")
    list_filter = ("level", "time_zone")
    search_fields = ("code", "name")


def _opening(data: Mapping[str, Any]) -> str:
    names = ", ".join(name for _code, name in data["districts"])
    return _("Kantor kecamatan berikut dibuka pada %(day)s: %(names)s.") % {
        "day": say_day(data["valid_from"]),
        "names": names,
    }


def _ending(data: Mapping[str, Any]) -> str:
    return _("Mulai %(day)s laporan dari kecamatan ini menjadi urusan kantor di atasnya.") % {
        "day": say_day(data["valid_until"])
    }


OPEN_DISTRICTS: Final = Act(
    title=gettext_lazy("Buka kantor pengawas kecamatan"),
    button=gettext_lazy("Buka kantor"),
    done=gettext_lazy("Kantor kecamatan dibuka."),
    consequence=_opening,
    lead=gettext_lazy(
        "Panwaslu kecamatan ada selama pemilihan saja: dibuka dan ditutup dengan tanggal."
    ),
)
CLOSE_DISTRICT: Final = Act(
    title=gettext_lazy("Ubah hari berakhir kantor kecamatan"),
    button=gettext_lazy("Simpan hari berakhir"),
    done=gettext_lazy("Hari berakhir kantor disimpan."),
    consequence=_ending,
)


@admin.register(Office)
class OfficeAdmin(Kept):
    """Offices: their own codes, addresses and number of members; those of districts come and go."""

    corrected = (
        "code_bawaslu",
        "code_certainty",
        "address",
        "phone",
        "email",
        "members",
        "members_certainty",
    )
    list_display = ("name", "code_bawaslu", "code_certainty", "members", "valid_until")
    list_filter = ("level", "code_certainty")
    search_fields = ("name", "path", "code_bawaslu")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Offices of districts are opened here; the permanent ones are there."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_urls(self) -> list[URLPattern]:
        """The page that ends an office goes before those of every table."""
        close = self.admin_site.admin_view(self.close)
        own = path("<int:pk>/tutup/", close, name="organisations_office_close")
        return [own, *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002  Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Open the offices of districts."""
        form = OpenDistrictsForm(posted(request))

        def run(data: Mapping[str, Any]) -> Office:
            return open_district_offices(
                parent_id=data["parent"].pk,
                districts=form.to_open(),
                valid_from=data["valid_from"],
                valid_until=data["valid_until"],
                decree=data["decree"],
                **acting(request),
            )[0]

        return act_page(
            self, request, act=OPEN_DISTRICTS, form=form, run=run, refusal=OrganisationRefusal
        )

    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the office of a district end on another day."""
        office = get_object_or_404(Office, pk=pk, level=OfficeLevel.DISTRICT)
        form = CloseDistrictForm(posted(request), initial={"valid_until": office.valid_until})

        def run(data: Mapping[str, Any]) -> Office:
            return close_district_office(
                office_id=office.pk,
                valid_until=data["valid_until"],
                decree=data["decree"],
                **acting(request),
            )

        return act_page(
            self, request, act=CLOSE_DISTRICT, form=form, run=run, refusal=OrganisationRefusal
        )


@admin.register(Agency)
class AgencyAdmin(Kept):
    """Agencies; a new one begins without units."""

    corrected = ("name", "appointing_authority", "hr_email", "valid_until")
    list_display = ("name", "code", "kind", "valid_from", "valid_until")
    list_filter = ("kind",)
    search_fields = ("name", "code")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An agency stands on its own, so it may be entered here."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def save_model(
        self,
        request: HttpRequest,
        obj: models.Model,
        form: Any,  # noqa: ANN401
        change: bool,  # noqa: FBT001
    ) -> None:
        """Save with the path that the code gives."""
        if isinstance(obj, Agency):
            obj.path = obj.code
        super().save_model(request, obj, form, change)


@admin.register(Unit)
class UnitAdmin(Kept):
    """Units, to look at."""

    list_display = ("name", "path", "kind", "valid_from", "valid_until")
    list_filter = ("kind",)
    search_fields = ("name", "path")


class TerritoryInline(_Inline):
    """The regions that a body answers for."""

    model = ReferralTerritory
    raw_id_fields = ("region",)
    extra = 0
    can_delete = False


def _adding(data: Mapping[str, Any]) -> str:
    return _("%(name)s menerima penerusan sejak %(day)s.") % {
        "name": data["name"],
        "day": say_day(data["valid_from"]),
    }


ADD_BODY: Final = Act(
    title=gettext_lazy("Tambah instansi tujuan penerusan"),
    button=gettext_lazy("Tambah instansi"),
    done=gettext_lazy("Instansi tujuan ditambahkan."),
    consequence=_adding,
    lead=gettext_lazy(
        "Untuk pengganti instansi yang ada, buka instansi itu lalu masukkan penggantinya."
    ),
)


@admin.register(ReferralBody)
class ReferralBodyAdmin(Kept):
    """Referral bodies: new ones and successors; of a stored one its address and legal basis."""

    corrected = ("address", "email", "legal_basis", "certainty")
    inlines = (TerritoryInline,)
    list_display = ("name", "path", "kind", "valid_from", "valid_until", "certainty")
    list_filter = ("kind", "certainty")
    search_fields = ("name", "path")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Bodies are entered here."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_urls(self) -> list[URLPattern]:
        """The page that enters a successor goes before those of every table."""
        succeed = self.admin_site.admin_view(self.succeed)
        own = path("<int:pk>/ganti/", succeed, name="organisations_referralbody_succeed")
        return [own, *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002  Django's signature
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Enter a body with its regions."""
        form = BodyForm(posted(request))

        def run(data: Mapping[str, Any]) -> ReferralBody:
            return add_body(
                kind=form.body_kind(),
                draft=form.draft(),
                parent_id=data["parent"].pk if data["parent"] else None,
                region_ids=data["regions"],
                valid_from=data["valid_from"],
                **acting(request),
            )

        return act_page(
            self, request, act=ADD_BODY, form=form, run=run, refusal=OrganisationRefusal
        )

    def succeed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let another body take the place of one, with its regions."""
        former = get_object_or_404(ReferralBody, pk=pk)
        form = SuccessorForm(posted(request))

        def run(data: Mapping[str, Any]) -> ReferralBody:
            return succeed_body(
                body_id=former.pk,
                draft=form.draft(),
                effective_on=data["effective_on"],
                **acting(request),
            )

        return act_page(
            self,
            request,
            act=_succession(former),
            form=form,
            run=run,
            refusal=OrganisationRefusal,
        )


def _succession(former: ReferralBody) -> Act:
    def consequence(data: Mapping[str, Any]) -> Promise | str:
        day = data["effective_on"]
        below = standing_below(body=former, day=day).count()
        first = _("%(former)s berakhir pada %(day)s; wilayah kerjanya beralih kepada %(name)s.") % {
            "former": former.name,
            "day": say_day(day),
            "name": data["name"],
        }
        if not below:
            return first
        second = ngettext(
            "%(number)d kantor di bawahnya berakhir juga; kantor pengganti ditambahkan sendiri.",
            "%(number)d kantor di bawahnya berakhir juga; kantor pengganti ditambahkan sendiri.",
            below,
        )
        return f"{first} {second % {'number': below}}"

    return Act(
        title=_("Pengganti %(name)s") % {"name": former.name},
        button=_("Simpan pengganti"),
        done=_("Instansi pengganti dicatat."),
        consequence=consequence,
        lead=_(
            "Berkas yang sudah diteruskan tetap pada instansi lama sampai kantor mengalihkannya."
        ),
    )
