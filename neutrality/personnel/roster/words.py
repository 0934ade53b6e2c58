"""The words of personnel systems for position groups, status and reasons of leaving."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from neutrality.law.codes import SubjectKind
from neutrality.personnel.codes import EndReason, PositionClass as P
from neutrality.personnel.roster.errors import RowError as E

_CLASSES: Final[Mapping[str, P]] = {
    "jpt": P.JPT,
    "jabatan pimpinan tinggi": P.JPT,
    "jpt pratama": P.JPT,
    "jpt madya": P.JPT,
    "jpt utama": P.JPT,
    "eselon i": P.JPT,
    "eselon ii": P.JPT,
    "administrator": P.ADMINISTRATOR,
    "jabatan administrator": P.ADMINISTRATOR,
    "eselon iii": P.ADMINISTRATOR,
    "pengawas": P.SUPERVISOR,
    "jabatan pengawas": P.SUPERVISOR,
    "eselon iv": P.SUPERVISOR,
    "eselon v": P.SUPERVISOR,
    "fungsional": P.FUNCTIONAL,
    "jabatan fungsional": P.FUNCTIONAL,
    "jabatan fungsional tertentu": P.FUNCTIONAL,
    "jft": P.FUNCTIONAL,
    "jf": P.FUNCTIONAL,
    "pelaksana": P.EXECUTIVE,
    "jabatan pelaksana": P.EXECUTIVE,
    "staf": P.EXECUTIVE,
    "fungsional umum": P.EXECUTIVE,
    "jabatan fungsional umum": P.EXECUTIVE,
    "jfu": P.EXECUTIVE,
    "camat": P.CAMAT,
    "lurah": P.LURAH,
    "lainnya": P.OTHER,
    # Which of the three structural groups it is stands in the echelon, not here.
    "struktural": P.OTHER,
    "jabatan struktural": P.OTHER,
    "non eselon": P.OTHER,
    "noneselon": P.OTHER,
}
_ECHELON: Final = re.compile(r"(?:eselon\s*)?(i{1,3}|iv|v)[./ ]?[ab]?")
_KINDS: Final[Mapping[str, SubjectKind]] = {
    "pns": SubjectKind.PNS,
    "cpns": SubjectKind.PNS,
    "pegawai negeri sipil": SubjectKind.PNS,
    "calon pegawai negeri sipil": SubjectKind.PNS,
    "pppk": SubjectKind.PPPK,
    "p3k": SubjectKind.PPPK,
    "pppk paruh waktu": SubjectKind.PPPK,
    "pppk penuh waktu": SubjectKind.PPPK,
    "pegawai pemerintah dengan perjanjian kerja": SubjectKind.PPPK,
    "non asn": SubjectKind.NON_ASN,
    "non-asn": SubjectKind.NON_ASN,
    "honorer": SubjectKind.NON_ASN,
    "tenaga kontrak": SubjectKind.NON_ASN,
    "thl": SubjectKind.NON_ASN,
    # A column "status CPNS/PNS" with one letter.
    "p": SubjectKind.PNS,
    "c": SubjectKind.PNS,
}
# `PNS Daerah Otonom`, `PPPK Guru`: the first word says it.
_KIND_FIRST: Final = ("pns", "cpns", "pppk", "p3k")
# Legal positions of those who are still in service, whether or not they work at the moment.
_STAYS: Final = frozenset(
    {
        "aktif",
        "pns aktif",
        "cpns aktif",
        "pppk aktif",
        "cltn",
        "cuti di luar tanggungan negara",
        "diperbantukan",
        "dipekerjakan",
        "masa persiapan pensiun",
        "mpp",
        "pejabat negara",
        "pemberhentian sementara",
        "penerima uang tunggu",
        "tugas belajar",
    }
)
_REASONS: Final[Mapping[str, EndReason]] = {
    "pensiun": EndReason.RETIRED,
    "bup": EndReason.RETIRED,
    "pensiun bup": EndReason.RETIRED,
    "pensiun dini": EndReason.RETIRED,
    "meninggal": EndReason.DIED,
    "meninggal dunia": EndReason.DIED,
    "wafat": EndReason.DIED,
    "tewas": EndReason.DIED,
    "mutasi": EndReason.TRANSFERRED,
    "pindah": EndReason.TRANSFERRED,
    "pindah instansi": EndReason.TRANSFERRED,
    "mengundurkan diri": EndReason.RESIGNED,
    "diberhentikan": EndReason.DISMISSED,
    "kontrak berakhir": EndReason.CONTRACT_END,
    "lainnya": EndReason.OTHER,
} | {reason.value.casefold(): reason for reason in EndReason}
_DAYS: Final = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})"),
)
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)?")

Found = tuple[str, str]  # the value, the code of an error


def class_in(cell: str) -> Found:
    """The position group that a cell names; camat and lurah are told by their titles later."""
    text = " ".join(cell.casefold().split())
    if not text or text == "-":
        return P.OTHER.value, ""
    if text.upper() in P.values:
        return text.upper(), ""
    known = _CLASSES.get(text) or _echelon(text)
    return (known.value, "") if known else (P.OTHER.value, E.CLASS_UNKNOWN.value)


def _echelon(text: str) -> P | None:
    match = _ECHELON.fullmatch(text)
    return _CLASSES[f"eselon {match[1]}"] if match else None


def kind_in(cell: str) -> Found:
    """The status that a cell names; empty when it names none."""
    text = " ".join(cell.casefold().split())
    if not text or text == "-":
        return "", ""
    first = text.split()[0]
    known = _KINDS.get(text) or (_KINDS[first] if first in _KIND_FIRST else None)
    return (known.value, "") if known else ("", E.KIND_UNKNOWN.value)


def reason_in(cell: str) -> Found:
    """Why somebody leaves; empty when the row says that the person stays."""
    text = " ".join(cell.casefold().split())
    if not text or text == "-" or text in _STAYS:
        return "", ""
    known = _REASONS.get(text)
    return (known.value, "") if known else ("", E.LEAVES_UNKNOWN.value)


def day_in(cell: str) -> Found:
    """A date as 2024-03-01, 01-03-2024 or 1/3/2024 in ISO form; the month is never first."""
    text = cell.strip()
    if not text or text == "-":
        return "", ""
    for form in _DAYS:
        match = form.fullmatch(text)
        if match:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat(), ""
            except ValueError:
                return "", E.SINCE_WRONG.value
    return "", (E.SINCE_SERIAL if _SERIAL.fullmatch(text) else E.SINCE_WRONG).value
