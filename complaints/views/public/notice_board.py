"""The notice board (papan pengumuman): what the offices announce, for everybody, to be printed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints.forms.public.notice_board import NoticeBoardForm
from complaints.selectors.notice_board import ORDER, announcements, boards, notices
from neutrality.ui.pages import list_page


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the announcements of one office or of all; an unknown office shows all."""
    known = boards()
    form = NoticeBoardForm(request.GET, boards=known)
    path = form.cleaned_data["kantor"] if form.is_valid() else ""
    listing = list_page(request, announcements(path=path), order=ORDER, size=20)
    context = {
        "form": form,
        "listing": listing,
        "notices": notices(listing.page.items),
        "office": dict(known).get(path, ""),
    }
    return render(request, "complaints/public/notice_board.html", context)
