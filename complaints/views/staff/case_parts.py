"""The heavy parts of a case's file: each on demand, and the whole file for the printer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from complaints.codes import CaseState
from complaints.models import Matter
from complaints.selectors import case_parts
from complaints.selectors.case_parts import Reading
from complaints.selectors.file_parts import reads_identity
from complaints.services.join_files import TAKES_IN
from complaints.services.plan_session import OPEN_STATES as HEARD_IN
from complaints.services.write_assessment import WRITTEN_IN
from complaints.views.loading import OFFICE, load_matter, today
from neutrality.accounts.http import StaffRequest, staff_page
from neutrality.accounts.roles import Role

HANDLED: Final = frozenset(
    {CaseState.REGISTERED, CaseState.CLARIFICATION, CaseState.ASSESSMENT, CaseState.PLENARY}
)
WORKERS: Final = (Role.HANDLER, Role.COMMISSIONER)
PROPOSERS: Final = (Role.HANDLER, Role.COMMISSIONER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class PartLink:
    """Something to do about a part."""

    url: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file: its place in the address, its heading, how it is read, and when."""

    slug: str
    title: Promise
    read: Callable[[Reading], Any]
    states: frozenset[CaseState] = frozenset(CaseState)

    @property
    def template(self) -> str:
        """The template of its content."""
        return f"complaints/staff/part_{self.slug}.html"


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part on a page: its content when it was read, else the address where it is."""

    slug: str
    title: str
    url: str
    template: str
    links: tuple[PartLink, ...]
    is_read: bool
    content: Any = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A file, and what its reader may do in it."""

    matter: Matter
    works: bool
    proposes: bool


PARTS: Final = (
    Part("rencana", gettext_lazy("Rencana sampai tenggat"), case_parts.plan, HANDLED),
    Part("terlapor", gettext_lazy("Terlapor di daftar pegawai"), case_parts.respondents),
    Part("dugaan", gettext_lazy("Peristiwa, dugaan, dan hasil"), case_parts.events),
    Part("peristiwa-sama", gettext_lazy("Peristiwa yang sama di berkas lain"), case_parts.others),
    Part("syarat", gettext_lazy("Syarat formal dan materiel"), case_parts.requirements),
    Part("bukti", gettext_lazy("Bukti"), case_parts.evidence),
    Part("klarifikasi", gettext_lazy("Klarifikasi"), case_parts.hearings),
    Part("kajian", gettext_lazy("Kajian"), case_parts.assessments),
    Part("pleno", gettext_lazy("Pleno"), case_parts.agenda),
    Part("penerusan", gettext_lazy("Penerusan"), case_parts.outside),
    Part("dokumen", pgettext_lazy("daftar", "Dokumen"), case_parts.documents),
    Part("pesan", gettext_lazy("Pesan"), case_parts.messages),
    Part("riwayat", gettext_lazy("Riwayat"), case_parts.steps),
)


@never_cache
@require_safe
@staff_page(*OFFICE)
def part(request: StaffRequest, public_id: str, slug: str) -> HttpResponseBase:
    """Show one part: alone inside the file for htmx, else on a page of its own."""
    matter = load_matter(request, public_id)
    row = next((row for row in PARTS if row.slug == slug), None)
    if row is None:
        raise Http404
    shown = _shown(request, matter, row, read=True)
    template = row.template if request.htmx else "complaints/staff/case_part.html"
    answer = render(request, template, {"matter": matter, "part": shown})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def shown_parts(request: StaffRequest, matter: Matter, *, read: bool) -> tuple[ShownPart, ...]:
    """Return every part that this state has: read now, or with the address where it is."""
    here = (row for row in PARTS if matter.state in row.states)
    return tuple(_shown(request, matter, row, read=read) for row in here)


def reading_of(request: StaffRequest, matter: Matter) -> Reading:
    """Return who reads: a role at the office decides about the papers that name a reporter."""
    here = matter.office.ref()
    roles = [grant.role for grant in request.actor.grants if grant.at.covers(here)]
    return Reading(
        matter,
        request.clock,
        reads_identity(roles),
        request.actor,
        today(request),
        works=bool({Role.HANDLER, Role.COMMISSIONER} & set(roles)),
    )


def _shown(request: StaffRequest, matter: Matter, row: Part, *, read: bool) -> ShownPart:
    return ShownPart(
        slug=row.slug,
        title=str(row.title),
        url=reverse("staff:case_part", args=[matter.public_id, row.slug]),
        template=row.template,
        links=tuple(_links(request, matter, row.slug)),
        is_read=read,
        content=row.read(reading_of(request, matter)) if read else None,
    )


def _links(request: StaffRequest, matter: Matter, slug: str) -> list[PartLink]:
    made = _LINKS.get(slug)
    here = matter.office.ref()
    works = request.actor.role_at(WORKERS, here) is not None
    proposes = request.actor.role_at(PROPOSERS, here) is not None
    return made(Asking(matter, works, proposes)) if made else []


def _evidence_links(by: Asking) -> list[PartLink]:
    every = _("Lihat bukti, salinannya, dan pemeriksaan sebelum keluar kantor")
    return [PartLink(reverse("staff:evidence_list", args=[by.matter.public_id]), every, "document")]


def _joining_links(by: Asking) -> list[PartLink]:
    if not by.works or by.matter.state not in TAKES_IN:
        return []
    url = reverse("staff:case_candidates", args=[by.matter.public_id])
    return [PartLink(url, _("Cari dan gabungkan berkas"), "search")]


def _hearing_links(by: Asking) -> list[PartLink]:
    if not by.works or by.matter.state not in HEARD_IN:
        return []
    about = [by.matter.public_id]
    return [
        PartLink(reverse("staff:session_plan", args=about), _("Jadwalkan klarifikasi"), "plus"),
        PartLink(reverse("staff:party_new", args=about), _("Tambah saksi atau ahli"), "plus"),
    ]


def _assessment_links(by: Asking) -> list[PartLink]:
    if not by.works or by.matter.state not in WRITTEN_IN:
        return []
    url = reverse("staff:assessment", args=[by.matter.public_id])
    return [PartLink(url, _("Tulis versi baru"), "pencil")]


def _document_links(by: Asking) -> list[PartLink]:
    about = f"?berkas={by.matter.public_id}"
    return [
        PartLink(reverse("staff:letter_new") + about, _("Tulis surat"), "pencil"),
        PartLink(reverse("staff:information_new") + about, _("Catat permintaan informasi"), "plus"),
    ]


def _history_links(by: Asking) -> list[PartLink]:
    if not by.matter.version or not by.proposes:
        return []
    url = reverse("staff:case_correct", args=[by.matter.public_id])
    return [PartLink(url, _("Koreksi langkah terakhir"), "history")]


_LINKS: Final[dict[str, Callable[[Asking], list[PartLink]]]] = {
    "peristiwa-sama": _joining_links,
    "bukti": _evidence_links,
    "klarifikasi": _hearing_links,
    "kajian": _assessment_links,
    "dokumen": _document_links,
    "riwayat": _history_links,
}
