"""The forms of the tracking page."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from complaints.forms.public.answers import WordsField
from complaints.forms.public.files import FilesField, ManyFiles
from neutrality.ui.forms import PlainForm


class WithFiles(PlainForm):
    """A form with a field of files, `berkas`, some of which may have been dropped on their way.

    Where files come part by part each has its own words; without scripts `keterangan` is for all.
    """

    keterangan = forms.CharField(
        label=_("Apa yang terlihat di dalam berkas?"), required=False, max_length=200
    )

    def __init__(self, *args: Any, too_big: Sequence[str] = (), **kwargs: Any) -> None:
        """Take the names of the files that were dropped because of their size."""
        super().__init__(*args, **kwargs)
        self.too_big = too_big

    def clean(self) -> dict[str, Any]:
        """Name the files that were too big, and count the others."""
        data = super().clean() or self.cleaned_data
        limit = max(settings.EVIDENCE_MAX_MIB.values())
        for name in self.too_big:
            words = _("%(name)s lebih besar dari %(limit)s MB dan tidak diterima.")
            self.add_error("berkas", words % {"name": name, "limit": limit})
        if len(data.get("berkas") or []) > settings.EVIDENCE_MAX_FILES:
            self.add_error("berkas", _("Terlalu banyak berkas sekaligus."))
        return data


class MessageForm(WithFiles):
    """A message to the office, with files."""

    submit_label = _("Kirim pesan")
    pesan = WordsField(
        label=_("Pesan untuk kantor"),
        help_text=_("Hanya petugas yang menangani laporan ini yang membacanya."),
        lines=5,
        max_length=5000,
        error_messages={"required": _("Tulis pesan Anda.")},
    )
    berkas = FilesField(
        label=_("Berkas"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )


class WithdrawForm(PlainForm):
    """Why somebody withdraws, and that they mean it."""

    submit_label = _("Cabut laporan saya")
    submit_tone = "danger"
    alasan = WordsField(
        label=_("Mengapa Anda mencabut laporan ini?"),
        lines=4,
        max_length=2000,
        error_messages={"required": _("Tulis alasannya; satu kalimat cukup.")},
    )
    yakin = forms.BooleanField(
        label=_("Saya mencabut laporan ini atas kemauan sendiri, tanpa paksaan siapa pun."),
        error_messages={"required": _("Centang pernyataan ini untuk mencabut.")},
    )
    versi = forms.IntegerField(widget=forms.HiddenInput)


class ItemForm(WithFiles):
    """The answer to one missing thing, in words and files."""

    submit_label = _("Simpan")
    jawaban = WordsField(
        label=_("Jawaban Anda"),
        lines=6,
        max_length=5000,
        error_messages={"required": _("Tulis jawaban Anda, walau hanya satu kalimat.")},
    )
    berkas = FilesField(
        label=_("Berkas untuk hal ini"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )


class CompletionForm(WithFiles):
    """Hand in the whole: what was saved item by item, and what else is to be said."""

    submit_label = _("Kirim perbaikan")
    jawaban = WordsField(
        label=_("Jawaban Anda"),
        help_text=_("Jawab setiap hal yang kurang. Berkas dapat ditambahkan di bawah."),
        lines=8,
        max_length=20_000,
        error_messages={"required": _("Tulis jawaban Anda atas kekurangan itu.")},
    )
    berkas = FilesField(
        label=_("Berkas tambahan"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )
    versi = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, answered: bool = False, **kwargs: Any) -> None:
        """Take whether something was saved item by item already."""
        super().__init__(*args, **kwargs)
        if answered:
            self.fields["jawaban"].required = False
            self.fields["jawaban"].label = _("Ada lagi yang ingin Anda sampaikan?")
            self.fields["jawaban"].help_text = ""
