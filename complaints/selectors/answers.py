"""The answers of a draft in words, for the page on which they are checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import Precision, ReporterKind, SignatureKind
from complaints.selectors.filing import EASTERNMOST, region_of
from complaints.services.drafts import OpenDraft, day_of
from complaints.services.submit_draft import (
    NOT_ENTITLED,
    contest_of,
    is_by_attorney,
    office_of,
)
from neutrality.law.books import citizen_categories
from neutrality.law.clock import Clock
from neutrality.ui.dates import say_day
from neutrality.ui.parts import SummaryRow

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one part of the journey."""

    title: str
    rows: tuple[SummaryRow, ...]


def answer_groups(draft: OpenDraft, *, clock: Clock) -> list[Group]:
    """Return every answer with the address of its question."""
    what = _what(draft, clock.today_in(EASTERNMOST))
    groups = [
        Group(_("Kejadian"), (*what, *_when(draft), *_where(draft))),
        Group(_("Terlapor dan saksi"), (*_people(draft), _works_together(draft), *_helped(draft))),
    ]
    if not draft.anonymous:
        groups.append(Group(_("Tentang Anda"), tuple(_about(draft))))
    return groups


def _row(label: str, value: str, step: str) -> SummaryRow:
    return SummaryRow(label, value, f"{reverse(f'public:report_{step}')}?dari=periksa")


def _what(draft: OpenDraft, today: date) -> tuple[SummaryRow, ...]:
    chosen = set(draft.step("perbuatan").get("kategori", []))
    words = [row.label for row in citizen_categories(day=today) if row.code in chosen]
    return (
        _row(_("Perbuatan"), "\n".join(words), "perbuatan"),
        _row(_("Cerita"), draft.step("uraian").get("uraian", ""), "uraian"),
    )


def _when(draft: OpenDraft) -> tuple[SummaryRow, ...]:
    when = draft.step("waktu")
    days = [day_of(when, name) for name in ("kejadian", "sampai")]
    words = " s.d. ".join(say_day(day) for day in days if day)
    if when.get("jam"):
        words += _(" pukul %(time)s") % {"time": when["jam"][:5]}
    precise = when.get("ketepatan")
    if precise:
        words += f" ({Precision(precise).label})"
    known = day_of(when, "diketahui")
    return (
        _row(_("Waktu kejadian"), words, "waktu"),
        _row(_("Diketahui"), say_day(known) if known else "", "waktu"),
    )


def _where(draft: OpenDraft) -> tuple[SummaryRow, ...]:
    where = draft.step("tempat")
    region = region_of(where.get("wilayah", ""))
    details = [where.get(name, "") for name in ("tempat", "platform", "akun", "alamat")]
    words = "\n".join(filter(None, [*details, region.name if region else ""]))
    rows = [_row(_("Tempat"), words, "tempat")]
    if where.get("kantor"):
        rows.append(SummaryRow(_("Kantor yang menangani"), office_of(draft).name))
    return tuple(rows)


def _people(draft: OpenDraft) -> tuple[SummaryRow, ...]:
    respondents = [_respondent(each) for each in draft.items("terlapor")]
    witnesses = [each["nama"] for each in draft.items("saksi")]
    return (
        _row(_("Terlapor"), "\n".join(respondents), "terlapor"),
        _row(_("Saksi"), "\n".join(witnesses) or _("Tidak ada"), "saksi"),
    )


def _respondent(given: Answers) -> str:
    parts = (given["nama"], given["ciri"], given["unit"], given["instansi"])
    return ", ".join(part for part in parts if part)


def _helped(draft: OpenDraft) -> tuple[SummaryRow, ...]:
    answers = draft.step("pemilihan")
    if not answers:
        return (_row(_("Yang diuntungkan"), "", "pemilihan"),)
    contest = contest_of(draft)
    words = [contest.name if contest else _("Belum diketahui"), answers.get("siapa", "")]
    return (_row(_("Yang diuntungkan"), "\n".join(filter(None, words)), "pemilihan"),)


def _works_together(draft: OpenDraft) -> SummaryRow:
    given = draft.step("rekan").get("rekan", "")
    words = {
        "ya": _("Ya, di unit atau instansi yang sama"),
        "dulu": _("Dulu pernah, atau saling mengenal"),
        "tidak": _("Tidak"),
    }
    return _row(_("Anda bekerja bersama terlapor"), words.get(given, ""), "rekan")


def _about(draft: OpenDraft) -> list[SummaryRow]:
    contact, signed = draft.step("kontak"), draft.step("tandatangan")
    rows = [
        _row(_("Melapor sebagai"), _standing(draft), "sebagai"),
        *_represented(draft),
        *_identity(draft.step("identitas")),
    ]
    shown = [(_("Telepon"), contact.get("telepon", "")), (_("Surel"), contact.get("surel", ""))]
    rows += [_row(label, value, "kontak") for label, value in shown if value or not contact]
    drawn = signed.get("cara") == SignatureKind.DRAWN
    signature = _("Digambar") if drawn else signed.get("nama_ketik", "")
    return [*rows, _row(_("Tanda tangan"), signature, "tandatangan")]


def _standing(draft: OpenDraft) -> str:
    kind = draft.step("sebagai").get("sebagai")
    if kind == NOT_ENTITLED:
        return _("Pemberi informasi awal")
    return str(ReporterKind(kind).label) if kind else ""


def _represented(draft: OpenDraft) -> list[SummaryRow]:
    if not is_by_attorney(draft):
        return []
    given = draft.step("kuasa")
    words = [given.get("pelapor_diwakili", ""), given.get("alamat_diwakili", "")]
    letter = _("Sudah diunggah") if given.get("surat") else _("Diserahkan nanti")
    return [
        _row(_("Mewakili"), "\n".join(filter(None, words)), "kuasa"),
        _row(_("Surat kuasa khusus"), letter, "kuasa"),
    ]


def _identity(about: Answers) -> list[SummaryRow]:
    born = day_of(about, "tanggal_lahir")
    birth = [about.get("tempat_lahir"), say_day(born) if born else ""]
    shown = (
        (_("Nama"), about.get("nama", "")),
        (_("NIK"), about.get("nik", "")),
        (_("Lahir"), ", ".join(filter(None, birth))),
        (_("Pekerjaan"), about.get("pekerjaan", "")),
        (_("Alamat"), about.get("alamat", "")),
    )
    return [_row(label, value, "identitas") for label, value in shown if value or not about]
