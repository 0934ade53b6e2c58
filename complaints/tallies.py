"""Public counts as small changes: written where something happens, folded by a task, never counted anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from complaints.models import AllegationResult, Matter, ReferralItem, Report, Sanction, Tally, Tip
from complaints.workflow.actions import CaseAction, ReferralAction, TipAction
from neutrality.casework.models import Step
from neutrality.elections.models import Contest

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
    changes = _changes(subject, step)
    if changes:
        Tally.objects.bulk_create(change.row(sign) for change in changes)


def count_sanction(sanction: Sanction, *, sign: int) -> None:
    """Write that a follow-up was finished (1) or undone (-1) by a decision, in its month.

    Its class is not counted: were others told apart, the rest would be the closed statements.
    """
    item = sanction.item
    change = Change(
        TallyKind.FOLLOWED_UP, item.office_id, item.matter.contest_id, sanction.decree_on, sign
    )
    change.row().save(force_insert=True)


def outcome_kind(outcome: str) -> str:
    """Return the kind under which results of this class are counted."""
    return f"{OUTCOME}{outcome}"


def _changes(subject: Subject, step: Step) -> list[Change]:
    kind = _STEPS.get((step.subject_kind, step.action))
    on = _local(subject, step)
    changes = [_change(subject, kind, on)] if kind else []
    if isinstance(subject, Matter):
        if step.action == CaseAction.DECIDE:
            changes += _outcomes(subject, on)
        if step.action == CaseAction.REOPEN:
            changes += _withdrawn(subject, step)
        changes += _files(subject, step)
    return changes


def _files(matter: Matter, step: Step) -> list[Change]:
    """Two files joined are one, in the month in which the one that went in was opened."""
    amount = {CaseAction.JOIN: -1, CaseAction.SPLIT: 1, CaseAction.SPLIT_CASE: 1}
    if step.action not in amount:
        return []
    on = matter.opened_at.astimezone(matter.office.tz).date()
    return [_change(matter, TallyKind.MATTER, on, amount[CaseAction(step.action)])]


def _change(subject: Subject, kind: str, on: date, amount: int = 1) -> Change:
    contest = contest_id_of(subject)
    return Change(kind, subject.office_id, contest, on, amount)


def contest_id_of(subject: Subject) -> int | None:
    """Return the contest of an entry or a matter; a referral item has that of its matter."""
    owner = subject.matter if isinstance(subject, ReferralItem) else subject
    contest: Contest | None = owner.contest
    return contest.pk if contest else None


def _local(subject: Subject, step: Step) -> date:
    return step.occurred_at.astimezone(subject.office.tz).date()


def _outcomes(matter: Matter, on: date) -> list[Change]:
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at__isnull=True
    ).values_list("outcome")
    return _counted(matter, rows.annotate(Count("pk")), on, sign=1)


def _withdrawn(matter: Matter, step: Step) -> list[Change]:
    """Take back, in the month of the former decision, what the plenary now withdraws."""
    if matter.decided_at is None:
        return []
    on = matter.decided_at.astimezone(matter.office.tz).date()
    rows = AllegationResult.objects.filter(
        allegation__matter=matter, superseded_at=step.recorded_at
    ).values_list("outcome")
    decided = _change(matter, TallyKind.DECIDED, on, -1)
    return [decided, *_counted(matter, rows.annotate(Count("pk")), on, sign=-1)]


def _counted(
    matter: Matter, rows: Iterable[tuple[str, int]], on: date, *, sign: int
) -> list[Change]:
    return [_change(matter, outcome_kind(outcome), on, sign * number) for outcome, number in rows]
