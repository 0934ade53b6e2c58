"""Publishing a circular or outreach material: by whom, what, and the file or the address."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import DayField, WordsField
from complaints.forms.public.filing import web_address
from neutrality.documents.forms import publishable
from neutrality.documents.models import PublicationKind
from neutrality.ui.forms import PlainForm


class PublishForm(PlainForm):
    """Everything about one publication; a file, an address, or both."""

    submit_label = _("Terbitkan")
    penerbit = forms.ChoiceField(label=_("Penerbit"))
    jenis = forms.ChoiceField(
        label=_("Jenis"),
        choices=PublicationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jenisnya.")},
    )
    judul = WordsField(
        label=_("Judul"),
        help_text=_("Seperti tertulis pada naskahnya."),
        max_length=200,
        error_messages={"required": _("Tulis judulnya.")},
    )
    nomor = WordsField(label=_("Nomor"), required=False, max_length=120, short="field-medium")
    tanggal = DayField(
        label=_("Tanggal naskah"), error_messages={"required": _("Isi tanggal naskah.")}
    )
    ringkasan = WordsField(
        label=_("Isi singkat"),
        help_text=_("Satu atau dua kalimat untuk warga."),
        lines=3,
        required=False,
        max_length=500,
    )
    berkas = forms.FileField(
        label=_("Berkas"),
        help_text=_("PDF, PNG, atau JPEG; terbesar 20 MB. Jangan memuat data perkara."),
        required=False,
        allow_empty_file=True,
    )
    alamat = WordsField(
        label=_("Alamat web"),
        help_text=_("Bila naskahnya ada di situs lain, misalnya https://…"),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, issuers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the offices and agencies for which the person publishes."""
        super().__init__(*args, **kwargs)
        self.offer("penerbit", issuers)

    def clean_berkas(self) -> Any:
        """Return the file when it can be published, or nothing."""
        return publishable(self.cleaned_data["berkas"])

    def clean_alamat(self) -> str:
        """Return a web address, or nothing."""
        return web_address(self.cleaned_data["alamat"])

    def clean(self) -> dict[str, Any]:
        """Ask for a file or an address."""
        data = super().clean() or self.cleaned_data
        if not {"berkas", "alamat"} & set(self.errors) and not (
            data.get("berkas") or data.get("alamat")
        ):
            self.add_error("berkas", _("Pilih berkas, atau tulis alamat web."))
        return data
