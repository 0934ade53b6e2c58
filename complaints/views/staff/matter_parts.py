"""Parts of a file that reports, tips and cases share: people, events, allegations, evidence."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from complaints.codes import EvidenceKind, PartyKind
from complaints.forms.public.filing import RespondentForm
from complaints.forms.staff.incident import IncidentForm, incident_of, respondent_of
from complaints.forms.staff.reasons import OpeningForm
from complaints.forms.staff.review import AllegationForm, CaptureForm, LinkForm, QualifyForm
from complaints.models import Allegation, Evidence, Matter, Party
from complaints.selectors.file_facts import allegations_of, when_words
from complaints.selectors.filing import EASTERNMOST, contest_choices, region_choices
from complaints.selectors.link_search import (
    agencies_like,
    agency_of,
    inside,
    person_named,
    unit_named,
)
from complaints.selectors.qualification import contests_of, law_facts
from complaints.services.add_to_matter import add_allegation, add_incident, add_respondent
from complaints.services.capture import Shot, capture
from complaints.services.link_respondent import Link, day_of_act, link_respondent
from complaints.services.media_types import FileRefused
from complaints.services.office_roles import CLERKS, REVIEWERS
from complaints.services.open_sealed import open_party
from complaints.services.qualify_allegation import Qualification, qualify_allegation
from complaints.views.loading import OFFICE, load_matter
from complaints.views.public.uploads import arrived, receives_files, too_big
from complaints.views.staff.case_answers import Back, lost, posted, press
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role
from neutrality.casework.refusals import Refused
from neutrality.law.books import citizen_categories
from neutrality.law.codes import ActCode, CandidateStage
from neutrality.organisations.models import Agency
from neutrality.ui.forms import PlainForm, render_form
from neutrality.vault.services import Erased

FORM_PAGE: Final = "complaints/staff/form_page.html"
FROM: Final = "dari"


def load_for(request: StaffRequest, public_id: str, *roles: Role) -> Matter:
    """Return the matter for somebody who holds one of the roles at its office, or 404."""
    matter = load_matter(request, public_id)
    if request.actor.role_at(roles, matter.office.ref()) is None:
        raise Http404
    return matter


def back_of(request: StaffRequest, matter: Matter) -> str:
    """Return the page from which somebody came: a report, a tip, or the case itself."""
    wanted = request.GET.get(FROM, "").replace("\0", "")
    for rows, view in ((matter.reports, "staff:report"), (matter.tips, "staff:tip")):
        found = rows.filter(public_id=wanted).first()
        if found is not None:
            return reverse(view, args=[found.public_id])
    return reverse("staff:case", args=[matter.public_id])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*REVIEWERS)
def qualify(request: StaffRequest, public_id: str, number: int) -> HttpResponseBase:
    """Say which act of the law an allegation is."""
    matter = load_for(request, public_id, *REVIEWERS)
    allegation = _numbered(matter, number)
    initial = {
        "perbuatan": allegation.act,
        "tahapan": allegation.stage if allegation.stage_reason else "",
        "alasan_tahapan": allegation.stage_reason,
    }
    form = QualifyForm(posted(request), initial=initial)
    facts = law_facts(allegation)
    page = _page(
        request, matter, _("Kualifikasi dugaan"), form=form,
        template="complaints/staff/qualify.html", allegation=allegation, facts=facts,
    )  # fmt: skip
    if request.method != "POST":
        return page(form)

    def act() -> None:
        given = form.cleaned_data
        found = Qualification(
            act=ActCode(given["perbuatan"]),
            stage=CandidateStage(given["tahapan"]) if given["tahapan"] else None,
            stage_reason=given["alasan_tahapan"],
        )
        qualify_allegation(
            allegation_id=allegation.pk, found=found, actor=request.actor, clock=request.clock
        )

    return press(
        request,
        form,
        act,
        page=page,
        back=Back(back_of(request, matter), matter),
        done=_("Kualifikasi disimpan."),
        field_of={"no_stage_reason": "alasan_tahapan", "no_law_row": "perbuatan"},
    )


def _numbered(matter: Matter, number: int) -> Allegation:
    rows = allegations_of(matter)
    if not 1 <= number <= len(rows):
        raise Http404
    return rows[number - 1]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def link(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Link a respondent to the roster: first the agency, then unit and person."""
    matter = load_for(request, public_id, *CLERKS)
    person = get_object_or_404(matter.parties, public_id=party, kind=PartyKind.RESPONDENT)
    day = day_of_act(party=person, matter=matter, clock=request.clock)
    agency = agency_of(code=request.GET.get("instansi", ""), day=day)
    if agency is None:
        return _choose_agency(request, matter, person, day)
    words = (request.GET.get("unit", person.unit_text), request.GET.get("orang", person.name))
    found = inside(agency=agency, unit=words[0], person=words[1], day=day)
    kept = "" if person.employment_id else person.position_class
    form = LinkForm(
        posted(request), units=found.units, people=found.people, initial={"jabatan": kept}
    )
    page = _page(
        request, matter, _("Tautkan terlapor"), form=form,
        template="complaints/staff/link.html", person=person, agency=agency, words=words,
        came_from=request.GET.get(FROM, ""),
    )  # fmt: skip
    if request.method != "POST":
        return page(form)
    return press(
        request,
        form,
        lambda: _link(request, person, agency, form),
        page=page,
        back=Back(back_of(request, matter), matter),
        done=_("Terlapor ditautkan."),
        field_of={"not_employed_there": "orang", "unit_of_another_agency": "unit"},
    )


