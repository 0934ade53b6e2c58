"""Entering a report at the counter, from the telephone, or from a letter."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

from django.contrib import messages
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from complaints.act_words import spoken_acts
from complaints.codes import ReporterKind, Source
from complaints.forms.public.filing import WebEvidenceForm
from complaints.forms.staff.counter import CounterForms, Known, filled
from complaints.forms.staff.incident import incident_of, respondent_of
from complaints.forms.staff.people import attorney_of, reporter_of
from complaints.models import Report, Tip
from complaints.papers.blank_form import absolute, blank_report_form, qr_picture
from complaints.selectors.filing import EASTERNMOST, contest_choices, contests_at, region_choices
from complaints.selectors.offices import own_offices
from complaints.selectors.second_persons import second_persons
from complaints.services.codes import SecretCode, new_code
from complaints.services.enter_report import HandedIn, enter_report
from complaints.services.lodge import needs_second_person
from complaints.services.lodging import Lodging
from complaints.services.media_types import FileRefused
from complaints.views.loading import today
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.staff.report import entry_url
from complaints.workflow.actions import ReportAction
from complaints.workflow.report import REPORT
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused
from neutrality.elections.models import Contest
from neutrality.law.books import citizen_categories
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_instant
from neutrality.ui.parts import SummaryRow
from neutrality.vault.services import IdentityData

ONCE: Final = "kiriman"
REMEMBER_SECONDS: Final = 24 * 3600
# How long a page that is being entered holds its place, should the process die meanwhile.
ENTERING: Final = "sedang disimpan"
ENTERING_SECONDS: Final = 60
Offices = dict[str, Office]


@receives_files
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.INTAKE)
def new_report(request: StaffRequest) -> HttpResponseBase:
    """Take a report on one page; its secret code is shown once, on the sheet to be printed."""
    offices = _offices(request)
    if not offices:
        raise Http404
    forms = _forms(request, offices)
    if request.method != "POST" or not forms.is_valid():
        return _page(request, forms)
    key = _key(request)
    if not cache.add(key, ENTERING, ENTERING_SECONDS):
        return _sent_before(request, key)
    code = new_code()
    try:
        entry = enter_report(
            given=_lodging(forms, offices, code),
            handed_in=_handed_in(request, forms),
            actor=request.actor,
            clock=request.clock,
        )
    except Exception as failure:
        # Nothing was written: the same page may be sent again.
        cache.delete(key)
        if not _said(failure, forms):
            raise
        return _page(request, forms)
    cache.set(key, entry_url(entry), REMEMBER_SECONDS)
    return render(request, "complaints/staff/counter_done.html", _sheet(entry, code))


@never_cache
@require_safe
@staff_page(Role.INTAKE)
def blank_form(request: StaffRequest) -> HttpResponseBase:
    """Hand out the blank form on which a report is taken without power, with the own office."""
    offices = _offices(request)
    if not offices:
        raise Http404
    chosen = offices.get(request.GET.get("kantor", "")) or next(iter(offices.values()))
    pdf = blank_report_form(
        office=chosen, address=absolute("public:report_start"), clock=request.clock
    )
    return FileResponse(
        BytesIO(pdf), filename="formulir-laporan.pdf", content_type="application/pdf"
    )


def _said(failure: Exception, forms: CounterForms) -> bool:
    """Write a refusal beside what it is about; say whether it was one."""
    if isinstance(failure, FileRefused):
        forms.papers.add_error("berkas", str(failure.sentence))
    elif isinstance(failure, Refused):
        forms.source.add_error("diterima", str(failure.refusal.sentence))
    return isinstance(failure, FileRefused | Refused)


def _forms(request: StaffRequest, offices: Offices) -> CounterForms:
    known = _known(request, offices)
    if request.method != "POST":
        return CounterForms(None, known)
    return CounterForms(request.POST, known, files=request.FILES, too_big=too_big(request))


def _page(request: StaffRequest, forms: CounterForms) -> HttpResponse:
    problems = forms.problems()
    context = {
        "forms": forms,
        "parts": forms.parts(),
        "problems": problems,
        "files_again": bool(problems) and forms.sent_files,
        "once": get_random_string(24),
    }
    status = 422 if problems else 200
    return render(request, "complaints/staff/counter.html", context, status=status)


def _key(request: StaffRequest) -> str:
    """Return under what a page is remembered, so that a reload enters nothing twice."""
    page = request.POST.get(ONCE, "")[:40] or get_random_string(24)
    return f"counter:{request.actor.user_id}:{page}"


def _sent_before(request: StaffRequest, key: str) -> HttpResponseBase:
    """Lead to what was entered; its code was shown once and is not shown again."""
    where = cache.get(key)
    if where == ENTERING:
        messages.warning(request, _("Laporan ini sedang disimpan. Periksa daftar di bawah."))
        return redirect("staff:reports")
    messages.info(request, _("Laporan ini sudah tercatat. Kodenya tidak ditampilkan lagi."))
    return redirect(where or "staff:reports")


def _sheet(entry: Report | Tip, code: SecretCode) -> dict[str, Any]:
    """Return what the sheet for the reporter shows."""
    tz = entry.office.tz
    address = absolute("public:track")
    rows = [
        SummaryRow(_("Nomor sementara"), entry.receipt_number),
        SummaryRow(_("Diterima"), say_instant(entry.submitted_at, tz)),
        SummaryRow(_("Cara masuk"), entry.get_source_display()),
        SummaryRow(_("Perbuatan"), spoken_acts(entry.act_line)),
        SummaryRow(_("Terlapor"), entry.respondent_line),
        SummaryRow(_("Kantor"), "\n".join(filter(None, _contact(entry.office)))),
        SummaryRow(
            _("Dijawab paling lambat"), say_instant(entry.due_at, tz) if entry.due_at else ""
        ),
    ]
    return {
        "entry": entry,
        "entry_url": entry_url(entry),
        "is_tip": isinstance(entry, Tip),
        "late": isinstance(entry, Tip) and not entry.anonymous,
        "code": code,
        "rows": rows,
        "track_address": address,
        "qr": qr_picture(address),
    }


def _contact(office: Office) -> tuple[str, ...]:
    return (office.name, office.address, office.phone, office.email)


def _offices(request: StaffRequest) -> Offices:
    rows = own_offices(actor=request.actor, role=Role.INTAKE, day=today(request))
    return {str(row.public_id): row for row in rows}


def _known(request: StaffRequest, offices: Offices) -> Known:
    local = request.clock.today_in(EASTERNMOST)
    chosen = offices.get(request.POST.get("asal-kantor", "")) or next(iter(offices.values()))
    found: dict[str, str] = {}
    for office in offices.values():
        code = office.region.code if office.region else ""
        found |= dict(contest_choices(contests_at(region_code=code, day=today(request))))
    return Known(
        offices=[(key, row.name) for key, row in offices.items()],
        categories=citizen_categories(day=local),
        regions=region_choices(),
        contests=list(found.items()),
        today=local,
        clock=request.clock,
        tz=chosen.tz,
        is_backdated=lambda at: needs_second_person(
            office=chosen, contest=_contest(request, found), at=at, clock=request.clock
        ),
        second_persons=second_persons(
            transition=REPORT.get(ReportAction.SUBMIT),
            organisation=chosen.ref(),
            without=request.actor.user_id,
            day=today(request),
        ),
    )


def _contest(request: StaffRequest, known: Mapping[str, Any]) -> Contest | None:
    """Return the contest that the page names, if it is one of those that run here."""
    chosen = request.POST.get("pemilihan-kontestasi", "")
    if chosen not in known:
        return None
    return Contest.objects.select_related("election").filter(pk=chosen).order_by().first()


def _lodging(forms: CounterForms, offices: Offices, code: SecretCode) -> Lodging:
    source = forms.source.cleaned_data
    about = forms.about.cleaned_data if forms.is_named else None
    chosen = forms.contest.cleaned_data["kontestasi"]
    return Lodging(
        source=Source(source["sumber"]),
        office=offices[source["kantor"]],
        contest=Contest.objects.select_related("election").get(pk=chosen) if chosen else None,
        known_on=forms.when.cleaned_data["diketahui"],
        account=_account(forms),
        categories=tuple(forms.acts.cleaned_data["kategori"]),
        incidents=(incident_of({**forms.when.cleaned_data, **forms.where.cleaned_data}),),
        respondents=tuple(
            respondent_of(given)
            for given in (forms.respondent.cleaned_data, *filled(forms.more_respondents))
        ),
        witnesses=tuple(
            IdentityData(name=given["nama"], address=given["alamat"], phone=given["telepon"])
            for given in filled(forms.witnesses)
        ),
        web=tuple(
            form.given(tz=offices[source["kantor"]].tz)
            for form in forms.addresses
            if form.is_bound and isinstance(form, WebEvidenceForm)
        ),
        reporter=reporter_of(about) if about else None,
        reporter_kind=ReporterKind(about["sebagai"]) if about else ReporterKind.VOTER,
        attorney=attorney_of(about) if about else None,
        # Also of somebody without a name: then the rest of that part is not asked for.
        coworker=bool(forms.about["rekan"].data),
        code_digest=code.digest(),
        arrived=forms.arrived(),
    )


def _account(forms: CounterForms) -> str:
    told: str = forms.account.cleaned_data["uraian"]
    helped = forms.contest.cleaned_data["siapa"]
    return f"{told}\n\nYang diuntungkan atau dirugikan: {helped}" if helped else told


def _handed_in(request: StaffRequest, forms: CounterForms) -> HandedIn:
    return HandedIn(
        evidence=tuple(arrived(request, "bukti-berkas")),
        caption=forms.papers.cleaned_data["keterangan"],
        cards=tuple(arrived(request, "bukti-kartu")),
        powers=tuple(arrived(request, "bukti-surat")),
    )
