"""The forms of the disclosure check: redact, prepare, decide."""

# Constructors hand on what Django gives them.
# ruff: noqa: ANN401

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from complaints.codes import Audience
from complaints.forms.public.answers import WordsField
from complaints.services.clean_copy import Area, Span
from complaints.services.prepare_derivative import OUTSIDE, Answer, Disclosure, Question
from neutrality.ui.forms import PlainForm

MOST_AREAS: Final = 6
SIDES: Final = ("kiri", "atas", "lebar", "tinggi")
PAGE: Final = "halaman"
FROM: Final = "dari"
TO: Final = "sampai"
WHAT: Final = "apa"
SOUND: Final = "SOUND"
WHATS: Final = [("BOTH", _("Gambar dan suara")), ("PICTURE", _("Gambar")), (SOUND, _("Suara"))]
WORDS: Final = {
    PAGE: _("Halaman"),
    FROM: _("Dari"),
    TO: _("Sampai"),
    WHAT: _("Yang disamarkan"),
    "kiri": _("Dari kiri"),
    "atas": _("Dari atas"),
    "lebar": _("Lebar"),
    "tinggi": _("Tinggi"),
}
RELEASE: Final = "lepas"
DECLINE: Final = "tolak"


class RedactForm(PlainForm):
    """Up to six rectangles in percent of the picture, or of a page; empty rows do not count."""

    submit_label = _("Simpan salinan yang disamarkan")

    def __init__(self, *args: Any, pages: int = 0, **kwargs: Any) -> None:
        """Make four numbers for each rectangle, and that of its page where there are pages."""
        super().__init__(*args, **kwargs)
        self.pages = pages
        self.sides = (PAGE, *SIDES) if pages else SIDES
        for number in range(1, MOST_AREAS + 1):
            for side in self.sides:
                self.fields[f"{side}_{number}"] = _number(side, number, pages)

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Give the rectangles as rows of a table."""
        for number in range(1, MOST_AREAS + 1):
            yield number, [self[f"{side}_{number}"] for side in self.sides]

    def heads(self) -> list[Promise]:
        """Return the heads of that table."""
        return [WORDS[side] for side in self.sides]

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
        whole = [[each for each in row if each is not None] for row in rows if None not in row]
        if self.pages:
            return [Area(row[1], row[2], row[3], row[4], page=row[0]) for row in whole]
        return [Area(*row) for row in whole]

    def _row(self, number: int) -> list[int | None]:
        return [self.cleaned_data.get(f"{side}_{number}") for side in self.sides]

    def _check_row(self, number: int) -> None:
        names = [f"{side}_{number}" for side in self.sides]
        if any(name in self.errors for name in names):
            return
        row = self._row(number)
        missing = [name for name, value in zip(names, row, strict=True) if value is None]
        if missing and len(missing) < len(self.sides):
            self.add_error(
                missing[0], gettext("Bagian %(number)d belum lengkap.") % {"number": number}
            )
        elif not missing and not _inside(row[-len(SIDES) :]):
            words = gettext("Bagian %(number)d keluar dari gambar.") % {"number": number}
            self.add_error(names[-2], words)


def _number(side: str, number: int, pages: int) -> forms.IntegerField:
    label = f"{WORDS[side]} {number}"
    least = 0 if side in {"kiri", "atas"} else 1
    most = pages if side == PAGE else 100
    words = {
        "min_value": gettext("%(what)s: tulis angka %(least)d sampai %(most)d.")
        % {"what": label, "least": least, "most": most},
    }
    words |= {"max_value": words["min_value"], "invalid": words["min_value"]}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        error_messages=words,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "aria-label": label}),
    )


def _inside(row: list[int | None]) -> bool:
    left, top, width, height = (value or 0 for value in row)
    return left + width <= 100 and top + height <= 100


class SilenceForm(PlainForm):
    """Up to six stretches of a film or of sound: from, to, and what goes; empty rows do not count."""

    submit_label = _("Buat salinan yang disamarkan")

    def __init__(self, *args: Any, seconds: int, has_picture: bool, **kwargs: Any) -> None:
        """Take how long it is, and whether there is anything to be seen."""
        super().__init__(*args, **kwargs)
        self.seconds = seconds
        whats = WHATS if has_picture else [(SOUND, _("Suara"))]
        for number in range(1, MOST_AREAS + 1):
            for side in (FROM, TO):
                self.fields[f"{side}_{number}"] = MomentField(
                    label=f"{WORDS[side]} {number}", most=seconds
                )
            self.fields[f"{WHAT}_{number}"] = forms.ChoiceField(
                label=f"{WORDS[WHAT]} {number}",
                choices=whats,
                required=False,
                widget=forms.Select(attrs={"aria-label": f"{WORDS[WHAT]} {number}"}),
            )

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """Give the stretches as rows of a table."""
        for number in range(1, MOST_AREAS + 1):
            yield number, [self[f"{side}_{number}"] for side in (FROM, TO, WHAT)]

    def heads(self) -> list[Promise]:
        """Return the heads of that table."""
        return [WORDS[side] for side in (FROM, TO, WHAT)]

    def clean(self) -> dict[str, Any]:
        """Ask for whole stretches, and for at least one."""
        given = super().clean() or {}
        for number in range(1, MOST_AREAS + 1):
            begin, end = given.get(f"{FROM}_{number}"), given.get(f"{TO}_{number}")
            if (begin is None) != (end is None) and not self.errors:
                self.add_error(
                    f"{TO if end is None else FROM}_{number}",
                    gettext("Bagian %(number)d belum lengkap.") % {"number": number},
                )
            elif begin is not None and end is not None and begin >= end:
                words = gettext("Bagian %(number)d: akhirnya harus setelah awalnya.")
                self.add_error(f"{TO}_{number}", words % {"number": number})
        if not self.errors and not self.spans():
            raise forms.ValidationError(_("Isi paling sedikit satu bagian yang disamarkan."))
        return given

    def spans(self) -> list[Span]:
        """Return the whole stretches."""
        given = self.cleaned_data
        rows = (
            (given.get(f"{FROM}_{n}"), given.get(f"{TO}_{n}"), given.get(f"{WHAT}_{n}"))
            for n in range(1, MOST_AREAS + 1)
        )
        return [
            Span(begin, end, what or SOUND)
            for begin, end, what in rows
            if begin is not None and end is not None
        ]


class MomentField(forms.CharField):
    """A moment of a film as players show it: 1:05, or 1:02:03, or mere seconds."""

    def __init__(self, *, most: int, label: str) -> None:
        """Take how long the film is, in seconds."""
        super().__init__(
            label=label,
            required=False,
            max_length=12,
            widget=forms.TextInput(attrs={"aria-label": label, "placeholder": "0:00"}),
        )
        self.most = most

    def clean(self, value: Any) -> int | None:
        """Return seconds, or None when nothing was typed."""
        text = super().clean(value).strip().replace(".", ":")
        if not text:
            return None
        parts = text.split(":")
        if len(parts) > 3 or not all(each.isascii() and each.isdecimal() for each in parts):
            raise forms.ValidationError(
                gettext("%(what)s: tulis menit dan detik, misalnya 1:05.") % {"what": self.label}
            )
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + int(part)
        if seconds > self.most:
            raise forms.ValidationError(
                gettext("%(what)s: rekaman ini hanya %(most)d detik.")
                % {"what": self.label, "most": self.most}
            )
        return seconds


class PrepareForm(PlainForm):
    """What here could name the reporter? One answer to each question."""

    submit_label = _("Siapkan dan minta diperiksa orang kedua")
    penerima = forms.ChoiceField(
        label=_("Salinan ini disiapkan untuk siapa?"),
        help_text=_(
            "Instansi tujuan menerimanya di dalam paket. Instansi kepegawaian setiap terlapor berkas"
            " ini membukanya di halaman penerusannya begitu dilepas. Terlapor menerimanya bersama"
            " pesan yang menyertakannya."
        ),
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
        self.fields["sebutan"] = WordsField(
            label=_("Sebutan bukti ini untuk penerima"),
            help_text=_(
                "Keterangan pelapor tidak ikut keluar. Tulis dengan kata-kata Anda apa yang tampak,"
                " misalnya: Tangkapan layar status WhatsApp."
            ),
            max_length=200,
            error_messages={"required": _("Tulis sebutan bukti ini untuk penerima.")},
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
        given = self.cleaned_data
        return Disclosure(answers=answers, note=given["catatan"], wording=given["sebutan"])


class WordAccountForm(PlainForm):
    """What an audience may read of an account."""

    submit_label = _("Simpan dan minta diperiksa orang kedua")
    bagian = forms.ChoiceField(label=_("Uraian yang mana?"))
    penerima = forms.ChoiceField(
        label=_("Untuk siapa?"),
        choices=[(each.value, each.label) for each in OUTSIDE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih penerima uraian.")},
    )
    kata = WordsField(
        label=_("Uraian untuk penerima"),
        help_text=_(
            "Tulis kejadiannya dengan kata-kata Anda: tanpa gaya bahasa pelapor, tanpa hal yang"
            " hanya diketahui sedikit orang."
        ),
        lines=8,
        max_length=6000,
        error_messages={"required": _("Tuliskan uraian untuk penerima.")},
    )

    def __init__(self, *args: Any, entries: Sequence[Any] = (), **kwargs: Any) -> None:
        """Take the reports and tips of the file."""
        super().__init__(*args, **kwargs)
        choices = [(each.public_id, str(each)) for each in entries]
        self.offer("bagian", choices)
        if len(choices) == 1:
            self.fields["bagian"].widget = forms.HiddenInput()
            self.fields["bagian"].initial = choices[0][0]


class SecondLookForm(PlainForm):
    """The second person's word; where a colleague told of the act, what they looked for."""

    submit_label = _("Simpan keputusan")

    def __init__(self, *args: Any, from_colleague: bool = False, **kwargs: Any) -> None:
        """Ask for the further look where it is due."""
        super().__init__(*args, **kwargs)
        if from_colleague:
            self.fields["rekan"] = forms.BooleanField(
                label=_("Saya sudah mencari apa yang hanya diketahui rekan kerja terlapor"),
                help_text=_("Wajib sebelum dilepas."),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Let nothing go before somebody looked for what names a colleague."""
        given = super().clean() or {}
        if given.get("keputusan") == RELEASE and not given.get("rekan", True):
            self.add_error(
                "rekan",
                gettext("Nyatakan bahwa Anda sudah mencari apa yang hanya diketahui rekan kerja."),
            )
        return given


class DecideWordsForm(SecondLookForm):
    """The second person's word about an account in other words."""

    keputusan = forms.ChoiceField(
        label=_("Keputusan Anda"),
        choices=[
            (RELEASE, _("Lepas: tidak ada yang menunjuk pelapor")),
            (DECLINE, _("Tolak: harus ditulis lagi")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih lepas atau tolak.")},
    )
    alasan = WordsField(label=_("Alasan bila ditolak"), required=False, lines=2, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when they are declined."""
        given = super().clean()
        if given.get("keputusan") == DECLINE and not given.get("alasan"):
            self.add_error("alasan", gettext("Tuliskan alasan uraian ini ditolak."))
        return given


class DecideForm(SecondLookForm):
    """The second person's word; the audience that was shown comes along."""

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
    sebutan = WordsField(
        label=_("Sebutan bukti ini untuk penerima"),
        help_text=_("Ubah bila sebutan orang pertama masih dapat menunjuk pelapor."),
        required=False,
        max_length=200,
    )
    alasan = WordsField(label=_("Alasan bila ditolak"), required=False, lines=2, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when it is declined."""
        given = super().clean()
        if given.get("keputusan") == DECLINE and not given.get("alasan"):
            self.add_error("alasan", gettext("Tuliskan alasan salinan ini ditolak."))
        return given
