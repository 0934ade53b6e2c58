"""The rows that arrive with a report or a tip: people, events, allegations, evidence, code."""

import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final, NamedTuple

from complaints.codes import (
    CodeHolder,
    EvidenceKind,
    EvidenceState,
    HandlingRole,
    PartyKind,
    Source,
)
from complaints.models import (
    AccessCode,
    Allegation,
    Evidence,
    Handling,
    Incident,
    Party,
    Tally,
)
from complaints.seeding.ground import Ground, Place
from complaints.seeding.ids import Ids
from complaints.seeding.journeys import Journey
from complaints.seeding.seals import Sealed, seal_reporters
from complaints.seeding.sheets import HOLE, Sheet, escaped
from complaints.seeding.words import DEEDS, PLATFORMS, POSITIONS, SURROUNDINGS, UNITS
from neutrality.documents.contents import ReceiptContent, Signatory
from neutrality.documents.models import Document
from neutrality.law.books import citizen_categories
from neutrality.law.clock import Clock
from neutrality.law.codes import ActCode, FormRole, SubjectKind
from neutrality.vault.models import BlindIndex, Identity, IdentityKind

_NUMBER: Final = "@nomor@"
_INSTANT: Final = "@saat@"
_KEYS: Final = ("matter", "report", "tip")
SOURCES: Final = (Source.ONLINE,) * 7 + (Source.COUNTER, Source.TELEPHONE, Source.LETTER)


class Story(NamedTuple):
    """What happened, in the words of one report."""

    category: str
    act: ActCode
    act_line: str
    position: str
    unit: str
    account: str
    platform: str

    @property
    def online(self) -> bool:
        """Whether it happened on a platform."""
        return bool(self.platform)


class Arrival(NamedTuple):
    """A file as it arrives: where, when, on which way, with which keys and words."""

    place: Place
    journey: Journey
    slots: tuple[int, ...]
    matter_id: int
    report_id: int | None
    tip_id: int | None
    story: Story
    receipt_number: str

    @property
    def kind(self) -> str:
        """What arrived."""
        return "report" if self.report_id else "tip"


class Arrived(NamedTuple):
    """Keys that later rows point to."""

    respondent_id: int
    allegation_id: int
    document_id: int | None


