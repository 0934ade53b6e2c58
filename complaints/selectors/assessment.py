"""The versions of an assessment, and what changed from one to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from complaints.models import Assessment, Matter
from complaints.papers.case_papers import cited_lines, paragraphs
from complaints.selectors.allegations import named_allegations
from neutrality.documents.contents import EvidenceLine
from neutrality.law.codes import OutcomeClass
from neutrality.law.labels import label
from neutrality.ui.dates import say_instant

# Classes, elements and the cited evidence by allegation.
Conclusions = Mapping[int, tuple[list[str], str, list[str]]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: kept, added or taken away."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the text, with what changed since the version before."""

    heading: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with its neighbours."""

    version: int
    latest: int
    parts: tuple[Part, ...]
    written: str
    approved: str
    sha256: str


def latest_version(*, matter: Matter) -> Assessment | None:
    """Return the latest version, or None; one query."""
    return matter.assessments.order_by("-version").first()


def conclusions_of(version: Assessment | None) -> Conclusions:
    """Return classes, elements and cited evidence by allegation; one query."""
    found: dict[int, tuple[list[str], str, list[str]]] = {}
    for row in version.conclusions.order_by("pk") if version else ():
        fresh: tuple[list[str], str, list[str]] = ([], row.elements, row.evidence)
        found.setdefault(row.allegation_id, fresh)[0].append(row.outcome)
    return found


def evidence_choices(*, matter: Matter) -> list[tuple[str, str]]:
    """Return what can be cited, by its number in the file; one query."""
    return [(key, _numbered(line)) for key, line in cited_lines(matter).items()]


def _numbered(line: EvidenceLine) -> str:
    return f"{line.number}. {line.description} ({line.kind})"


def version_page(*, matter: Matter, number: int) -> VersionPage | None:
    """Return one version compared with the one before it, or None when there is none."""
    rows = matter.assessments.select_related("written_by", "approved_by")
    found = {row.version: row for row in rows.filter(version__in=[number - 1, number])}
    version = found.get(number)
    if version is None:
        return None
    tz = matter.office.tz
    names = {row.pk: words for row, words in named_allegations(matter=matter)}
    cited = dict(evidence_choices(matter=matter))
    before = dict(_texts(found.get(number - 1), names, cited))
    latest = latest_version(matter=matter)
    return VersionPage(
        version=number,
        latest=latest.version if latest else number,
        parts=tuple(_part(head, text, before) for head, text in _texts(version, names, cited)),
        written=_by(version.written_by, say_instant(version.written_at, tz)),
        approved=(
            _by(version.approved_by, say_instant(version.approved_at, tz))
            if version.approved_at
            else ""
        ),
        sha256=version.text_sha256,
    )


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of `after` with those that `before` had and lost between them."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, first, last, start, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(" ".join(new[start:end]), "kept"))
            continue
        if last > first:
            pieces.append(Piece(" ".join(old[first:last]), "gone"))
        if end > start:
            pieces.append(Piece(" ".join(new[start:end]), "new"))
    return tuple(pieces)


def _texts(
    version: Assessment | None, names: Mapping[int, str], evidence: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if version is None:
        return
    yield _("Fakta dan keterangan"), version.facts
    yield _("Analisis"), version.analysis
    for pk, (outcomes, elements, cited) in conclusions_of(version).items():
        classes = ", ".join(str(label(OutcomeClass(code))) for code in outcomes)
        pieces = "; ".join(words for key, words in evidence.items() if key in cited)
        parts = (elements, f"{_('Bukti yang dirujuk:')} {pieces}" if pieces else "")
        yield names.get(pk, ""), "\n\n".join(filter(None, (*parts, f"{_('Simpulan:')} {classes}")))


def _part(heading: str, text: str, before: Mapping[str, str]) -> Part:
    """Compare paragraph by paragraph, so that one long text costs no more than its paragraphs."""
    now = paragraphs(text)
    if not before:
        return Part(heading, tuple((Piece(line, "kept"),) for line in now), changed=False)
    then = paragraphs(before.get(heading, ""))
    lines = tuple(_compared(then, now))
    return Part(heading, lines, changed=then != now)


def _compared(then: tuple[str, ...], now: tuple[str, ...]) -> Iterator[tuple[Piece, ...]]:
    for tag, first, last, start, end in SequenceMatcher(
        None, then, now, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield from ((Piece(line, "kept"),) for line in now[start:end])
        elif tag == "replace" and last - first == end - start:
            yield from (
                difference(old, new)
                for old, new in zip(then[first:last], now[start:end], strict=True)
            )
        else:
            yield from ((Piece(line, "gone"),) for line in then[first:last])
            yield from ((Piece(line, "new"),) for line in now[start:end])


def _by(person: object, at: str) -> str:
    name = getattr(person, "name", "")
    return f"{name}, {at}" if name else at
