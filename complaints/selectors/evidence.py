"""The evidence pages: the list of a file with the disclosure check, one piece, one copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from complaints.access import NotVisible, matters_for
from complaints.codes import (
    Audience,
    DerivativeKind,
    EvidenceKind,
    EvidenceState,
    RedactionState,
)
from complaints.models import Derivative, Evidence, Matter, Redaction
from complaints.selectors.carried import carried_words
from complaints.selectors.custody import CustodyRow, custody_rows
from complaints.services.clean_copy import PDF_TYPE
from complaints.services.open_evidence import may_see_identity, may_take
from complaints.services.prepare_derivative import OUTSIDE, PREPARERS, Answer, Question
from complaints.services.release_derivative import RELEASERS
from neutrality.audit.actor import Actor
from neutrality.ui.dates import say_short_instant
from neutrality.ui.parts import SummaryRow

INLINE_TYPES: Final = frozenset({"image/jpeg", "image/png"})
MOST_PAGES_SHOWN: Final = 40
STATE_TONES: Final = {
    EvidenceState.PENDING: ("waiting", "clock"),
    EvidenceState.CLEAN: ("success", "check"),
    EvidenceState.QUARANTINED: ("danger", "danger"),
    EvidenceState.REFUSED: ("warning", "warning"),
}
_JOINED: Final = ("evidence__matter__office__region", "made_by", "released_by", "declined_by")


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words, with its tone and icon."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy: what it is, for whom, how it stands, and what this person may do with it."""

    public_id: str
    title: str
    facts: str
    made: str
    state: Badge | None
    decided: str
    shown_as: str
    pages: range
    may_redact: bool
    may_prepare: bool
    may_decide: bool
    waits_for_another: bool


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """One piece of evidence in the list of its file."""

    public_id: str
    title: str
    facts: str
    state: Badge
    sentence: str
    thumbnail: str
    is_identity: bool
    prepared: tuple[CopyRow, ...]


@dataclass(frozen=True, slots=True)
class WishRow:
    """A redacted copy that a worker makes, or could not make."""

    asked: str
    is_waiting: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One piece of evidence with its copies and its chain of custody."""

    title: str
    state: Badge
    sentence: str
    is_identity: bool
    may_see_identity: bool
    may_take: bool
    has_file: bool
    facts: tuple[SummaryRow, ...]
    cleaned: CopyRow | None
    wishes: tuple[WishRow, ...]
    working: tuple[CopyRow, ...]
    prepared: tuple[CopyRow, ...]
    custody: tuple[CustodyRow, ...]


def evidence_for(*, actor: Actor, day: date) -> QuerySet[Evidence]:
    """Return the evidence of the files that the actor may see; none of an unsent draft."""
    matters = matters_for(actor=actor, day=day).values("pk")
    return Evidence.objects.filter(matter__in=matters)


def get_evidence_for(*, actor: Actor, day: date, public_id: str) -> Evidence:
    """Return the piece with its matter and office joined; raises `NotVisible`."""
    rows = evidence_for(actor=actor, day=day).filter(public_id=public_id)
    found = rows.select_related("matter__office__region", "party").first()
    if found is None:
        raise NotVisible(public_id)
    return found


def get_copy_for(*, actor: Actor, day: date, public_id: str) -> Derivative:
    """Return the copy with evidence, matter and office joined; raises `NotVisible`."""
    visible = evidence_for(actor=actor, day=day).values("pk")
    rows = Derivative.objects.filter(public_id=public_id, evidence__in=visible)
    found = rows.select_related(*_JOINED).first()
    if found is None:
        raise NotVisible(public_id)
    return found


def evidence_cards(*, matter: Matter, actor: Actor) -> tuple[EvidenceCard, ...]:
    """Return the evidence of a file in the order it came; two queries for any number.

    Identity papers are only in the list of those who may open them.
    """
    copies = Derivative.objects.select_related("made_by", "released_by", "declined_by")
    rows = list(
        matter.evidence.order_by("handed_in_at", "pk").prefetch_related(
            Prefetch("derivatives", copies.order_by("pk"))
        )
    )
    for row in rows:
        row.matter = matter
    seen = [
        row for row in rows if not row.is_identity or may_see_identity(evidence=row, actor=actor)
    ]
    return tuple(_card(row, actor) for row in seen)


def evidence_page(*, evidence: Evidence, actor: Actor) -> EvidencePage:
    """Return one piece for its page; three queries."""
    tz = _zone(evidence)
    rows = evidence.derivatives.select_related("made_by", "released_by", "declined_by")
    copies = list(rows.order_by("pk"))
    cleaned = next((row for row in copies if _is_working(row)), None)
    shown = None if cleaned is None or evidence.is_identity else cleaned
    return EvidencePage(
        title=title_of(evidence),
        state=_state(evidence),
        sentence=_sentence(evidence),
        is_identity=evidence.is_identity,
        may_see_identity=cleaned is not None and may_see_identity(evidence=evidence, actor=actor),
        may_take=may_take(evidence=evidence, actor=actor),
        has_file=bool(evidence.stored_as),
        facts=tuple(_facts(evidence, tz)),
        cleaned=None if shown is None else _copy_row(shown, evidence, actor),
        wishes=_wishes(evidence, tz),
        working=_copies(copies, evidence, actor, working=True),
        prepared=_copies(copies, evidence, actor, working=False),
        custody=custody_rows(evidence=evidence, tz=tz),
    )


def cleaned_copy(*, evidence: Evidence) -> Derivative | None:
    """Return the machine's copy of a picture, for showing it, or None."""
    rows = evidence.derivatives.filter(
        kind=DerivativeKind.CLEANED, audience=Audience.STAFF, media_type__in=INLINE_TYPES
    )
    return rows.select_related(*_JOINED).order_by("pk").first()


