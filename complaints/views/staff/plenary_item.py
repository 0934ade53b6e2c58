"""One agenda item: who stands aside, the ballots, the results, the decision."""

from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from complaints.codes import ItemOutcome, MeetingState
from complaints.forms.staff.afterwards import FIELD_OF
from complaints.forms.staff.plenary import DecisionForm, RecusalForm, ResultsForm, VotesForm
from complaints.models import AgendaItem
from complaints.selectors.allegations import named_allegations
from complaints.selectors.meeting import ItemPage, item_page
from complaints.services.afterwards import was_entered_later
from complaints.services.coordinate import decide_by_coordination
from complaints.services.decide_item import decide_item
from complaints.services.set_results import set_results
from complaints.services.vote import BallotGiven, cast_votes, recuse
from complaints.views.loading import OFFICE, load_agenda_item
from complaints.views.staff.case_answers import Back, press
from complaints.views.staff.entering import entering_of
from complaints.workflow import refusals
from complaints.workflow.case import CASE
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.law.codes import PlenaryMatter
from neutrality.ui.forms import PlainForm, render_form

TABLE: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)
RECUSAL, VOTES, DECISION, RESULTS = "mundur", "suara", "putusan", "hasil"
COORDINATION: Final = "koordinasi"
DECISION_FIELDS: Final = {
    **FIELD_OF,
    refusals.DECIDED_WHEN.code: "waktu",
    refusals.DECIDED_OUT_OF_MEETING.code: "waktu",
    refusals.NUMBER_NEEDS_REASON.code: "keputusan",
    refusals.NUMBER_UNUSABLE.code: "nomor_kertas",
    refusals.NUMBER_TOO_FAR.code: "nomor_kertas",
}


