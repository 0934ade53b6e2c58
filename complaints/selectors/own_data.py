"""Everything that is held about the holder of a code, for that person (UU 27/2022 art. 5-7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from complaints.codes import Direction, PartyKind, Sex
from complaints.models import DataRequest, Evidence, Message, Party, Report, Tip
from complaints.services.ask_about_data import answer_rule
from complaints.services.own_identity import reporter_of
from complaints.services.write_message import side_of
from neutrality.accounts.roles import Role
from neutrality.law.citations import cited
from neutrality.law.clock import Clock
from neutrality.law.codes import RetentionClass
from neutrality.law.labels import label
from neutrality.notifications.models import ContactPoint
from neutrality.organisations.models import Office
from neutrality.ui.dates import say_instant, say_short_day, say_short_instant
from neutrality.ui.parts import SummaryRow
from neutrality.vault.models import Opening
from neutrality.vault.services import IdentityData

_IDENTITY: Final = (
    ("name", gettext_lazy("Nama")),
    ("nik", gettext_lazy("NIK")),
    ("address", gettext_lazy("Alamat")),
    ("phone", gettext_lazy("Telepon")),
    ("email", gettext_lazy("Surel")),
    ("birth_place", gettext_lazy("Tempat lahir")),
    ("birth_date", gettext_lazy("Tanggal lahir")),
    ("sex", gettext_lazy("Jenis kelamin")),
    ("occupation", gettext_lazy("Pekerjaan")),
    ("citizenship", gettext_lazy("Kewarganegaraan")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what is held, under its title."""

    title: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request about own data and its answer."""

    kind: str
    words: str
    asked: str
    due: str
    answer: str
    answer_words: str
    answered: str


def own_data(
    *,
    mailbox: Report | Tip | Party,
    identity: IdentityData | None,
    identity_id: int | None,
    whole: bool = False,
) -> tuple[Section, ...]:
    """Return what is held, in a constant number of queries; empty parts are left out.

    With `whole` a drawn signature is given as its strokes, as a file has it.
    """
    tz = _office(mailbox).tz
    sections = (
        Section(_("Identitas"), tuple(_identity(identity, whole=whole)) if identity else ()),
        Section(_("Alamat kabar"), tuple(_contacts(identity_id, tz))),
        Section(_("Berkas"), tuple(_entry(mailbox, tz))),
        Section(_("Orang yang Anda sebut"), tuple(_named(mailbox))),
        Section(_("Bukti dan berkas dari Anda"), tuple(_files(mailbox, tz))),
        Section(_("Pesan"), tuple(_letters(mailbox, tz))),
        Section(_("Siapa yang membuka identitas Anda"), tuple(_openings(identity_id, tz))),
        Section(_("Masa simpan"), tuple(_retention(mailbox))),
    )
    return tuple(section for section in sections if section.rows)


def as_json(sections: Iterable[Section]) -> list[dict[str, Any]]:
    """Return the same for a file."""
    return [
        {
            "bagian": section.title,
            "isi": [{"nama": row.label, "nilai": row.value} for row in section.rows],
        }
        for section in sections
    ]


def answered_in(*, mailbox: Report | Tip | Party, clock: Clock) -> dict[str, Any]:
    """Return how long the law gives for an answer to a request, for a sentence."""
    rule = answer_rule(mailbox=mailbox, clock=clock)
    return {"amount": rule.amount, "unit": label(rule.unit), "basis": cited(rule.legal_basis)}


def data_requests(*, mailbox: Report | Tip | Party) -> tuple[RequestRow, ...]:
    """Return what was asked about own data and answered, newest first; one query."""
    tz = _office(mailbox).tz
    rows = DataRequest.objects.filter(**side_of(mailbox)).order_by("-asked_at", "-pk")
    return tuple(
        RequestRow(
            kind=str(row.get_kind_display()),
            words=row.words,
            asked=say_short_instant(row.asked_at, tz),
            due=say_instant(row.due_at, tz),
            answer=str(row.get_answer_display()) if row.answer else "",
            answer_words=row.answer_words,
            answered=say_short_instant(row.answered_at, tz) if row.answered_at else "",
        )
        for row in rows
    )


def _office(mailbox: Report | Tip | Party) -> Office:
    return (mailbox.matter if isinstance(mailbox, Party) else mailbox).office


def _identity(data: IdentityData, *, whole: bool) -> Iterable[SummaryRow]:
    for name, words in _IDENTITY:
        value = getattr(data, name)
        if value:
            yield SummaryRow(str(words), _in_words(name, value))
    if data.signature:
        drawn = data.drawn_signature if whole else _("Digambar; goresannya ada dalam unduhan")
        yield SummaryRow(_("Tanda tangan"), data.typed_signature or drawn)


def _in_words(name: str, value: str | date) -> str:
    if isinstance(value, date):
        return say_short_day(value)
    return str(Sex(value).label) if name == "sex" and value in Sex.values else value


def _contacts(identity_id: int | None, tz: ZoneInfo) -> Iterable[SummaryRow]:
    """Yield what is kept of the wish for news: by which channel, since when, stopped when."""
    rows = ContactPoint.objects.filter(identity_id=identity_id or 0).order_by("channel")
    for row in rows:
        told = (
            (_("Kode diminta"), row.asked_at),
            (_("Dikonfirmasi"), row.confirmed_at),
            (_("Dihentikan"), row.stopped_at),
        )
        words = [f"{what}: {say_short_instant(at, tz)}" for what, at in told if at]
        yield SummaryRow(str(row.get_channel_display()), "\n".join(words))


def _named(mailbox: Report | Tip | Party) -> Iterable[SummaryRow]:
    """Yield whom the reporter named; witnesses by their alias: theirs is a sealed identity too."""
    if isinstance(mailbox, Party):
        return
    own = Q(**side_of(mailbox))
    if isinstance(mailbox, Report):
        own |= Q(tip__became_report=mailbox)
    elif mailbox.from_report_id:
        own |= Q(report=mailbox.from_report_id)
    kinds = (PartyKind.RESPONDENT, PartyKind.WITNESS)
    for row in mailbox.matter.parties.filter(own, kind__in=kinds).order_by("pk"):
        told = (row.name, row.description, row.unit_text, row.agency_text)
        sealed = _("Nama dan kontaknya disegel")
        words = sealed if row.kind == PartyKind.WITNESS else " · ".join(filter(None, told))
        yield SummaryRow(row.spoken_alias, words)


def _entry(mailbox: Report | Tip | Party, tz: ZoneInfo) -> Iterable[SummaryRow]:
    if isinstance(mailbox, Party):
        yield SummaryRow(_("Sebagai"), str(PartyKind(mailbox.kind).label))
        named = mailbox.kind == PartyKind.RESPONDENT
        rows = [
            (_("Nama"), mailbox.name if named else ""),
            (_("Keterangan"), mailbox.description),
            (_("Instansi"), mailbox.agency_text),
            (_("Unit kerja"), mailbox.unit_text),
        ]
    else:
        rows = [
            (_("Nomor"), str(mailbox)),
            (_("Disampaikan"), say_instant(mailbox.submitted_at, tz)),
            (_("Kantor"), mailbox.office.name),
            (_("Uraian"), mailbox.account),
        ]
    yield from (SummaryRow(name, value) for name, value in rows if value)


def _files(mailbox: Report | Tip | Party, tz: ZoneInfo) -> Iterable[SummaryRow]:
    own = reporter_of(mailbox)
    side = {"party": own} if own else side_of(mailbox)
    for row in Evidence.objects.filter(**side).order_by("handed_in_at", "pk"):
        parts = (row.caption, say_short_instant(row.handed_in_at, tz), row.sha256)
        yield SummaryRow(row.original_name or row.url, " · ".join(filter(None, parts)))


def _letters(mailbox: Report | Tip | Party, tz: ZoneInfo) -> Iterable[SummaryRow]:
    for row in Message.objects.filter(**side_of(mailbox)).order_by("sent_at", "pk"):
        who = _("Anda") if row.direction == Direction.FROM_PARTY else _("Kantor")
        yield SummaryRow(f"{who}, {say_short_instant(row.sent_at, tz)}", row.body)


def _openings(identity_id: int | None, tz: ZoneInfo) -> Iterable[SummaryRow]:
    if identity_id is None:
        return
    rows = list(Opening.objects.filter(identity_id=identity_id).order_by("opened_at", "pk"))
    paths = {row.organisation_path for row in rows}
    names = dict(Office.objects.filter(path__in=paths).values_list("path", "name"))
    for row in rows:
        office = names.get(row.organisation_path, row.organisation_path)
        yield SummaryRow(_at(row.opened_at, tz), ", ".join(filter(None, (_role(row.role), office))))


def _at(instant: datetime, tz: ZoneInfo) -> str:
    return say_short_instant(instant, tz)


def _role(role: str) -> str:
    return str(Role(role).label) if role in Role.values else _("Anda sendiri")


def _retention(mailbox: Report | Tip | Party) -> Iterable[SummaryRow]:
    matter = mailbox.matter
    if matter.retention_class:
        yield SummaryRow(_("Golongan arsip"), label(RetentionClass(matter.retention_class)))
    if matter.retention_due_on:
        yield SummaryRow(
            _("Dihapus atau diserahkan ke arsip"), say_short_day(matter.retention_due_on)
        )
    if matter.legal_hold:
        yield SummaryRow(_("Penahanan"), _("Berkas tidak boleh dihapus selama proses hukum."))
