"""What somebody hands in when a report is lodged or a tip recorded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from complaints.codes import Precision, ReporterKind, Source
from neutrality.audit.actor import Actor
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.law.codes import SubjectKind
from neutrality.organisations.models import Office
from neutrality.vault.services import IdentityData


@dataclass(frozen=True, slots=True)
class RespondentGiven:
    """Who is said to have done it: a name or a description, and where the person works."""

    name: str = ""
    description: str = ""
    subject_kind: str = SubjectKind.UNKNOWN
    agency_text: str = ""
    unit_text: str = ""
    agency_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentGiven:
    """One event: local dates, how exactly they are known, and the place or the platform."""

    from_on: date
    until_on: date | None = None
    precision: str = Precision.DAY
    at_time: time | None = None
    online: bool = False
    region_code: str = ""
    place: str = ""
    platform: str = ""
    account_name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class WebGiven:
    """A web address as evidence: where, whose, and the day or the instant that the post bears."""

    url: str
    platform: str = ""
    account_name: str = ""
    caption: str = ""
    posted_on: date | None = None
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """When something arrived that is entered later: a letter, a form filled in without power.

    Attributes:
        at: When it was received at the office; the periods run from then.
        reason: Why it is entered only now; needed beyond the tolerance, as are the next two.
        source: Number and date of the letter or of the form.
        second_person: Who else stands for the date.
    """

    at: datetime
    reason: str = ""
    source: SourceDocument | None = None
    second_person: Actor | None = None


@dataclass(frozen=True, slots=True)
class Lodging:
    """A whole report or tip, checked and ready to be written.

    Attributes:
        known_on: The local day on which the reporter learned of it; None when not told.
        categories: Codes of `law.CitizenCategory`.
        reporter: None when nobody gave a name; then only a tip can be recorded.
        power_of_attorney_id: The sealed letter among the draft's evidence, if it was handed in.
        signature: A `SignatureKind`; empty where it is signed on paper.
        draft_id: The draft it comes from, whose evidence moves along and whose answers go.
        code_digest: The keyed hash of the secret code; empty when none is to be issued.
        arrived: When it was received, if that was before it is entered.
    """

    source: Source
    office: Office
    contest: Contest | None
    known_on: date | None
    account: str
    categories: tuple[str, ...]
    incidents: tuple[IncidentGiven, ...]
    respondents: tuple[RespondentGiven, ...]
    witnesses: tuple[IdentityData, ...] = ()
    web: tuple[WebGiven, ...] = ()
    reporter: IdentityData | None = None
    reporter_kind: ReporterKind = ReporterKind.VOTER
    attorney: IdentityData | None = None
    power_of_attorney_id: int | None = None
    signature: str = ""
    coworker: bool = False
    language: str = "id"
    draft_id: int | None = None
    code_digest: bytes = b""
    arrived: Arrived | None = None

    def received(self, clock: Clock) -> Clock:
        """Return the moment from which window and periods count."""
        return Clock(now=self.arrived.at.astimezone(UTC)) if self.arrived else clock

    def context(self) -> StepContext:
        """Return what the first step is told of the arrival."""
        if self.arrived is None:
            return StepContext()
        return StepContext(
            occurred_at=self.arrived.at,
            reason=self.arrived.reason,
            source=self.arrived.source,
            second_person=self.arrived.second_person,
        )
