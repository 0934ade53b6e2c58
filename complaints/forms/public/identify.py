"""Who the informant is: the same questions as of a reporter, with the declaration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import ReporterKind
from complaints.forms.public.about_you import AboutYouForm
from complaints.forms.staff.people import attorney_of, reporter_of
from neutrality.ui.forms import PlainForm
from neutrality.vault.services import IdentityData

SUBMIT = _("Jadikan laporan")


def _declaration() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Saya menyatakan isi laporan ini benar dan dapat saya pertanggungjawabkan."),
        error_messages={"required": _("Centang pernyataan ini untuk melapor.")},
    )


class IdentifyForm(AboutYouForm):
    """Identity, contact and declaration of somebody who was anonymous."""

    submit_label = SUBMIT
    benar = _declaration()
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def identity(self) -> IdentityData:
        """Return the reporter."""
        return reporter_of(self.cleaned_data)

    def attorney(self) -> IdentityData | None:
        """Return the attorney who speaks for the reporter, or None."""
        return attorney_of(self.cleaned_data)

    def reporter_kind(self) -> ReporterKind:
        """Return as whom they report."""
        return ReporterKind(self.cleaned_data["sebagai"])


class NamedForm(PlainForm):
    """Only the declaration, where an identity is sealed already."""

    submit_label = SUBMIT
    benar = _declaration()
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def identity(self) -> None:
        """Keep the identity that is there."""

    def attorney(self) -> None:
        """Nobody else is named here."""

    def reporter_kind(self) -> ReporterKind:
        """Return the ordinary kind."""
        return ReporterKind.VOTER
