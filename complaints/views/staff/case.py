"""Cases: the queue, the file, and the steps that the file offers."""

from dataclasses import replace
from typing import Any, Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import CaseState
from complaints.forms.staff.case import BringForm
from complaints.forms.staff.case_fields import ReasonForm
from complaints.forms.staff.steps import StepForm
from complaints.models import AgendaItem, Matter
from complaints.selectors.case_file import CaseFile, case_file
from complaints.services.announce import DECIDED, announce, announced_lines
from complaints.services.bring_to_plenary import bring_to_plenary
from complaints.services.propose_step import office_above, propose_step, propose_takeover
from complaints.views.loading import OFFICE, load_matter
from complaints.views.offers import Button, Buttons, buttons, offers_of
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from complaints.views.staff.case_parts import PROPOSERS, WORKERS, shown_parts
from complaints.views.steps import Door, StepPages, refusal_page, step_page
from complaints.workflow import refusals
from complaints.workflow.actions import CaseAction
from complaints.workflow.case import CASE
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import RefusalCode, refuse
from neutrality.casework.workflow import Transition
from neutrality.ui.errors import conflict
from neutrality.ui.forms import PlainForm, render_form


@never_cache
@require_safe
@staff_page(*OFFICE)
def case(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show the file of one matter; its heavy parts come when the reader does."""
    return _file(request, load_matter(request, public_id), whole=False)


@never_cache
@require_safe
@staff_page(*OFFICE)
def whole(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show the file with everything in it, as it is printed."""
    return _file(request, load_matter(request, public_id), whole=True)


def _file(request: StaffRequest, matter: Matter, *, whole: bool) -> HttpResponse:
    file = case_file(matter=matter, clock=request.clock, user_id=request.actor.user_id)
    here = matter.office.ref()
    works = request.actor.role_at(WORKERS, here) is not None
    context = {
        "matter": matter,
        "file": file,
        "whole": whole,
        "parts": shown_parts(request, matter, read=whole),
        "buttons": _buttons(request, matter, file),
        "may_announce": works and matter.state in DECIDED and matter.decided_at is not None,
        "may_correct": request.actor.role_at(PROPOSERS, here) is not None,
    }
    return render(request, "complaints/staff/case.html", context)


def case_url(matter: Matter) -> str:
    """Return the address of the file of a matter."""
    return reverse("staff:case", args=[matter.public_id])


def _bring(request: StaffRequest, matter: Matter, form: StepForm) -> object:
    return bring_to_plenary(
        matter_id=matter.pk,
        proposal=form.cleaned_data["usul"],
        expected_version=form.cleaned_data.get("versi"),
        actor=request.actor,
        clock=request.clock,
    )


STEPS: Final = StepPages(
    workflow=CASE,
    load=load_matter,
    back=case_url,
    form_for={
        CaseAction.CLARIFY: Door(),
        CaseAction.ASSESS: Door(),
        CaseAction.BRING_TO_PLENARY: Door(form=BringForm, perform=_bring),
        CaseAction.SEND_BACK: Door(),
        CaseAction.CLOSE: Door(),
        CaseAction.CLOSE_INTAKE: Door(),
    },
)
step = step_page(STEPS)


def _propose(
    request: StaffRequest, matter: Matter, action: CaseAction, words: dict[str, Any]
) -> HttpResponseBase:
    if matter.state not in CASE.get(action).sources:
        refused = refuse(RefusalCode.WRONG_STATE)
        return refusal_page(request, refused, CASE, matter, case_url(matter))
    if action == CaseAction.EXTEND and matter.extended_at is not None:
        sentence = str(refusals.EXTENDED_BEFORE.sentence)
        return conflict(request, sentence=sentence, back_url=case_url(matter))
    form = ReasonForm(posted(request), submit=words["submit"])
    form.cancel_url = case_url(matter)

    def page(shown: PlainForm) -> HttpResponse:
        context = {"matter": matter, **words}
        return render_form(request, "complaints/staff/case_propose.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: _proposed(request, matter, action, form.cleaned_data["alasan"]),
        page=page,
        back=Back(case_url(matter), matter),
        done=_("Usul menunggu keputusan pleno."),
        field_of={"reason_needed": "alasan"},
    )


def _proposed(request: StaffRequest, matter: Matter, action: CaseAction, reason: str) -> AgendaItem:
    actor, clock = request.actor, request.clock
    if action == CaseAction.TAKE_OVER:
        return propose_takeover(matter=matter, reason=reason, actor=actor, clock=clock)
    return propose_step(matter=matter, action=action, reason=reason, actor=actor, clock=clock)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PROPOSERS)
