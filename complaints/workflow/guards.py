"""What must be so before a step; each guard answers with a refusal or None."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from complaints.codes import (
    CaseState,
    Deviation,
    ReferralState,
    ReportState,
    SanctionState,
    SessionState,
    TipState,
    Verdict,
)
from complaints.models import (
    AgendaItem,
    Allegation,
    AllegationResult,
    Assessment,
    ClarificationSession,
    Conclusion,
    Matter,
    MatterJoin,
    Party,
    ReferralItem,
    Report,
    RequirementCheck,
    Sanction,
    Tip,
)
from complaints.services.invited_in_time import came_in_time, with_arrival
from complaints.workflow import refusals
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refusal
from neutrality.casework.workflow import Act
from neutrality.law.codes import OutcomeClass, PeriodCode, PlenaryMatter, SanctionClass
from neutrality.organisations.models import Office, ReferralBody

_INVITED: Final = 2
REFERRED_CLASSES = frozenset(
    {
        OutcomeClass.ASN_LAW,
        OutcomeClass.CRIMINAL,
        OutcomeClass.ETHICS,
        OutcomeClass.ADMINISTRATIVE,
        OutcomeClass.OTHER_LAW,
    }
)
ENDED_REPORTS = (
    ReportState.NOT_REGISTERED,
    ReportState.TIP,
    ReportState.REFERRED,
    ReportState.WITHDRAWN,
)
# A decree that is neither carried out nor taken back.
TO_EXECUTE = frozenset(SanctionState) - {SanctionState.EXECUTED, SanctionState.ANNULLED}
ENDED_TIPS = (TipState.REPORT, TipState.CLOSED, TipState.REFERRED)
# In these the case takes in nothing more before it is opened again.
CASE_IS_OVER = frozenset({CaseState.DECIDED, CaseState.CLOSED})


def matter_id_of(subject: Report | Tip | Matter) -> int:
    """Return the matter's id of an entry, or of the matter itself."""
    return subject.pk if isinstance(subject, Matter) else subject.matter_id


def decided_by_plenary(subject: Report | Tip | Matter, act: Act) -> Refusal | None:
    """Ask for an adopted, unused agenda item on this matter and action."""
    item = AgendaItem.objects.filter(
        pk=act.data.get("agenda_item", 0),
        matter_id=matter_id_of(subject),
        action=act.transition.action,
        decided_at__isnull=False,
        outcome="ADOPTED",
    ).first()
    if item is None:
        return refusals.NO_PLENARY
    return refusals.PLENARY_USED if item.used_at else None


def _verdicts(report: Report) -> set[tuple[str, str]]:
    return set(
        RequirementCheck.objects.filter(
            report=report, review_round=report.review_round
        ).values_list("code", "verdict")
    )


def _required(act: Act) -> Iterable[str]:
    return {row.code for row in act.rulebook.requirements() if row.is_mandatory}


def _failed(report: Report, act: Act) -> set[str]:
    not_met = {code for code, verdict in _verdicts(report) if verdict == Verdict.NOT_MET}
    return not_met & set(_required(act))


def all_judged(report: Report, act: Act) -> Refusal | None:
    """Ask for a verdict on every requirement of the law in force."""
    judged = {code for code, _ in _verdicts(report)}
    return None if judged.issuperset(_required(act)) else refusals.NOT_JUDGED


def something_is_missing(report: Report, act: Act) -> Refusal | None:
    """Ask that at least one requirement failed."""
    return None if _failed(report, act) else refusals.NOTHING_MISSING


def nothing_is_missing(report: Report, act: Act) -> Refusal | None:
    """Ask that no requirement failed."""
    return refusals.SOMETHING_MISSING if _failed(report, act) else None


def completion_was_read(report: Report, act: Act) -> Refusal | None:
    """Ask for a verdict since the reporter completed; one decided before it came is overtaken."""
    waits = report.state == ReportState.INITIAL_REVIEW and report.review_round > 1
    return refusals.COMPLETION_UNREAD if waits and not _verdicts(report) else None


