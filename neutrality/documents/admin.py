"""Documents and certificates for administrators: what exists, never what it says."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest  # noqa: TID251  the admin hands over requests
from django.utils.translation import gettext_lazy as _

from neutrality.documents.certificates import install_certificate, revoke_certificate
from neutrality.documents.forms import CertificateForm, PublicationForm
from neutrality.documents.models import Document, OfficeCertificate, Publication
from neutrality.documents.publications import (
    AlreadyWithdrawn,
    PublicationGiven,
    publish,
    withdraw,
)


class ReadOnly:
    """Nobody writes here by hand."""

    def has_add_permission(self, *_arguments: Any) -> bool:  # noqa: ANN401 Django's signature
        """Refuse."""
        return False

    def has_change_permission(self, *_arguments: Any) -> bool:  # noqa: ANN401
        """Refuse."""
        return False

    def has_delete_permission(self, *_arguments: Any) -> bool:  # noqa: ANN401
        """Refuse."""
        return False


@admin.register(Document)
class DocumentAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """The facts that the public verification shows too."""

    list_display = ["number", "role", "classification", "state", "office", "issued_at"]
    list_filter = ["state", "role", "classification"]
    list_select_related = ["office"]
    fields = [
        *("public_id", "role", "form_code", "classification", "state", "number", "office"),
        *("issued_at", "rendered_at", "sha256", "size", "signature_kind", "verify_code"),
    ]
    ordering = ["-id"]
    show_full_result_count = False


class OpenToAdministrators:
    """Added here and ended; never edited, never deleted.

    The admin site has let only administrators in; of this package they see only such tables.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the admin site let this person in."""
        return request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401, ARG002
        """Whether the admin site let this person in."""
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether the admin site let this person in."""
        return request.user.is_staff

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401
        """The list offers to end; a row is only shown."""
        return obj is None and request.user.is_staff

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ANN401, ARG002
        """Nothing is deleted."""
        return False


@admin.register(OfficeCertificate)
class OfficeCertificateAdmin(OpenToAdministrators, admin.ModelAdmin):  # type: ignore[type-arg]
    """Which office or agency seals with which certificate; the key is never shown."""

    form = CertificateForm
    list_display = (
        "holder",
        "subject_name",
        "is_sample",
        "valid_from",
        "valid_until",
        "revoked_at",
    )
    list_select_related = ("office", "agency")
    raw_id_fields = ("office", "agency")
    ordering = ("-id",)
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ANN401, ARG002
        """The upload when adding, what is known of the certificate afterwards."""
        facts = ["subject_name", "is_sample", "valid_from", "valid_until", "revoked_at"]
        return ["office", "agency", *([*facts, "certificate"] if obj else ["upload", "passphrase"])]

    def get_form(
        self,
        request: HttpRequest,
        obj: OfficeCertificate | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  Django's signature
        **kwargs: Any,  # noqa: ANN401  Django's signature
    ) -> type[CertificateForm]:
        """A form that knows the moment of the request."""
        made = super().get_form(request, obj, change, **kwargs)
        return type("CertificateForm", (made,), {"clock": request.clock})  # type: ignore[attr-defined]

    @admin.display(description=_("Pemegang"))
    def holder(self, row: OfficeCertificate) -> str:
        """The office or the agency."""
        return str(row.office or row.agency)

    def save_model(
        self,
        request: HttpRequest,
        obj: OfficeCertificate,
        form: CertificateForm,
        change: bool,  # noqa: ARG002, FBT001
    ) -> None:
        """Install by the service."""
        obj.pk = install_certificate(
            office=form.holder(),
            archive=form.cleaned_data["upload"],
            passphrase=form.passphrase_bytes(),
            actor=request.actor,  # type: ignore[attr-defined]
            clock=request.clock,  # type: ignore[attr-defined]
        ).pk

    @admin.action(description=_("Cabut sertifikat terpilih"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[OfficeCertificate]) -> None:
        """Seal nothing more with them."""
        actor, clock = request.actor, request.clock  # type: ignore[attr-defined]
        for pk in queryset.values_list("pk", flat=True):
            revoke_certificate(certificate_id=pk, actor=actor, clock=clock)


@admin.register(Publication)
class PublicationAdmin(OpenToAdministrators, admin.ModelAdmin):  # type: ignore[type-arg]
    """Published here by administrators, and withdrawn."""

    form = PublicationForm
    list_display = ("title", "kind", "issuer", "number", "dated_on", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("office", "agency")
    raw_id_fields = ("office", "agency")
    search_fields = ("title", "number")
    ordering = ("-dated_on", "-id")
    actions = ("withdraw",)
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ANN401, ARG002
        """The upload when adding, what is known of the file afterwards."""
        facts = ["kind", "office", "agency", "title", "number", "dated_on", "summary", "url"]
        return [*facts, "sha256", "size", "published_at"] if obj else [*facts, "upload"]

    def save_model(self, request: HttpRequest, obj: Publication, form: Any, change: bool) -> None:  # noqa: ANN401, ARG002, FBT001
        """Publish by the service."""
        given = PublicationGiven(
            kind=obj.kind,
            office=obj.office,
            agency=obj.agency,
            title=obj.title,
            number=obj.number,
            dated_on=obj.dated_on,
            summary=obj.summary,
            url=obj.url,
        )
        obj.pk = publish(
            given=given,
            file=form.cleaned_data["upload"],
            actor=request.actor,  # type: ignore[attr-defined]
            clock=request.clock,  # type: ignore[attr-defined]
        ).pk

    @admin.action(description=_("Tarik publikasi terpilih"))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Publication]) -> None:
        """Withdraw publications."""
        actor, clock = request.actor, request.clock  # type: ignore[attr-defined]
        for pk in queryset.values_list("pk", flat=True):
            try:
                withdraw(publication_id=pk, actor=actor, clock=clock)
            except AlreadyWithdrawn:
                self.message_user(request, _("Publikasi ini sudah ditarik."), "WARNING")
