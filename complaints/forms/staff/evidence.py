"""The forms of the disclosure check: redact, prepare, decide."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from complaints.codes import Audience
from complaints.forms.public.answers import WordsField
from complaints.services.clean_copy import Area
from complaints.services.prepare_derivative import OUTSIDE, Answer, Disclosure, Question
from neutrality.ui.forms import PlainForm

MOST_AREAS: Final = 6
SIDES: Final = ("kiri", "atas", "lebar", "tinggi")
WORDS: Final = {
    "kiri": _("Dari kiri"),
    "atas": _("Dari atas"),
    "lebar": _("Lebar"),
    "tinggi": _("Tinggi"),
}
RELEASE: Final = "lepas"
DECLINE: Final = "tolak"


class RedactForm(PlainForm):
    """Up to six rectangles in percent of the picture; rows left empty do not count."""

    submit_label = _("Simpan salinan yang disamarkan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make four numbers for each rectangle."""
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_AREAS + 1):
            for side in SIDES:
                self.fields[f"{side}_{number}"] = _percent(side, number)

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Give the rectangles as rows of a table."""
        for number in range(1, MOST_AREAS + 1):
            yield number, [self[f"{side}_{number}"] for side in SIDES]

    def clean(self) -> dict[str, Any]:
        """Ask for whole rectangles that lie inside the picture, and for at least one."""
        given = super().clean() or {}
        for number in range(1, MOST_AREAS + 1):
            self._check_row(number)
        if not self.errors and not self.areas():
            raise forms.ValidationError(_("Isi paling sedikit satu bagian yang disamarkan."))
        return given

    def areas(self) -> list[Area]:
        """Return the whole rectangles."""
        rows = (self._row(number) for number in range(1, MOST_AREAS + 1))
        return [Area(*row) for row in rows if None not in row]  # type: ignore[arg-type]

    def _row(self, number: int) -> list[int | None]:
        return [self.cleaned_data.get(f"{side}_{number}") for side in SIDES]

    def _check_row(self, number: int) -> None:
        names = [f"{side}_{number}" for side in SIDES]
        if any(name in self.errors for name in names):
            return
        row = self._row(number)
        missing = [name for name, value in zip(names, row, strict=True) if value is None]
        if missing and len(missing) < len(SIDES):
            self.add_error(
                missing[0], gettext("Bagian %(number)d belum lengkap.") % {"number": number}
            )
        elif not missing and not _inside(row):
            words = gettext("Bagian %(number)d keluar dari gambar.") % {"number": number}
            self.add_error(names[2], words)


def _percent(side: str, number: int) -> forms.IntegerField:
    label = f"{WORDS[side]} {number}"
    least = 1 if side in {"lebar", "tinggi"} else 0
    words = {
        "min_value": gettext("%(what)s: tulis angka %(least)d sampai 100.")
        % {"what": label, "least": least},
    }
    words |= {"max_value": words["min_value"], "invalid": words["min_value"]}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=100,
        error_messages=words,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label}),
    )


def _inside(row: list[int | None]) -> bool:
    left, top, width, height = (value or 0 for value in row)
    return left + width <= 100 and top + height <= 100


class PrepareForm(PlainForm):
    """What here could name the reporter? One answer to each question."""

    submit_label = _("Siapkan dan minta diperiksa orang kedua")
    penerima = forms.ChoiceField(
        label=_("Salinan ini disiapkan untuk siapa?"),
        choices=[(each.value, each.label) for each in OUTSIDE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih penerima salinan.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the questions."""
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = forms.ChoiceField(
                label=question.label,
                choices=Answer.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": gettext("Jawab: %(question)s.") % {"question": question.label}
                },
            )
        self.fields["catatan"] = WordsField(
            label=_("Catatan untuk orang kedua"),
            help_text=_(
                "Wajib bila ada yang tampak tetapi tidak menunjuk pelapor: tuliskan mengapa."
            ),
            required=False,
            lines=3,
            max_length=300,
        )

    def audience(self) -> Audience:
        """Return for whom the copy is."""
        return Audience(self.cleaned_data["penerima"])

    def disclosure(self) -> Disclosure:
        """Return the answers."""
        answers = {each.value: self.cleaned_data[each.value] for each in Question}
        return Disclosure(answers=answers, note=self.cleaned_data["catatan"])


class DecideForm(PlainForm):
    """The second person's word; the audience that was shown comes along."""

    submit_label = _("Simpan keputusan")
    CHOICES: ClassVar = [
        (RELEASE, _("Lepas: tidak ada yang menunjuk pelapor")),
        (DECLINE, _("Tolak: harus disamarkan atau disiapkan lagi")),
    ]
    penerima = forms.ChoiceField(
        choices=[(each.value, each.label) for each in OUTSIDE], widget=forms.HiddenInput
    )
    keputusan = forms.ChoiceField(
        label=_("Keputusan Anda"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih lepas atau tolak.")},
    )
    alasan = WordsField(label=_("Alasan bila ditolak"), required=False, lines=2, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when it is declined."""
        given = super().clean() or {}
        if given.get("keputusan") == DECLINE and not given.get("alasan"):
            self.add_error("alasan", gettext("Tuliskan alasan salinan ini ditolak."))
        return given
