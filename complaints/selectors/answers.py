"""The answers of a draft in words, for the page on which they are checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.codes import Precision, ReporterKind
from complaints.selectors.filing import EASTERNMOST, region_of
from complaints.services.drafts import OpenDraft, day_of
from complaints.services.submit_draft import contest_of, office_of
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
        Group(_("Terlapor dan saksi"), (*_people(draft), *_helped(draft))),
    ]
    if not draft.anonymous:
        groups.append(Group(_("Tentang Anda"), tuple(_about(draft.step("identitas")))))
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


def _about(about: Answers) -> list[SummaryRow]:
    born = day_of(about, "tanggal_lahir")
    kind = about.get("sebagai")
    shown = (
        (_("Nama"), about.get("nama", "")),
        (_("NIK"), about.get("nik", "")),
        (
            _("Lahir"),
            ", ".join(filter(None, [about.get("tempat_lahir"), say_day(born) if born else ""])),
        ),
        (_("Pekerjaan"), about.get("pekerjaan", "")),
        (_("Alamat"), about.get("alamat", "")),
        (_("Telepon"), about.get("telepon", "")),
        (_("Surel"), about.get("surel", "")),
        (_("Melapor sebagai"), str(ReporterKind(kind).label) if kind else ""),
        (_("Mewakili"), about.get("pelapor_diwakili", "")),
    )
    return [_row(label, value, "identitas") for label, value in shown if value or not about]