def extend(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Propose to the plenary that the handling be extended."""
    words = {
        "title": _("Usulkan perpanjangan penanganan"),
        "lead": _(
            "Waktu perpanjangan dihitung dari registrasi, bukan dari hari ini, "
            "dan hanya dapat diberikan satu kali."
        ),
        "submit": _("Usulkan ke pleno"),
    }
    return _propose(request, load_matter(request, public_id), CaseAction.EXTEND, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PROPOSERS)
def reopen(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Propose to the plenary that the case be opened again."""
    words = {
        "title": _("Usulkan pembukaan kembali"),
        "lead": _("Hasil yang sudah ditetapkan tetap tercatat sebagai riwayat."),
        "submit": _("Usulkan ke pleno"),
    }
    return _propose(request, load_matter(request, public_id), CaseAction.REOPEN, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*PROPOSERS)
def take_over(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Propose to the plenary of an office above that it take the file over."""
    matter = load_matter(request, public_id)
    taker = office_above(path=matter.office_path, actor=request.actor)
    if taker is None:
        raise Http404
    words = {
        "title": _("Usulkan pengambilalihan"),
        "lead": _(
            "Bila pleno %(office)s setuju, seluruh berkas pindah dengan tenggat yang sedang "
            "berjalan; kantor semula tetap dapat membaca yang pernah dikerjakannya."
        )
        % {"office": taker.name},
        "submit": _("Usulkan ke pleno"),
    }
    return _propose(request, matter, CaseAction.TAKE_OVER, words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*WORKERS)
def announcement(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show what the notice board would say, and publish it."""
    matter = load_matter(request, public_id)
    if request.method == "POST":
        return press_plain(
            request,
            lambda: announce(matter_id=matter.pk, actor=request.actor, clock=request.clock),
            back=Back(case_url(matter), matter),
            done=_("Hasil diumumkan di papan pengumuman."),
        )
    context = {"matter": matter, "lines": announced_lines(matter)}
    return render(request, "complaints/staff/case_announce.html", context)


def _buttons(request: StaffRequest, matter: Matter, file: CaseFile) -> Buttons:
    """Return the one next step and the others, for this reader in this state."""
    offers = offers_of(
        workflow=CASE,
        subject=matter,
        actor=request.actor,
        clock=request.clock,
        clocks=file.open_clocks,
    )
    if matter.state == CaseState.ASSESSMENT:  # hearing again is possible, and not the usual way
        offers = [replace(row, is_main=row.action == CaseAction.BRING_TO_PLENARY) for row in offers]
    made = buttons(
        offers=offers,
        url=lambda action: reverse("staff:case_step", args=[matter.public_id, action]),
        without=[action for action in CaseAction if action not in STEPS.form_for],
        more=_proposals(request, matter),
    )
    own = _own_step(request, matter, file)
    if own is None or (made.main is not None and not own.is_proposed):
        return made
    demoted = (made.main,) if made.main else ()
    return replace(made, main=replace(own, is_proposed=False), others=(*demoted, *made.others))


def _own_step(request: StaffRequest, matter: Matter, file: CaseFile) -> Button | None:
    """Return the next thing to do that is a page of its own and no step of the table.

    `is_proposed` says here that it comes before the usual step.
    """
    here, now = matter.office.ref(), file.situation
    if request.actor.role_at(WORKERS, here) is None:
        return None
    if matter.state == CaseState.INTAKE:
        return _entry(file)
    if matter.state == CaseState.ASSESSMENT and not now.approved:
        return _assess(request, matter, file)
    if matter.state == CaseState.PLENARY and now.result_item:
        url = reverse("staff:agenda_item", args=[now.result_item])
        return Button("ITEM", _("Buka mata acara pleno"), url, "", is_proposed=False)
    return _next_link(matter, file)


def _next_link(matter: Matter, file: CaseFile) -> Button | None:
    if matter.state == CaseState.CLARIFICATION and file.situation.unheard:
        return _link("PLAN", _("Jadwalkan klarifikasi"), "staff:session_plan", matter)
    if matter.state == CaseState.DECIDED and file.situation.unsent:
        return _link("SEND", _("Teruskan"), "staff:send_package", matter, first=True)
    return None


def _assess(request: StaffRequest, matter: Matter, file: CaseFile) -> Button:
    now = file.situation
    if now.versions and now.written_by != request.actor.user_id:
        url = reverse("staff:assessment_version", args=[matter.public_id, now.versions])
        return Button("APPROVE", _("Periksa dan setujui kajian"), url, "", is_proposed=False)
    return _link("WRITE", _("Tulis kajian"), "staff:assessment", matter)


def _entry(file: CaseFile) -> Button | None:
    alive = next((row for row in file.entries if row.is_open), None)
    if alive is None:
        return None
    return Button("ENTRY", f"{_('Buka')} {alive.kind.lower()}", alive.url, "", is_proposed=False)


def _link(action: str, label: str, view: str, matter: Matter, *, first: bool = False) -> Button:
    return Button(action, label, reverse(view, args=[matter.public_id]), "", is_proposed=first)


def _proposals(request: StaffRequest, matter: Matter) -> list[Button]:
    """Return the links to what only the plenary can do, where the table has it in this state."""
    if request.actor.role_at(PROPOSERS, matter.office.ref()) is None:
        return []
    leaving = {row.action: row for row in CASE.leaving(matter.state)}
    made = []
    if CaseAction.EXTEND in leaving and matter.extended_at is None:
        made.append(_proposal(leaving[CaseAction.EXTEND], "staff:case_extend", matter))
    if CaseAction.REOPEN in leaving and matter.registered_at is not None:
        made.append(_proposal(leaving[CaseAction.REOPEN], "staff:case_reopen", matter))
    if CaseAction.TAKE_OVER in leaving and _works_above(request, matter):
        made.append(_proposal(leaving[CaseAction.TAKE_OVER], "staff:case_take_over", matter))
    return made


def _works_above(request: StaffRequest, matter: Matter) -> bool:
    """Whether a grant of the reader lies at an office strictly above; no query."""
    return any(
        grant.role in PROPOSERS
        and grant.at.kind == "office"
        and matter.office_path.startswith(f"{grant.at.path}/")
        for grant in request.actor.grants
    )


def _proposal(row: Transition, view: str, matter: Matter) -> Button:
    label = _("%(step)s (usul ke pleno)") % {"step": row.label}
    return _link(str(row.action), label, view, matter)