def copy_row(*, copy: Derivative, actor: Actor) -> CopyRow:
    """Return one copy for its own pages; `copy` comes from `get_copy_for`."""
    return _copy_row(copy, copy.evidence, actor)


def answers_of(*, copy: Derivative) -> tuple[SummaryRow, ...]:
    """Return what the first person answered, question by question."""
    rows = [
        SummaryRow(str(question.label), str(Answer(copy.checks[question]).label))
        for question in Question
        if question in copy.checks
    ]
    rows.append(SummaryRow(_("Sebutan untuk penerima"), copy.wording or _("belum ada")))
    if copy.note:
        rows.append(SummaryRow(_("Catatan"), copy.note))
    return tuple(rows)


def told_of(*, evidence: Evidence) -> tuple[SummaryRow, ...]:
    """Return what the sender wrote beside it: the first thing that could name the reporter."""
    told = (
        (_("Keterangan pelapor"), evidence.caption),
        (_("Menunjukkan"), evidence.shows),
        (_("Akun"), evidence.account_name),
        (_("Alamat web"), evidence.url),
    )
    return tuple(SummaryRow(label, words) for label, words in told if words)


def title_of_copy(copy: Derivative) -> str:
    """Return how a copy is called outside the house, or how its evidence is called inside."""
    return copy.wording or title_of(copy.evidence)


def title_of(evidence: Evidence) -> str:
    """Return a name that tells nobody who handed it in: never the name of the sender's file."""
    if evidence.is_identity:
        return _("Bukti identitas")
    return (
        evidence.caption
        or evidence.url
        or evidence.account_name
        or str(evidence.get_kind_display())
    )


def _card(row: Evidence, actor: Actor) -> EvidenceCard:
    copies = list(row.derivatives.all())
    small = [copy.public_id for copy in copies if copy.kind == DerivativeKind.THUMBNAIL]
    return EvidenceCard(
        public_id=row.public_id,
        title=title_of(row),
        facts=_short_facts(row),
        state=_state(row),
        sentence=_sentence(row),
        thumbnail=small[0] if small and not row.is_identity else "",
        is_identity=row.is_identity,
        prepared=_copies(copies, row, actor, working=False),
    )


def _short_facts(row: Evidence) -> str:
    size = filesizeformat(row.size) if row.size else ""
    return " · ".join(filter(None, (row.media_type, size, _at(row, _zone(row)))))


def _at(row: Evidence, tz: ZoneInfo) -> str:
    return say_short_instant(row.handed_in_at, tz)


def _state(row: Evidence) -> Badge:
    tone, icon = STATE_TONES[EvidenceState(row.state)]
    return Badge(str(row.get_state_display()), tone, icon)


def _sentence(row: Evidence) -> str:
    """Return why it is refused or still waits; stored untranslated."""
    words = row.refusal or row.waits_for
    return _(words) if words else ""


def _facts(row: Evidence, tz: ZoneInfo) -> Iterable[SummaryRow]:
    yield SummaryRow(_("Jenis"), " · ".join(filter(None, (row.get_kind_display(), row.media_type))))
    yield SummaryRow(_("Diserahkan"), _at(row, tz))
    if row.party:
        yield SummaryRow(_("Oleh"), row.party.spoken_alias)
    if row.url:
        yield SummaryRow(_("Alamat web"), row.url)
    if row.account_name:
        yield SummaryRow(_("Akun"), row.account_name)
    if row.shows:
        yield SummaryRow(_("Menunjukkan"), row.shows)
    if row.kind in {EvidenceKind.FILE, EvidenceKind.CAPTURE}:
        yield SummaryRow(_("Ukuran"), filesizeformat(row.size))
        yield SummaryRow(_("SHA-256 berkas asli"), row.sha256)
    if row.carries:
        yield SummaryRow(_("Berkas aslinya juga memuat"), carried_words(row.carries))


