"""A file that the plenary has decided, ready to be referred; nobody in it is a real person."""

from datetime import timedelta
from types import MappingProxyType

from complaints.codes import Audience, CaseState, DerivativeKind, EvidenceKind, EvidenceState
from complaints.models import (
    AgendaItem,
    Allegation,
    AllegationResult,
    Derivative,
    Evidence,
    Matter,
    Party,
    ReferralItem,
)
from complaints.services.lodge import lodge_report
from complaints.services.lodging import RespondentGiven
from complaints.services.send_package import Dispatch, released, send_package
from complaints.services.take_referral_step import take_referral_step
from complaints.workflow.actions import CaseAction, ReferralAction
from complaints.workflow.referral import REFERRAL
from neutrality.accounts.actors import actor_of
from neutrality.casework.engine import apply
from neutrality.casework.models import ClockState, LegalClock
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.organisations.models import Agency, ReferralBody, Region
from neutrality.vault.services import seal_blob
from tests.complaints import factories as make

REPORTER = "Pelapor Rahasia Qwxyz"
WITNESS = "Saksi Rahasia Vbnmk"
SECRETS = (REPORTER, WITNESS, "Qwxyz", "Vbnmk", "3571014101900001", "warga@contoh.id")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"salinan bersih" * 10
RECOMMENDATION = MappingProxyType(
    {
        "recommendation_number": "R-1/2025",
        "recommendation_on": "2025-06-19",
        "recommended_class": "HEAVY",
    }
)
DECREE = MappingProxyType(
    {
        "decree_number": "SK-1/2025",
        "decree_on": "2025-06-20",
        "sanction_class": "HEAVY",
    }
)


def agency(code="kota-contoh", name="Pemerintah Kota Contoh", region=make.KEDIRI):
    """An employer with its appointing authority."""
    return Agency.objects.create(
        code=code,
        name=name,
        kind="CITY",
        path=code,
        region=Region.objects.get(code=region),
        appointing_authority=f"Wali Kota {code}",
        valid_from="2000-01-01",
    )


