"""The plenary in the browser: meetings, what waits, one meeting, one item."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import access
from complaints.codes import Ballot, ItemOutcome, MeetingMode, MeetingState
from complaints.models import AgendaItem, PlenaryMeeting, Recusal, Vote
from complaints.selectors.allegations import named_allegations
from complaints.selectors.file_parts import PaperRow, paper_row
from complaints.services.decide_item import count_votes
from complaints.services.take_items import waiting_items
from complaints.workflow.deciding import workflow_of
from neutrality.accounts.models import RoleGrant
from neutrality.accounts.roles import Role
from neutrality.accounts.scope import offices_in_scope
from neutrality.audit.actor import Actor
from neutrality.casework.clocks import open_clocks_for
from neutrality.casework.models import LegalClock
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import OutcomeClass, PeriodCode, PlenaryMatter
from neutrality.law.labels import label
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_instant, say_short_instant
from neutrality.ui.due import DueWords, due_words
from neutrality.ui.parts import SummaryRow

TONES = {
    MeetingState.PLANNED: ("info", "calendar"),
    MeetingState.OPEN: ("warning", "people"),
    MeetingState.CLOSED: ("success", "check"),
    MeetingState.CANCELLED: ("neutral", "cross"),
    ItemOutcome.PENDING: ("waiting", "pause"),
    ItemOutcome.ADOPTED: ("success", "check"),
    ItemOutcome.REJECTED: ("danger", "cross"),
    ItemOutcome.DEFERRED: ("warning", "clock"),
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words with tone and icon."""

    label: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in the list."""

    url: str
    at: str
    how: str
    office: str
    items: int
    state: Badge


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One agenda item in a list: what is decided about which matter, and how it stands."""

    public_id: str
    url: str
    subject: str
    kind: str
    proposal: str
    since: str
    state: Badge
    ratify: DueWords | None

    @property
    def words(self) -> str:
        """What a checkbox says."""
        return f"{self.kind} · {self.subject}"


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting: its facts, its agenda, and how many items this reader may not see."""

    state: Badge
    facts: tuple[SummaryRow, ...]
    items: tuple[ItemRow, ...]
    hidden: int
    undecided: int
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member at the table: how they voted, or why they stand aside."""

    id: int
    name: str
    chairs: bool
    aside: str
    ballot: str
    ballot_code: str
    dissent: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What is proposed, or was found, for one allegation."""

    allegation: str
    outcomes: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One agenda item with its table."""

    row: ItemRow
    facts: tuple[SummaryRow, ...]
    members: tuple[MemberRow, ...]
    results: tuple[ResultRow, ...]
    needed: str
    decision: str

    @property
    def voters(self) -> list[tuple[str, str]]:
        """The members who may vote, for a form."""
        return [(str(row.id), row.name) for row in self.members if not row.aside]

    @property
    def somebody_aside(self) -> bool:
        """Whether a member has stood aside."""
        return any(row.aside for row in self.members)

    @property
    def may_stand_aside(self) -> list[tuple[str, str]]:
        """The members who have not stood aside, for a form."""
        return self.voters

    @property
    def cast(self) -> dict[int, tuple[str, str]]:
        """The ballots and dissents given so far, by member."""
        return {row.id: (row.ballot_code, row.dissent) for row in self.members if row.ballot_code}


def badge(state: Any) -> Badge:  # noqa: ANN401  a state of a meeting or the outcome of an item
    """Return the badge of a meeting's state or an item's outcome."""
    tone, icon = TONES[state]
    return Badge(str(state.label), tone, icon)


def meetings(*, actor: Actor) -> QuerySet[PlenaryMeeting]:
    """Return the meetings of the actor's offices for a keyset page, with their items counted."""
    rows = access.meetings_for(actor=actor).select_related("office")
    return rows.annotate(count=Count("items"))


def meeting_row(meeting: Any) -> MeetingRow:  # noqa: ANN401  a meeting with `count`
    """Return one meeting as the list shows it."""
    return MeetingRow(
        url=reverse("staff:meeting", args=[meeting.public_id]),
        at=say_short_instant(meeting.planned_at, meeting.office.tz),
        how=", ".join(filter(None, (meeting.get_mode_display(), meeting.place))),
        office=meeting.office.name,
        items=meeting.count,
        state=badge(MeetingState(meeting.state)),
    )


def waiting(
    *, actor: Actor, day: date, clock: Clock, office: Office | None = None, cap: int = 100
) -> tuple[ItemRow, ...]:
    """Return what waits for a meeting, coordinated decisions to be ratified first; two queries."""
    rows = access.agenda_for(actor=actor, day=day).filter(pk__in=waiting_items().values("pk"))
    if office is not None:
        rows = rows.filter(office=office)
    rows = rows.select_related("office", "matter")
    found = list(rows.order_by(F("coordinated_at").asc(nulls_last=True), "proposed_at", "pk")[:cap])
    return item_rows(found, clock)


