"""The forms of the verification page and of publications."""

import hashlib
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from neutrality.documents.certificates import UnusableCertificate, unlock
from neutrality.documents.models import OfficeCertificate, Publication, PublicationKind
from neutrality.documents.publications import NotPublishable, media_type_of
from neutrality.documents.selectors import PublicFacts, public_facts
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Office
from neutrality.ui.forms import PlainForm

MAX_UPLOAD: Final = 20 * 1024 * 1024
MAX_ARCHIVE: Final = 64 * 1024


class VerifyForm(PlainForm):
    """A code from paper and, if wanted, the file itself."""

    submit_label = _("Periksa")

    code = forms.CharField(
        label=_("Kode verifikasi"),
        help_text=_("Dua belas huruf dan angka di bagian bawah dokumen, misalnya 7K2M-Q0ZX-19AB."),
        max_length=40,
    )
    file = forms.FileField(
        label=_("Berkas PDF"),
        help_text=_("Berkas hanya dibandingkan, tidak disimpan."),
        required=False,
        allow_empty_file=True,
    )

    def clean_code(self) -> PublicFacts:
        """Return the public facts of the document with this code."""
        facts = public_facts(typed_code=self.cleaned_data["code"])
        if facts is None:
            raise forms.ValidationError(
                _("Tidak ada dokumen dengan kode ini. Periksa kembali setiap huruf dan angkanya.")
            )
        return facts

    def clean_file(self) -> str:
        """Return the SHA-256 of the uploaded file, or an empty text."""
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return ""
        if (upload.size or 0) > MAX_UPLOAD:
            raise forms.ValidationError(_("Berkas lebih besar dari 20 MB."))
        return _digest(upload)


class CompareForm(VerifyForm):
    """The same for a document that is already known: only the file is asked."""

    submit_label = _("Bandingkan berkas")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's signature
        """Drop the code; the address has it."""
        super().__init__(*args, **kwargs)
        del self.fields["code"]
        self.fields["file"].required = True


class FindForm(PlainForm):
    """Words and a kind to look for among publications."""

    cari = forms.CharField(label=_("Kata dalam judul, nomor, atau penerbit"), required=False)
    jenis = forms.ChoiceField(
        label=_("Jenis"),
        required=False,
        choices=[("", _("Semua")), *PublicationKind.choices],
    )


class WebAddressField(forms.URLField):
    """A web address; one without a scheme means https."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  Django's options
        """Take what a model's field gives."""
        super().__init__(assume_scheme="https", **options)


class PublicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A publication and its file, for the admin site."""

    upload = forms.FileField(
        label=_("Berkas"), help_text=_("PDF, PNG, atau JPEG; terbesar 20 MB."), required=False
    )
    url = forms.URLField(
        label=_("Alamat web"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Publication
        fields = ("kind", "office", "agency", "title", "number", "dated_on", "summary", "url")
        field_classes = {"url": WebAddressField}

    def clean_upload(self) -> "UploadedFile[bytes] | None":
        """Return the file when it can be published."""
        return publishable(self.cleaned_data["upload"])

    def clean(self) -> dict[str, Any]:
        """Ask for a file or an address."""
        data = super().clean() or self.cleaned_data
        if "upload" in data and not data["upload"] and not data.get("url"):
            self.add_error("upload", _("Pilih berkas, atau tulis alamat web."))
        return data


class CertificateForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose certificate, and the file that holds it with its key, for the admin site."""

    clock: Clock

    upload = forms.FileField(
        label=_("Berkas kunci dan sertifikat"),
        help_text=_(
            "PKCS#12 (.p12 atau .pfx), paling besar 64 kB. Sertifikat yang dipakai sampai sekarang"
            " tidak dipakai lagi."
        ),
    )
    passphrase = forms.CharField(
        label=_("Frasa sandi berkas"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Tidak disimpan."),
    )

    class Meta:
        model = OfficeCertificate
        fields = ("office", "agency")

    def clean_upload(self) -> bytes:
        """Return the bytes of a small file."""
        upload: UploadedFile[bytes] = self.cleaned_data["upload"]
        if (upload.size or 0) > MAX_ARCHIVE:
            raise forms.ValidationError(_("Berkas lebih besar dari 64 kB."))
        archive: bytes = upload.read()
        return archive

    def clean(self) -> dict[str, Any]:
        """Demand one holder, and a file that opens and is in force."""
        data = super().clean() or self.cleaned_data
        if bool(data.get("office")) == bool(data.get("agency")):
            self.add_error("office", _("Pilih satu kantor atau satu instansi."))
        if "upload" in data:
            try:
                unlock(archive=data["upload"], passphrase=self.passphrase_bytes(), clock=self.clock)
            except UnusableCertificate as unusable:
                self.add_error("upload", str(unusable))
        return data

    def holder(self) -> Office | Agency:
        """The one that was chosen."""
        chosen: Office | Agency = self.cleaned_data["office"] or self.cleaned_data["agency"]
        return chosen

    def passphrase_bytes(self) -> bytes | None:
        """The passphrase as it was typed; nothing for none."""
        return self.cleaned_data.get("passphrase", "").encode() or None


def publishable(upload: "UploadedFile[bytes] | None") -> "UploadedFile[bytes] | None":
    """Return the file when it can be published, nothing for none.

    Raises:
        ValidationError: Its kind or size is not for publishing.
    """
    if not upload:
        return None
    try:
        media_type_of(upload)
    except NotPublishable as error:
        raise forms.ValidationError(str(error)) from error
    if (upload.size or 0) > MAX_UPLOAD:
        raise forms.ValidationError(_("Berkas lebih besar dari 20 MB."))
    return upload


def _digest(upload: "UploadedFile[bytes]") -> str:
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    return sha256.hexdigest()
