"""Entering a report at the counter, from the telephone, or from a letter."""

from typing import Final

from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from complaints.codes import ReporterKind, Source
from complaints.forms.staff.counter import CounterForms, Known
from complaints.forms.staff.incident import incident_of, respondent_of
from complaints.forms.staff.people import attorney_of, reporter_of
from complaints.models import Report, Tip
from complaints.selectors.filing import EASTERNMOST, contest_choices, contests_at, region_choices
from complaints.selectors.offices import own_offices
from complaints.services.codes import SecretCode, new_code
from complaints.services.lodge import filing_due, lodge_report
from complaints.services.lodging import Lodging
from complaints.services.record_tip import record_tip
from complaints.views.loading import today
from complaints.views.staff.report import entry_url
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.elections.models import Contest
from neutrality.law.books import citizen_categories
from neutrality.organisations.models import Office

ONCE: Final = "kiriman"
REMEMBER_SECONDS: Final = 24 * 3600
Offices = dict[str, Office]


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.INTAKE)
def new_report(request: StaffRequest) -> HttpResponseBase:
    """Take a report on one page; its secret code is shown once, to be printed."""
    offices = _offices(request)
    if not offices:
        raise Http404
    forms = CounterForms(
        request.POST if request.method == "POST" else None, _known(request, offices)
    )
    if request.method != "POST" or not forms.is_valid():
        return _page(request, forms)
    if not _first_time(request):
        return redirect("staff:reports")
    code = new_code()
    entry, late = _enter(request, forms, offices, code)
    context = {"entry": entry, "code": code, "late": late, "entry_url": entry_url(entry)}
    return render(request, "complaints/staff/counter_done.html", context)


def _page(request: StaffRequest, forms: CounterForms) -> HttpResponse:
    problems = forms.problems()
    context = {
        "forms": forms,
        "parts": forms.parts(),
        "problems": problems,
        "once": get_random_string(24),
        "is_report": True,
    }
    status = 422 if problems else 200
    return render(request, "complaints/staff/counter.html", context, status=status)


def _offices(request: StaffRequest) -> Offices:
    rows = own_offices(actor=request.actor, role=Role.INTAKE, day=today(request))
    return {str(row.public_id): row for row in rows}


def _known(request: StaffRequest, offices: Offices) -> Known:
    local = request.clock.today_in(EASTERNMOST)
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
    )


def _first_time(request: StaffRequest) -> bool:
    """Whether this page was not sent before: a reload must not enter the report twice."""
    key = request.POST.get(ONCE, "")[:40]
    user = request.actor.user_id
    return bool(cache.add(f"counter:{user}:{key}", 1, REMEMBER_SECONDS)) if key else True


def _enter(
    request: StaffRequest, forms: CounterForms, offices: Offices, code: SecretCode
) -> tuple[Report | Tip, bool]:
    given = _lodging(forms, offices, code)
    late = _is_late(request, given)
    if given.reporter is None or late:
        return record_tip(given=given, actor=request.actor, clock=request.clock), late
    return lodge_report(given=given, actor=request.actor, clock=request.clock), False


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
        respondents=(respondent_of(forms.respondent.cleaned_data),),
        reporter=reporter_of(about) if about else None,
        reporter_kind=ReporterKind(about["sebagai"]) if about else ReporterKind.VOTER,
        attorney=attorney_of(about) if about else None,
        coworker=bool(about["rekan"]) if about else False,
        code_digest=code.digest(),
    )


def _account(forms: CounterForms) -> str:
    told: str = forms.account.cleaned_data["uraian"]
    helped = forms.contest.cleaned_data["siapa"]
    return f"{told}\n\nYang diuntungkan atau dirugikan: {helped}" if helped else told


def _is_late(request: StaffRequest, given: Lodging) -> bool:
    if given.known_on is None:
        return False
    window, _rule = filing_due(
        office=given.office, contest=given.contest, known_on=given.known_on, clock=request.clock
    )
    return not window.is_met_by(request.clock.now)
