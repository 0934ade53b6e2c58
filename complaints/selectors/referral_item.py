"""What the page of a referral item shows to the office, to the body and to the agency."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import (
    Addressee,
    Allegation,
    AllegationResult,
    ExternalNumber,
    Matter,
    ReferralItem,
    ReferralPackage,
)
from complaints.selectors.file_parts import ClockRow, clock_rows, history, open_clocks, tone_of
from complaints.selectors.item_facts import (
    SanctionRow,
    Unconfirmed,
    examinations_of,
    examined,
    facts_to_confirm,
    sanction_row,
    sanctions_of,
)
from complaints.selectors.pledge_fact import pledge_rows
from complaints.workflow.referral import REFERRAL
from neutrality.audit.actor import Actor
from neutrality.casework.models import LegalClock, Step
from neutrality.documents.models import Document, DocumentState
from neutrality.law.books import rulebook_at
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import (
    ActCode,
    CandidateStage,
    FormRole,
    OutcomeClass,
    Regime,
    SanctionClass,
    SubjectKind,
)
from neutrality.law.labels import label
from neutrality.law.rulebook import LawMissing, Rulebook, ViolationRule
from neutrality.ui.dates import say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow, TimelineEntry


class Reader(StrEnum):
    """From whose side the page is read: each sees what belongs to it, and nobody a reporter."""

    OFFICE = "office"
    BODY = "body"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One envelope on the page of an item."""

    public_id: str
    title: str
    sent: str
    note: str
    arrived: str
    papers: tuple["LetterRow", ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter of another authority that was filed with a step."""

    public_id: str
    title: str
    number: str
    at: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything on the page of an item."""

    title: str
    state: str
    tone: str
    office: str
    facts: tuple[SummaryRow, ...]
    violations: tuple[SummaryRow, ...]
    clocks: tuple[ClockRow, ...]
    open_clocks: tuple[LegalClock, ...]
    history: tuple[TimelineEntry, ...]
    addressees: tuple[SummaryRow, ...]
    packages: tuple[PackageRow, ...]
    letters: tuple[LetterRow, ...]
    numbers: tuple[SummaryRow, ...]
    examinations: tuple[SummaryRow, ...]
    sanctions: tuple[SanctionRow, ...]
    unconfirmed: tuple[Unconfirmed, ...]


SIDES: Final = {Reader.BODY: "liaison", Reader.AGENCY: "hr"}
_SEEN_BY_AGENCY: Final = (FormRole.RECOMMENDATION, FormRole.SANCTION_DECREE)


def item_page(*, item: ReferralItem, reader: Reader, actor: Actor, clock: Clock) -> ItemPage:
    """Return the page; a constant number of queries, whatever the history."""
    tz = item.office.tz
    running = open_clocks(refs=[item.ref()])
    examinations = [] if reader is Reader.BODY else examinations_of(item)
    sanctions, own = sanctions_of(item), reader is Reader.AGENCY
    return ItemPage(
        title=str(item.respondent.name or item.respondent.description),
        state=item.get_state_display(),
        tone=tone_of(item.state),
        office=item.office.name,
        facts=_facts(item, reader, clock),
        violations=violations(item),
        clocks=clock_rows(clocks=running, tz=tz, clock=clock),
        open_clocks=tuple(running),
        history=history(refs=[item.ref()], tz=tz),
        addressees=_addressees(item),
        packages=_packages(item, reader),
        letters=_letters(item, reader),
        numbers=_numbers(item),
        examinations=tuple(examined(row) for row in examinations),
        sanctions=tuple(sanction_row(row, item=item, clock=clock) for row in sanctions),
        unconfirmed=(
            *_unconfirmed(item, reader, actor),
            *(facts_to_confirm(item, actor, examinations, sanctions) if own else ()),
        ),
    )


def packages_of(*, item: ReferralItem, reader: Reader) -> "QuerySet[ReferralPackage]":
    """Return the envelopes of an item that this side received, or all of them for the office.

    A body that took an item over has what its predecessor received.
    """
    rows = item.packages.select_related(
        "body", "agency", "copied_to", "office", "letter", "summary", "evidence_list"
    )
    if reader is Reader.BODY:
        rows = rows.filter(body__isnull=False)
    if reader is Reader.AGENCY:
        rows = rows.filter(Q(agency_id=item.agency_id) | Q(copied_to_id=item.agency_id))
    return rows


def letters_of(*, item: ReferralItem, reader: Reader) -> "QuerySet[Document]":
    """Return the filed letters of an item that this side may read."""
    ref = item.ref()
    rows = Document.objects.filter(subject_kind=ref.kind, subject_id=ref.id)
    rows = rows.exclude(state=DocumentState.DRAFT)
    return rows.filter(role__in=_SEEN_BY_AGENCY) if reader is Reader.AGENCY else rows


def violations(item: ReferralItem) -> tuple[SummaryRow, ...]:
    """Return what the respondent is said to have done, with the rows of the law; two queries."""
    return tuple(
        SummaryRow(_act(row), _stage_and_law(row)) for row in allegations_of(item).order_by("pk")
    )


def allegations_of(item: ReferralItem) -> "QuerySet[Allegation]":
    """Return the allegations that the item refers: of the respondent, those with its outcome.

    Those in force now; once the result was withdrawn, those that had it; what rests on no result
    (art. 22) refers all.
    """
    results = AllegationResult.objects.filter(
        allegation__respondent=item.respondent_id, outcome=item.outcome
    )
    here, standing = results.filter(allegation=OuterRef("pk")), results.filter(superseded_at=None)
    had = ~Exists(standing) & (Exists(here) | ~Exists(results))
    rows = Allegation.objects.filter(
        Q(Exists(here.filter(superseded_at=None))) | Q(had), respondent=item.respondent_id
    )
    return rows.select_related("incident")


def sanction_choices(
    *, item: ReferralItem, rulebook: Rulebook
) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """Return the classes to choose from, those of the violation first, and which these are."""
    rules = _rules(item, rulebook)
    by_class: dict[str, str] = {}
    for rule in rules:
        for sanction in rule.sanctions:
            by_class.setdefault(sanction, cited(rule.legal_basis))
    others = [each for each in SanctionClass if each not in by_class]
    named = [(sanction, _sanction_words(sanction, basis)) for sanction, basis in by_class.items()]
    beyond = _("di luar pasal yang disangkakan")
    rest = [
        (each.value, f"{label(each)} ({beyond})" if by_class else label(each)) for each in others
    ]
    return [*named, *rest], frozenset(by_class)


def _rules(item: ReferralItem, rulebook: Rulebook) -> list[ViolationRule]:
    found = []
    for act, stage in allegations_of(item).exclude(act="").values_list("act", "stage").distinct():
        try:
            found.append(rulebook.violation(ActCode(act), CandidateStage(stage)))
        except LawMissing:
            continue
    return found


def _sanction_words(sanction: str, basis: str) -> str:
    return f"{label(SanctionClass(sanction))}: {basis}"


def _act(row: Allegation) -> str:
    return label(ActCode(row.act)) if row.act else _("Belum ditentukan")


def _stage_and_law(row: Allegation) -> str:
    stage = label(CandidateStage(row.stage)) if row.stage else ""
    when = say_short_day(row.incident.from_on)
    return " · ".join(filter(None, (when, stage, _cited(row))))


def _cited(row: Allegation) -> str:
    """Cite the law under which the officer put it; its code where no such row holds any more."""
    for regime in Regime:
        book = rulebook_at(regime=regime, day=row.incident.from_on)
        rule = next((r for r in book.violations.values() if r.code == row.violation_code), None)
        if rule is not None:
            return cited(rule.legal_basis)
    return row.violation_code


def _facts(item: ReferralItem, reader: Reader, clock: Clock) -> tuple[SummaryRow, ...]:
    party = item.respondent
    kind = label(SubjectKind(party.subject_kind)) if party.subject_kind else ""
    unit = party.unit.name if party.unit else party.unit_text
    agency = item.agency.name if item.agency else party.agency_text
    rows = [
        SummaryRow(_("Terlapor"), str(party.name or party.description)),
        SummaryRow(_("Status kepegawaian"), kind),
        SummaryRow(_("Unit kerja"), unit),
        SummaryRow(_("Instansi"), agency),
        SummaryRow(_("Hasil pleno"), label(OutcomeClass(item.outcome))),
        SummaryRow(_("Instansi tujuan"), item.addressee),
        SummaryRow(_("Dikirim"), say_short_instant(item.sent_at, item.office.tz)),
    ]
    pledge = pledge_rows(item=item, clock=clock) if reader is Reader.AGENCY else ()
    return (*rows, *_recommendation(item), *pledge)


def _recommendation(item: ReferralItem) -> list[SummaryRow]:
    rows = []
    if item.recommendation_number and item.recommendation_on:
        day = say_short_day(item.recommendation_on)
        rows.append(SummaryRow(_("Rekomendasi"), f"{item.recommendation_number}, {day}"))
        words = label(SanctionClass(item.recommended_class))
        rows.append(SummaryRow(_("Sanksi yang direkomendasikan"), words))
    if item.deviation:
        answer = str(item.get_deviation_display())
        rows.append(SummaryRow(_("Penyimpangan dari rekomendasi"), answer))
    if item.inactive_as:
        rows.append(SummaryRow(_("Tidak aktif karena"), item.get_inactive_as_display()))
    if item.control:
        rows.append(SummaryRow(_("Pengendalian"), item.get_control_display()))
    return rows


def _addressees(item: ReferralItem) -> tuple[SummaryRow, ...]:
    rows = Addressee.objects.filter(item=item).select_related("body", "agency")
    return tuple(
        SummaryRow(str(row.body or row.agency), _from_until(row, item))
        for row in rows.order_by("from_at", "pk")
    )


def _from_until(row: Addressee, item: ReferralItem) -> str:
    tz = item.office.tz
    begins = _("Sejak %(at)s") % {"at": say_short_instant(row.from_at, tz)}
    if row.until_at is None:
        return begins
    ends = _("sampai %(at)s") % {"at": say_short_instant(row.until_at, tz)}
    return " ".join(filter(None, (begins, ends, f"({row.reason})" if row.reason else "")))


def _packages(item: ReferralItem, reader: Reader) -> tuple[PackageRow, ...]:
    rows = packages_of(item=item, reader=reader).annotate(copies=Count("derivatives"))
    return tuple(_package(row) for row in rows.order_by("-version", "-pk"))


def _package(row: Any) -> PackageRow:  # noqa: ANN401  annotated with the count of copies
    words = _("%(channel)s · %(copies)s salinan bukti") % {
        "channel": row.get_channel_display(),
        "copies": row.copies,
    }
    return PackageRow(
        public_id=row.public_id,
        title=_("Versi %(version)s untuk %(addressee)s")
        % {"version": row.version, "addressee": row.addressee},
        sent=say_short_instant(row.sent_at, row.office.tz),
        note=words,
        arrived=_arrived(row),
        papers=tuple(letter_row(paper, row.office.tz) for paper in papers_of(row)),
    )


def papers_of(package: ReferralPackage) -> list[Document]:
    """Return letter, summary and list of evidence; they must be joined."""
    return [each for each in (package.letter, package.summary, package.evidence_list) if each]


def _arrived(row: ReferralPackage) -> str:
    if row.received_at is None:
        return ""
    return f"{say_short_instant(row.received_at, row.office.tz)}: {row.delivery_proof}"


def letter_row(row: Document, tz: ZoneInfo) -> LetterRow:
    """Return a document as a line of a list."""
    return LetterRow(
        public_id=str(row.public_id),
        title=row.spoken_title,
        number=row.number,
        at=say_short_instant(row.issued_at, tz),
    )


def _letters(item: ReferralItem, reader: Reader) -> tuple[LetterRow, ...]:
    rows = letters_of(item=item, reader=reader).order_by("-issued_at", "-pk")
    return tuple(letter_row(row, item.office.tz) for row in rows)


def _numbers(item: ReferralItem) -> tuple[SummaryRow, ...]:
    rows = ExternalNumber.objects.filter(item=item).order_by("dated_on", "pk")
    return tuple(
        SummaryRow(row.get_system_display(), f"{row.number}, {say_short_day(row.dated_on)}")
        for row in rows
    )


def _unconfirmed(item: ReferralItem, reader: Reader, actor: Actor) -> tuple[Unconfirmed, ...]:
    if reader is Reader.OFFICE:
        return ()
    ref = item.ref()
    rows = Step.objects.filter(
        subject_kind=ref.kind,
        subject_id=ref.id,
        confirmed_at__isnull=True,
        voided_at__isnull=True,
    ).exclude(acting_party="")
    return tuple(
        Unconfirmed(
            url=reverse(f"{SIDES[reader]}:confirm", args=[item.public_id, row.pk]),
            title=REFERRAL.get(row.action).label,
            at=say_short_instant(row.occurred_at, item.office.tz),
            by=row.actor_label,
        )
        for row in rows.order_by("sequence")
        if may_confirm(item=item, action=row.action, reader=reader, roles=actor.roles)
    )


def may_confirm(*, item: ReferralItem, action: str, reader: Reader, roles: Collection[str]) -> bool:
    """Whether this side is the authority whose act the handler recorded."""
    confirmers = REFERRAL.get(action).confirmers & frozenset(roles)
    if reader is Reader.BODY:
        return "liaison" in confirmers
    stands_in = "liaison" not in REFERRAL.get(action).confirmers or item.body_id is None
    return "hr_discipline" in confirmers and stands_in


def other_items(matter: Matter) -> "QuerySet[ReferralItem]":
    """Return every item of a matter with what lists show."""
    rows = ReferralItem.objects.filter(matter=matter)
    return rows.select_related("respondent", "body", "agency", "office").order_by("pk")
