"""The registers of an office: requests for information, and tasks of other systems."""

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.codes import ExternalSystem, InformationAnswer, Standing, TaskAnswer
from complaints.forms.staff.reasons import OpeningForm
from complaints.forms.staff.registers import (
    InformationAnswerForm,
    InformationForm,
    TaskAnswerForm,
    TaskForm,
)
from complaints.models import InformationRequest, Matter, OutsideTask
from complaints.selectors import registers as selector
from complaints.services.information_requests import (
    AnswerGiven,
    RequestGiven,
    answer_request,
    may_be_given,
    open_requester,
    record_request,
)
from complaints.services.outside_tasks import (
    TaskGiven,
    answer_task,
    record_task,
    tie_task,
    trace_task,
)
from complaints.services.register_rows import CLERKS, DECIDERS
from complaints.views.loading import OFFICE, load_matter, today
from complaints.views.staff.case_answers import Back, lost, posted, press, press_plain
from neutrality.accounts.http import GRANT_ZONE, StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.organisations.models import Office
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page
from neutrality.vault.services import Erased

FORM_PAGE: Final = "complaints/staff/register_form.html"
NEWEST: Final = ("-received_at", "-id")
SOONEST: Final = ("due_at", "id")
KEPT_BACK: Final = (
    "Kajian dugaan pelanggaran dan identitas pelapor serta saksi adalah informasi yang "
    "dikecualikan: pembukaannya dapat menghambat proses penegakan hukum dan membahayakan "
    "keselamatan pelapor dan saksi."
)
KEPT_BACK_BASIS: Final = "UU 14/2008 ps 17 huruf a; Perbawaslu 7/2022"


@require_safe
@staff_page(*OFFICE)
def registers(request: StaffRequest) -> HttpResponseBase:
    """Show the registers with what is open in each."""
    tiles = selector.tiles(actor=request.actor, day=today(request))
    return render(request, "complaints/staff/registers.html", {"tiles": tiles})


