"""Send a draft: a report when somebody stands behind it in time, else a tip."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from complaints.codes import Precision, ReporterKind, SignatureKind, Source
from complaints.models import Report, Tip
from complaints.services.drafts import OpenDraft, day_of, time_of
from complaints.services.lodge import filing_due, lodge_report
from complaints.services.lodging import IncidentGiven, Lodging, RespondentGiven
from complaints.services.record_tip import record_tip
from neutrality.audit.actor import Actor
from neutrality.elections.models import Contest
from neutrality.law.clock import Clock
from neutrality.organisations.models import Office
from neutrality.ui.prepared import Prepared
from neutrality.vault.services import IdentityData

# The steps without which nothing can be sent, in the order of the questions.
NEEDED: Final = ("perbuatan", "uraian", "waktu", "tempat", "terlapor", "rekan", "pemilihan")
NEEDED_WITH_NAME: Final = (*NEEDED, "sebagai", "kuasa", "identitas", "kontak", "tandatangan")
# Whoever is none of those who may report (Perbawaslu 7/2022 art. 8) gives a tip.
NOT_ENTITLED: Final = "NONE"
KNOWS_RESPONDENT: Final = frozenset({"ya", "dulu"})


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
    not_entitled: bool = False


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
        asked = step != "kuasa" or is_by_attorney(draft)
        if asked and not draft.answers.get(step):
            raise DraftIncomplete(step)


def is_by_attorney(draft: OpenDraft) -> bool:
    """Whether somebody speaks for the reporter under a power of attorney."""
    return bool(draft.step("sebagai").get("sebagai") == ReporterKind.ATTORNEY)


def verdict_of(
    draft: OpenDraft, *, office: Office, contest: Contest | None, clock: Clock
) -> Verdict:
    """Say what the draft will become, and why."""
    no_contest = not draft.step("pemilihan").get("berjalan", True)
    late = is_late(draft, office=office, contest=contest, clock=clock)
    not_entitled = draft.step("sebagai").get("sebagai") == NOT_ENTITLED
    return Verdict(
        is_report=not (draft.anonymous or late or no_contest or not_entitled),
        anonymous=draft.anonymous,
        late=late,
        no_contest=no_contest,
        not_entitled=not_entitled,
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
    [office] = _OFFICE(key=int(draft.step("tempat")["kantor"]))
    return office


def _office(key: int) -> QuerySet[Office]:
    return Office.objects.select_related("region").filter(pk=key)


_OFFICE: Final = Prepared(_office)


def contest_of(draft: OpenDraft) -> Contest | None:
    """Return the contest that was chosen, or None."""
    chosen = draft.step("pemilihan").get("kontestasi")
    return next(iter(_CONTEST(key=int(chosen))), None) if chosen else None


def _contest(key: int) -> QuerySet[Contest]:
    return Contest.objects.select_related("election", "region").filter(pk=key).order_by()


_CONTEST: Final = Prepared(_contest)


def lodging_of(
    draft: OpenDraft, *, office: Office, contest: Contest | None, language: str
) -> Lodging:
    """Return the answers as what is handed in; they were checked when they were saved."""
    standing = draft.step("sebagai").get("sebagai")
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
        reporter=None if draft.anonymous else _reporter(draft),
        reporter_kind=_kind(standing),
        attorney=_person(draft) if is_by_attorney(draft) else None,
        power_of_attorney_id=draft.step("kuasa").get("surat") if is_by_attorney(draft) else None,
        signature=draft.step("tandatangan").get("cara", ""),
        coworker=draft.step("rekan").get("rekan") in KNOWS_RESPONDENT,
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
        agency_id=given.get("agency_id"),
        unit_id=given.get("unit_id"),
    )


def _witness(given: dict[str, Any]) -> IdentityData:
    return IdentityData(name=given["nama"], address=given["alamat"], phone=given["telepon"])


def _kind(standing: str | None) -> ReporterKind:
    """Return as what somebody reports; whoever is not entitled gives a tip, which has no kind."""
    return ReporterKind(standing) if standing in ReporterKind.values else ReporterKind.VOTER


def _reporter(draft: OpenDraft) -> IdentityData:
    if not is_by_attorney(draft):
        return _person(draft)
    represented, contact = draft.step("kuasa"), draft.step("kontak")
    return IdentityData(
        name=represented["pelapor_diwakili"],
        address=represented["alamat_diwakili"],
        phone=contact["telepon"],
        email=contact["surel"],
    )


def _person(draft: OpenDraft) -> IdentityData:
    about, contact = draft.step("identitas"), draft.step("kontak")
    born = about.get("tanggal_lahir")
    return IdentityData(
        name=about["nama"],
        nik=about["nik"],
        address=about["alamat"],
        phone=contact["telepon"],
        email=contact["surel"],
        birth_place=about["tempat_lahir"],
        birth_date=date.fromisoformat(born) if born else None,
        sex=about["kelamin"],
        occupation=about["pekerjaan"],
        signature=_signature(draft),
    )


def _signature(draft: OpenDraft) -> str:
    """Return how it was signed, and the typed name or the drawn strokes."""
    signed = draft.step("tandatangan")
    kind = signed.get("cara", "")
    words = signed.get("coretan" if kind == SignatureKind.DRAWN else "nama_ketik", "")
    return f"{kind}:{words}" if kind else ""
