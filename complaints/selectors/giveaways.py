"""What in a story or a file's name points to the person who tells it; shown before it is sent."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.models import Evidence
from complaints.services.drafts import OpenDraft

_LONGEST: Final = 60
_SHORTEST_NAME: Final = 4
_FREE: Final = (
    ("uraian", ("uraian",)),
    ("tempat", ("tempat", "akun")),
    ("pemilihan", ("siapa",)),
)
# Each with what it may be; the words are asked about, never changed.
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Promise], ...]] = (
    (re.compile(r"(?<!\d)\d{16}(?!\d)"), _("Angka sepanjang NIK atau nomor kartu")),
    (re.compile(r"(?<!\d)(?:\+?62|0)[\s-]?8(?:[\s-]?\d){8,11}(?!\d)"), _("Nomor telepon")),
    # No more than 64 characters stand before the sign: a long story would be read again from each.
    (re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.]+"), _("Alamat surel")),
    (
        re.compile(
            r"(?i:\b(?:nama (?:lengkap )?saya(?: adalah)?|saya bernama|perkenalkan,? saya))"
            r"(?:\s+[A-Z][\w'.]*)+"
        ),
        _("Nama Anda"),
    ),
    (
        re.compile(
            r"\b(?:rumah|alamat|kantor|ruangan|meja|kelas|atasan|anak|istri|suami|orang tua"
            r"|tetangga) saya\b",
            re.IGNORECASE,
        ),
        _("Sesuatu milik Anda atau di dekat Anda"),
    ),
    (
        re.compile(
            r"\bsaya (?:tinggal|bekerja|mengajar|bertugas|berkantor|duduk) di [^.,;\n]{2,40}",
            re.IGNORECASE,
        ),
        _("Tempat Anda tinggal atau bekerja"),
    ),
)


@dataclass(frozen=True, slots=True)
class Giveaway:
    """Some words of the person, and what they may give away."""

    words: str
    why: str | Promise
    step: str


def giveaways_in(text: str, *, own_names: Iterable[str] = (), step: str = "") -> list[Giveaway]:
    """Return what may point to the teller, in the order of the kinds; each words once."""
    found: dict[str, Giveaway] = {}
    for words, why in _found(text, own_names):
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        found.setdefault(short.casefold(), Giveaway(short, why, step))
    return list(found.values())


def giveaways_among(texts: Iterable[str]) -> list[Giveaway]:
    """Return what points to somebody who writes without a name; the same words once."""
    found: dict[str, Giveaway] = {}
    for text in texts:
        for each in giveaways_in(text.replace("_", " ")):
            found.setdefault(each.words.casefold(), each)
    return list(found.values())


def giveaways_of(draft: OpenDraft) -> list[Giveaway]:
    """Return what points to the reporter in the answers and the files of an unsent report."""
    names = own_names(draft.answers)
    told = [*_answered(draft), *_handed_in(draft)]
    return [each for step, text in told for each in giveaways_in(text, own_names=names, step=step)]


def own_names(answers: Mapping[str, Any]) -> list[str]:
    """Return the names that the reporter gave for themselves, none of an anonymous one."""
    given = (
        (answers.get("identitas") or {}).get("nama", ""),
        (answers.get("kuasa") or {}).get("pelapor_diwakili", ""),
    )
    return [name for name in given if len(name) >= _SHORTEST_NAME]


def _answered(draft: OpenDraft) -> Iterator[tuple[str, str]]:
    """Yield what was typed freely, each with the step at which it is changed."""
    for step, keys in _FREE:
        for key in keys:
            yield step, str(draft.step(step).get(key) or "")
    for row in draft.items("terlapor"):
        for key in ("nama", "ciri", "instansi", "unit"):
            yield "terlapor", str(row.get(key) or "")


def _handed_in(draft: OpenDraft) -> Iterator[tuple[str, str]]:
    rows = Evidence.objects.filter(draft_id=draft.pk, is_identity=False).order_by("pk")
    for row in rows.values_list("original_name", "caption", "shows", "account_name"):
        for text in row:
            yield "bukti", text.replace("_", " ")


def _found(text: str, names: Iterable[str]) -> Iterator[tuple[str, str | Promise]]:
    for name in names:
        pattern = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE):
            yield match[0], _("Nama Anda")
    for pattern_of, why in _PATTERNS:
        for match in pattern_of.finditer(text):
            yield match[0].strip(), why
