"""Choosing files; the limits are said before, and what is refused is said by name."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy as _

from neutrality.ui.forms import PlainForm


class ManyFiles(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Takes the list that `ManyFiles` gives; what was dropped on its way is no file any more."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the list; whether it may be empty is asked by the form."""
        del initial
        return list(data or [])


class FilesForm(PlainForm):
    """Photographs, videos, sound, papers."""

    submit_label = _("Unggah")
    berkas = FilesField(
        label=_("Pilih berkas"),
        widget=ManyFiles(
            attrs={
                "multiple": True,
                "accept": "image/*,video/*,audio/*,.pdf,.txt,.doc,.docx,.xls,.xlsx",
            }
        ),
    )
    keterangan = forms.CharField(
        label=_("Apa yang terlihat di dalamnya?"), required=False, max_length=200
    )

    def __init__(self, *args: Any, too_big: Sequence[str] = (), **kwargs: Any) -> None:
        """Take the names of the files that were dropped because of their size."""
        super().__init__(*args, **kwargs)
        self.too_big = too_big

    def clean(self) -> dict[str, Any]:
        """Ask for a file, and name those that were too big."""
        data = super().clean() or self.cleaned_data
        limit = max(settings.EVIDENCE_MAX_MIB.values())
        for name in self.too_big:
            self.add_error(
                "berkas",
                _("%(name)s lebih besar dari %(limit)s MB dan tidak diterima.")
                % {"name": name or _("Sebuah berkas"), "limit": limit},
            )
        if not data.get("berkas") and not self.too_big:
            self.add_error("berkas", _("Pilih paling sedikit satu berkas."))
        return data


class DescribeForm(PlainForm):
    """What one piece of evidence is, and what it shows."""

    submit_label = _("Simpan")
    keterangan = forms.CharField(
        label=_("Keterangan"),
        help_text=_("Misalnya: Tangkapan layar status WhatsApp, 14 Juni."),
        required=False,
        max_length=200,
    )
    menunjukkan = forms.CharField(
        label=_("Apa yang ditunjukkannya?"),
        help_text=_("Siapa yang tampak, apa yang dilakukan, mulai menit berapa."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CardForm(PlainForm):
    """A picture of the identity card; sealed with the identity."""

    submit_label = _("Unggah foto e-KTP")
    kartu = FilesField(
        label=_("Foto e-KTP"), required=False, widget=ManyFiles(attrs={"accept": "image/*"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the limit before anything is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["kartu"].help_text = gettext("Foto sampai %(image)d MB.") % _limits()


class PowerForm(PlainForm):
    """The special power of attorney (surat kuasa khusus); sealed with the identity."""

    surat = FilesField(
        label=_("Surat kuasa khusus"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/*,.pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say the limits before anything is chosen."""
        super().__init__(*args, **kwargs)
        words = gettext(
            "Foto sampai %(image)d MB atau PDF sampai %(document)d MB. Bila belum ada di tangan,"
            " serahkan aslinya nanti di kantor."
        )
        self.fields["surat"].help_text = words % _limits()


def _limits() -> dict[str, int]:
    most: dict[str, int] = settings.EVIDENCE_MAX_MIB
    return most