def withdrawal_is_new(report: Report, act: Act) -> Refusal | None:
    """Ask that the wish to withdraw was not recorded before."""
    return refusals.WITHDRAWAL_RECORDED if report.withdrawal_recorded_at else None


def contest_is_known(subject: Report | Tip, act: Act) -> Refusal | None:
    """Ask for the contest: form, number and clock follow it."""
    return None if subject.contest_id else refusals.NO_CONTEST


def identity_is_verified(report: Report, act: Act) -> Refusal | None:
    """Ask how the reporter's identity was verified (Perbawaslu 7/2022 art. 15)."""
    return None if act.data.get("identity_check") else refusals.NO_IDENTITY


def office_has_code(subject: Report | Tip, act: Act) -> Refusal | None:
    """Ask for the office's official code; without it there is no official number."""
    return None if subject.office.code_bawaslu else refusals.NO_OFFICE_CODE


def another_office_is_named(subject: Report | Tip, act: Act) -> Refusal | None:
    """Ask for an office other than the present one."""
    target = act.data.get("office")
    return None if target and target != subject.office_id else refusals.NO_TARGET_OFFICE


def taken_by_an_office_above(matter: Matter, act: Act) -> Refusal | None:
    """Ask for an office above the present one; the plenary of that office decides."""
    taker = Office.objects.filter(pk=act.data.get("office", 0)).first()
    above = taker is not None and matter.office_path.startswith(f"{taker.path}/")
    return None if above else refusals.NOT_ABOVE


def another_file_is_named(matter: Matter, act: Act) -> Refusal | None:
    """Ask for the file that takes this one in."""
    into = act.data.get("into", 0)
    return None if into and into != matter.pk else refusals.NO_OTHER_FILE


def is_joined(matter: Matter, act: Act) -> Refusal | None:
    """Ask that the file is closed because it was taken into another one."""
    joined = MatterJoin.objects.filter(matter=matter, split_at__isnull=True).exists()
    return None if joined else refusals.NOT_JOINED


def registration_is_named(matter: Matter, act: Act) -> Refusal | None:
    """Ask since when something of the file is registered: its handling is counted from there."""
    return None if act.data.get("registered_at") else refusals.NEVER_A_CASE


def not_yet_a_case(subject: Report | Tip, act: Act) -> Refusal | None:
    """Ask that nothing of the file is registered: a case moves only by a plenary's decision."""
    return None if subject.matter.state == CaseState.INTAKE else refusals.IS_A_CASE


def case_is_not_over(subject: Report | Tip, act: Act) -> Refusal | None:
    """Ask that the case of the file still runs: what is registered after it is handled by nobody."""
    return refusals.CASE_OVER if case_is_over(subject.matter) else None


def case_is_over(matter: Matter) -> bool:
    """Whether the file was a case and is decided or closed."""
    return matter.registered_at is not None and matter.state in CASE_IS_OVER


def was_closed_before_registration(matter: Matter, act: Act) -> Refusal | None:
    """Ask that the file was closed without ever being a case, and was not taken into another."""
    joined = MatterJoin.objects.filter(matter=matter, split_at__isnull=True).exists()
    return refusals.WAS_A_CASE if joined or matter.registered_at else None


def assessment_is_approved(subject: Report | Tip | Matter, act: Act) -> Refusal | None:
    """Ask that a second person approved the latest version, and that it covers every allegation."""
    matter_id = matter_id_of(subject)
    latest = Assessment.objects.filter(matter_id=matter_id).order_by("-version").first()
    if latest is None or latest.approved_at is None:
        return refusals.NO_ASSESSMENT
    # A file joined since, or a respondent named since, brings what nobody has assessed.
    covered = Conclusion.objects.filter(assessment=latest).values("allegation")
    left = Allegation.objects.filter(matter_id=matter_id).exclude(pk__in=covered)
    return refusals.NOT_ASSESSED if left.exists() else None