def _is_working(copy: Derivative) -> bool:
    return copy.audience == Audience.STAFF and copy.kind != DerivativeKind.THUMBNAIL


def _copies(
    copies: Sequence[Derivative], evidence: Evidence, actor: Actor, *, working: bool
) -> tuple[CopyRow, ...]:
    wanted = (
        copy
        for copy in copies
        if copy.kind != DerivativeKind.THUMBNAIL and _is_working(copy) is working
    )
    return tuple(_copy_row(copy, evidence, actor) for copy in wanted)


def _copy_row(copy: Derivative, evidence: Evidence, actor: Actor) -> CopyRow:
    tz = _zone(evidence)
    leaves = _is_working(copy) and not evidence.is_identity
    open_for_me = leaves and _has_role(actor, evidence, PREPARERS)
    pending = not _is_working(copy) and not copy.released_at and not copy.declined_at
    mine = copy.made_by_id is not None and copy.made_by_id == actor.user_id
    return CopyRow(
        public_id=copy.public_id,
        title=_copy_title(copy),
        facts=_copy_facts(copy),
        made=_made(copy, tz),
        state=None if _is_working(copy) else _standing(copy),
        decided=_decided(copy, tz),
        shown_as=_shown_as(copy),
        pages=_pages(copy),
        may_redact=open_for_me and bool(_shown_as(copy)),
        may_prepare=open_for_me,
        may_decide=pending and not mine and _has_role(actor, evidence, RELEASERS),
        waits_for_another=pending and mine,
    )


def _shown_as(copy: Derivative) -> str:
    """Return how a page shows the copy: as a picture, a film, sound or pages; else not."""
    if copy.media_type in INLINE_TYPES:
        return "picture"
    if copy.media_type == PDF_TYPE:
        return "pages"
    kind = copy.media_type.partition("/")[0]
    return {"video": "film", "audio": "sound"}.get(kind, "")


def _pages(copy: Derivative) -> range:
    """Return the pages of a paper that its page shows; of older copies the first."""
    is_paper = copy.media_type == PDF_TYPE
    return range(1, min(copy.pages or 1, MOST_PAGES_SHOWN) + 1) if is_paper else range(0)


def _has_role(actor: Actor, evidence: Evidence, roles: Sequence[str]) -> bool:
    return bool(evidence.matter and actor.role_at(roles, evidence.matter.office.ref()))


def _copy_title(copy: Derivative) -> str:
    kind = str(copy.get_kind_display())
    if copy.audience not in OUTSIDE:
        return kind
    return _("%(kind)s untuk %(audience)s") % {
        "kind": kind,
        "audience": str(copy.get_audience_display()).lower(),
    }


def _copy_facts(copy: Derivative) -> str:
    pixels = f"{copy.width} x {copy.height}" if copy.width else ""
    pages = _("%(count)d halaman") % {"count": copy.pages} if copy.pages else ""
    length = _length(copy.seconds) if copy.seconds else ""
    facts = (copy.media_type, pixels, pages, length, filesizeformat(copy.size))
    return " · ".join(filter(None, facts))


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02}"


def _made(copy: Derivative, tz: ZoneInfo) -> str:
    who = str(copy.made_by) if copy.made_by else _("Sistem")
    return f"{who}, {say_short_instant(copy.made_at, tz)}"


def _standing(copy: Derivative) -> Badge:
    if copy.released_at:
        return Badge(_("Dilepas"), "success", "check")
    if copy.declined_at:
        return Badge(_("Ditolak"), "danger", "cross")
    return Badge(_("Menunggu orang kedua"), "waiting", "clock")


def _decided(copy: Derivative, tz: ZoneInfo) -> str:
    if copy.released_at:
        at = say_short_instant(copy.released_at, tz)
        return _("Dilepas %(who)s, %(at)s") % {"who": copy.released_by, "at": at}
    if copy.declined_at:
        at = say_short_instant(copy.declined_at, tz)
        words = {"who": copy.declined_by, "at": at, "reason": copy.decline_reason}
        return _("Ditolak %(who)s, %(at)s: %(reason)s") % words
    return ""


def _wishes(evidence: Evidence, tz: ZoneInfo) -> tuple[WishRow, ...]:
    rows = Redaction.objects.filter(source__evidence=evidence).exclude(state=RedactionState.DONE)
    return tuple(
        WishRow(
            asked=f"{row.asked_by}, {say_short_instant(row.asked_at, tz)}",
            is_waiting=row.state == RedactionState.WAITING,
            sentence=_(row.refusal) if row.refusal else "",
        )
        for row in rows.select_related("asked_by").order_by("pk")
    )


def _zone(evidence: Evidence) -> ZoneInfo:
    if evidence.matter is None:
        raise NotVisible(evidence.public_id)
    return evidence.matter.office.tz
