"""The reporter's account for those outside: words of one person, released by another."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.codes import Audience
from complaints.forms.staff.evidence import RELEASE, DecideWordsForm, WordAccountForm
from complaints.models import AccountWording, Matter, Report, Tip
from complaints.selectors.account_wordings import account_rows, get_wording_for, wording_row
from complaints.services.derivative_rows import comes_from_colleague
from complaints.services.prepare_derivative import PREPARERS
from complaints.services.word_account import decline_wording, release_wording, word_account
from complaints.views.loading import OFFICE, found, load_matter
from complaints.views.staff.case_answers import posted
from complaints.views.staff.evidence_answers import answered
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.ui.forms import PlainForm, render_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def account_wordings(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Show the accounts of a file and the words for each audience; take new words."""
    matter = load_matter(request, public_id)
    may_write = request.actor.role_at(PREPARERS, matter.office.ref()) is not None
    rows = account_rows(matter=matter, actor=request.actor)
    if request.method == "POST" and not may_write:
        raise Http404
    form = WordAccountForm(posted(request), entries=[row.entry for row in rows])
    form.cancel_url = reverse("staff:account_wordings", args=[matter.public_id])
    context: dict[str, Any] = {
        "matter": matter,
        "rows": rows,
        "may_write": may_write,
        "from_colleague": any(row.entry.coworker for row in rows),
    }

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/account_wordings.html"
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return answered(
        request,
        form,
        lambda: word_account(
            entry=_entry(matter, form.cleaned_data["bagian"]),
            audience=Audience(form.cleaned_data["penerima"]),
            words=form.cleaned_data["kata"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=page,
        done=_("Uraian ditulis; orang kedua harus melepasnya."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def account_wording(request: StaffRequest, public_id: str, wording: str) -> HttpResponseBase:
    """Read words beside the account with other eyes, and release or decline them."""
    matter = load_matter(request, public_id)
    words = found(lambda: get_wording_for(matter=matter, public_id=wording))
    row = wording_row(wording=words, actor=request.actor)
    entry = words.report or words.tip
    colleague = comes_from_colleague(matter)
    form = DecideWordsForm(posted(request), from_colleague=colleague)
    form.cancel_url = reverse("staff:account_wordings", args=[matter.public_id])
    context = {
        "matter": matter,
        "row": row,
        "account": entry.account if entry else "",
        "from_colleague": colleague,
    }

    def page(shown: PlainForm) -> HttpResponse:
        template = "complaints/staff/account_wording.html"
        return render_form(request, template, shown, context=context)

    if request.method != "POST":
        return page(form)
    return answered(
        request,
        form,
        lambda: _decide(request, words, form),
        page=page,
        done=_("Keputusan Anda atas uraian ini disimpan."),
    )


def _decide(request: StaffRequest, words: AccountWording, form: DecideWordsForm) -> object:
    given = form.cleaned_data
    if given["keputusan"] == RELEASE:
        return release_wording(
            wording_id=words.pk,
            actor=request.actor,
            clock=request.clock,
            colleague_checked=given.get("rekan", False),
        )
    return decline_wording(
        wording_id=words.pk, reason=given["alasan"], actor=request.actor, clock=request.clock
    )


def _entry(matter: Matter, public_id: str) -> Report | Tip:
    report = matter.reports.select_related("office__region").filter(public_id=public_id).first()
    if report is not None:
        return report
    rows = matter.tips.select_related("office__region")
    tip: Tip = get_object_or_404(rows, public_id=public_id)
    return tip