def tracing_has_a_result(tip: Tip, act: Act) -> Refusal | None:
    """Ask for the supervision report (Form A) and the day it was found."""
    return None if tip.tracing_result and tip.found_on else refusals.NO_TRACING_RESULT


def there_is_an_allegation(subject: Report | Tip | Matter, act: Act) -> Refusal | None:
    """Ask for at least one allegation."""
    exists = Allegation.objects.filter(matter_id=matter_id_of(subject)).exists()
    return None if exists else refusals.NO_ALLEGATION


def allegations_are_qualified(subject: Report | Tip | Matter, act: Act) -> Refusal | None:
    """Ask for act, stage and law row of every allegation."""
    open_ones = Allegation.objects.filter(
        matter_id=matter_id_of(subject), qualified_at__isnull=True
    ).exists()
    return refusals.NOT_QUALIFIED if open_ones else None


def respondents_were_heard(matter: Matter, act: Act) -> Refusal | None:
    """Ask that every respondent was heard, or invited twice in vain; a reason may stand instead.

    In vain is an invitation of which it is proven that it arrived in time.
    """
    if act.reason:
        return None
    heard = matter.sessions.filter(state=SessionState.HELD).values("party")
    respondents = Party.objects.filter(matter=matter, kind="RESPONDENT").exclude(pk__in=heard)
    left = set(respondents.values_list("pk", flat=True))
    in_vain = Counter(row.party_id for row in _missed(matter, act)) if left else Counter[int]()
    return refusals.NOT_HEARD if any(in_vain[party] < _INVITED for party in left) else None


def _missed(matter: Matter, act: Act) -> Iterator[ClarificationSession]:
    """Yield the sessions to which somebody did not come who had been invited in time."""
    for row in with_arrival(matter.sessions.filter(state=SessionState.ABSENT)):
        if came_in_time(
            session=row,
            received_at=getattr(row, "received_at", None),
            rule=act.rulebook.period(PeriodCode.INVITATION_NOTICE),
            calendar=act.calendar,
        ):
            yield row


def every_allegation_has_a_result(matter: Matter, act: Act) -> Refusal | None:
    """Ask for a result in force for each allegation."""
    decided = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at__isnull=True
    ).values("allegation")
    left = Allegation.objects.filter(matter=matter).exclude(pk__in=decided)
    return refusals.NO_RESULT if left.exists() else None


def was_registered(matter: Matter, act: Act) -> Refusal | None:
    """Ask that the file was a case: what was never registered is not opened again as one."""
    return None if matter.registered_at else refusals.NEVER_A_CASE


def not_extended_before(matter: Matter, act: Act) -> Refusal | None:
    """Ask that this is the first extension (UU 7/2017 art. 454; UU 10/2016 art. 134)."""
    return refusals.EXTENDED_BEFORE if matter.extended_at else None


def everything_proven_was_referred(matter: Matter, act: Act) -> Refusal | None:
    """Ask for a referral item for each respondent and class that was found."""
    found = set(
        AllegationResult.objects.filter(
            allegation__matter=matter, superseded_at__isnull=True, outcome__in=REFERRED_CLASSES
        ).values_list("allegation__respondent_id", "outcome")
    )
    sent = set(
        ReferralItem.objects.filter(matter=matter)
        .exclude(state=ReferralState.CANCELLED)
        .values_list("respondent_id", "outcome")
    )
    return refusals.NOT_REFERRED if found - sent else None


def all_entries_ended(matter: Matter, act: Act) -> Refusal | None:
    """Ask that no report or tip of the matter is still open."""
    reports = matter.reports.exclude(state__in=ENDED_REPORTS).exists()
    tips = matter.tips.exclude(state__in=ENDED_TIPS).exists()
    return refusals.ENTRIES_OPEN if reports or tips else None


def no_entry_is_undecided(matter: Matter, act: Act) -> Refusal | None:
    """Ask that every report and tip of the case is registered or has ended otherwise."""
    return refusals.ENTRIES_OPEN if has_undecided_entry(matter) else None


