"""Signing by phone: link, one-time code, text, typed name, certificate."""

from typing import Any, Final

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neutrality.casework.refusals import RefusalCode, Refused
from neutrality.documents.models import Publication
from neutrality.documents.opening import pdf_bytes
from neutrality.ui.dates import say_instant
from neutrality.ui.forms import render_form
from neutrality.ui.parts import SummaryRow
from pledges.codes import HAS_SIGNED, Assurance, ObligationState, SigningChannel
from pledges.forms.public import CodeForm, RefusalForm, SignForm
from pledges.models import Obligation, Round, Signature
from pledges.selectors.attested import attested_rows
from pledges.selectors.translations import translation_of
from pledges.services.check_person import check_code, send_code
from pledges.services.sign_pledge import Pen, refuse_pledge, sign_pledge, signer_of
from pledges.tte import is_configured
from pledges.views.public.identified import (
    OWN,
    Proof,
    Visit,
    forget,
    identified,
    proof_of,
    remember,
    with_link,
)
from pledges.workflow.guards import signature_in_force
from pledges.workflow.refusals import PledgeRefusal

GET_OR_POST: Final = ["GET", "HEAD", "POST"]
STEPS: Final = (gettext_lazy("Kode"), gettext_lazy("Naskah"), gettext_lazy("Selesai"))
MAY_REFUSE: Final = (ObligationState.DUE, ObligationState.INVITED)


