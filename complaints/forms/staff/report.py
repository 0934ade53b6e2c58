"""What the steps of a report and a tip ask beside why and when."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import IdentityCheck
from complaints.forms.public.about_you import AboutYouForm
from complaints.forms.public.answers import WordsField
from complaints.forms.public.files import FilesField, ManyFiles
from complaints.forms.staff.steps import StepForm
from complaints.selectors.offices import office_choices, office_named


class OfficeStepForm(StepForm):
    """A step that sends the file to another office."""

    own = ("kantor",)
    field_of: ClassVar = {"no_target_office": "kantor"}
    kantor = forms.ChoiceField(
        label=_("Kantor tujuan"),
        error_messages={
            "required": _("Pilih kantor tujuan."),
            "invalid_choice": _("Pilih kantor dari daftar."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every office in force but the present one."""
        super().__init__(*args, **kwargs)
        self.fields["kantor"].choices = office_choices(  # type: ignore[attr-defined]
            without=self.scene.subject.office_id, day=self.scene.day
        )

    def data_for_step(self) -> dict[str, Any]:
        """Name the office by its row."""
        office = office_named(self.cleaned_data["kantor"], day=self.scene.day)
        return {"office": office.pk if office else None}


class ReceiveForm(StepForm):
    """How the identity was checked, and which originals were shown."""

    own = ("cara_periksa", "asli", "nomor_kertas")
    field_of: ClassVar = {
        "identity_not_verified": "cara_periksa",
        "number_needs_reason": "alasan",
        "number_unusable": "nomor_kertas",
    }
    nomor_kertas = WordsField(
        label=_("Nomor yang sudah ditulis di kertas"),
        help_text=_("Hanya bila laporan diterima saat listrik atau jaringan padam."),
        required=False,
        max_length=80,
        short="field-medium",
    )
    cara_periksa = forms.ChoiceField(
        label=_("Bagaimana identitas pelapor diperiksa?"),
        choices=IdentityCheck.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih cara identitas diperiksa.")},
    )
    asli = forms.MultipleChoiceField(
        label=_("Bukti asli yang ditunjukkan"),
        help_text=_("Centang yang Anda lihat sendiri; dicatat dalam rantai bukti."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, originals: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        """Take the evidence that can be shown."""
        super().__init__(*args, **kwargs)
        self.offer("asli", originals)
        if not originals:
            del self.fields["asli"]

    def data_for_step(self) -> dict[str, Any]:
        """Name the way the identity was checked."""
        given = self.cleaned_data
        return {"identity_check": given["cara_periksa"], "paper_number": given["nomor_kertas"]}


class CompleteForm(StepForm):
    """What the reporter handed in at the counter or by letter."""

    own = ("jawaban", "berkas")
    takes_time = False
    jawaban = WordsField(
        label=_("Jawaban pelapor"),
        help_text=_("Tulis apa yang diserahkan atau diterangkan untuk setiap kekurangan."),
        lines=8,
        max_length=20_000,
        error_messages={"required": _("Tulis apa yang diserahkan pelapor.")},
    )
    berkas = FilesField(
        label=_("Berkas tambahan"), required=False, widget=ManyFiles(attrs={"multiple": True})
    )


class IdentifyForm(AboutYouForm, StepForm):
    """Who the informant is; nothing is asked of one whose identity is sealed already."""

    takes_time = False

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:
        """Take whether an identity is sealed with the tip."""
        super().__init__(*args, **kwargs)
        self.named = named
        if named:
            for name in set(AboutYouForm.base_fields) - set(StepForm.base_fields):
                del self.fields[name]
            return
        speak_of_the_reporter(self)
        self.order_fields([*AboutYouForm.base_fields, "alasan"])

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        """The words of the step."""
        return self.scene.transition.label

    def clean(self) -> dict[str, Any]:
        """Check the person only where one is asked for."""
        return StepForm.clean(self) if self.named else super().clean()


def speak_of_the_reporter(form: forms.Form) -> None:
    """Turn the questions to a citizen into those that an officer answers about the reporter."""
    words: dict[str, tuple[Any, Any]] = {
        "nik": (_("NIK"), _("16 angka pada e-KTP.")),
        "sebagai": (_("Melapor sebagai"), ""),
        "pelapor_diwakili": (
            _("Nama orang yang diwakili"),
            _("Hanya bila yang datang adalah kuasa."),
        ),
        "rekan": (_("Bekerja atau pernah bekerja bersama terlapor, atau mengenalnya"), ""),
    }
    for name, (label, hint) in words.items():
        form.fields[name].label = label
        form.fields[name].help_text = hint
    form.fields["nama"].error_messages["required"] = _("Tulis nama lengkap pelapor.")
    form.fields["alamat"].error_messages["required"] = _(
        "Tulis alamat pelapor: syarat formal sebuah laporan."
    )
