"""Public counts as small changes: written where something happens, folded by a task, never counted anew.

What is taken back is taken back where it was counted, wherever the file has gone since: otherwise one
office would show less than nothing, and the other too much.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from complaints.codes import HandlingRole
from complaints.models import (
    AllegationResult,
    Handling,
    Matter,
    ReferralItem,
    Report,
    Sanction,
    Tally,
    Tip,
)
from complaints.workflow.actions import CaseAction, ReferralAction, TipAction
from neutrality.casework.models import Step
from neutrality.elections.models import Contest
from neutrality.organisations.models import Office

Subject = Report | Tip | Matter | ReferralItem
OUTCOME: Final = "OUTCOME_"


class TallyKind(TextChoices):
    """What is counted in public; each is defined by the step at which it is written."""

    REPORT = "REPORT", pgettext_lazy("daftar", "Laporan")
    TIP = "TIP", _("Informasi awal")
    MATTER = "MATTER", pgettext_lazy("daftar", "Berkas")
    PERSON = "PERSON", _("Orang yang dilaporkan")
    FINDING = "FINDING", pgettext_lazy("daftar", "Temuan")
    CASE = "CASE", _("Perkara diregistrasi")
    DECIDED = "DECIDED", _("Perkara diputus")
    OUTCOME_NOT_VIOLATION = f"{OUTCOME}NOT_VIOLATION", _("Hasil: bukan pelanggaran")
    OUTCOME_NOT_PROVEN = f"{OUTCOME}NOT_PROVEN", _("Hasil: tidak terbukti")
    OUTCOME_ASN_LAW = f"{OUTCOME}ASN_LAW", _("Hasil: pelanggaran netralitas ASN")
    OUTCOME_CRIMINAL = f"{OUTCOME}CRIMINAL", _("Hasil: dugaan pidana pemilihan")
    OUTCOME_ETHICS = f"{OUTCOME}ETHICS", _("Hasil: pelanggaran etik penyelenggara")
    OUTCOME_ADMINISTRATIVE = f"{OUTCOME}ADMINISTRATIVE", _("Hasil: pelanggaran administrasi")
    OUTCOME_OTHER_LAW = f"{OUTCOME}OTHER_LAW", _("Hasil: pelanggaran hukum lain")
    REFERRED = "REFERRED", _("Penerusan dikirim")
    RECOMMENDED = "RECOMMENDED", _("Rekomendasi terbit")
    # Whatever the decision was: a closed moral statement is public as nothing more than this.
    FOLLOWED_UP = "SANCTIONED", _("Tindak lanjut selesai")

    @property
    def column(self) -> str:
        """The name of its column in the open data."""
        return "follow_up_finished" if self is TallyKind.FOLLOWED_UP else self.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a count; the month is that of the local day `on`."""

    kind: str
    office_id: int
    contest_id: int | None
    on: date
    amount: int = 1

    def row(self, sign: int = 1) -> Tally:
        """Return the unsaved row."""
        return Tally(
            kind=self.kind,
            office_id=self.office_id,
            contest_id=self.contest_id,
            month=self.on.replace(day=1),
            amount=sign * self.amount,
        )


_STEPS: Final[Mapping[tuple[str, str], TallyKind]] = {
    ("tip", TipAction.SET_FINDING): TallyKind.FINDING,
    ("matter", CaseAction.REGISTER): TallyKind.CASE,
    ("matter", CaseAction.SPLIT_CASE): TallyKind.CASE,
    ("matter", CaseAction.DECIDE): TallyKind.DECIDED,
    ("referral_item", ReferralAction.SEND): TallyKind.REFERRED,
    ("referral_item", ReferralAction.RECOMMEND): TallyKind.RECOMMENDED,
    ("referral_item", ReferralAction.RECORD_RECOMMEND): TallyKind.RECOMMENDED,
}


def count_step(subject: Subject, step: Step, *, sign: int = 1) -> None:
    """Write what a step changes in the public counts; `sign` -1 when a correction voids it."""
    changes = _changes(subject, step, sign)
    if changes:
        Tally.objects.bulk_create(change.row(sign) for change in changes)


def count_sanction(sanction: Sanction, *, sign: int) -> None:
    """Write that a follow-up was finished (1) or undone (-1) by a decision, in its month.

    It counts where the file was when the decision was recorded, whatever becomes of it later.
    Its class is not counted: were others told apart, the rest would be the closed statements.
    """
    item = sanction.item
    office = _office_at(item.matter_id, sanction.recorded_at, item.office)
    change = Change(
        TallyKind.FOLLOWED_UP, office.pk, item.matter.contest_id, sanction.decree_on, sign
    )
    change.row().save(force_insert=True)