@require_safe
@staff_page(*OFFICE)
def information_requests(request: StaffRequest) -> HttpResponseBase:
    """List the requests: the open ones by deadline, or all by arrival."""
    rows = selector.requests(actor=request.actor, day=today(request))
    everything = request.GET.get("tampilan") == selector.ALL
    rows = rows if everything else rows.filter(answer="")
    listing = list_page(request, rows, order=NEWEST if everything else SOONEST)
    context = {
        "listing": listing,
        "rows": [selector.request_row(row, request.clock) for row in listing.page.items],
        "title": _("Permintaan informasi"),
        "lead": _("Dijawab paling lambat %(amount)d %(unit)s setelah diterima (%(basis)s).")
        % selector.answered_in(day=today(request)),
        "new_url": reverse("staff:information_new"),
        "new_words": _("Catat permintaan"),
        "everything": everything,
    }
    return render(request, "complaints/staff/register.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def information_new(request: StaffRequest) -> HttpResponseBase:
    """Enter a request, about a file when the address names one."""
    matter = _matter(request)
    offices = [matter.office] if matter else selector.own_offices(actor=request.actor)
    chosen = _office(request, offices)
    form = InformationForm(
        posted(request),
        offices=selector.office_choices(offices),
        parties=list(matter.parties.order_by("pk")) if matter else [],
        tz=chosen.tz if chosen else GRANT_ZONE,
    )
    form.cancel_url = reverse("staff:information_requests")
    page = _form_page(request, form, _("Catat permintaan informasi"), matter)
    if request.method != "POST" or chosen is None:
        return page(form)

    def act() -> object:
        given = form.cleaned_data
        return record_request(
            office=chosen,
            given=RequestGiven(
                identity=form.identity(),
                standing=Standing(given["sebagai"]),
                wanted=given["diminta"],
                received_at=given["diterima"],
                power_of_attorney=given["kuasa"],
                matter=matter,
                party=form.party(),
            ),
            actor=request.actor,
            clock=request.clock,
        )

    return press(
        request,
        form,
        act,
        page=page,
        back=Back(reverse("staff:information_requests")),
        done=_("Permintaan dicatat."),
        field_of={"in_the_future": "diterima", "too_long_ago": "diterima"},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def information_request(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show one request, and decide it."""
    row = _request(request, public_id)
    documents = list(may_be_given(row)) if not row.answer else []
    form = InformationAnswerForm(
        posted(request),
        documents=[(str(each.public_id), f"{each.title} {each.number}") for each in documents],
        initial={"dasar": KEPT_BACK_BASIS, "alasan": KEPT_BACK},
    )

    def page(shown: PlainForm) -> HttpResponse:
        return _request_page(request, row, shown)

    if request.method != "POST":
        return page(form)

    def act() -> object:
        given = form.cleaned_data
        wanted = set(given.get("dokumen", []))
        return answer_request(
            request_id=row.pk,
            given=AnswerGiven(
                answer=InformationAnswer(given["putusan"]),
                basis=given["dasar"],
                reason=given["alasan"],
                documents=[each for each in documents if str(each.public_id) in wanted],
            ),
            actor=request.actor,
            clock=request.clock,
        )

    return press(
        request,
        form,
        act,
        page=page,
        back=Back(reverse("staff:information_request", args=[row.public_id])),
        done=_("Permintaan dijawab; suratnya terbit."),
        field_of={"refused_gives_nothing": "dokumen", "not_to_be_given": "dokumen"},
    )


def _request_page(request: StaffRequest, row: InformationRequest, form: PlainForm) -> HttpResponse:
    here = row.office.ref()
    context = {
        "row": row,
        "line": selector.request_row(row, request.clock),
        "may_answer": not row.answer and request.actor.role_at(DECIDERS, here) is not None,
        "may_open": request.actor.role_at(CLERKS, here) is not None,
        "given": list(row.given.order_by("pk")) if row.answer else [],
    }
    template = "complaints/staff/information_request.html"
    return render_form(request, template, form, context=context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def information_requester(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Open who asked, with a reason; shown once."""
    row = _request(request, public_id)
    form = OpeningForm(posted(request))
    back_url = reverse("staff:information_request", args=[row.public_id])
    form.cancel_url = back_url
    context = {"title": _("Buka identitas pemohon"), "back_url": back_url, "caption": row.number}
    if form.is_bound and form.is_valid():
        try:
            data = open_requester(
                request=row,
                reason=form.cleaned_data["alasan"],
                actor=request.actor,
                clock=request.clock,
            )
        except Refused as refused:
            raise Http404 from refused
        except Erased:
            form.add_error(None, _("Data ini sudah dihapus dan tidak dapat dibuka lagi."))
        else:
            opened = {
                "data": data,
                "party": {"alias": row.number, "spoken_alias": row.number},
                "back_url": back_url,
            }
            return render(request, "complaints/staff/identity.html", opened)
    return render_form(request, FORM_PAGE, form, context=context)


@require_safe
@staff_page(*OFFICE)
def outside_tasks(request: StaffRequest) -> HttpResponseBase:
    """List the tasks: the open ones by deadline, or all by arrival."""
    rows = selector.tasks(actor=request.actor, day=today(request))
    everything = request.GET.get("tampilan") == selector.ALL
    rows = rows if everything else rows.filter(answer="")
    listing = list_page(request, rows, order=NEWEST if everything else SOONEST)
    context = {
        "listing": listing,
        "rows": [selector.task_row(row, request.clock) for row in listing.page.items],
        "title": _("Tugas dari sistem lain"),
        "lead": _("Validasi dari SBT dan laporan yang diteruskan SP4N-LAPOR! atau instansi lain."),
        "new_url": reverse("staff:outside_task_new"),
        "new_words": _("Catat tugas"),
        "everything": everything,
    }
    return render(request, "complaints/staff/register.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def outside_task_new(request: StaffRequest) -> HttpResponseBase:
    """Enter a task under the number of the system it comes from."""
    offices = selector.own_offices(actor=request.actor)
    chosen = _office(request, offices)
    form = TaskForm(
        posted(request),
        offices=selector.office_choices(offices),
        tz=chosen.tz if chosen else GRANT_ZONE,
    )
    form.cancel_url = reverse("staff:outside_tasks")
    page = _form_page(request, form, _("Catat tugas dari sistem lain"), None)
    if request.method != "POST" or chosen is None:
        return page(form)

    def act() -> object:
        given = form.cleaned_data
        return record_task(
            office=chosen,
            given=TaskGiven(
                system=ExternalSystem(given["sistem"]),
                external_number=given["nomor"],
                sender=given["pengirim"],
                summary=given["isi"],
                received_at=given["diterima"],
            ),
            actor=request.actor,
            clock=request.clock,
        )

    return press(
        request,
        form,
        act,
        page=page,
        back=Back(reverse("staff:outside_tasks")),
        done=_("Tugas dicatat."),
        field_of={"in_the_future": "diterima", "too_long_ago": "diterima", "task_known": "nomor"},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def outside_task(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show one task, and answer it."""
    row = _task(request, public_id)
    form = TaskAnswerForm(posted(request))

    def page(shown: PlainForm) -> HttpResponse:
        here = row.office.ref()
        context = {
            "row": row,
            "line": selector.task_row(row, request.clock),
            "may_answer": not row.answer and request.actor.role_at(DECIDERS, here) is not None,
            "may_tie": not row.answer
            and row.matter is None
            and request.actor.role_at(CLERKS, here) is not None,
        }
        return render_form(request, "complaints/staff/outside_task.html", shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: answer_task(
            task_id=row.pk,
            answer=TaskAnswer(form.cleaned_data["jawaban"]),
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        back=Back(_task_url(row)),
        done=_("Tugas dijawab; suratnya terbit."),
        field_of={"task_without_file": "jawaban"},
    )


@never_cache
@require_POST
@staff_page(*CLERKS)
def outside_task_trace(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Take it as informasi awal and go to the new file."""
    row = _task(request, public_id)
    try:
        tip = trace_task(task_id=row.pk, actor=request.actor, clock=request.clock)
    except Refused as refused:
        if answer := lost(request, refused, back_url=_task_url(row)):
            return answer
        raise
    return redirect("staff:tip", public_id=tip.public_id)


@never_cache
@require_POST
@staff_page(*CLERKS)
def outside_task_tie(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Tie it to a file that is there already, named by the last part of its address."""
    row = _task(request, public_id)
    matter = load_matter(request, request.POST.get("berkas", "").strip().strip("/").split("/")[-1])
    return press_plain(
        request,
        lambda: tie_task(task_id=row.pk, matter=matter, actor=request.actor, clock=request.clock),
        back=Back(_task_url(row)),
        done=_("Tugas dihubungkan dengan berkas."),
    )


def _matter(request: StaffRequest) -> Matter | None:
    public_id = request.GET.get("berkas", "")
    found = selector.matter_asked_for(public_id=public_id, actor=request.actor, day=today(request))
    if public_id and found is None:
        raise Http404
    return found


def _office(request: StaffRequest, offices: list[Office]) -> Office | None:
    named = request.POST.get("kantor")
    chosen = next((row for row in offices if str(row.public_id) == named), None)
    return chosen or (offices[0] if offices else None)


def _request(request: StaffRequest, public_id: str) -> InformationRequest:
    rows = selector.requests(actor=request.actor, day=today(request))
    joined = ("office__region", "matter", "party", "letter")
    return get_object_or_404(rows.select_related(*joined), public_id=public_id)


def _task(request: StaffRequest, public_id: str) -> OutsideTask:
    rows = selector.tasks(actor=request.actor, day=today(request))
    joined = ("office__region", "matter", "tip", "letter")
    return get_object_or_404(rows.select_related(*joined), public_id=public_id)


def _task_url(row: OutsideTask) -> str:
    return reverse("staff:outside_task", args=[row.public_id])


def _form_page(
    request: StaffRequest, form: PlainForm, title: str, matter: Matter | None
) -> Callable[[PlainForm], HttpResponse]:
    context = {
        "title": title,
        "back_url": form.cancel_url,
        "caption": matter.spoken_title if matter else "",
    }

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, FORM_PAGE, shown, context=context)

    return page