def _choose_agency(request: StaffRequest, matter: Matter, person: Party, day: date) -> HttpResponse:
    text = request.GET.get("cari", person.agency_text)
    lineage = matter.office.region.lineage if matter.office.region else ()
    context = {
        "agencies": agencies_like(text=text, region_codes=tuple(lineage), day=day),
        "text": text,
        "person": person,
        "from": request.GET.get(FROM, ""),
    }
    page = _page(
        request, matter, _("Tautkan terlapor"), form=PlainForm(),
        template="complaints/staff/link_agency.html", **context,
    )  # fmt: skip
    return page(PlainForm())


def _link(request: StaffRequest, party: Party, agency: Agency, form: LinkForm) -> Party:
    given = form.cleaned_data
    found = Link(
        agency=agency,
        unit=unit_named(given["unit"]) if given["unit"] else None,
        person=person_named(given["orang"]) if given["orang"] else None,
        subject_kind=given["jenis"],
        position_class=given["jabatan"],
    )
    return link_respondent(party=party, link=found, actor=request.actor, clock=request.clock)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def new_respondent(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Name a further respondent."""
    matter = load_for(request, public_id, *CLERKS)
    form = RespondentForm(posted(request))
    return _add(
        request,
        matter,
        form,
        _("Tambah terlapor"),
        lambda: add_respondent(
            matter=matter,
            given=respondent_of(form.cleaned_data),
            actor=request.actor,
            clock=request.clock,
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def new_incident(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Add a further event."""
    matter = load_for(request, public_id, *CLERKS)
    today = request.clock.today_in(EASTERNMOST)
    form = IncidentForm(posted(request), regions=region_choices(), today=today)
    return _add(
        request,
        matter,
        form,
        _("Tambah kejadian"),
        lambda: add_incident(
            matter=matter,
            given=incident_of(form.cleaned_data),
            actor=request.actor,
            clock=request.clock,
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def new_allegation(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """Say that a respondent did something in an event."""
    matter = load_for(request, public_id, *CLERKS)
    people = list(matter.parties.filter(kind=PartyKind.RESPONDENT).order_by("pk"))
    events = list(matter.incidents.order_by("from_on", "pk"))
    day = request.clock.today_in(matter.office.tz)
    contests = {str(row.pk): row for row in contests_of(matter=matter)}
    form = AllegationForm(
        posted(request),
        initial={"kontestasi": str(matter.contest_id or "")},
        contests=contest_choices(contests.values()),
        respondents=[(row.public_id, str(row.name or row.description)) for row in people],
        incidents=[(str(place), when_words(row)) for place, row in enumerate(events, 1)],
        categories=[(row.code, row.label) for row in citizen_categories(day=day)],
    )
    named = {row.public_id: row for row in people}
    return _add(
        request,
        matter,
        form,
        _("Tambah dugaan"),
        lambda: add_allegation(
            matter=matter,
            incident=events[int(form.cleaned_data["kejadian"]) - 1],
            respondent=named[form.cleaned_data["terlapor"]],
            category=form.cleaned_data["kategori"],
            contest=contests.get(form.cleaned_data.get("kontestasi", "")),
            actor=request.actor,
            clock=request.clock,
        ),
    )


def _add(
    request: StaffRequest,
    matter: Matter,
    form: PlainForm,
    title: str,
    act: Callable[[], object],
) -> HttpResponse:
    page = _page(request, matter, title, form=form)
    if request.method != "POST":
        return page(form)
    back = back_of(request, matter)
    return press(request, form, act, page=page, back=Back(back, matter), done=_("Ditambahkan."))


@receives_files
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*CLERKS)
def capture_web(request: StaffRequest, public_id: str, evidence: str) -> HttpResponseBase:
    """Upload the picture of a post before it vanishes."""
    matter = load_for(request, public_id, *CLERKS)
    web = get_object_or_404(matter.evidence, public_id=evidence, kind=EvidenceKind.WEB)
    tz = matter.office.tz
    if request.method == "POST":
        form = CaptureForm(request.POST, request.FILES, tz=tz, too_big=too_big(request))
    else:
        now = request.clock.now.astimezone(tz).replace(tzinfo=None)
        form = CaptureForm(tz=tz, initial={"diambil": now})
    page = _page(
        request, matter, _("Tangkap unggahan"), form=form,
        template="complaints/staff/capture.html", web=web,
    )  # fmt: skip
    if request.method != "POST":
        return page(form)
    try:
        return press(
            request,
            form,
            lambda: _capture(request, matter, web, form),
            page=page,
            back=Back(back_of(request, matter), matter),
            done=_("Tangkapan disimpan."),
            field_of={"in_the_future": "diambil"},
        )
    except FileRefused as refused:
        form.add_error("berkas", str(refused.sentence))
        return page(form)


def _capture(request: StaffRequest, matter: Matter, web: Evidence, form: CaptureForm) -> Evidence:
    given = form.cleaned_data
    files = arrived(request, "berkas")
    if not files:
        raise FileRefused(_("Pilih berkas tangkapannya."))
    shot = Shot(
        file=files[0],
        taken_at=given["diambil"],
        posted_at=given["diunggah"],
        caption=given["keterangan"],
    )
    return capture(web=web, matter=matter, shot=shot, actor=request.actor, clock=request.clock)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(*OFFICE)
def identity(request: StaffRequest, public_id: str, party: str) -> HttpResponseBase:
    """Open the identity of a reporter or witness, with a reason; shown once, never linked."""
    matter = load_for(request, public_id, *CLERKS)
    row = get_object_or_404(matter.parties, public_id=party, identity__isnull=False)
    form = OpeningForm(posted(request))
    page = _page(
        request, matter, _("Buka identitas"), form=form,
        template="complaints/staff/opening.html", what=row.spoken_alias,
    )  # fmt: skip
    if not (form.is_bound and form.is_valid()):
        return page(form)
    try:
        data = open_party(
            party=row,
            matter=matter,
            reason=form.cleaned_data["alasan"],
            actor=request.actor,
            clock=request.clock,
        )
    except (Refused, Erased) as refused:
        return _not_opened(request, refused, form, page, back_of(request, matter))
    context = {"data": data, "party": row, "back_url": back_of(request, matter)}
    return render_form(request, "complaints/staff/identity.html", form, context=context)


def _not_opened(
    request: StaffRequest,
    error: Exception,
    form: PlainForm,
    page: Callable[[PlainForm], HttpResponse],
    back_url: str,
) -> HttpResponse:
    if isinstance(error, Refused):
        if answer := lost(request, error, back_url=back_url):
            return answer
        form.add_error(None, str(error.refusal.sentence))
    else:
        form.add_error(None, _("Data ini sudah dihapus dan tidak dapat dibuka lagi."))
    return page(form)


def _page(
    request: StaffRequest,
    matter: Matter,
    title: str,
    *,
    form: PlainForm,
    template: str = FORM_PAGE,
    **more: object,
) -> Callable[[PlainForm], HttpResponse]:
    """Return what shows a form about the matter on a page of its own."""
    back = back_of(request, matter)
    form.cancel_url = back
    context = {
        "title": title,
        "caption": matter.spoken_title,
        "back_url": back,
        "matter": matter,
        **more,
    }

    def page(shown: PlainForm) -> HttpResponse:
        return render_form(request, template, shown, context=context)

    return page
