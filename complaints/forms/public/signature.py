"""Signing with a finger or by typing one's name."""

import json
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.codes import SignatureKind
from complaints.forms.public.answers import AnswerForm, WordsField

# The field on which one draws, in its own units.
WIDTH: Final = 600
HEIGHT: Final = 200
_MOST_CHARACTERS: Final = 24_000
_FEWEST_POINTS: Final = 8


class SignatureForm(AnswerForm):
    """The signature that the law asks for (FORMAL_SIGNATURE); the card is compared later."""

    submit_label = _("Tanda tangani dan lanjutkan")
    one_of = ("nama_ketik", "coretan")
    cara = forms.ChoiceField(
        label=_("Bagaimana Anda menandatangani?"),
        choices=[
            (SignatureKind.TYPED, _("Mengetik nama lengkap saya")),
            (SignatureKind.DRAWN, _("Menggambar tanda tangan dengan jari atau tetikus")),
        ],
        widget=forms.RadioSelect,
        initial=SignatureKind.TYPED,
        error_messages={"required": _("Pilih salah satu cara.")},
    )
    nama_ketik = WordsField(
        label=_("Ketik nama lengkap Anda sebagai tanda tangan"),
        required=False,
        max_length=200,
    )
    coretan = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-signature": ""}),
        required=False,
        max_length=_MOST_CHARACTERS,
        error_messages={
            "max_length": _("Tanda tangan ini terlalu rumit. Hapus, lalu gambar lebih sederhana.")
        },
    )

    def clean_coretan(self) -> str:
        """Return the strokes as the `d` of an SVG path; nothing but numbers gets through."""
        typed: str = self.cleaned_data["coretan"]
        if not typed or self.data.get(self.add_prefix("cara")) != SignatureKind.DRAWN:
            return ""
        try:
            strokes = _strokes(json.loads(typed))
        except (ValueError, TypeError, RecursionError):
            strokes = []
        if sum(len(stroke) for stroke in strokes) < 2 * _FEWEST_POINTS:
            raise forms.ValidationError(_("Gambar tanda tangan Anda di kotak, atau ketik nama."))
        return " ".join(_path(stroke) for stroke in strokes)

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        data = super().clean() or self.cleaned_data
        if data.get("cara") == SignatureKind.TYPED and not data.get("nama_ketik"):
            self.add_error("nama_ketik", _("Ketik nama lengkap Anda."))
        drawn = data.get("cara") == SignatureKind.DRAWN
        if drawn and not data.get("coretan") and "coretan" not in self.errors:
            self.add_error("cara", _("Gambar tanda tangan Anda di kotak, atau ketik nama."))
        return data


def _strokes(given: Any) -> list[list[int]]:  # noqa: ANN401  whatever JSON holds
    """Read lists of x, y, x, y …; raises ValueError or TypeError when they are none."""
    strokes = [[int(number) for number in stroke] for stroke in given]
    for stroke in strokes:
        inside = all(
            0 <= number <= (HEIGHT, WIDTH)[not place % 2] for place, number in enumerate(stroke)
        )
        if len(stroke) % 2 or not stroke or not inside:
            raise ValueError
    return strokes


def _path(stroke: list[int]) -> str:
    points = [f"{x} {y}" for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    return "M" + "L".join(points)
