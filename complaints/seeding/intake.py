"""The rows that arrive with a report or a tip: people, events, allegations, evidence, code."""

import json
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

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
from complaints.models.base import ALPHABET
from complaints.seeding.ground import Ground, Place
from complaints.seeding.journeys import Journey
from complaints.seeding.sheets import Sheet, escaped, hexed
from complaints.seeding.words import DEEDS, PLATFORMS, POSITIONS, SURROUNDINGS, UNITS
from neutrality.documents.codes import ALPHABET as CODE_LETTERS
from neutrality.documents.contents import ReceiptContent, Signatory
from neutrality.documents.models import Document
from neutrality.law.books import citizen_categories
from neutrality.law.clock import Clock
from neutrality.law.codes import ActCode, FormRole, SubjectKind
from neutrality.vault.models import BlindIndex, Identity, IdentityKind
from neutrality.vault.services import IdentityData, new_identity

_NUMBER: Final = "@nomor@"
_INSTANT: Final = "@saat@"
SOURCES: Final = (Source.ONLINE,) * 7 + (Source.COUNTER, Source.TELEPHONE, Source.LETTER)


@dataclass(frozen=True, slots=True)
class Story:
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


@dataclass(frozen=True, slots=True)
class Arrival:
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


@dataclass(frozen=True, slots=True)
class Arrived:
    """Keys that later rows point to."""

    respondent_id: int
    allegation_id: int
    document_id: int | None