@never_cache
@require_safe
@staff_page(*OFFICE)
def agenda_item(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show the item with the forms that its state and the reader's role allow."""
    return _page(request, load_agenda_item(request, public_id))


@never_cache
@require_POST
@staff_page(*TABLE)
def stand_aside(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write that a member stands aside on this item."""
    item = load_agenda_item(request, public_id)
    page = item_page(item=item, clock=request.clock)
    form = RecusalForm(request.POST, members=page.may_stand_aside, prefix=RECUSAL)
    return press(
        request,
        form,
        lambda: recuse(
            item_id=item.pk,
            member_id=int(form.cleaned_data["anggota"]),
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _page(request, item, {RECUSAL: shown}),
        back=Back(_address(item), item.matter),
        done=_("Dicatat."),
    )


@never_cache
@require_POST
@staff_page(*TABLE)
def votes(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write the ballots of the members, as the clerk or a member enters them."""
    item = load_agenda_item(request, public_id)
    page = item_page(item=item, clock=request.clock)
    form = VotesForm(request.POST, members=page.voters, cast=page.cast, prefix=VOTES)

    return press(
        request,
        form,
        lambda: cast_votes(
            item_id=item.pk,
            ballots=[
                BallotGiven(member_id=member, ballot=ballot, dissent=dissent)
                for member, ballot, dissent in form.ballots()
                if page.cast.get(member) != (ballot, dissent)
            ],
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _page(request, item, {VOTES: shown}),
        back=Back(_address(item), item.matter),
        done=_("Suara disimpan."),
    )


@never_cache
@require_POST
@staff_page(Role.COMMISSIONER)
def decide(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Decide by the ballots; what is adopted is carried out at once."""
    item = load_agenda_item(request, public_id)
    form = _decision_form(request, item, request.POST)
    return press(
        request,
        form,
        lambda: decide_item(
            item_id=item.pk,
            decision=form.cleaned_data["keputusan"],
            actor=request.actor,
            clock=request.clock,
            given=form.afterwards(),
        ),
        page=lambda shown: _page(request, item, {DECISION: shown}),
        back=Back(_address(item), item.matter),
        done=_("Mata acara diputuskan."),
        field_of=DECISION_FIELDS,
    )


@never_cache
@require_POST
@staff_page(Role.COMMISSIONER)
def coordinate(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Decide first as the coordinator, where the law row allows; the plenary ratifies it."""
    item = load_agenda_item(request, public_id)
    form = _decision_form(request, item, request.POST)
    return press(
        request,
        form,
        lambda: decide_by_coordination(
            item_id=item.pk,
            decision=form.cleaned_data["keputusan"],
            actor=request.actor,
            clock=request.clock,
            given=form.afterwards(),
        ),
        page=lambda shown: _page(request, item, {COORDINATION: shown}),
        back=Back(_address(item), item.matter),
        done=_("Diputus oleh koordinator; menunggu pengesahan pleno."),
        field_of=DECISION_FIELDS,
    )


@never_cache
@require_POST
@staff_page(*TABLE)
def results(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Write what is proposed for each allegation."""
    item = load_agenda_item(request, public_id)
    if item.kind != PlenaryMatter.RESULT:
        raise Http404
    form = _results_form(item, request.POST)
    return press(
        request,
        form,
        lambda: set_results(
            item_id=item.pk, results=form.results(), actor=request.actor, clock=request.clock
        ),
        page=lambda shown: _page(request, item, {RESULTS: shown}),
        back=Back(_address(item), item.matter),
        done=_("Usul hasil disimpan. Suara atas usul yang lama dihapus."),
    )


def _page(
    request: StaffRequest, item: AgendaItem, bound: dict[str, PlainForm] | None = None
) -> HttpResponse:
    page = item_page(item=item, clock=request.clock)
    forms = {**_forms(request, item, page), **(bound or {})}
    shown = next(iter((bound or {}).values()), PlainForm())
    context = {
        "item": item,
        "page": page,
        "matter_url": _matter_url(request, item),
        "meeting_url": (
            reverse("staff:meeting", args=[item.meeting.public_id]) if item.meeting else ""
        ),
        "ratifies": item.coordinated_at is not None,
        "forms": forms,
    }
    return render_form(request, "complaints/staff/plenary_item.html", shown, context=context)


def _matter_url(request: StaffRequest, item: AgendaItem) -> str:
    """Return where the file is read: as it stands, or what is left of it after it went on."""
    here = request.actor.role_at(OFFICE, item.matter.office.ref()) is not None
    page = "staff:case" if here else "staff:former_file"
    return reverse(page, args=[item.matter.public_id])


def _forms(request: StaffRequest, item: AgendaItem, page: ItemPage) -> dict[str, PlainForm]:
    """Return the forms that may be filled in now, each bound to its address."""
    here = item.office.ref()
    if request.actor.role_at(TABLE, here) is None:
        return {}
    pending = item.outcome == ItemOutcome.PENDING
    meets = item.meeting is not None and item.meeting.state == MeetingState.OPEN
    votable = meets and (pending or (item.coordinated_at is not None and not item.ratified_at))
    forms: dict[str, PlainForm] = {}
    if pending and item.kind == PlenaryMatter.RESULT:
        forms[RESULTS] = _results_form(item, None)
    if votable:
        forms[RECUSAL] = RecusalForm(members=page.may_stand_aside, prefix=RECUSAL)
        forms[VOTES] = VotesForm(members=page.voters, cast=page.cast, prefix=VOTES)
    decides = request.actor.role_at((Role.COMMISSIONER,), here) is not None
    if decides and votable:
        forms[DECISION] = _decision_form(request, item)
    if decides and pending and not meets and _may_coordinate(request, item):
        forms[COORDINATION] = _decision_form(request, item)
    return forms


def _decision_form(
    request: StaffRequest, item: AgendaItem, data: QueryDict | None = None
) -> DecisionForm:
    meeting = item.meeting if item.meeting and was_entered_later(item.meeting) else None
    entering = entering_of(
        request,
        office=item.office,
        contest=item.matter.contest,
        roles=(Role.COMMISSIONER,),
        since=meeting.opened_at if meeting else None,
    )
    action = "" if item.coordinated_at else item.action
    return DecisionForm(data, entering=entering, action=action, prefix=DECISION)


def _may_coordinate(request: StaffRequest, item: AgendaItem) -> bool:
    (matter,) = CASE.adapter.load([item.matter_id])
    rules = CASE.adapter.rulebook(matter, request.clock)
    return rules.may_coordinate(PlenaryMatter(item.kind))


def _results_form(item: AgendaItem, data: Any) -> ResultsForm:  # noqa: ANN401  a QueryDict or None
    given = item.payload.get("results", [])
    allegations = named_allegations(matter=item.matter)
    return ResultsForm(data, allegations=allegations, given=given, prefix=RESULTS)


def _address(item: AgendaItem) -> str:
    return reverse("staff:agenda_item", args=[item.public_id])