def has_undecided_entry(matter: Matter) -> bool:
    """Whether a report or tip of the file is neither registered nor ended."""
    reports = matter.reports.exclude(state__in=(*ENDED_REPORTS, ReportState.REGISTERED))
    tips = matter.tips.exclude(state__in=(*ENDED_TIPS, TipState.FINDING))
    return reports.exists() or tips.exists()


def recommendation_is_named(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask for number, date and sanction class of the recommendation."""
    named = ("recommendation_number", "recommendation_on", "recommended_class")
    return None if all(act.data.get(key) for key in named) else refusals.NO_LETTER


def decree_is_named(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask for number, date and class of the appointing authority's decree."""
    named = ("decree_number", "decree_on", "sanction_class")
    return None if all(act.data.get(key) for key in named) else refusals.NO_DECREE


def deviation_is_explained(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask why the decree is of another class than the body recommended."""
    return refusals.DEVIATION_UNEXPLAINED if deviates(item, act) and not act.reason else None


def deviates(item: ReferralItem, act: Act) -> bool:
    """Whether the decree is of another class than the recommendation, where there is one."""
    chosen = act.data.get("sanction_class")
    named = chosen in set(SanctionClass)
    return named and bool(item.recommended_class) and chosen != item.recommended_class


def deviation_waits(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask that the decree differs from the recommendation and the body has not answered."""
    return None if item.deviation == Deviation.WAITING else refusals.NO_DEVIATION


def sanction_is_to_be_executed(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask of a sanctioned item that the decree is still to be carried out."""
    if item.state != ReferralState.SANCTIONED:
        return None
    return None if waits_for_execution(item) else refusals.ALREADY_EXECUTED


def waits_for_execution(item: ReferralItem) -> bool:
    """Whether a decree of the item is neither carried out nor taken back."""
    return Sanction.objects.filter(item=item, state__in=TO_EXECUTE).exists()


def control_is_named(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask which control BKN took (Peraturan BKN 1/2023)."""
    return None if act.data.get("control") else refusals.NO_CONTROL


def addressee_acts(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask that the body acts itself; an agency does only when the package went to it directly."""
    stands_in = act.role == Role.HR_DISCIPLINE and item.body_id is not None
    return refusals.NOT_THE_ADDRESSEE if stands_in else None


def a_body_has_it(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask that a body was addressed, for only a body recommends."""
    return None if item.body_id else refusals.ADDRESSED_TO_AGENCY


def body_has_ended(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask that the body which has the item is not in force any more."""
    today = act.clock.today_in(act.calendar.tz)
    in_force = ReferralBody.objects.on(today).filter(pk=item.body_id or 0).exists()
    return refusals.BODY_IN_FORCE if in_force or item.body_id is None else None


def result_stands(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask that the result which is referred is in force; by art. 22 there is none to ask for."""
    return None if decision_of_item(item) else refusals.RESULT_WITHDRAWN


def decision_of_item(item: ReferralItem) -> AgendaItem | None:
    """Return the decision on which a referral rests today, or None when its result was withdrawn.

    A case that was opened again may have found the same anew. What was sent by art. 22 goes on
    resting on the decision that sent it.
    """
    packages = item.packages.select_related("agenda_item").order_by("-version", "-pk")
    former = packages.first()
    if former and former.agenda_item.kind != PlenaryMatter.RESULT:
        return former.agenda_item
    results = AllegationResult.objects.filter(
        allegation__respondent=item.respondent_id, outcome=item.outcome, superseded_at__isnull=True
    )
    found = results.select_related("agenda_item").order_by("-decided_at", "-pk").first()
    return found.agenda_item if found else None


def recommended_or_addressed_directly(item: ReferralItem, act: Act) -> Refusal | None:
    """Ask for the recommendation, unless the agency itself was the addressee."""
    waits = item.state == ReferralState.ACKNOWLEDGED and item.body_id is not None
    return refusals.NOT_THE_ADDRESSEE if waits else None