class Intake:
    """Writes what comes in with a file."""

    def __init__(self, ground: Ground, random: Random, clock: Clock) -> None:
        """Begin with empty sheets."""
        self.ground, self.random, self.clock = ground, random, clock
        self.categories = citizen_categories(day=clock.now.date())
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
        self._receipts: dict[int, str] = {}

    def _open_people(self) -> None:
        self.identities = Sheet(
            Identity, "uuid", "kind", "key_id", "wrapped_key", "sealed", "created_at"
        )
        self.indexes = Sheet(BlindIndex, "identity", "purpose", "digest")
        self.handlings = Sheet(Handling, "matter", "office", "role", "from_at")
        self.parties = Sheet(
            Party,
            "public_id",
            "matter",
            "report",
            "tip",
            "kind",
            "alias",
            "identity",
            "name",
            "subject_kind",
            "unit_text",
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
        self.evidence = Sheet(
            Evidence,
            "public_id",
            "matter",
            "report",
            "tip",
            "party",
            "kind",
            "state",
            "url",
            "platform",
            "account_name",
            "handed_in_at",
        )

    def _open_papers(self) -> None:
        self.codes = Sheet(AccessCode, "digest", "holder", "report", "tip", "issued_at")
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

    def public_id(self) -> str:
        """Return an opaque id."""
        return "".join(self.random.choices(ALPHABET, k=12))

    def story(self) -> Story:
        """Return what happened this time."""
        chance = self.random
        category = chance.choice(self.categories)
        position, unit = chance.choice(POSITIONS), chance.choice(UNITS)
        platform = chance.choice(PLATFORMS) if chance.random() < 0.6 else ""
        said = f"{position} di {unit} {chance.choice(DEEDS)}. {chance.choice(SURROUNDINGS)}"
        return Story(
            category=category.code,
            act=ActCode(category.act),
            act_line=category.label_id,
            position=position,
            unit=unit,
            account=f"{said} {chance.choice(SURROUNDINGS)}",
            platform=platform,
        )

    def receipt_number(self, prefix: str) -> str:
        """Return a receipt number of the form that online reports get."""
        plain = "".join(self.random.choices(ALPHABET, k=8)).upper()
        return f"{prefix}{self.clock.now:%y}-{plain[:4]}-{plain[4:]}"

    def write(self, arrival: Arrival, qualified: tuple[str, str, str] | None) -> Arrived:
        """Write the file's people and things; `qualified` is stage, norm and time of the officer."""
        at = self.ground.instants[arrival.slots[0]]
        self.handlings.add(
            arrival.matter_id, arrival.place.office.pk, HandlingRole.RESPONSIBLE.value, at.text
        )
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
        local = self.ground.instants[slot].at.astimezone(place.zone).date()
        key = (kind, place.office.pk, place.contest.pk, local.replace(day=1).isoformat())
        self._counts[key] = self._counts.get(key, 0) + 1

    def _count(self, arrival: Arrival) -> None:
        for kind in (arrival.kind.upper(), "MATTER", "PERSON"):
            self.count(kind, arrival.place, arrival.slots[0])

    def _reporter(self, arrival: Arrival) -> None:
        serial = self.identities.next_id
        data = IdentityData(
            name=f"Warga contoh {serial}",
            nik=f"{3571014101900000 + serial % 10000}",
            address=f"Jalan Contoh {serial % 200}",
            phone=f"+62812{serial:08d}",
            email=f"warga{serial}@benih.example",
        )
        identity, indexes = new_identity(data=data, kind=IdentityKind.REPORTER, clock=self.clock)
        key = self.identities.add(
            str(identity.uuid),
            identity.kind,
            identity.key_id,
            hexed(identity.wrapped_key or b""),
            hexed(identity.sealed),
            self.ground.instants[arrival.slots[0]].text,
        )
        for index in indexes:
            self.indexes.add(key, index.purpose, hexed(index.digest))
        self.parties.add(
            self.public_id(),
            arrival.matter_id,
            arrival.report_id,
            None,
            PartyKind.REPORTER.value,
            "Pelapor",
            key,
            "",
            "",
            "",
        )

    def _respondent(self, arrival: Arrival) -> int:
        return self.parties.add(
            self.public_id(),
            arrival.matter_id,
            arrival.report_id,
            arrival.tip_id,
            PartyKind.RESPONDENT.value,
            "Terlapor 1",
            None,
            arrival.story.position,
            SubjectKind.PNS.value,
            arrival.story.unit,
        )

    def _allegation(
        self, arrival: Arrival, respondent_id: int, qualified: tuple[str, str, str] | None
    ) -> int:
        place, story = arrival.place, arrival.story
        day = self.ground.instants[arrival.slots[0]].at.date() - timedelta(
            days=self.random.randrange(5)
        )
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
            place.contest.pk,
            story.category,
            story.act.value if qualified else "",
            stage,
            norm,
            at,
            place.staff["petugas"].pk if qualified else None,
        )

    def _evidence(self, arrival: Arrival, at: str) -> None:
        self.evidence.add(
            self.public_id(),
            arrival.matter_id,
            arrival.report_id,
            arrival.tip_id,
            None,
            EvidenceKind.WEB.value,
            EvidenceState.CLEAN.value,
            f"https://contoh.example/{arrival.matter_id}",
            arrival.story.platform,
            "akun.contoh",
            at,
        )

    def _code(self, arrival: Arrival, at: str) -> None:
        self.codes.add(
            hexed(self.random.randbytes(32)),
            CodeHolder.REPORTER.value,
            arrival.report_id,
            arrival.tip_id,
            at,
        )

    def _receipt(self, arrival: Arrival) -> int:
        """Write the receipt that goes with the first step."""
        role = FormRole.PROVISIONAL_RECEIPT if arrival.report_id else FormRole.TIP_RECEIPT
        form = self.ground.book.form(role)
        office, at = arrival.place.office, self.ground.instants[arrival.slots[0]]
        plain = "".join(self.random.choices(CODE_LETTERS, k=12))
        return self.documents.add(
            f"{self.random.getrandbits(128):032x}",
            role.value,
            form.code,
            "PARTY",
            "FINAL",
            arrival.receipt_number,
            form.name,
            office.pk,
            arrival.kind,
            arrival.report_id or arrival.tip_id,
            arrival.matter_id,
            self._receipt_content(arrival),
            "receipt",
            f"{plain[:4]}-{plain[4:8]}-{plain[8:]}",
            at.text,
            "Pelapor",
        )

    def _receipt_content(self, arrival: Arrival) -> str:
        """Return the receipt as JSON; all but number and instant is made once for an office."""
        office = arrival.place.office
        at = self.ground.instants[arrival.slots[0]].at.astimezone(office.tz)
        if office.pk not in self._receipts:
            content = ReceiptContent(
                reporter=None,
                report_number=_NUMBER,
                received_at=at,
                received_via=str(Source.ONLINE.label),
                receiver=Signatory(caption="Dicatat oleh sistem", position=office.name),
            ).as_content()
            text = json.dumps(content | {"received_at": _INSTANT}, ensure_ascii=False)
            self._receipts[office.pk] = escaped(text)
        text = self._receipts[office.pk].replace(_NUMBER, arrival.receipt_number)
        return text.replace(_INSTANT, at.isoformat())
