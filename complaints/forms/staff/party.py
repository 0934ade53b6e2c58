"""Forms about a person of a file: a lost code, a power of attorney, a request about data."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import DataAnswer, DataRequestKind, IdentityCheck, PartyKind
from complaints.forms.public.answers import DayField, WordsField
from complaints.forms.staff.review import LetterForm
from complaints.services.add_to_matter import HEARD, HeardGiven
from neutrality.personnel.validators import check_nik
from neutrality.ui.forms import PlainForm
from neutrality.ui.phones import PhoneField
from neutrality.vault.services import IdentityData


class RoomLetterForm(LetterForm):
    """A message to an invited person, with files."""

    pesan = WordsField(
        label=_("Pesan untuk yang diundang"),
        help_text=_("Dibaca di ruang undangannya. Diberi tahu tanpa isi pesan."),
        lines=4,
        max_length=5000,
        error_messages={"required": _("Tulis pesannya.")},
    )
    field_order = ("pesan", "berkas")


class RespondentLetterForm(RoomLetterForm):
    """A message to a respondent: nothing goes along but copies that a second person let go."""

    berkas = None  # type: ignore[assignment]
    keterangan = None  # type: ignore[assignment]
    salinan = forms.MultipleChoiceField(
        label=_("Salinan bukti yang disertakan"),
        help_text=_("Hanya salinan yang sudah diperiksa dan dilepas orang kedua untuk terlapor."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("pesan", "salinan")

    def __init__(self, *args: Any, copies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the released copies; without any, say what has to be done before a file can go."""
        super().__init__(*args, **kwargs)
        if copies:
            self.offer("salinan", copies)
            return
        del self.fields["salinan"]
        self.fields["pesan"].help_text = _(
            "Dibaca di ruang undangannya. Berkas baru dapat disertakan setelah salinannya disiapkan"
            " dan dilepas orang kedua untuk terlapor."
        )


class LostCodeForm(PlainForm):
    """How the identity of whoever asks for a new code was checked."""

    submit_label = _("Buat kode baru")
    cara_periksa = forms.ChoiceField(
        label=_("Bagaimana identitasnya diperiksa?"),
        choices=[(c.value, c.label) for c in IdentityCheck if c != IdentityCheck.ATTORNEY],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih cara pemeriksaan identitas.")},
    )
    cocok = forms.BooleanField(
        label=_("Identitas yang ditunjukkan sama dengan yang disegel pada berkas ini."),
        error_messages={"required": _("Tanpa kecocokan, kode tidak boleh diganti.")},
    )


class IdentityForm(PlainForm):
    """Who somebody is and how to reach that person; sealed as it is sent."""

    nama = WordsField(
        label=_("Nama"), max_length=200, error_messages={"required": _("Tulis namanya.")}
    )
    nik = WordsField(label=_("NIK"), required=False, max_length=30, short="field-medium")
    alamat = WordsField(label=_("Alamat"), lines=3, required=False, max_length=500)
    telepon = PhoneField(label=_("Nomor telepon atau WhatsApp"), required=False)
    surel = forms.EmailField(label=_("Alamat surel"), required=False, max_length=200)

    def clean_nik(self) -> str:
        """Return the digits; say plainly what is wrong."""
        typed: str = self.cleaned_data["nik"]
        check = check_nik(number=typed) if typed else None
        if check and check.errors:
            raise forms.ValidationError([str(error) for error in check.errors])
        return check.digits if check else ""

    def identity(self) -> IdentityData:
        """Return the person."""
        given = self.cleaned_data
        return IdentityData(
            name=given["nama"],
            nik=given["nik"],
            address=given["alamat"],
            phone=given["telepon"],
            email=given["surel"],
        )


