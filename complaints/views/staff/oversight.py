"""The supervisor's pages: the offices below, their people, their deadlines."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.forms.staff.oversight import EndRelationForm, MoveForm
from complaints.selectors import oversight as selectors
from complaints.views.loading import today
from complaints.views.staff.case_answers import Back, posted, press
from neutrality.accounts import selectors as people
from neutrality.accounts.forms import DeclareForm, FindSubjectForm
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.models import RelationKind, RoleGrant
from neutrality.accounts.refusals import AccountRefusal
from neutrality.accounts.roles import Role
from neutrality.accounts.services import declare_relation, end_relation
from neutrality.casework.clocks import confirm_move
from neutrality.organisations.models import Office
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page

_TREE: Final = ("path", "id")
_DIGITS: Final = 18  # of a number that the database can hold


@never_cache
@require_safe
@staff_page(Role.SUPERVISOR)
def offices(request: StaffRequest) -> HttpResponseBase:
    """List the offices of the subtree with their open deadlines."""
    listing = list_page(request, selectors.supervised(request.actor), order=_TREE)
    context = {
        "listing": listing,
        "rows": selectors.office_lines(offices=listing.page.items, clock=request.clock),
        "totals": selectors.totals(actor=request.actor, clock=request.clock),
    }
    return render(request, "complaints/staff/oversight_offices.html", context)


@never_cache
@require_safe
@staff_page(Role.SUPERVISOR)
def office(request: StaffRequest, public_id: UUID) -> HttpResponseBase:
    """Show one office: who carries how much, what waits, what would move."""
    found = _office(request, public_id)
    context = {
        "office": found,
        "line": selectors.office_lines(offices=[found], clock=request.clock)[0],
        "officers": selectors.officers(office=found, actor=request.actor, day=today(request)),
        "requests": selectors.requests_waiting(office=found),
        "moves": selectors.moves(office=found),
    }
    return render(request, "complaints/staff/oversight_office.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.SUPERVISOR)
def declare(request: StaffRequest, public_id: UUID) -> HttpResponseBase:
    """Declare a tie of somebody of a lower office: first find whom, then choose."""
    found, day = _office(request, public_id), today(request)
    grant = _grant(request, found)
    search = FindSubjectForm(request.GET if "text" in request.GET else None)
    search.cancel_url = _back(found)
    context: dict[str, Any] = {"office": found, "person": grant.user, "user_id": grant.user_id}
    if not search.is_valid():
        return render_form(
            request, "complaints/staff/oversight_declare.html", search, context=context
        )
    choices = people.find_subjects(text=search.cleaned_data["text"], day=day)
    form = DeclareForm(posted(request), found=choices)
    form.cancel_url = _back(found)
    if request.method == "POST" and form.is_valid():
        kind = RelationKind(search.cleaned_data["kind"])
        return _declared(request, found, form, grant, kind)
    context |= {"found": choices, "text": search.cleaned_data["text"]}
    return render_form(request, "complaints/staff/oversight_declare.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.SUPERVISOR)
def end(request: StaffRequest, public_id: UUID, relation_id: int) -> HttpResponseBase:
    """End a tie of somebody of a lower office."""
    found, day = _office(request, public_id), today(request)
    relation = selectors.relation_of_office(office=found, relation_id=relation_id, day=day)
    if relation is None:
        raise Http404
    form = EndRelationForm(posted(request), initial={"sejak": day})
    form.cancel_url = _back(found)
    if request.method == "POST" and form.is_valid():
        try:
            end_relation(
                relation_id=relation.pk,
                valid_until=form.cleaned_data["sejak"],
                actor=request.actor,
                clock=request.clock,
            )
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Hubungan diakhiri."))
            return redirect(_back(found))
    context = {"office": found, "relation": relation}
    return render_form(request, "complaints/staff/oversight_end.html", form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.SUPERVISOR)
def move(request: StaffRequest, public_id: UUID, clock_id: int) -> HttpResponseBase:
    """Move one deadline to what today's calendar says, after seeing both instants."""
    found = _office(request, public_id)
    line = next((one for one in selectors.moves(office=found) if one.clock_id == clock_id), None)
    here = line is not None or selectors.has_clock(office=found, clock_id=clock_id)
    if not here or (line is None and request.method != "POST"):
        raise Http404
    form = MoveForm(posted(request), initial={"sampai": line.due_after if line else ""})
    form.cancel_url = _back(found)

    def page(shown: PlainForm) -> HttpResponse:
        context = {"office": found, "line": line}
        return render_form(request, "complaints/staff/oversight_move.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: confirm_move(
            clock_id=clock_id,
            expected_due_after=form.cleaned_data["sampai"],
            basis=form.cleaned_data["basis"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(_back(found)),
        done=_("Tenggat dipindahkan."),
    )


def _office(request: StaffRequest, public_id: UUID) -> Office:
    return get_object_or_404(selectors.supervised(request.actor), public_id=public_id)


def _back(office: Office) -> str:
    return reverse("staff:office", args=[office.public_id])


def _grant(request: StaffRequest, office: Office) -> RoleGrant:
    """Return the grant of the officer who is asked about; 404 unless the actor stands above."""
    user_id = request.GET.get("petugas", "")
    grant = selectors.may_declare_for(
        office=office,
        user_id=int(user_id) if user_id.isdecimal() and len(user_id) < _DIGITS else 0,
        actor=request.actor,
        day=today(request),
    )
    if grant is None:
        raise Http404
    return grant


def _declared(
    request: StaffRequest, office: Office, form: DeclareForm, grant: RoleGrant, kind: RelationKind
) -> HttpResponse:
    declare_relation(
        user=grant.user,
        subject=people.subject(form.cleaned_data["subject"]),
        kind=kind,
        valid_from=today(request),
        actor=request.actor,
        clock=request.clock,
    )
    messages.success(request, _("Hubungan dinyatakan. Perkaranya tidak tampak bagi petugas ini."))
    return redirect(_back(office))