@require_http_methods(GET_OR_POST)
@with_link
def start(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say what the link is for, without a name; send a one-time code when asked."""
    context = _about(visit)
    if request.method != "POST":
        return render(request, "pledges/public/start.html", context)
    try:
        send_code(
            obligation_id=visit.obligation.pk,
            link_id=visit.link.pk if visit.link else None,
            clock=visit.clock,
        )
    except Refused as refused:
        context["refusal"] = refused.refusal.sentence
        return render(request, "pledges/public/start.html", context, status=422)
    return redirect("pledges_public:code", token=visit.token)


@require_http_methods(GET_OR_POST)
@with_link
def enter_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take the code; the right one opens the text for half an hour."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            code = check_code(
                obligation_id=visit.obligation.pk,
                typed=form.cleaned_data["kode"],
                clock=visit.clock,
            )
        except Refused as refused:
            form.add_error("kode", str(refused.refusal.sentence))
        else:
            remember(request, _proof_by_link(visit, code.pk), visit.clock)
            return redirect(next_page(visit.obligation), token=visit.token)
    return render_form(request, "pledges/public/code.html", form, context=_about(visit))


@require_http_methods(GET_OR_POST)
@identified
def sign(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the text to its signer, and sign; a second tap finds the first signature."""
    obligation, text = visit.obligation, visit.obligation.round.text
    if request.method != "POST" and next_page(obligation) == "pledges_public:done":
        return redirect("pledges_public:done", token=visit.token)
    form = SignForm(
        request.POST if request.method == "POST" else None, initial={"naskah": text.sha256}
    )
    if form.is_bound and form.is_valid():
        try:
            _sign(request, visit, form)
        except Refused as refused:
            explain(form, refused, text.sha256)
        else:
            return redirect("pledges_public:done", token=visit.token)
    return render_form(
        request,
        "pledges/public/sign.html",
        form,
        context=signer(visit)
        | {"translation": translation_of(text), "layout": "pledges/public/base.html"},
    )


@require_http_methods(GET_OR_POST)
@identified
def refuse(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let the person refuse with a reason."""
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            refuse_pledge(
                obligation_id=visit.obligation.pk,
                reason=form.cleaned_data["alasan"],
                clock=visit.clock,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            return redirect("pledges_public:done", token=visit.token)
    return render_form(request, "pledges/public/refuse.html", form, context=signer(visit))


@require_safe
@identified
def done(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what was recorded."""
    signature = signature_in_force(visit.obligation)
    if visit.obligation.state in {ObligationState.DUE, ObligationState.INVITED}:
        return redirect("pledges_public:sign", token=visit.token)
    context = signer(visit) | {"signature": signature, "facts": _facts(visit, signature)}
    context["now"] = len(STEPS)
    return render(request, "pledges/public/done.html", context)


@require_safe
@identified
def certificate(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  the door's
    """Hand the certificate to its holder."""
    signature = signature_in_force(visit.obligation)
    if signature is None or signature.document is None:
        raise Http404
    pdf = pdf_bytes(
        document=signature.document, actor=signer_of(visit.obligation), clock=visit.clock
    )
    return pdf_response(pdf)


@require_POST
@identified
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001  the door's
    """Let this device be nobody's: the phone may be a colleague's."""
    forget(request)
    return redirect("pledges_public:index")


def pdf_response(pdf: bytes) -> HttpResponse:
    """Return a download of a certificate."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="pakta-integritas.pdf"'
    return response


def _sign(request: HttpRequest, visit: Visit, form: SignForm) -> Signature:
    proof = proof_of(request, visit)
    pen = Pen(
        text_sha256=form.cleaned_data["naskah"],
        typed_name=form.cleaned_data["nama"],
        drawing=form.cleaned_data["gambar"],
        code_id=proof.code if proof else 0,
        assurance=Assurance(proof.assurance) if proof else Assurance.ONE_TIME_CODE,
        channel=SigningChannel(proof.channel) if proof else SigningChannel.LINK,
        ceremony_id=proof.ceremony if proof else None,
    )
    return sign_pledge(obligation_id=visit.obligation.pk, pen=pen, clock=visit.clock)


def _proof_by_link(visit: Visit, code_id: int) -> Proof:
    link_id = visit.link.pk if visit.link else 0
    return Proof(obligation=visit.obligation.pk, code=code_id, link=link_id)


def explain(form: SignForm, refused: Refused, digest: str) -> None:
    """Put the sentence where it belongs; a changed text is shown anew with its own hash."""
    code = refused.refusal.code
    field = "nama" if code == PledgeRefusal.NAME_DIFFERS else None
    sentence = str(refused.refusal.sentence)
    if code == RefusalCode.WRONG_STATE:
        sentence = _("Anda tidak perlu menandatangani pada putaran ini.")
    if code == PledgeRefusal.OTHER_TEXT:
        form.data = {"naskah": digest, "nama": form.cleaned_data["nama"]}
    form.add_error(field, sentence)


def next_page(obligation: Obligation) -> str:
    """Return where somebody goes after the check: to the text, or to what was recorded."""
    signed = signature_in_force(obligation) if obligation.state in HAS_SIGNED else None
    if signed is not None and signed.text_id != obligation.round.text_id:
        return "pledges_public:sign"
    finished = obligation.state in {*HAS_SIGNED, ObligationState.EXEMPT, ObligationState.ENDED}
    return "pledges_public:done" if finished else "pledges_public:sign"


def circulars_of(place: Round) -> QuerySet[Publication]:
    """Return the circulars that order the round, as long as they stand."""
    return place.circulars.filter(withdrawn_at__isnull=True).order_by("dated_on", "pk")


def _about(visit: Visit) -> dict[str, Any]:
    """Return what may be shown before the check: nothing of the person."""
    place = visit.obligation.round
    return {
        "token": visit.token,
        "agency": place.agency.name,
        "elections": list(place.elections.order_by("polling_on")),
        "closes": say_instant(place.closes_at, place.office.tz),
        "is_closed": place.closed_at is not None,
        "circulars": circulars_of(place),
        "is_shared": visit.token == OWN,
        "steps": [str(step) for step in STEPS],
        "now": 1,
    }


def signer(visit: Visit) -> dict[str, Any]:
    """Return what the pages after the check show."""
    obligation = visit.obligation
    unit = obligation.unit_now
    rows = [
        SummaryRow(_("Nama"), obligation.person.name),
        SummaryRow(_("Jabatan"), obligation.employment.position_title),
        SummaryRow(_("Unit kerja"), unit.name if unit else obligation.round.agency.name),
    ]
    return _about(visit) | {
        "now": 2,
        "obligation": obligation,
        "rows": rows,
        "text": obligation.round.text,
        "tte_url": reverse("pledges_public:tte", args=[visit.token]) if is_configured() else "",
        "may_refuse": obligation.state in MAY_REFUSE and not obligation.round.closed_at,
    }


def _facts(visit: Visit, signature: Signature | None) -> list[SummaryRow]:
    if signature is None:
        return []
    tz = visit.obligation.round.office.tz
    rows = [
        SummaryRow(_("Ditandatangani"), say_instant(signature.signed_at, tz)),
        SummaryRow(_("Cara"), signature.get_kind_display()),
        SummaryRow(_("Pembuktian"), signature.get_assurance_display()),
        SummaryRow(_("Sidik naskah"), signature.text_sha256),
    ]
    rows += attested_rows(signature, tz)
    if signature.late:
        rows.append(SummaryRow(_("Terlambat"), _("ya, putaran sudah ditutup")))
    return rows
