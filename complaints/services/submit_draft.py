"""Send a draft: a report when somebody stands behind it in time, else a tip."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from complaints.codes import Precision, ReporterKind, Source
from complaints.models import Report, Tip
from complaints.services.drafts import OpenDraft, day_of, time_of
from complaints.services.lodge import filing_due, lodge_report
from complaints.services.lodging import IncidentGiven, Lodging, RespondentGiven
from complaints.services.record_tip import record_tip
from neutrality.audit.actor import Actor
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.vault.services import IdentityData

# The steps without which nothing can be sent, in the order of the questions.
NEEDED: Final = ("perbuatan", "uraian", "waktu", "tempat", "terlapor", "pemilihan")
NEEDED_WITH_NAME: Final = (*NEEDED, "identitas")


class DraftIncomplete(ValueError):
    """A question is still open; `step` names its page."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a draft becomes a report; if not, why."""

    is_report: bool
    anonymous: bool = False
    late: bool = False
    no_contest: bool = False


def submit_draft(*, draft: OpenDraft, language: str, actor: Actor, clock: Clock) -> Report | Tip:
    """Write the report, or the tip where nobody is named, it is late or no contest runs.

    Raises:
        DraftIncomplete: A question is still open.
        DraftEnded: It was sent before, from another window.
    """
    check_complete(draft)
    office, contest = office_of(draft), contest_of(draft)
    given = lodging_of(draft, office=office, contest=contest, language=language)
    if verdict_of(draft, office=office, contest=contest, clock=clock).is_report:
        return lodge_report(given=given, actor=actor, clock=clock)
    return record_tip(given=given, actor=actor, clock=clock)


def check_complete(draft: OpenDraft) -> None:
    """Raise `DraftIncomplete` with the first open question."""
    for step in NEEDED if draft.anonymous else NEEDED_WITH_NAME:
        if not draft.answers.get(step):
            raise DraftIncomplete(step)


def verdict_of(
    draft: OpenDraft, *, office: Office, contest: Contest | None, clock: Clock
) -> Verdict:
    """Say what the draft will become, and why."""
    no_contest = not draft.step("pemilihan").get("berjalan", True)
    late = is_late(draft, office=office, contest=contest, clock=clock)
    return Verdict(
        is_report=not (draft.anonymous or late or no_contest),
        anonymous=draft.anonymous,
        late=late,
        no_contest=no_contest,
    )


def is_late(draft: OpenDraft, *, office: Office, contest: Contest | None, clock: Clock) -> bool:
    """Whether the filing window has passed."""
    known_on = day_of(draft.step("waktu"), "diketahui")
    if known_on is None:
        return False
    window, _ = filing_due(office=office, contest=contest, known_on=known_on, clock=clock)
    return not window.is_met_by(clock.now)


def office_of(draft: OpenDraft) -> Office:
    """Return the office that was found when the place was told."""
    return Office.objects.select_related("region").get(pk=draft.step("tempat")["kantor"])


def contest_of(draft: OpenDraft) -> Contest | None:
    """Return the contest that was chosen, or None."""
    chosen = draft.step("pemilihan").get("kontestasi")
    if not chosen:
        return None
    found = Contest.objects.select_related("election", "region").filter(pk=chosen)
    return next(iter(found.order_by()), None)


def lodging_of(
    draft: OpenDraft, *, office: Office, contest: Contest | None, language: str
) -> Lodging:
    """Return the answers as what is handed in; they were checked when they were saved."""
    about = draft.step("identitas")
    return Lodging(
        source=Source.ONLINE,
        office=office,
        contest=contest,
        known_on=day_of(draft.step("waktu"), "diketahui"),
        account=_account(draft),
        categories=tuple(draft.step("perbuatan")["kategori"]),
        incidents=(_incident(draft),),
        respondents=tuple(_respondent(each) for each in draft.items("terlapor")),
        witnesses=tuple(_witness(each) for each in draft.items("saksi")),
        reporter=None if draft.anonymous else _reporter(about),
        reporter_kind=ReporterKind(about.get("sebagai") or ReporterKind.VOTER),
        attorney=None if draft.anonymous else _attorney(about),
        coworker=bool(about.get("rekan")),
        language=language,
        draft_id=draft.pk,
        code_digest=draft.code_digest,
    )


def _account(draft: OpenDraft) -> str:
    helped = draft.step("pemilihan").get("siapa")
    account: str = draft.step("uraian")["uraian"]
    return f"{account}\n\nYang diuntungkan atau dirugikan: {helped}" if helped else account


def _incident(draft: OpenDraft) -> IncidentGiven:
    when, where = draft.step("waktu"), draft.step("tempat")
    first = day_of(when, "kejadian")
    if first is None:
        raise DraftIncomplete("waktu")
    online = where["cara"] == "internet"
    return IncidentGiven(
        from_on=first,
        until_on=day_of(when, "sampai"),
        precision=when.get("ketepatan") or Precision.DAY,
        at_time=time_of(when, "jam"),
        online=online,
        region_code=where["wilayah"],
        place="" if online else where["tempat"],
        platform=where["platform"] if online else "",
        account_name=where["akun"] if online else "",
        url=where["alamat"] if online else "",
    )


def _respondent(given: dict[str, Any]) -> RespondentGiven:
    return RespondentGiven(
        name=given["nama"],
        description=given["ciri"],
        subject_kind=given["jenis"],
        agency_text=given["instansi"],
        unit_text=given["unit"],
    )


def _witness(given: dict[str, Any]) -> IdentityData:
    return IdentityData(name=given["nama"], address=given["alamat"], phone=given["telepon"])


def _reporter(about: dict[str, Any]) -> IdentityData:
    if about["sebagai"] == ReporterKind.ATTORNEY:
        return IdentityData(
            name=about["pelapor_diwakili"], phone=about["telepon"], email=about["surel"]
        )
    return _person(about)


def _attorney(about: dict[str, Any]) -> IdentityData | None:
    return _person(about) if about.get("sebagai") == ReporterKind.ATTORNEY else None


def _person(about: dict[str, Any]) -> IdentityData:
    born = about.get("tanggal_lahir")
    return IdentityData(
        name=about["nama"],
        nik=about["nik"],
        address=about["alamat"],
        phone=about["telepon"],
        email=about["surel"],
        birth_place=about["tempat_lahir"],
        birth_date=date.fromisoformat(born) if born else None,
        sex=about["kelamin"],
        occupation=about["pekerjaan"],
    )