class HeardForm(IdentityForm):
    """A witness or an expert whom the office wants to hear."""

    submit_label = _("Tambahkan")
    sebagai = forms.ChoiceField(
        label=_("Didengar sebagai"),
        choices=[(kind.value, kind.label) for kind in HEARD],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih saksi atau ahli.")},
    )
    alasan = WordsField(
        label=_("Mengapa orang ini perlu didengar"),
        help_text=_("Misalnya bidang keahliannya. Jangan menulis nama: ini terbaca dalam berkas."),
        lines=2,
        max_length=300,
        error_messages={"required": _("Tulis alasannya.")},
    )
    field_order = ("sebagai", "nama", "nik", "alamat", "telepon", "surel", "alasan")

    def given(self) -> HeardGiven:
        """Return what was typed."""
        return HeardGiven(
            kind=PartyKind(self.cleaned_data["sebagai"]),
            identity=self.identity(),
            reason=self.cleaned_data["alasan"],
        )


class PowerForm(IdentityForm):
    """A power of attorney with the attorney's identity."""

    submit_label = _("Catat kuasa dan buat kodenya")
    nama = WordsField(
        label=_("Nama kuasa"), max_length=200, error_messages={"required": _("Tulis nama kuasa.")}
    )
    lingkup = WordsField(
        label=_("Untuk apa kuasa diberikan"),
        lines=2,
        max_length=300,
        error_messages={"required": _("Tulis lingkup kuasa seperti pada surat kuasa khusus.")},
    )
    sejak = DayField(label=_("Berlaku sejak"), error_messages={"required": _("Isi tanggalnya.")})
    sampai = DayField(label=_("Berlaku sampai"), required=False)
    surat = forms.ChoiceField(label=_("Surat kuasa di antara bukti"), required=False)

    def __init__(self, *args: Any, evidence: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Take the pieces of evidence among which the letter may be."""
        super().__init__(*args, **kwargs)
        self.offer("surat", [("", _("Belum diunggah")), *evidence])

    def clean(self) -> dict[str, Any]:
        """Ask that the last day is not before the first."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("sejak"), data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal ini sebelum tanggal mulai."))
        return data


class RevokePowerForm(PlainForm):
    """Why a power of attorney ends."""

    submit_label = _("Cabut kuasa")
    submit_tone = "danger"
    alasan = WordsField(
        label=_("Dasar pencabutan"),
        help_text=_("Misalnya surat pencabutan kuasa dan tanggalnya."),
        lines=2,
        max_length=300,
        error_messages={"required": _("Tulis dasar pencabutannya.")},
    )


class DataAnswerForm(PlainForm):
    """What is done with a request about personal data, and the words for the person."""

    submit_label = _("Kirim jawaban")
    jawaban = forms.ChoiceField(
        label=_("Jawaban"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih jawabannya.")},
    )
    nama = WordsField(
        label=_("Nama yang benar"),
        help_text=_("Seperti pada e-KTP yang ditunjukkan."),
        required=False,
        max_length=200,
    )
    nik = WordsField(label=_("NIK yang benar"), required=False, max_length=30, short="field-medium")
    penjelasan = WordsField(
        label=_("Penjelasan untuk pemohon"),
        help_text=_("Dibaca di halaman pelacakannya; sebutkan dasar hukum bila ditolak."),
        lines=4,
        max_length=2000,
        error_messages={"required": _("Tulis penjelasannya.")},
    )

    def __init__(self, *args: Any, kind: DataRequestKind, **kwargs: Any) -> None:
        """Offer the answers that fit what was asked."""
        super().__init__(*args, **kwargs)
        erasure = kind == DataRequestKind.ERASURE
        fitting = (
            (DataAnswer.ERASED, DataAnswer.CONTACTS_ERASED, DataAnswer.REFUSED)
            if erasure
            else (DataAnswer.CORRECTED, DataAnswer.REFUSED)
        )
        self.offer("jawaban", [(c.value, c.label) for c in fitting])
        if erasure:
            del self.fields["nama"], self.fields["nik"]

    def clean(self) -> dict[str, Any]:
        """Ask for what is to be corrected."""
        data = super().clean() or self.cleaned_data
        if data.get("jawaban") == DataAnswer.CORRECTED and not self.correction():
            self.add_error("nama", _("Isi nama atau NIK yang benar."))
        return data

    def correction(self) -> dict[str, str]:
        """Return the fields of the identity to be set anew."""
        named = {"nama": "name", "nik": "nik"}
        data = self.cleaned_data
        return {field: data[key] for key, field in named.items() if data.get(key)}