class Scene:
    """A decided matter with one respondent (or more), the people around it, a released copy."""

    item: ReferralItem  # the one a test is about, once it is sent

    def __init__(self, *, kind="PNS", outcome="ASN_LAW", region=make.KEDIRI, employer=None, day=18):
        self.office = make.office(region)
        self.agency = employer
        self.clock = make.at(day, 11)
        self.handler_user = make.user("Staf contoh", "handler", office=self.office)
        self.member_user = make.user("Anggota contoh", "commissioner", office=self.office)
        self.handler = actor_of(user=self.handler_user, day=self.clock.now.date())
        self.member = actor_of(user=self.member_user, day=self.clock.now.date())
        self.matter = self._matter(kind, outcome)
        self.body = None

    def _matter(self, kind, outcome):
        given = make.lodging(
            office=self.office,
            contest=make.contest(region=self.office.region.code),
            reporter=make.identity(REPORTER),
            witnesses=(make.identity(WITNESS),),
            account=f"{REPORTER} melihat sendiri.",
            respondents=(
                RespondentGiven(
                    name="Lurah contoh",
                    subject_kind=kind,
                    unit_text="Kelurahan Contoh",
                    agency_id=self.agency.pk if self.agency else None,
                ),
            ),
        )
        report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16, 9))
        early = self.clock.now - timedelta(hours=1)
        Matter.objects.filter(pk=report.matter_id).update(
            state=CaseState.DECIDED, registered_at=early, decided_at=early
        )
        matter = Matter.objects.get(pk=report.matter_id)
        Allegation.objects.filter(matter=matter).update(
            act="SOCIAL_POST",
            stage="CANDIDATE",
            violation_code="D6",
            qualified_at=early,
            qualified_by_id=self.handler.user_id,
        )
        self.report = report
        self.decision = self.decide(matter)
        self.result(Allegation.objects.get(matter=matter), outcome)
        self.copy = self.evidence(matter)
        return matter

    def decide(self, matter):
        """The plenary's decision about the results."""
        return AgendaItem.objects.create(
            office=self.office,
            office_path=self.office.path,
            matter=matter,
            kind="RESULT",
            action=CaseAction.DECIDE,
            proposal="Usul contoh",
            proposed_at=self.clock.now,
            proposed_by_id=self.member.user_id,
            outcome="ADOPTED",
            decided_at=self.clock.now - timedelta(hours=1),
            coordinated_at=self.clock.now,
            coordinated_by_id=self.member.user_id,
        )

    def result(self, allegation, outcome):
        """A class that the plenary found for an allegation."""
        AllegationResult.objects.create(
            allegation=allegation,
            outcome=outcome,
            agenda_item=self.decision,
            decided_at=self.clock.now - timedelta(hours=1),
        )

    def another_respondent(self, name, employer, kind="PNS"):
        """A second respondent of the same matter, decided too."""
        first = Allegation.objects.filter(matter=self.matter).first()
        party = Party.objects.create(
            matter=self.matter,
            kind="RESPONDENT",
            alias=f"Terlapor {name}",
            name=name,
            subject_kind=kind,
            agency=employer,
        )
        self.result(self.allegation(first, respondent=party), "ASN_LAW")
        return party

    def another_allegation(self, **differs):
        """A second allegation against the first respondent, about which nothing was decided."""
        first = Allegation.objects.filter(matter=self.matter).earliest("pk")
        return self.allegation(first, respondent=first.respondent, **differs)

    def allegation(self, like, **differs):
        """A qualified allegation of this matter, like another one but for what differs."""
        same = {
            "incident": like.incident,
            "contest": like.contest,
            "category": like.category,
            "act": "SOCIAL_POST",
            "stage": "CANDIDATE",
            "violation_code": "D6",
        }
        return Allegation.objects.create(
            matter=self.matter,
            qualified_at=self.clock.now,
            qualified_by_id=self.handler.user_id,
            **{**same, **differs},
        )

    def evidence(self, matter):
        """A picture whose caption and file name tell who sent it, with a released clean copy."""
        sealed = seal_blob(data=PICTURE, clock=self.clock)
        original = Evidence.objects.create(
            matter=matter,
            kind=EvidenceKind.FILE,
            state=EvidenceState.CLEAN,
            caption=f"Foto dari {REPORTER}",
            original_name=f"{WITNESS}.png",
            stored_as=str(sealed.pk),
            media_type="image/png",
            size=len(PICTURE),
            sha256="a" * 64,
            handed_in_at=self.clock.now,
        )
        return Derivative.objects.create(
            evidence=original,
            kind=DerivativeKind.CLEANED,
            audience=Audience.BODY,
            stored_as=str(sealed.pk),
            media_type="image/png",
            size=len(PICTURE),
            sha256=sealed.sha256,
            parent_sha256="a" * 64,
            made_at=self.clock.now,
            made_by_id=self.handler.user_id,
            released_at=self.clock.now,
            released_by_id=self.member.user_id,
        )

    def send(self, *, clock=None, **how):
        """Send everything; return the items in the order of their respondents."""
        send_package(
            matter_id=self.matter.pk,
            dispatch=Dispatch(agenda_item=self.decision, derivatives=released(self.matter), **how),
            actor=self.handler,
            clock=clock or self.clock,
        )
        return list(ReferralItem.objects.filter(matter=self.matter).order_by("respondent_id"))

    def step(self, item, action, actor, clock, **data):
        """One step that somebody takes himself."""
        reason = data.pop("reason", "")
        return apply(
            workflow=REFERRAL,
            action=action,
            subject_id=item.pk,
            actor=actor,
            clock=clock,
            context=StepContext(reason=reason, data=data),
        )

    def recorded(self, item, action, clock, **data):
        """One step that the handler records from a letter."""
        return take_referral_step(
            item_id=item.pk,
            action=action,
            context=StepContext(
                acting_party="Instansi contoh",
                source=SourceDocument(number="S-1", dated_on=clock.now.date()),
                reason=data.pop("reason", ""),
                data=data,
            ),
            actor=self.handler,
            clock=clock,
        )

    def recommend(self, item):
        """Bring an item to RECOMMENDED as the handler records it."""
        self.recorded(item, ReferralAction.RECORD_ACKNOWLEDGE, make.at(19, 9))
        self.recorded(item, ReferralAction.RECORD_RECOMMEND, make.at(19, 10), **RECOMMENDATION)
        item.refresh_from_db()
        return item


def running(subject):
    """The clocks that run for a subject, oldest first."""
    rows = LegalClock.objects.filter(
        subject_kind=subject.ref().kind, subject_id=subject.pk, state=ClockState.OPEN
    )
    return list(rows.order_by("pk").values_list("code", flat=True))


def kanreg():
    """The regional office of BKN that answers for East Java."""
    return ReferralBody.objects.get(code="KANREG-02")
