"""Evidence of an unsent report: files by plain multipart, and web addresses."""

# Django hands every view its request.
# ruff: noqa: ARG001

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from complaints.forms.public.files import DescribeForm, FilesForm
from complaints.forms.public.filing import WebEvidenceForm
from complaints.selectors.carried import waiting_among
from complaints.selectors.draft_evidence import (
    evidence_of_draft,
    evidence_rows,
    row_of,
    unfinished,
    zone_of,
)
from complaints.selectors.filing import EASTERNMOST
from complaints.services.describe_evidence import describe_evidence
from complaints.services.evidence_intake import (
    ArrivedFile,
    Owner,
    remove_from_draft,
    room_left,
    take_in_address,
    take_in_file,
)
from complaints.services.media_types import FileRefused
from complaints.services.upload_parts import UploadGone, end_upload, find_upload
from complaints.views.public.filing import frame
from complaints.views.public.filing_session import Filing, in_draft, step_url
from complaints.views.public.limits import Limited, visitor_over
from complaints.views.public.uploads import arrived, receives_files, too_big
from neutrality.audit.actor import CITIZEN
from neutrality.ui.errors import too_many_requests
from neutrality.ui.forms import render_form

TEMPLATE = "complaints/public/report_evidence.html"
WEB_ID = "id_web_%s"


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def files(request: HttpRequest, filing: Filing) -> HttpResponse:
    """List what was handed in; take files."""
    if request.method != "POST":
        return _page(request, filing, FilesForm(), _web(None, filing))
    if visitor_over(request, Limited.UPLOADS):
        return too_many_requests(request)
    form = FilesForm(request.POST, request.FILES, too_big=too_big(request))
    form.full_clean()
    _take(form, arrived(request, "berkas"), filing)
    if form.errors:
        return _page(request, filing, form, _web(None, filing))
    return redirect(step_url("bukti") + frame(filing, "bukti", "")["query"])


@require_POST
@in_draft
def address(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Take a web address."""
    if visitor_over(request, Limited.UPLOADS):
        return too_many_requests(request)
    form = _web(request.POST, filing)
    if not form.is_valid():
        return _page(request, filing, FilesForm(), form)
    with transaction.atomic(durable=True):
        if not room_left(draft_id=filing.draft.pk):
            form.add_error("alamat", _full())
            return _page(request, filing, FilesForm(), form)
        take_in_address(
            web=form.given(tz=zone_of(filing.draft)),
            owner=Owner(draft_id=filing.draft.pk),
            actor=CITIZEN,
            clock=filing.clock,
        )
    return redirect(step_url("bukti") + frame(filing, "bukti", "")["query"])


@require_POST
@in_draft
def remove(request: HttpRequest, filing: Filing, public_id: str) -> HttpResponse:
    """Take a piece of evidence out again."""
    remove_from_draft(
        draft_id=filing.draft.pk, public_id=public_id, actor=CITIZEN, clock=filing.clock
    )
    return redirect(step_url("bukti") + frame(filing, "bukti", "")["query"])


@require_POST
@in_draft
def give_up(request: HttpRequest, filing: Filing, public_id: str) -> HttpResponse:
    """Forget a file whose line broke."""
    with suppress(UploadGone):
        upload = find_upload(draft_id=filing.draft.pk, public_id=public_id, clock=filing.clock)
        end_upload(upload=upload)
    return redirect(step_url("bukti") + frame(filing, "bukti", "")["query"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_draft
def about_file(request: HttpRequest, filing: Filing, public_id: str) -> HttpResponse:
    """Ask what one piece is and what it shows; say what it tells besides."""
    piece = evidence_of_draft(draft_id=filing.draft.pk, public_id=public_id)
    if piece is None:
        raise Http404
    known = {"keterangan": piece.caption, "menunjukkan": piece.shows}
    form = DescribeForm(request.POST if request.method == "POST" else None, initial=known)
    around = frame(filing, "bukti", _("Tentang bukti ini"))
    back = step_url("bukti") + around["query"]
    if form.is_bound and form.is_valid():
        describe_evidence(
            draft_id=filing.draft.pk,
            public_id=public_id,
            caption=form.cleaned_data["keterangan"],
            shows=form.cleaned_data["menunjukkan"],
        )
        return redirect(back)
    form.cancel_url = back
    context = {**around, "row": row_of(piece, filing.draft), "back_url": back}
    return render_form(
        request, "complaints/public/report_evidence_about.html", form, context=context
    )


def limits() -> list[str]:
    """Return the limits in words, shown before choosing."""
    most = settings.EVIDENCE_MAX_MIB
    return [
        _("Foto: sampai %(limit)d MB") % {"limit": most["image"]},
        _("Video: sampai %(limit)d MB") % {"limit": most["video"]},
        _("Rekaman suara: sampai %(limit)d MB") % {"limit": most["audio"]},
        _("PDF dan dokumen: sampai %(limit)d MB") % {"limit": most["document"]},
        _("Paling banyak %(count)d bukti") % {"count": settings.EVIDENCE_MAX_FILES},
    ]


def _take(form: FilesForm, files: list[ArrivedFile], filing: Filing) -> None:
    """Take in each file; one that is refused does not hold up the others."""
    for file in files:
        with transaction.atomic(durable=True):
            if not room_left(draft_id=filing.draft.pk):
                form.add_error("berkas", _full())
                return
            try:
                take_in_file(
                    file=file,
                    owner=Owner(draft_id=filing.draft.pk),
                    caption=form.cleaned_data.get("keterangan", ""),
                    actor=CITIZEN,
                    clock=filing.clock,
                )
            except FileRefused as refused:
                form.add_error("berkas", f"{file.name}: {refused.sentence}")


def _web(data: Mapping[str, str] | None, filing: Filing) -> WebEvidenceForm:
    """Return the form of an address; a day that has begun anywhere in the country is accepted."""
    today = filing.clock.today_in(EASTERNMOST)
    return WebEvidenceForm(data, auto_id=WEB_ID, today=today)


def _full() -> str:
    return _("Sudah ada %(count)d bukti. Hapus satu sebelum menambah yang lain.") % {
        "count": settings.EVIDENCE_MAX_FILES
    }


def _page(
    request: HttpRequest, filing: Filing, form: FilesForm, web: WebEvidenceForm
) -> HttpResponse:
    rows = evidence_rows(filing.draft)
    context: dict[str, Any] = {
        "web": web,
        "rows": rows,
        "waiting": waiting_among(row.state for row in rows),
        "limits": limits(),
        "unfinished": unfinished(draft_id=filing.draft.pk, clock=filing.clock),
        "most": settings.EVIDENCE_MAX_MIB,
        **frame(filing, "bukti", _("Bukti apa yang Anda punya?")),
    }
    status = 422 if form.errors or web.errors else 200
    return render_form(request, TEMPLATE, form, context=context, status=status)