def count_file_under(matter: Matter, contest_id: int | None) -> None:
    """Count a file, which has its former contest still, under the one it is now known to be about."""
    if contest_id == matter.contest_id:
        return
    office, on = _opened(matter)
    Tally.objects.bulk_create(
        Change(TallyKind.MATTER, office.pk, contest, on, amount).row()
        for contest, amount in ((matter.contest_id, -1), (contest_id, 1))
    )


def outcome_kind(outcome: str) -> str:
    """Return the kind under which results of this class are counted."""
    return f"{OUTCOME}{outcome}"


def _changes(subject: Subject, step: Step, sign: int) -> list[Change]:
    kind = _STEPS.get((step.subject_kind, step.action))
    changes = [_step(subject, kind, step, sign)] if kind else []
    if isinstance(subject, Matter):
        if step.action == CaseAction.DECIDE:
            changes += _outcomes(subject, step)
        if step.action == CaseAction.REOPEN:
            changes += _withdrawn(subject, step)
        changes += _files(subject, step)
    return changes


def _step(subject: Subject, kind: str, step: Step, sign: int) -> Change:
    office = subject.office
    if sign < 0:
        office = _office_at(_file_of(subject), step.recorded_at, office)
    return _change(subject, office, kind, _day(step.occurred_at, office))


def _files(matter: Matter, step: Step) -> list[Change]:
    """Two files joined are one, where and in the month in which the one that went in was opened."""
    amount = {CaseAction.JOIN: -1, CaseAction.SPLIT: 1, CaseAction.SPLIT_CASE: 1}
    if step.action not in amount:
        return []
    office, on = _opened(matter)
    return [_change(matter, office, TallyKind.MATTER, on, amount[CaseAction(step.action)])]


def _opened(matter: Matter) -> tuple[Office, date]:
    """Return where and on which local day a file was opened and counted."""
    office = _office_at(matter.pk, matter.opened_at, matter.office)
    return office, _day(matter.opened_at, office)


def _office_at(matter_id: int, at: datetime, today: Office) -> Office:
    """Return the office that was responsible for a file at an instant, or today's if none is known."""
    rows = Handling.objects.filter(
        matter=matter_id, role=HandlingRole.RESPONSIBLE, from_at__lte=at
    ).select_related("office__region")
    row = rows.order_by("-from_at", "-pk").first()
    return row.office if row else today


def _file_of(subject: Subject) -> int:
    return subject.pk if isinstance(subject, Matter) else subject.matter_id


def _change(subject: Subject, office: Office, kind: str, on: date, amount: int = 1) -> Change:
    return Change(kind, office.pk, contest_id_of(subject), on, amount)


def contest_id_of(subject: Subject) -> int | None:
    """Return the contest of an entry or a matter; a referral item has that of its matter."""
    owner = subject.matter if isinstance(subject, ReferralItem) else subject
    contest: Contest | None = owner.contest
    return contest.pk if contest else None


def _day(at: datetime, office: Office) -> date:
    return at.astimezone(office.tz).date()


def _outcomes(matter: Matter, step: Step) -> list[Change]:
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at__isnull=True
    ).values_list("outcome")
    on = _day(step.occurred_at, matter.office)
    return _counted(matter, matter.office, rows.annotate(Count("pk")), on, sign=1)


def _withdrawn(matter: Matter, step: Step) -> list[Change]:
    """Take back, where and in the month of the former decision, what the plenary now withdraws."""
    if matter.decided_at is None:
        return []
    office = _office_at(matter.pk, _decision_recorded_at(matter, matter.decided_at), matter.office)
    on = _day(matter.decided_at, office)
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at=step.recorded_at
    ).values_list("outcome")
    decided = _change(matter, office, TallyKind.DECIDED, on, -1)
    return [decided, *_counted(matter, office, rows.annotate(Count("pk")), on, sign=-1)]


def _decision_recorded_at(matter: Matter, decided_at: datetime) -> datetime:
    """Return when the latest decision was written down: it may be dated before a takeover."""
    steps = Step.objects.filter(
        subject_kind="matter", subject_id=matter.pk, action=CaseAction.DECIDE, voided_at=None
    )
    found = steps.order_by("-sequence").values_list("recorded_at", flat=True).first()
    return found or decided_at


def _counted(
    matter: Matter, office: Office, rows: Iterable[tuple[str, int]], on: date, *, sign: int
) -> list[Change]:
    return [
        _change(matter, office, outcome_kind(outcome), on, sign * number)
        for outcome, number in rows
    ]
