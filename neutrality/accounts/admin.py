"""Accounts and their roles in the admin site; every change goes through the services."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse  # noqa: TID251  the admin hands over requests
from django.shortcuts import get_object_or_404  # noqa: TID251  of its own pages
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from neutrality.accounts.forms import LostFactorForm
from neutrality.accounts.lost_factor import Recognised, take_second_factors
from neutrality.accounts.models import RoleGrant, User
from neutrality.accounts.models.grant import ORGANISATION_COLUMNS
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.roles import Role
from neutrality.accounts.services import create_user, end_grant, grant_role, set_active
from neutrality.audit.actor import NATIONAL, OrgRef
from neutrality.ui.acts import Act, act_page

GRANT_FIELDS = ("user", "role", "is_national", *ORGANISATION_COLUMNS, "starts_on")


def _taking_factors_of(user: User) -> Act:
    who = {"name": user.name, "email": user.email}
    return Act(
        title=_("Lepas pengaman kedua"),
        button=_("Lepas pengaman kedua"),
        done=_("Pengaman kedua dan kata sandi dilepas; pemilik akun diberi tahu lewat surel."),
        consequence=lambda _data: (
            _(
                "Semua pengaman kedua, kode pemulihan, dan kata sandi akun %(name)s (%(email)s) dilepas,"
                " dan semua perangkatnya keluar. Pemiliknya menetapkan kata sandi lewat tautan ke"
                " surelnya, lalu memasang pengaman baru."
            )
            % who
        ),
        lead=_(
            "Akun %(name)s (%(email)s). Untuk yang kehilangan ponsel, kunci sandi, dan kode"
            " pemulihan sekaligus. Pastikan dahulu bahwa pemilik akunlah yang meminta."
        )
        % who,
    )


class NeverDeleted(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that the record names: they end, they do not vanish."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401, ARG002
        """Nothing is deleted."""
        return False


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account; its address is kept in lower case."""

    class Meta:
        model = User
        fields = ("email", "name", "language")

    def clean_email(self) -> str:
        """One mailbox, one way to write it."""
        return User.objects.normalize_email(self.cleaned_data["email"])


@admin.register(User)
class UserAdmin(NeverDeleted):
    """Accounts are made without a password, which the owner of the mailbox sets."""

    list_display = ("email", "name", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("email", "name")
    form = UserForm
    actions = ("close", "reopen")

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: User | None = None,
    ) -> tuple[str, ...]:
        """The address is who one is: it does not change."""
        return ("email",) if obj else ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Make the account by the service; later only name and language change."""
        if change:
            obj.save(update_fields=["name", "language"])
            return
        obj.pk = create_user(
            email=obj.email,
            name=obj.name,
            language=obj.language,
            actor=request.actor,  # type: ignore[attr-defined]
            clock=request.clock,  # type: ignore[attr-defined]
        ).pk

    def get_urls(self) -> list[URLPattern]:
        """The page of a lost second factor goes before those of every table."""
        take = self.admin_site.admin_view(self.take_factors)
        own = path("<int:pk>/pengaman/", take, name="accounts_user_factors")
        return [own, *super().get_urls()]

    def take_factors(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the second factors of somebody who has lost them."""
        user = get_object_or_404(User, pk=pk)

        def run(data: Mapping[str, Any]) -> User:
            return take_second_factors(
                user_id=user.pk,
                recognised=Recognised(data["recognised"]),
                actor=request.actor,  # type: ignore[attr-defined]
                clock=request.clock,  # type: ignore[attr-defined]
            )

        act = _taking_factors_of(user)
        form = LostFactorForm(request.POST if request.method == "POST" else None)
        return act_page(self, request, act=act, form=form, run=run, refusal=AccountRefusal)

    @admin.action(description=_("Tutup akun terpilih"))
    def close(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Close accounts."""
        self._set_active(request, queryset, active=False)

    @admin.action(description=_("Buka kembali akun terpilih"))
    def reopen(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Open accounts again."""
        self._set_active(request, queryset, active=True)

    def _set_active(self, request: HttpRequest, queryset: QuerySet[User], *, active: bool) -> None:
        actor, clock = request.actor, request.clock  # type: ignore[attr-defined]
        for pk in queryset.values_list("pk", flat=True):
            try:
                set_active(user_id=pk, active=active, actor=actor, clock=clock)
            except AccountRefusal as refusal:
                self.message_user(request, str(refusal.sentence), "ERROR")


class RoleGrantForm(forms.ModelForm):  # type: ignore[type-arg]
    """A grant; the constraints of the table speak beside the form."""

    class Meta:
        model = RoleGrant
        fields = (*GRANT_FIELDS, "ends_on")
        labels = {
            "user": _("Akun"),
            "office": _("Kantor"),
            "agency": _("Instansi"),
            "unit": _("Unit kerja"),
            "body": _("Instansi tujuan"),
        }

    giver_id: int | None = None

    def clean(self) -> dict[str, Any]:
        """A given grant needs the day on which it ends."""
        data: dict[str, Any] = super().clean() or {}
        if self.instance.pk and data.get("ends_on") is None:
            self.add_error("ends_on", _("Isi hari pertama tanpa peran ini."))
        return data

    def clean_user(self) -> User:
        """Nobody gives to himself."""
        user: User = self.cleaned_data["user"]
        if user.pk == self.giver_id:
            raise forms.ValidationError(_("Peran untuk diri sendiri diberikan orang lain."))
        return user

    def place(self) -> OrgRef:
        """The one organisation that was chosen."""
        chosen = (self.cleaned_data[name] for name in ORGANISATION_COLUMNS)
        organisation = next((one for one in chosen if one is not None), None)
        return organisation.ref() if organisation else NATIONAL


@admin.register(RoleGrant)
class RoleGrantAdmin(NeverDeleted):
    """Grants are given and ended, never edited."""

    form = RoleGrantForm
    list_display = ("user", "role", "place", "starts_on", "ends_on")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name")
    list_select_related = ("user", *ORGANISATION_COLUMNS)
    autocomplete_fields = ("user",)
    raw_id_fields = ORGANISATION_COLUMNS

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: RoleGrant | None = None,
    ) -> tuple[str, ...]:
        """Of a given grant only the end can be set."""
        return GRANT_FIELDS if obj else ()

    def get_form(
        self,
        request: HttpRequest,
        obj: RoleGrant | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  Django's signature
        **kwargs: Any,  # noqa: ANN401  Django's signature
    ) -> type[RoleGrantForm]:
        """A form that knows who gives."""
        made = super().get_form(request, obj, change, **kwargs)
        return type("RoleGrantForm", (made,), {"giver_id": request.user.pk})

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:  # noqa: ANN401, FBT001
        """Give or end by the service."""
        actor, clock = request.actor, request.clock  # type: ignore[attr-defined]
        ends_on = form.cleaned_data["ends_on"]
        try:
            if change:
                end_grant(grant_id=obj.pk, ends_on=ends_on, actor=actor, clock=clock)
                return
            obj.pk = grant_role(
                user=obj.user,
                role=Role(obj.role),
                at=form.place(),
                starts_on=obj.starts_on,
                ends_on=ends_on,
                actor=actor,
                clock=clock,
            ).pk
        except AccountRefusal as refusal:
            self.message_user(request, str(refusal.sentence), "ERROR")
