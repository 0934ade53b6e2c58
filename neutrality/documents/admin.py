"""Documents and certificates for administrators: what exists, never what it says."""

from typing import Any

from django.contrib import admin

from neutrality.documents.models import Document, OfficeCertificate


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


@admin.register(OfficeCertificate)
class OfficeCertificateAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Which office seals with which certificate."""

    list_display = ["office", "subject_name", "is_sample", "valid_from", "valid_until"]
    list_select_related = ["office"]
    fields = [
        *("office", "subject_name", "is_sample", "valid_from", "valid_until"),
        *("revoked_at", "certificate"),
    ]