class Intake:
    """Writes what comes in with a file."""

    def __init__(self, ground: Ground, random: Random, clock: Clock) -> None:
        """Begin with empty sheets."""
        self.ground = ground
        self.ids = Ids(random)
        self.categories = [
            (each.code, ActCode(each.act), each.label_id)
            for each in citizen_categories(day=clock.now.date())
        ]
        self._year = f"{clock.now:%y}"
        self._open_people()
        self._open_account()
        self._open_papers()
        self.sheets = [
            self.identities,
            self.indexes,
            self.handlings,
            self.parties,
            self.incidents,
            self.allegations,
            self.evidence,
            self.codes,
            self.documents,
            self.tallies,
        ]
        self._counts: dict[tuple[str, int, int, str], int] = {}
        self._receipts: dict[tuple[str, int], str] = {}
        self._sealed: Iterator[Sealed] = iter(())

    def expect(self, reporters: int, *, beside: bool) -> None:
        """Get ready for so many reporters; `beside` seals them in a process of its own."""
        first = self.identities.next_id
        self._sealed = seal_reporters(range(first, first + reporters), beside=beside)

    def _open_people(self) -> None:
        self.identities = Sheet(
            Identity, "uuid", "kind", "key_id", "wrapped_key", "sealed", "created_at"
        )
        self._identity = self.identities.line_with(kind=IdentityKind.REPORTER)
        self.indexes = Sheet(BlindIndex, "identity", "purpose", "digest")
        self.handlings = Sheet(Handling, "matter", "office", "role", "from_at")
        self._handling = self.handlings.line_with(role=HandlingRole.RESPONSIBLE)
        said = ("kind", "alias", "identity", "name", "subject_kind", "unit_text")
        self.parties = Sheet(Party, "public_id", *_KEYS, *said)
        self._reporting = self.parties.line_with(
            tip=None,
            kind=PartyKind.REPORTER,
            alias="Pelapor",
            name="",
            subject_kind="",
            unit_text="",
        )
        self._responding = self.parties.line_with(
            kind=PartyKind.RESPONDENT,
            alias="Terlapor 1",
            identity=None,
            subject_kind=SubjectKind.PNS,
        )

    def _open_account(self) -> None:
        self.incidents = Sheet(
            Incident, "matter", "from_on", "online", "region", "place", "platform", "account_name"
        )
        self.allegations = Sheet(
            Allegation,
            "matter",
            "incident",
            "respondent",
            "contest",
            "category",
            "act",
            "stage",
            "violation_code",
            "qualified_at",
            "qualified_by",
        )
        shown = ("party", "kind", "state", "url", "platform", "account_name", "handed_in_at")
        self.evidence = Sheet(Evidence, "public_id", *_KEYS, *shown)
        self._page = self.evidence.line_with(
            party=None, kind=EvidenceKind.WEB, state=EvidenceState.CLEAN, account_name="akun.contoh"
        )

    def _open_papers(self) -> None:
        self.codes = Sheet(AccessCode, "digest", "holder", "report", "tip", "issued_at")
        self._holding = self.codes.line_with(holder=CodeHolder.REPORTER)
        self.documents = Sheet(
            Document,
            "public_id",
            "role",
            "form_code",
            "classification",
            "state",
            "number",
            "title",
            "office",
            "subject_kind",
            "subject_id",
            "matter_ref",
            "content",
            "template",
            "verify_code",
            "issued_at",
            "issued_by",
        )
        self.tallies = Sheet(Tally, "kind", "office", "contest", "month", "amount")

    def story(self) -> Story:
        """Return what happened this time."""
        choice = self.ids.choice
        category, act, line = choice(self.categories)
        position, unit = choice(POSITIONS), choice(UNITS)
        platform = choice(PLATFORMS) if self.ids.below(10) < 6 else ""
        said = f"{position} di {unit} {choice(DEEDS)}. {choice(SURROUNDINGS)}"
        account = f"{said} {choice(SURROUNDINGS)}"
        return Story(category, act, line, position, unit, account, platform)

    def receipt_number(self, prefix: str) -> str:
        """Return a receipt number of the form that online reports get."""
        return f"{prefix}{self._year}-{self.ids.receipt_code()}"

    def write(self, arrival: Arrival, qualified: tuple[str, str, str] | None) -> Arrived:
        """Write the file's people and things; `qualified` is stage, norm and time of the officer."""
        at = self.ground.instants[arrival.slots[0]]
        self.handlings.put(self._handling, arrival.matter_id, arrival.place.office_id, at.text)
        if arrival.report_id:
            self._reporter(arrival)
        respondent_id = self._respondent(arrival)
        allegation_id = self._allegation(arrival, respondent_id, qualified)
        if arrival.story.online:
            self._evidence(arrival, at.text)
        self._code(arrival, at.text)
        self._count(arrival)
        return Arrived(respondent_id, allegation_id, self._receipt(arrival))

    def write_counts(self) -> None:
        """Write the public counts, summed for each office and month."""
        for (kind, office, contest, month), amount in self._counts.items():
            self.tallies.add(kind, office, contest, month, amount)
        self._counts.clear()

    def count(self, kind: str, place: Place, slot: int) -> None:
        """Count one thing in the month of the office's local day."""
        month = self.ground.local(place, slot).month
        key = (kind, place.office_id, place.contest_id, month)
        self._counts[key] = self._counts.get(key, 0) + 1

    def _count(self, arrival: Arrival) -> None:
        for kind in (arrival.kind.upper(), "MATTER", "PERSON"):
            self.count(kind, arrival.place, arrival.slots[0])

    def _reporter(self, arrival: Arrival) -> None:
        *values, digests = next(self._sealed)
        at = self.ground.instants[arrival.slots[0]].text
        key = self.identities.put(self._identity, *values, at)
        for purpose, digest in digests:
            self.indexes.add(key, purpose, digest)
        self.parties.put(
            self._reporting, self.ids.public_id(), arrival.matter_id, arrival.report_id, key
        )

    def _respondent(self, arrival: Arrival) -> int:
        return self.parties.put(
            self._responding,
            self.ids.public_id(),
            arrival.matter_id,
            arrival.report_id,
            arrival.tip_id,
            arrival.story.position,
            arrival.story.unit,
        )

    def _allegation(
        self, arrival: Arrival, respondent_id: int, qualified: tuple[str, str, str] | None
    ) -> int:
        place, story = arrival.place, arrival.story
        day = self.ground.instants[arrival.slots[0]].at.date() - timedelta(days=self.ids.below(5))
        incident = self.incidents.add(
            arrival.matter_id,
            day.isoformat(),
            story.online,
            place.region_id,
            "" if story.online else "Balai contoh",
            story.platform,
            "akun.contoh" if story.online else "",
        )
        stage, norm, at = qualified or ("", "", None)
        return self.allegations.add(
            arrival.matter_id,
            incident,
            respondent_id,
            place.contest_id,
            story.category,
            story.act.value if qualified else "",
            stage,
            norm,
            at,
            place.desk_id if qualified else None,
        )

    def _evidence(self, arrival: Arrival, at: str) -> None:
        self.evidence.put(
            self._page,
            self.ids.public_id(),
            arrival.matter_id,
            arrival.report_id,
            arrival.tip_id,
            f"https://contoh.example/{arrival.matter_id}",
            arrival.story.platform,
            at,
        )

    def _code(self, arrival: Arrival, at: str) -> None:
        digest = rf"\\x{self.ids.hexadecimal(32)}"
        self.codes.put(self._holding, digest, arrival.report_id, arrival.tip_id, at)

    def _receipt(self, arrival: Arrival) -> int:
        """Write the receipt that goes with the first step; it is spelled once for an office."""
        key, slot = (arrival.kind, arrival.place.office_id), arrival.slots[0]
        if key not in self._receipts:
            self._receipts[key] = self._receipt_line(arrival)
        return self.documents.put(
            self._receipts[key],
            self.ids.hexadecimal(16),
            arrival.receipt_number,
            arrival.report_id or arrival.tip_id,
            arrival.matter_id,
            arrival.receipt_number,
            self.ground.local(arrival.place, slot).text,
            self.ids.verify_code(),
            self.ground.instants[slot].text,
        )

    def _receipt_line(self, arrival: Arrival) -> str:
        """Return a receipt with holes for keys, number, instant and code."""
        role = FormRole.PROVISIONAL_RECEIPT if arrival.report_id else FormRole.TIP_RECEIPT
        form, office = self.ground.book.form(role), arrival.place.office
        content = ReceiptContent(
            reporter=None,
            report_number=_NUMBER,
            received_at=self.ground.instants[arrival.slots[0]].at.astimezone(office.tz),
            received_via=str(Source.ONLINE.label),
            receiver=Signatory(caption="Dicatat oleh sistem", position=office.name),
        ).as_content()
        text = json.dumps(content | {"received_at": _INSTANT}, ensure_ascii=False)
        line = self.documents.line_with(
            role=role,
            form_code=form.code,
            classification="PARTY",
            state="FINAL",
            title=form.name,
            office=office.pk,
            subject_kind=arrival.kind,
            content=escaped(text),
            template="receipt",
            issued_by="Pelapor",
        )
        return line.replace(_NUMBER, HOLE).replace(_INSTANT, HOLE)
