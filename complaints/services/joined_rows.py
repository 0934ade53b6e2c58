"""Which rows go along when a file is joined to another, and which come back when it is split off."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

from complaints.models import (
    AccountWording,
    AgendaItem,
    Allegation,
    AllegationResult,
    ClarificationSession,
    Conclusion,
    DataRequest,
    Delivery,
    Evidence,
    ExternalNumber,
    Finding,
    Incident,
    InformationRequest,
    Matter,
    MatterJoin,
    NumberEntry,
    OfficeLetter,
    OutsideTask,
    Party,
    ReferralItem,
    Report,
    Tip,
)
from neutrality.documents.models import Document

Rows = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Own:
    """What belongs to the entries that came with a file, by key."""

    reports: list[int]
    tips: list[int]
    parties: list[int]
    incidents: list[int]


# The tables whose rows name their file, and by what a row that came later belongs to its entries.
_OF: Final[dict[str, tuple[type[Model], Callable[[Own], Q]]]] = {
    "report": (Report, lambda own: Q(pk__in=own.reports)),
    "tip": (Tip, lambda own: Q(pk__in=own.tips)),
    "finding": (Finding, lambda own: Q(tip__in=own.tips)),
    "incident": (Incident, lambda own: Q(pk__in=own.incidents)),
    "allegation": (Allegation, lambda own: Q(respondent__in=own.parties)),
    "evidence": (
        Evidence,
        lambda own: (
            Q(report__in=own.reports)
            | Q(tip__in=own.tips)
            | Q(party__in=own.parties)
            | Q(message__report__in=own.reports)
            | Q(message__tip__in=own.tips)
            | Q(message__party__in=own.parties)
        ),
    ),
    "session": (ClarificationSession, lambda own: Q(party__in=own.parties)),
    "item": (AgendaItem, lambda own: Q(report__in=own.reports) | Q(tip__in=own.tips)),
    "delivery": (Delivery, lambda own: Q(party__in=own.parties) | Q(document__in=_papers(own))),
    "number": (NumberEntry, lambda own: Q(text__in=_numbers(own))),
    "external": (ExternalNumber, lambda _own: Q(pk__in=[])),
    "wording": (AccountWording, lambda own: Q(report__in=own.reports) | Q(tip__in=own.tips)),
    "information": (InformationRequest, lambda own: Q(party__in=own.parties)),
    "task": (OutsideTask, lambda own: Q(tip__in=own.tips)),
    "letter": (OfficeLetter, lambda _own: Q(pk__in=[])),
    "data_request": (
        DataRequest,
        lambda own: Q(report__in=own.reports) | Q(tip__in=own.tips) | Q(party__in=own.parties),
    ),
}


def move_in(*, matter: Matter, into: Matter) -> tuple[Rows, dict[str, str]]:
    """Move everything into the other file; return what moved, and the former names of its people."""
    aliases = _move_people(matter, into)
    rows: Rows = {"party": [int(pk) for pk in aliases]}
    for name, (model, _own) in _OF.items():
        found = model._default_manager.filter(matter=matter)  # noqa: SLF001  any of the tables
        rows[name] = list(found.order_by("pk").values_list("pk", flat=True))
        found.update(matter=into)
    papers = Document.objects.filter(matter_ref=matter.pk)
    rows["document"] = list(papers.order_by("pk").values_list("pk", flat=True))
    papers.update(matter_ref=into.pk)
    return rows, aliases


def move_back(*, join: MatterJoin) -> Rows:
    """Move back what came with the file and what has come to its entries since; return it."""
    own, moved = _own(join), {}
    for name, (model, belongs) in _OF.items():
        came = Q(pk__in=join.rows.get(name, [])) | belongs(own)
        found = model._default_manager.filter(came, matter_id=join.into_id)  # noqa: SLF001
        moved[name] = list(found.order_by("pk").values_list("pk", flat=True))
    papers = Document.objects.filter(matter_ref=join.into_id).filter(
        Q(pk__in=join.rows["document"]) | Q(pk__in=_papers(own))
    )
    papers.update(matter_ref=join.matter_id)
    for name, (model, _belongs) in _OF.items():
        rows = model._default_manager.filter(pk__in=moved[name])  # noqa: SLF001
        rows.update(matter=join.matter_id)
    moved["party"] = _people_back(join, own)
    return moved


def entangled(join: MatterJoin) -> bool:
    """Whether the two were worked on as one: assessed, decided, referred, or alleged across."""
    own = _own(join)
    rows = Allegation.objects.filter(matter_id=join.into_id)
    ours = Q(respondent__in=own.parties), Q(incident__in=own.incidents)
    mixed = rows.filter((ours[0] & ~ours[1]) | (~ours[0] & ours[1]))
    about = rows.filter(ours[0]).values("pk")
    return (
        mixed.exists()
        or Conclusion.objects.filter(allegation__in=about).exists()
        or AllegationResult.objects.filter(allegation__in=about).exists()
        or ReferralItem.objects.filter(respondent__in=own.parties).exists()
    )


def registered_since(join: MatterJoin) -> datetime | None:
    """Return since when an entry that goes back is registered, or None."""
    own = _own(join)
    return _earliest(
        Report.objects.filter(pk__in=own.reports), Finding.objects.filter(tip__in=own.tips)
    )


def stays_registered_since(join: MatterJoin) -> datetime | None:
    """Return since when an entry that does not go back is registered, or None."""
    own = _own(join)
    return _earliest(
        Report.objects.filter(matter=join.into_id).exclude(pk__in=own.reports),
        Finding.objects.filter(matter=join.into_id).exclude(tip__in=own.tips),
    )


def _earliest(reports: QuerySet[Report], findings: QuerySet[Finding]) -> datetime | None:
    times = [
        *reports.values_list("registered_at", flat=True),
        *findings.values_list("registered_at", flat=True),
    ]
    return min((at for at in times if at), default=None)


def _own(join: MatterJoin) -> Own:
    """Return the entries of a joined file and their people, those that came later included."""
    reports, tips = list(join.rows["report"]), list(join.rows["tip"])
    tips += (
        Tip.objects.filter(from_report__in=reports)
        .exclude(pk__in=tips)
        .values_list("pk", flat=True)
    )
    became = Tip.objects.filter(pk__in=tips, became_report__isnull=False)
    reports += became.exclude(became_report__in=reports).values_list("became_report", flat=True)
    people = Party.objects.filter(matter_id=join.into_id).filter(
        Q(pk__in=join.rows["party"]) | Q(report__in=reports) | Q(tip__in=tips)
    )
    parties = list(people.order_by("pk").values_list("pk", flat=True))
    return Own(reports, tips, parties, list(join.rows["incident"]))


def _move_people(matter: Matter, into: Matter) -> dict[str, str]:
    """Move the people under the next free names of the other file; return their former names."""
    people = list(Party.objects.filter(matter=matter).order_by("pk"))
    former = {str(row.pk): row.alias for row in people}
    _rename(people, into)
    return former


def _people_back(join: MatterJoin, own: Own) -> list[int]:
    """Give people their former names back; who came since gets the next free one."""
    people = list(Party.objects.filter(pk__in=own.parties).order_by("pk"))
    known = [row for row in people if str(row.pk) in join.aliases]
    for row in known:
        row.matter_id, row.alias = join.matter_id, join.aliases[str(row.pk)]
    Party.objects.bulk_update(known, ["matter", "alias"])
    _rename([row for row in people if row not in known], join.matter)
    return [row.pk for row in people]


def _rename(people: list[Party], into: Matter) -> None:
    taken = set(Party.objects.filter(matter=into).values_list("alias", flat=True))
    for row in people:
        row.matter, row.alias = into, free_alias(row.alias, taken)
        taken.add(row.alias)
    Party.objects.bulk_update(people, ["matter", "alias"])


def free_alias(alias: str, taken: Collection[str]) -> str:
    """Return the name as it is, or with the next number; a reporter without one is the first."""
    if alias not in taken:
        return alias
    word, number = alias.partition(" ")[0], 2
    while (other := f"{word} {number}") in taken:
        number += 1
    return other


def _papers(own: Own) -> list[int]:
    """Return the documents about the entries, and the invitations and minutes of their people."""
    about = Q(subject_kind="report", subject_id__in=own.reports)
    about |= Q(subject_kind="tip", subject_id__in=own.tips)
    found = list(Document.objects.filter(about).values_list("pk", flat=True))
    sessions = ClarificationSession.objects.filter(party__in=own.parties)
    for each in sessions.values_list("invitation", "minutes"):
        found += [pk for pk in each if pk]
    return found


def _numbers(own: Own) -> list[Any]:
    """Return the numbers that the entries bear; those of nobody are none."""
    rows = [
        *Report.objects.filter(pk__in=own.reports).values_list("number", "register_number"),
        *Finding.objects.filter(tip__in=own.tips).values_list("number", "register_number"),
    ]
    return [number for row in rows for number in row if number]