def item_rows(items: list[AgendaItem], clock: Clock) -> tuple[ItemRow, ...]:
    """Return items as lists show them; one query for the clocks of ratification."""
    to_ratify = {row.matter_id for row in items if row.coordinated_at and not row.ratified_at}
    clocks = open_clocks_for(kind="matter", ids=to_ratify) if to_ratify else {}
    return tuple(_item_row(row, clocks.get(row.matter_id, []), clock) for row in items)


def meeting_page(*, meeting: PlenaryMeeting, actor: Actor, day: date, clock: Clock) -> MeetingPage:
    """Return one meeting; the same number of queries whatever its agenda."""
    visible = access.agenda_for(actor=actor, day=day).filter(meeting=meeting)
    items = list(visible.select_related("office", "matter").order_by("position", "pk"))
    tz = meeting.office.tz
    papers = access.documents_for(actor=actor, day=day).filter(
        Q(subject_kind="plenary_meeting", subject_id=meeting.pk)
        | Q(
            role="PLENARY_EXTRACT",
            matter_ref__in=[item.matter_id for item in items],
            issued_at=meeting.closed_at or clock.now,
        )
    )
    return MeetingPage(
        state=badge(MeetingState(meeting.state)),
        facts=_facts(meeting),
        items=item_rows(items, clock),
        hidden=meeting.items.count() - len(items),
        undecided=sum(_is_open(item) for item in items),
        papers=tuple(paper_row(row, tz) for row in papers.order_by("pk")),
    )


def item_page(*, item: AgendaItem, clock: Clock) -> ItemPage:
    """Return one item with members, ballots and results."""
    return ItemPage(
        row=item_rows([item], clock)[0],
        facts=_item_facts(item),
        members=_members(item),
        results=_results(item),
        needed=_needed(item),
        decision=item.decision,
    )


def members_of(*, office: Office, day: date) -> list[tuple[str, str]]:
    """Return the commissioners of an office for a form; one query."""
    rows = RoleGrant.objects.on(day).filter(role=Role.COMMISSIONER, office=office)
    people = rows.order_by("user__name", "user_id").values_list("user_id", "user__name").distinct()
    return [(str(pk), name) for pk, name in people]


def offices_to_plan(*, actor: Actor) -> list[Office]:
    """Return the offices where the actor may plan a meeting, at most 50; one query."""
    roles = (Role.COMMISSIONER, Role.SUPERVISOR, Role.HANDLER)
    rows = offices_in_scope(actor, *roles).select_related("region")
    return list(rows.order_by("path")[:50])


def quorum_words(meeting: PlenaryMeeting, present: int) -> str:
    """Say whether so many members can decide."""
    words = {"present": present, "quorum": meeting.quorum, "members": meeting.members}
    if present >= meeting.quorum:
        return (
            _("%(present)d dari %(members)d anggota: kuorum tercapai (paling sedikit %(quorum)d).")
            % words
        )
    return (
        _("%(present)d dari %(members)d anggota: kuorum belum tercapai, perlu %(quorum)d.") % words
    )


def _item_row(item: AgendaItem, clocks: list[LegalClock], clock: Clock) -> ItemRow:
    tz = item.office.tz
    return ItemRow(
        public_id=item.public_id,
        url=reverse("staff:agenda_item", args=[item.public_id]),
        subject=item.matter.spoken_title,
        kind=_kind(item),
        proposal=item.proposal,
        since=say_short_instant(item.proposed_at, tz),
        state=_state(item),
        ratify=_ratify(item, clocks, tz, clock),
    )


def _kind(item: AgendaItem) -> str:
    workflow, _subject = workflow_of(item)
    step = workflow.by_action.get(item.action)
    kind = str(label(PlenaryMatter(item.kind)))
    return f"{kind}: {step.label}" if step and step.label != kind else kind


def _state(item: AgendaItem) -> Badge:
    if item.coordinated_at and not item.ratified_at:
        return Badge(_("Menunggu pengesahan"), "waiting", "pause")
    if item.ratified_at:
        return Badge(_("Disahkan"), "success", "check")
    return badge(ItemOutcome(item.outcome))


def _ratify(
    item: AgendaItem, clocks: list[LegalClock], tz: ZoneInfo, clock: Clock
) -> DueWords | None:
    if not item.coordinated_at or item.ratified_at:
        return None
    row = next((row for row in clocks if row.code == PeriodCode.RATIFICATION), None)
    return due_words(due_at=row.due_at, now=clock.now, tz=tz) if row else None


def _is_open(item: AgendaItem) -> bool:
    to_ratify = item.coordinated_at is not None and item.ratified_at is None
    return item.outcome == ItemOutcome.PENDING or to_ratify


