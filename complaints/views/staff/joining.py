"""Join files that speak of one event, and split them again: look, say why, confirm."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from complaints.codes import CaseState
from complaints.forms.staff.case_fields import ReasonForm
from complaints.models import Matter, MatterJoin
from complaints.selectors.same_event import find_file, other_file, same_event
from complaints.services.join_files import join_files, split_files
from complaints.services.office_roles import REVIEWERS
from complaints.views.loading import found, load_matter, today
from complaints.views.staff.case_answers import Back, posted, press
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.forms import PlainForm, render_form


@never_cache
@require_safe
@staff_page(*REVIEWERS)
def candidates(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """List the files that may speak of the same event, and look for one by its number."""
    matter = _mine(request, public_id)
    typed = request.GET.get("nomor", "").replace("\0", "")[:80]
    day = today(request)
    context = {
        "matter": matter,
        "same": same_event(matter=matter, actor=request.actor, day=day, may_work=True),
        "typed": typed,
        "searched": find_file(matter=matter, actor=request.actor, day=day, text=typed),
    }
    return render(request, "complaints/staff/case_candidates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def join(request: StaffRequest, public_id: str, other: str) -> HttpResponseBase:
    """Show which file would go into which, and join them with a reason."""
    here = _mine(request, public_id)
    day = today(request)
    row = found(lambda: other_file(matter=here, actor=request.actor, day=day, public_id=other))
    there = load_matter(request, other)
    goes, stays = _direction(here, there)
    form = ReasonForm(posted(request), submit=_("Gabungkan"), danger=True)
    form.cancel_url = reverse("staff:case_candidates", args=[here.public_id])
    context = {"matter": here, "other": row, "goes": goes, "stays": stays}
    return press_or_show(
        request,
        form,
        lambda: join_files(
            matter_id=goes.pk,
            into_id=stays.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        template="complaints/staff/case_join.html",
        context=context,
        back=Back(reverse("staff:case", args=[stays.public_id]), stays),
        done=_("Berkas digabung. Penggabungan dapat dipisahkan lagi dari halaman ini."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def split(request: StaffRequest, public_id: str, joined: str) -> HttpResponseBase:
    """Say why a file that was taken in goes out again, and bring everything back."""
    matter = _mine(request, public_id)
    row = get_object_or_404(
        MatterJoin.objects.select_related("matter"),
        into=matter,
        public_id=joined,
        split_at__isnull=True,
    )
    form = ReasonForm(posted(request), submit=_("Pisahkan"), danger=True)
    form.cancel_url = reverse("staff:case", args=[matter.public_id])
    return press_or_show(
        request,
        form,
        lambda: split_files(
            join_id=row.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        template="complaints/staff/case_split.html",
        context={"matter": matter, "join": row},
        back=Back(reverse("staff:case", args=[matter.public_id]), matter),
        done=_("Berkas dipisahkan; semuanya kembali ke berkas semula."),
    )


def press_or_show(
    request: StaffRequest,
    form: ReasonForm,
    act: Callable[[], object],
    *,
    template: str,
    context: dict[str, object],
    back: Back,
    done: str,
) -> HttpResponse:
    """Show the form on its page, or run the act and go back."""

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request, form, act, page=page, back=back, done=done, field_of={"reason_needed": "alasan"}
    )


def _mine(request: StaffRequest, public_id: str) -> Matter:
    """Load a file in which the reader works, or 404."""
    matter = load_matter(request, public_id)
    if request.actor.role_at(REVIEWERS, matter.office.ref()) is None:
        raise Http404
    return matter


def _direction(here: Matter, there: Matter) -> tuple[Matter, Matter]:
    """A case stays; of two files that are none, the one that was opened first."""
    ranked = sorted((here, there), key=lambda row: (row.state == CaseState.INTAKE, row.opened_at))
    stays, goes = ranked
    return goes, stays
