"""One person of a file: the access by codes, powers of attorney, and messages with the room."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.codes import Audience, IdentityCheck, PartyKind
from complaints.forms.staff.party import (
    HeardForm,
    LostCodeForm,
    PowerForm,
    RespondentLetterForm,
    RevokePowerForm,
    RoomLetterForm,
)
from complaints.models import Party, Representation
from complaints.selectors.evidence import title_of_copy
from complaints.selectors.party_page import letters_of_room, party_page
from complaints.services.add_to_matter import add_heard
from complaints.services.codes import SecretCode
from complaints.services.derivative_rows import released_for
from complaints.services.media_types import FileRefused
from complaints.services.office_message import mark_letters_read, office_message
from complaints.services.office_roles import CLERKS
from complaints.services.renew_lost_code import renew_lost_code
from complaints.services.represent import Power, record_power, revoke_power
from complaints.services.write_message import Letter
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.shown_until import SHOWN_UNTIL, shown_until
from complaints.views.staff.case_answers import Back, posted, press, press_plain
from complaints.views.staff.matter_parts import back_of, load_for
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused
from neutrality.ui.forms import PlainForm, render_form

FORM_PAGE = "complaints/staff/form_page.html"


@never_cache
@require_safe
@staff_page(*CLERKS)
def party(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Show how a person reaches the file: codes, powers of attorney, messages."""
    person = _load(request, public_id, party)
    form = _letter_form(person, initial={SHOWN_UNTIL: request.clock.now.isoformat()})
    return _show(request, person, form)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def new_person(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Add a witness or an expert, who can then be invited."""
    matter = load_for(request, public_id, *CLERKS)
    form = HeardForm(posted(request))
    back = back_of(request, matter)
    form.cancel_url = back
    context = {
        "title": _("Tambah saksi atau ahli"), "caption": matter.spoken_title, "back_url": back,
        "matter": matter,
    }  # fmt: skip

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, FORM_PAGE, shown, context=context)

    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: add_heard(
            matter=matter, given=form.given(), actor=request.actor, clock=request.clock
        ),
        page=page,
        back=Back(back, matter),
        done=_("Ditambahkan. Identitasnya tersegel; undang lewat bagian Klarifikasi."),
    )


@receives_files
@never_cache
@require_POST
@staff_page(*CLERKS)
def message(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Write to an invited person, in the room of the invitation."""
    person = _load(request, public_id, party)
    form = _letter_form(person, request.POST, request.FILES, too_big=too_big(request))
    try:
        return press(
            request,
            form,
            lambda: office_message(
                entry=person,
                letter=Letter(
                    body=form.cleaned_data["pesan"],
                    files=arrived(request, "berkas"),
                    copies=form.cleaned_data.get("salinan", ()),
                ),
                actor=request.actor,
                clock=request.clock,
                until=shown_until(request, request.clock),
            ),
            page=lambda shown: _show(request, person, shown),
            back=Back(_url(person), person.matter),
            done=_("Pesan terkirim."),
        )
    except FileRefused as refused:
        form.add_error("berkas" if "berkas" in form.fields else None, str(refused.sentence))
        return _show(request, person, form)


@never_cache
@require_POST
@staff_page(*CLERKS)
def messages_read(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Mark what the person wrote as read."""
    person = _load(request, public_id, party)
    return press_plain(
        request,
        lambda: mark_letters_read(
            entry=person,
            actor=request.actor,
            clock=request.clock,
            until=shown_until(request, request.clock),
        ),
        back=Back(_url(person), person.matter),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Role.INTAKE)
def lost_code(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Give a new code after the identity check; it is shown once."""
    person = _load(request, public_id, party, Role.INTAKE)
    form = LostCodeForm(posted(request))
    if form.is_bound and form.is_valid():
        check = IdentityCheck(form.cleaned_data["cara_periksa"])
        try:
            code = renew_lost_code(
                party=person, check=check, actor=request.actor, clock=request.clock
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal.sentence))
        else:
            return _code_page(request, person, code)
    return _form_page(request, person, form, _("Kode hilang"))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def power(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Record a power of attorney; the attorney's code is shown once."""
    person = _load(request, public_id, party)
    found = {row.public_id: row for row in person.matter.evidence.order_by("pk")}
    form = PowerForm(posted(request), evidence=[(key, str(row)) for key, row in found.items()])
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        letter = found.get(given["surat"])
        row = Power(
            attorney=form.identity(),
            scope=given["lingkup"],
            from_on=given["sejak"],
            until_on=given["sampai"],
            evidence_id=letter.pk if letter else None,
        )
        code = record_power(party=person, power=row, actor=request.actor, clock=request.clock)
        return _code_page(request, person, code)
    return _form_page(request, person, form, _("Kuasa baru"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def revoke(request: StaffRequest, public_id: str, party: str, number: int) -> HttpResponseBase:
    """Record that a power of attorney ended; its access ends with it."""
    person = _load(request, public_id, party)
    row = get_object_or_404(Representation, pk=number, party=person)
    form = RevokePowerForm(posted(request))
    if request.method != "POST":
        return _form_page(request, person, form, _("Cabut kuasa"))
    return press(
        request,
        form,
        lambda: revoke_power(
            power_id=row.pk,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        ),
        page=lambda shown: _form_page(request, person, shown, _("Cabut kuasa")),
        back=Back(_url(person), person.matter),
        done=_("Kuasa dicabut. Kodenya tidak membuka apa pun lagi."),
    )


def _load(request: StaffRequest, public_id: str, party: str, *roles: Role) -> Party:
    matter = load_for(request, public_id, *(roles or CLERKS))
    rows = matter.parties.select_related("report", "tip")
    found = rows.filter(public_id=party).first()
    if found is None:
        raise Http404
    found.matter = matter
    return found


def _letter_form(
    person: Party,
    *args: Any,  # noqa: ANN401
    too_big: Sequence[str] = (),
    **kwargs: Any,  # noqa: ANN401
) -> RoomLetterForm:
    """Return the form with files, or for a respondent the one with the copies let go for them."""
    if person.kind != PartyKind.RESPONDENT:
        return RoomLetterForm(*args, too_big=too_big, **kwargs)
    rows = released_for(matter_id=person.matter_id, audience=Audience.RESPONDENT)
    copies = [(row.public_id, title_of_copy(row)) for row in rows]
    return RespondentLetterForm(*args, copies=copies, **kwargs)


def _show(request: StaffRequest, person: Party, form: PlainForm) -> HttpResponse:
    matter = person.matter
    form.form_action = _url(person, "_message")
    letters = letters_of_room(party=person)
    roles = {grant.role for grant in request.actor.grants if grant.at.covers(matter.office.ref())}
    context = {
        "matter": matter,
        "party": person,
        "page": party_page(party=person),
        "letters": letters,
        "unread": any(not (row.from_office or row.read) for row in letters),
        "may_work": True,
        "may_renew": Role.INTAKE in roles,
        "has_room": person.kind != "REPORTER",
        "read_url": _url(person, "_messages_read"),
        "shown_until": request.clock.now.isoformat(),
        "back_url": back_of(request, matter),
    }
    return render_form(request, "complaints/staff/party.html", form, context=context)


def _form_page(request: StaffRequest, person: Party, form: PlainForm, title: str) -> HttpResponse:
    context = {"title": title, "caption": person.spoken_alias, "back_url": _url(person)}
    return render_form(request, FORM_PAGE, form, context=context)


def _code_page(request: StaffRequest, person: Party, code: SecretCode) -> HttpResponse:
    in_room = person.kind != "REPORTER" or not (person.report_id or person.tip_id)
    context = {
        "matter": person.matter,
        "party": person,
        "code": code,
        "address": reverse("public:invitation" if in_room else "public:track"),
        "back_url": _url(person),
    }
    return render(request, "complaints/staff/party_code.html", context)


def _url(person: Party, page: str = "") -> str:
    return reverse(f"staff:party{page}", args=[person.matter.public_id, person.public_id])
