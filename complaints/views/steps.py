"""Pressing a button of a workflow: one page for every step, one answer for every refusal."""

# A page of steps knows its subject only by the workflow.
# ruff: noqa: ANN401

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.forms.staff.steps import Scene, StepForm
from complaints.selectors.file_parts import changes_since
from complaints.views.loading import OFFICE, today
from complaints.views.offers import PRESUMED, needs_plenary
from complaints.views.public.uploads import receives_files
from neutrality.accounts.http import StaffRequest, View, staff_page
from neutrality.accounts.roles import Role
from neutrality.audit.record import SubjectRef
from neutrality.casework.engine import apply
from neutrality.casework.judging import Situation, refusal_now, standing_of
from neutrality.casework.refusals import RefusalCode, Refused, refuse
from neutrality.casework.workflow import StepContext, Transition, Workflow
from neutrality.law.citations import cited
from neutrality.law.labels import label
from neutrality.law.periods import due
from neutrality.ui.dates import say_instant
from neutrality.ui.errors import conflict
from neutrality.ui.forms import render_form
from neutrality.ui.parts import SummaryRow

LOST: Final = frozenset({RefusalCode.STALE, RefusalCode.WRONG_STATE})

Load = Callable[[StaffRequest, str], Any]
Perform = Callable[[StaffRequest, Any, StepForm], object]
Facts = Callable[[StaffRequest, Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How one action is pressed.

    Attributes:
        form: What it asks.
        perform: The service behind it; without one `engine.apply` with what the form hands in.
        form_options: What the constructor of the form needs beyond the scene.
        facts: What its page shows beyond the usual.
        template: Its page.
        lead: A sentence that stands before the form.
        prefilled: Fields that the address of the page may fill in.
    """

    form: type[StepForm] = StepForm
    perform: Perform | None = None
    form_options: Facts | None = None
    facts: Facts | None = None
    template: str = "complaints/staff/step.html"
    lead: Any = ""
    prefilled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPages:
    """The pages of all steps of one workflow.

    Attributes:
        workflow: The table.
        load: The subject by its public id, or 404.
        form_for: The doors by action; an action without one has no page.
        back: Where the subject's own page is.
        roles: Who may enter at all.
        heading: What the subject is called on the page.
    """

    workflow: Workflow
    load: Load
    form_for: Mapping[str, Door]
    back: Callable[[Any], str]
    heading: Callable[[Any], str] = str
    roles: tuple[Role, ...] = field(default=OFFICE)


def step_page(pages: StepPages) -> View[Any]:
    """Return the view of `<public_id>/langkah/<action>/`: it shows the form, and applies it.

    A stranger gets 404, a lost race 409 with what changed, another refusal 422 with everything
    that was typed.
    """

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @staff_page(*pages.roles)
    def view(request: StaffRequest, public_id: str, action: str) -> HttpResponseBase:
        subject = pages.load(request, public_id)
        transition = pages.workflow.by_action.get(action)
        door = pages.form_for.get(action)
        if transition is None or door is None or needs_plenary(transition):
            raise Http404
        scene = _scene(request, pages, subject, transition)
        if request.method == "POST":
            return _press(request, pages, door, scene)
        if subject.state not in transition.sources:
            refused = refuse(RefusalCode.WRONG_STATE)
            return refusal_page(request, refused, pages.workflow, subject, pages.back(subject))
        filled = {name: request.GET[name] for name in door.prefilled if name in request.GET}
        form = door.form(
            scene=scene,
            initial={"versi": subject.version, **filled},
            **_options(request, door, subject),
        )
        return _page(request, pages, door, form)

    return receives_files(view)


def refusal_page(
    request: StaffRequest,
    refused: Refused,
    workflow: Workflow,
    subject: Any,
    back_url: str,
    version: int | None = None,
) -> HttpResponse:
    """Answer a refusal that no form can mend: 404, or 409 with what changed meanwhile.

    Raises:
        Http404: It is not theirs.
        Refused: The sentence belongs beside what was typed; the caller shows it with 422.
    """
    code = refused.refusal.code
    if code == RefusalCode.NOT_YOURS:
        raise Http404 from refused
    if code not in LOST:
        raise refused
    ref = SubjectRef(workflow.subject_kind, subject.pk)
    tz = workflow.adapter.calendar(subject).tz
    return conflict(
        request,
        sentence=str(refused.refusal.sentence),
        changes=changes_since(ref=ref, version=version, tz=tz),
        back_url=back_url,
    )


def _scene(request: StaffRequest, pages: StepPages, subject: Any, transition: Transition) -> Scene:
    standing = standing_of(_situation(request, pages.workflow, subject), transition)
    if standing is None:
        raise Http404
    return Scene(
        workflow=pages.workflow,
        subject=subject,
        transition=transition,
        actor=request.actor,
        clock=request.clock,
        day=today(request),
        records=standing.records,
        tz=pages.workflow.adapter.calendar(subject).tz,
        began_at=_began_at(subject),
    )


def _situation(request: StaffRequest, workflow: Workflow, subject: Any) -> Situation:
    context = StepContext(data=PRESUMED)
    return Situation(workflow, subject, request.actor, request.clock, context)


def _began_at(subject: Any) -> Any:
    names = ("submitted_at", "sent_at", "opened_at")
    return next((at for name in names if (at := getattr(subject, name, None))), None)


def _options(request: StaffRequest, door: Door, subject: Any) -> Mapping[str, Any]:
    return door.form_options(request, subject) if door.form_options else {}


def _press(request: StaffRequest, pages: StepPages, door: Door, scene: Scene) -> HttpResponse:
    subject = scene.subject
    form = door.form(request.POST, request.FILES, scene=scene, **_options(request, door, subject))
    if not form.is_valid():
        return _page(request, pages, door, form)
    back = pages.back(subject)
    try:
        (door.perform or _apply)(request, subject, form)
    except Refused as refused:
        return _refused(request, pages, door, form, refused)
    if form.errors:  # the service found something that the form could not know
        return _page(request, pages, door, form)
    messages.success(request, _("Selesai: %(step)s.") % {"step": scene.transition.label})
    return redirect(back)


def _apply(request: StaffRequest, subject: Any, form: StepForm) -> object:
    return apply(
        workflow=form.scene.workflow,
        action=form.scene.transition.action,
        subject_id=subject.pk,
        actor=request.actor,
        clock=request.clock,
        context=form.step_context(),
    )


def _refused(
    request: StaffRequest, pages: StepPages, door: Door, form: StepForm, refused: Refused
) -> HttpResponse:
    subject, version = form.scene.subject, form.cleaned_data.get("versi")
    try:
        return refusal_page(request, refused, pages.workflow, subject, pages.back(subject), version)
    except Refused:
        form.refuse(refused.refusal)
        return _page(request, pages, door, form)


def _page(request: StaffRequest, pages: StepPages, door: Door, form: StepForm) -> HttpResponse:
    scene = form.scene
    form.cancel_url = pages.back(scene.subject)
    facts = door.facts(request, scene.subject) if door.facts else {}
    context = {
        "title": scene.transition.label,
        "subject": scene.subject,
        "subject_heading": pages.heading(scene.subject),
        "back_url": form.cancel_url,
        "lead": door.lead,
        "waits": _waits(request, scene),
        "consequences": list(_consequences(scene)),
        "form": form,
        **facts,
    }
    return render_form(request, door.template, form, context=context)


def _waits(request: StaffRequest, scene: Scene) -> str:
    """Say why the step would be refused now, before anybody types."""
    situation = _situation(request, scene.workflow, scene.subject)
    standing = standing_of(situation, scene.transition)
    refused = refusal_now(situation, scene.transition, standing) if standing else None
    return str(refused.sentence) if refused else ""


def _consequences(scene: Scene) -> Iterator[SummaryRow]:
    """Tell what the step will do, from its row of the table."""
    row, adapter = scene.transition, scene.workflow.adapter
    book = adapter.rulebook(scene.subject, scene.clock)
    if row.target:
        yield SummaryRow(_("Keadaan menjadi"), str(row.target.label))
    if row.form:
        form = book.form(row.form)
        yield SummaryRow(_("Dokumen yang terbit"), " ".join(filter(None, (form.code, form.name))))
    for code in row.starts:
        rule = book.period(code)
        end = due(rule, scene.clock.now, adapter.calendar(scene.subject))
        words = _("%(amount)s %(unit)s; bila mulai sekarang sampai %(due)s") % {
            "amount": rule.amount,
            "unit": label(rule.unit),
            "due": say_instant(end.due_at, scene.tz),
        }
        yield SummaryRow(_("Tenggat %(period)s") % {"period": label(code)}, words)
    if row.public_label:
        yield SummaryRow(_("Yang dibaca pelapor"), str(row.public_label))
    yield SummaryRow(_("Dasar"), cited(row.basis))
