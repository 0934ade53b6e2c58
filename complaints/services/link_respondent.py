"""Link a respondent, first only named, to agency, unit and person of the roster."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from complaints.codes import PartyKind
from complaints.models import Matter, Party
from complaints.services.office_roles import CLERKS, note
from complaints.services.release_assignments import release_of_file
from complaints.workflow import refusals
from neutrality.audit.actor import Actor
from neutrality.casework.refusals import Refused
from neutrality.law.clock import Clock
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.models import Employment, Person
from neutrality.personnel.selectors import employment_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where the respondent works, and who it is when the roster knows; None takes a link away."""

    agency: Agency | None
    unit: Unit | None = None
    person: Person | None = None
    subject_kind: str = ""
    position_class: str = ""


@transaction.atomic(durable=True)
def link_respondent(*, party: Party, link: Link, actor: Actor, clock: Clock) -> Party:
    """Write the link with the employment on the first day of the act; what was said stays.

    The position class is kept for the statistics: the officer's, else that of the employment.
    Who turns out to be tied to the respondent lets go of the file.

    Raises:
        Refused: Not of this office, no respondent, a unit of another agency, or a person whom
            the agency does not employ on that day.
    """
    files = Matter.objects.select_for_update(of=("self",), no_key=True)
    owner = files.select_related("office__region").get(pk=party.matter_id)
    note("respondent.link", owner, *CLERKS, actor=actor, clock=clock, party=party.pk)
    employment = _employment(party, link, owner, clock)
    _check(party, link, employment)
    row = Party.objects.get(pk=party.pk)
    row.agency, row.person, row.employment = link.agency, link.person, employment
    row.unit = link.unit or (employment.unit if employment else None)
    row.subject_kind = link.subject_kind or (employment.kind if employment else row.subject_kind)
    row.position_class = link.position_class or (employment.position_class if employment else "")
    row.linked_at, row.linked_by_id = clock.now, actor.user_id
    row.save(
        update_fields=[
            "agency", "unit", "person", "employment", "subject_kind", "position_class",
            "linked_at", "linked_by",
        ]
    )  # fmt: skip
    release_of_file(matter_id=owner.pk, actor=actor, clock=clock)
    return row


def day_of_act(*, party: Party, matter: Matter, clock: Clock) -> date:
    """Return the first day on which the respondent is said to have done something, else today."""
    first = matter.incidents.filter(allegations__respondent=party).order_by("from_on").first()
    return first.from_on if first else clock.today_in(matter.office.tz)


def _employment(party: Party, link: Link, matter: Matter, clock: Clock) -> Employment | None:
    if link.person is None or link.agency is None:
        return None
    day = day_of_act(party=party, matter=matter, clock=clock)
    return employment_on(person=link.person, agency=link.agency, day=day)


def _check(party: Party, link: Link, employment: Employment | None) -> None:
    if party.kind != PartyKind.RESPONDENT:
        raise Refused(refusals.NOT_A_RESPONDENT)
    if link.unit and (link.agency is None or link.unit.agency_id != link.agency.pk):
        raise Refused(refusals.UNIT_ELSEWHERE)
    if link.person and employment is None:
        raise Refused(refusals.NOT_EMPLOYED_THERE)
