"""The minutes of a ceremony: who did what, who came, who signed; then signed by its people."""

import hashlib
from dataclasses import replace
from typing import Final

from django.db import transaction

from neutrality.audit.actor import Actor
from neutrality.audit.record import record
from neutrality.documents.contents import Pair, PlainContent, Section, Signatory, Table
from neutrality.documents.drafts import DocumentDraft, official
from neutrality.documents.models import Classification, Document, SignatureKind
from neutrality.documents.services import file_signed_copy, issue
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole
from neutrality.ui.dates import say_day, say_time
from pledges.codes import CeremonyPart
from pledges.models import Attendance, Ceremony, CeremonyRole, RepresentativeSignature, Signature
from pledges.services.open_round import watching_office
from pledges.services.sign_certified import certified
from pledges.workflow.refusals import PledgeRefusal, refuse

UNSIGNED: Final = (SignatureKind.NONE, SignatureKind.PADES)
SIGNS: Final = (CeremonyPart.LEADER, CeremonyPart.GUIDE, CeremonyPart.WITNESS)
_COUNTS: Final = (
    "Kehadiran tidak dihitung sebagai tanda tangan. Tanda tangan perwakilan tidak dihitung sebagai "
    "tanda tangan pegawai yang diwakili."
)


@transaction.atomic(durable=True)
def write_minutes(*, ceremony: Ceremony, actor: Actor, clock: Clock) -> Document:
    """Issue the minutes from what is recorded now, with a line to sign for who led and witnessed.

    Everybody who came is named, as on the list that the minutes stand for. Made anew, they
    supersede the unsigned ones.

    Raises:
        Refused: When the minutes are signed.
    """
    rows = Ceremony.objects.select_related("minutes").select_for_update(of=("self",))
    held = rows.get(pk=ceremony.pk)
    if is_signed(held.minutes):
        raise refuse(PledgeRefusal.MINUTES_SIGNED)
    draft = replace(_draft(held), supersedes=held.minutes)
    document = issue(draft=draft, actor=actor, clock=clock)
    held.minutes = document
    held.save(update_fields=["minutes"])
    _record("ceremony.minutes_written", ceremony, document, actor, clock)
    return document


@transaction.atomic(durable=True)
def file_signed_minutes(
    *, ceremony: Ceremony, pdf: bytes, kind: SignatureKind, actor: Actor, clock: Clock
) -> Document:
    """File the minutes that were signed, on paper or by TTE; they supersede the unsigned ones.

    Raises:
        UnusableFile: When the bytes are no PDF or more than 20 MiB.
        NotFinal: When they were superseded meanwhile.
        Refused: When these are the minutes as they went out, or the TTE on them does not hold.
    """
    rows = Ceremony.objects.select_related("minutes").select_for_update(of=("self",))
    held = rows.get(pk=ceremony.pk)
    if held.minutes and hashlib.sha256(pdf).hexdigest() == held.minutes.sha256:
        raise refuse(PledgeRefusal.MINUTES_UNSIGNED)
    if kind == SignatureKind.TTE_UPLOAD:
        certified(pdf=pdf, clock=clock)
    copy = file_signed_copy(
        document_id=held.minutes_id or 0, pdf=pdf, kind=kind, actor=actor, clock=clock
    )
    held.minutes = copy
    held.save(update_fields=["minutes"])
    _record("ceremony.minutes_signed", ceremony, copy, actor, clock)
    return copy


def is_signed(minutes: Document | None) -> bool:
    """Whether minutes came back signed, on paper or by TTE."""
    return minutes is not None and minutes.signature_kind not in UNSIGNED


@official
def _draft(ceremony: Ceremony) -> DocumentDraft:
    office = watching_office(agency=ceremony.agency, day=ceremony.held_on)
    roles = list(CeremonyRole.objects.filter(ceremony=ceremony))
    content = PlainContent(
        pairs=_pairs(ceremony),
        sections=_sections(ceremony, roles),
        tables=_tables(ceremony, roles),
        signatories=tuple(
            Signatory(caption=str(role.get_part_display()), name=role.name, position=role.position)
            for role in roles
            if role.part in SIGNS
        ),
    )
    return DocumentDraft(
        role=FormRole.CEREMONY_MINUTES,
        form_code="",
        classification=Classification.PARTY,
        title="Berita Acara " + ceremony.title,
        office=office,
        agency=ceremony.agency,
        subject=ceremony.ref(),
        number="",
        content=content.as_content(),
    )


def _pairs(ceremony: Ceremony) -> tuple[Pair, ...]:
    office = watching_office(agency=ceremony.agency, day=ceremony.held_on)
    hours = ""
    if ceremony.begins_at and ceremony.ends_at:
        begins, ends = (say_time(at, office.tz) for at in (ceremony.begins_at, ceremony.ends_at))
        hours = f"{begins} sampai {ends}"
    pairs = [
        ("Jenis acara", str(ceremony.get_kind_display())),
        ("Hari, tanggal", say_day(ceremony.held_on)),
        ("Waktu", hours),
        ("Tempat", ceremony.place),
        ("Unit yang diundang", ", ".join(ceremony.units.values_list("name", flat=True))),
    ]
    return tuple(Pair(label=label, value=value) for label, value in pairs if value)


def _sections(ceremony: Ceremony, roles: list[CeremonyRole]) -> tuple[Section, ...]:
    topics = tuple(f"{role.name}: {role.topic}" for role in roles if role.topic)
    material = tuple(filter(None, [ceremony.material, *topics]))
    signed = Signature.objects.filter(ceremony=ceremony, annulled_at__isnull=True).count()
    came = Attendance.objects.filter(ceremony=ceremony)
    guests = came.filter(person=None).count()
    figures = (
        f"Hadir {came.count()} orang, di antaranya {guests} tamu.",
        f"Menandatangani pakta pada acara ini: {signed} pegawai.",
        _COUNTS,
    )
    sections = [Section(heading="Materi", paragraphs=material)] if material else []
    return (*sections, Section(heading="Kehadiran dan tanda tangan", paragraphs=figures))


def _tables(ceremony: Ceremony, roles: list[CeremonyRole]) -> tuple[Table, ...]:
    people = tuple(
        (str(role.get_part_display()), role.name, role.position, role.institution) for role in roles
    )
    signed = tuple(
        (one.name, one.position, one.on_behalf_of, str(one.get_kind_display()))
        for one in RepresentativeSignature.objects.filter(ceremony=ceremony, annulled_at=None)
    )
    came = tuple(
        (row.name, row.position, row.institution)
        for row in Attendance.objects.filter(ceremony=ceremony)
    )
    tables = (
        ("Pelaksana", ("Peran", "Nama", "Jabatan", "Instansi"), people),
        ("Tanda tangan perwakilan", ("Nama", "Jabatan", "Atas nama", "Cara"), signed),
        ("Daftar hadir", ("Nama", "Jabatan", "Instansi"), came),
    )
    return tuple(
        Table(caption=caption, headers=headers, rows=rows)
        for caption, headers, rows in tables
        if rows
    )


def _record(what: str, ceremony: Ceremony, document: Document, actor: Actor, clock: Clock) -> None:
    record(
        what=what,
        subject=ceremony.ref(),
        actor=actor,
        clock=clock,
        organisation=ceremony.agency.ref(),
        data={"document": document.pk},
    )