def _facts(meeting: PlenaryMeeting) -> tuple[SummaryRow, ...]:
    tz = meeting.office.tz
    there = list(meeting.attendance.select_related("member").order_by("member__name", "pk"))
    chair = next((row.member.name for row in there if row.chairs), "")
    opened_at = meeting.opened_at
    later = next(
        (row.recorded_at for row in there if opened_at and row.recorded_at > opened_at), None
    )
    rows = [
        SummaryRow(_("Nomor rapat"), meeting.number) if meeting.number else None,
        SummaryRow(_("Waktu"), say_instant(meeting.planned_at, tz)),
        SummaryRow(_("Kantor"), meeting.office.name),
        SummaryRow(_("Cara"), str(MeetingMode(meeting.mode).label)),
        SummaryRow(_("Alasan"), meeting.mode_reason) if meeting.mode_reason else None,
        SummaryRow(_("Tempat"), meeting.place) if meeting.place else None,
        SummaryRow(
            _("Kuorum"),
            _("%(quorum)d dari %(members)d anggota (%(basis)s)")
            % {
                "quorum": meeting.quorum,
                "members": meeting.members,
                "basis": cited(meeting.quorum_basis),
            },
        ),
        SummaryRow(_there(meeting), "; ".join(row.member.name for row in there)) if there else None,
        SummaryRow(_("Pemimpin rapat"), chair) if chair else None,
        SummaryRow(_("Dibuka"), say_instant(meeting.opened_at, tz)) if meeting.opened_at else None,
        SummaryRow(_("Dicatat menyusul"), say_instant(later, tz)) if later else None,
        SummaryRow(_("Ditutup"), say_instant(meeting.closed_at, tz)) if meeting.closed_at else None,
        SummaryRow(_("Alasan batal"), meeting.cancel_reason) if meeting.cancel_reason else None,
    ]
    return tuple(row for row in rows if row is not None)


def _there(meeting: PlenaryMeeting) -> str:
    """Return what is said of its members: who decides by circular does not come together."""
    return _("Ikut memutus") if meeting.mode == MeetingMode.CIRCULAR else _("Hadir")


def _item_facts(item: AgendaItem) -> tuple[SummaryRow, ...]:
    tz = item.office.tz
    workflow, _subject = workflow_of(item)
    step = workflow.by_action.get(item.action)
    rows = [
        SummaryRow(_("Berkas"), item.matter.spoken_title),
        SummaryRow(_("Mata acara"), str(label(PlenaryMatter(item.kind)))),
        SummaryRow(_("Bila disetujui"), step.label if step else item.action),
        SummaryRow(_("Usul"), item.proposal),
        SummaryRow(_("Diusulkan"), say_instant(item.proposed_at, tz)),
    ]
    if item.coordinated_at:
        rows.append(SummaryRow(_("Diputus koordinator"), say_instant(item.coordinated_at, tz)))
    if item.decided_at:
        rows.append(SummaryRow(_("Diputus"), say_instant(item.decided_at, tz)))
    if item.ratified_at:
        rows.append(SummaryRow(_("Disahkan pleno"), say_instant(item.ratified_at, tz)))
    if step:
        rows.append(SummaryRow(_("Dasar"), cited(step.basis)))
    return tuple(rows)


def _members(item: AgendaItem) -> tuple[MemberRow, ...]:
    if item.meeting is None:
        return ()
    aside = {row.member_id: row.reason for row in Recusal.objects.filter(item=item)}
    votes = {row.member_id: row for row in Vote.objects.filter(item=item)}
    there = item.meeting.attendance.select_related("member").order_by("member__name", "pk")
    return tuple(_member(row, aside, votes) for row in there)


def _member(row: Any, aside: dict[int, str], votes: dict[int, Vote]) -> MemberRow:  # noqa: ANN401
    vote = votes.get(row.member_id)
    return MemberRow(
        id=row.member_id,
        name=row.member.name,
        chairs=row.chairs,
        aside=aside.get(row.member_id, ""),
        ballot=str(Ballot(vote.ballot).label) if vote else "",
        ballot_code=vote.ballot if vote else "",
        dissent=vote.dissent if vote else "",
    )


def _results(item: AgendaItem) -> tuple[ResultRow, ...]:
    if item.kind != PlenaryMatter.RESULT:
        return ()
    given = {row["allegation"]: row for row in item.payload.get("results", [])}
    return tuple(
        ResultRow(
            allegation=words,
            outcomes=", ".join(
                str(label(OutcomeClass(code))) for code in given.get(row.pk, {}).get("outcomes", [])
            ),
            reason=given.get(row.pk, {}).get("reason", ""),
        )
        for row, words in named_allegations(matter=item.matter)
    )


def _needed(item: AgendaItem) -> str:
    if item.meeting is None or item.meeting.state != MeetingState.OPEN:
        return ""
    count = count_votes(item)
    return _("%(cast)d dari %(entitled)d suara masuk; disetujui dengan %(needed)d suara.") % {
        "cast": sum(count.ballots.values()),
        "entitled": count.entitled,
        "needed": count.needed,
    }
