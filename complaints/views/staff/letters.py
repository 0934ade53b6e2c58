"""Letters of an office: the register, drafts with a preview, issue, and what supersedes."""

from typing import Final

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.codes import LetterState, LetterTemplate
from complaints.forms.staff.registers import LetterDraftForm, NewLetterForm
from complaints.models import OfficeLetter
from complaints.papers.case_papers import paragraphs
from complaints.selectors import registers as selector
from complaints.services.letters import (
    LetterText,
    drop_letter,
    issue_letter,
    replace_letter,
    start_letter,
    write_letter,
)
from complaints.services.register_rows import CLERKS, DECIDERS
from complaints.views.loading import OFFICE, today
from complaints.views.staff.case_answers import Back, lost, posted, press, press_plain
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import PlainForm, render_form
from neutrality.ui.pages import list_page

NEWEST: Final = ("-written_at", "-id")


@require_safe
@staff_page(*OFFICE)
def letters(request: StaffRequest) -> HttpResponseBase:
    """Show the register of letters: drafts and issued ones, or everything."""
    rows = selector.letters(actor=request.actor, day=today(request))
    everything = request.GET.get("tampilan") == selector.ALL
    rows = rows if everything else rows.exclude(state=LetterState.DROPPED)
    listing = list_page(request, rows, order=NEWEST)
    context = {
        "listing": listing,
        "rows": [selector.letter_row(row) for row in listing.page.items],
        "title": _("Register surat"),
        "lead": _("Surat terbit tidak pernah berubah; yang keliru digantikan surat baru."),
        "new_url": reverse("staff:letter_new"),
        "new_words": _("Tulis surat"),
        "everything": everything,
    }
    return render(request, "complaints/staff/register.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def new(request: StaffRequest) -> HttpResponseBase:
    """Choose from what to start; with `?berkas=` the letter belongs to that file."""
    matter = selector.matter_asked_for(
        public_id=request.GET.get("berkas", ""), actor=request.actor, day=today(request)
    )
    offices = [matter.office] if matter else selector.own_offices(actor=request.actor)
    form = NewLetterForm(
        posted(request),
        offices=selector.office_choices(offices),
        initial={"contoh": LetterTemplate.PLAIN},
    )
    form.cancel_url = reverse("staff:letters")
    context = {
        "title": _("Tulis surat"),
        "back_url": form.cancel_url,
        "caption": matter.spoken_title if matter else "",
    }

    def page() -> HttpResponse:
        template = "complaints/staff/register_form.html"
        return render_form(request, template, form, context=context)

    if request.method != "POST" or not form.is_valid():
        return page()
    chosen = next(row for row in offices if str(row.public_id) == form.cleaned_data["kantor"])
    try:
        row = start_letter(
            office=chosen,
            template=LetterTemplate(form.cleaned_data["contoh"]),
            matter=matter,
            actor=request.actor,
            clock=request.clock,
        )
    except Refused as refused:
        if answer := lost(request, refused, back_url=form.cancel_url):
            return answer
        form.add_error(None, str(refused.refusal.sentence))
        return page()
    return redirect(_url(row))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def letter(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show a letter; a draft can be written, and is shown as it will look."""
    row = _load(request, public_id)
    form = LetterDraftForm(
        posted(request),
        initial={
            "kepada": row.addressee,
            "hal": row.subject,
            "isi": row.body,
            "versi": row.version,
        },
    )
    if request.method != "POST":
        return _page(request, row, form)
    return press(
        request,
        form,
        lambda: write_letter(
            letter_id=row.pk,
            text=LetterText(
                addressee=form.cleaned_data["kepada"],
                subject=form.cleaned_data["hal"],
                body=form.cleaned_data["isi"],
                seen=form.cleaned_data["versi"],
            ),
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _page(request, row, shown),
        back=Back(f"{_url(row)}#pratinjau"),
        done=_("Konsep disimpan."),
    )


@never_cache
@require_POST
@staff_page(*DECIDERS)
def issue(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Issue the draft that the page showed."""
    row, seen = _load(request, public_id), request.POST.get("versi", "")
    return press_plain(
        request,
        lambda: issue_letter(
            letter_id=row.pk,
            seen=int(seen) if seen.isdecimal() else 0,
            actor=request.actor,
            clock=request.clock,
        ),
        back=Back(_url(row)),
        done=_("Surat terbit."),
    )


@never_cache
@require_POST
@staff_page(*OFFICE)
def drop(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Put a draft aside."""
    row = _load(request, public_id)
    return press_plain(
        request,
        lambda: drop_letter(letter_id=row.pk, actor=request.actor, clock=request.clock),
        back=Back(reverse("staff:letters")),
        done=_("Konsep tidak jadi dikirim."),
    )


@never_cache
@require_POST
@staff_page(*OFFICE)
def replace(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Begin the letter that will supersede an issued one."""
    row = _load(request, public_id)
    try:
        draft = replace_letter(letter_id=row.pk, actor=request.actor, clock=request.clock)
    except Refused as refused:
        answer = lost(request, refused, back_url=_url(row))
        return answer or redirect(_url(row))
    return redirect(_url(draft))


def _load(request: StaffRequest, public_id: str) -> OfficeLetter:
    rows = selector.letters(actor=request.actor, day=today(request))
    joined = ("office__region", "matter", "document", "supersedes")
    return get_object_or_404(rows.select_related(*joined), public_id=public_id)


def _page(request: StaffRequest, row: OfficeLetter, form: PlainForm) -> HttpResponse:
    here = row.office.ref()
    is_draft = row.state == LetterState.DRAFT
    context = {
        "row": row,
        "line": selector.letter_row(row),
        "address_lines": row.addressee.splitlines(),
        "paragraphs": paragraphs(row.body),
        # The prepared texts leave these three dots where somebody must write.
        "has_gaps": is_draft and "\u2026" in f"{row.addressee}{row.subject}{row.body}",
        "successor": row.successors.exclude(state=LetterState.DROPPED).order_by("-pk").first(),
        "may_write": is_draft and request.actor.role_at(CLERKS, here) is not None,
        "may_issue": is_draft and request.actor.role_at(DECIDERS, here) is not None,
        "may_replace": row.state == LetterState.ISSUED
        and request.actor.role_at(CLERKS, here) is not None,
    }
    return render_form(request, "complaints/staff/letter.html", form, context=context)


def _url(row: OfficeLetter) -> str:
    return reverse("staff:letter", args=[row.public_id])
