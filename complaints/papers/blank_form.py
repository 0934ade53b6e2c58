"""The blank report form, for offices without power and for citizens who write by hand."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from neutrality.documents.rendering import qr_code, typeset
from neutrality.law.books import rulebook_at
from neutrality.law.clock import Clock
from neutrality.law.codes import FormRole, PeriodCode, Regime
from neutrality.law.labels import label
from neutrality.organisations.models import Office

_FILE: Final = Path(__file__).parent.parent / "typst" / "blank_form.typ"
_PERSON: Final = ("Nama", "Alamat", "Nomor telepon/HP")
# Official forms are in Indonesian whatever the reader's language (Perbawaslu 7/2022, Form B.1).
_PARTS: Final[tuple[tuple[str, tuple[str | tuple[str, Any], ...]], ...]] = (
    (
        "1. Pelapor",
        (
            (
                "Melapor sebagai",
                ("WNI yang berhak memilih", "Peserta pemilihan", "Pemantau", "Kuasa"),
            ),
            "Nama lengkap",
            "NIK",
            "Tempat, tanggal lahir",
            ("Jenis kelamin", ("Laki-laki", "Perempuan")),
            "Pekerjaan",
            "Kewarganegaraan",
            ("Alamat", 2),
            "Nomor telepon/HP",
            "Surel (bila ada)",
        ),
    ),
    (
        "2. Terlapor",
        (
            "Nama",
            "Jabatan atau ciri-ciri",
            "Instansi dan unit",
            "Alamat (bila tahu)",
            "Terlapor lain (nama, jabatan)",
        ),
    ),
    (
        "3. Peristiwa",
        (
            ("Peristiwa", 2),
            "Tempat atau akun",
            "Hari, tanggal kejadian",
            "Hari, tanggal diketahui",
        ),
    ),
    ("4. Saksi (bila ada)", (*_PERSON, "Saksi kedua (nama, telepon)")),
)
_INTRO: Final = (
    "Diisi pelapor atau petugas dengan huruf cetak. Lampirkan salinan identitas dan bukti."
    " Laporan disampaikan paling lambat {days} hari sejak peristiwa diketahui."
)
_WORDS: Final = {
    "office": "Kantor penerima",
    "number": "Nomor (petugas)",
    "qr_alt": "Kode QR ke halaman untuk melapor secara daring",
    "online": "Lapor daring",
    "evidence": "5. Bukti",
    "evidence_columns": ("No", "Bukti", "Dari mana diperoleh"),
    "account": "6. Uraian kejadian",
    "closing": "Pelaporan",
    "declaration": (
        "Saya menyatakan bahwa isi laporan ini benar dan bersedia mempertanggungjawabkannya di"
        " hadapan hukum."
    ),
    "receipt": "Tanda terima sementara untuk pelapor",
    "code": (
        "Kode rahasia untuk mengikuti laporan diberikan setelah laporan ini dimasukkan ke aplikasi."
        " Simpan lembar ini sampai kode diterima."
    ),
}


def blank_report_form(*, office: Office | None, address: str, clock: Clock) -> bytes:
    """Return the form as a tagged PDF with a QR code to `address`, the online path.

    With an office its name and contacts stand on top; without one there is a line to write on.
    The same form of the same day is set once per process.
    """
    day = clock.today_in(office.tz) if office else clock.now.date()
    books = {regime: rulebook_at(regime=regime, day=day) for regime in Regime}
    codes = {regime: book.form(FormRole.REPORT).code for regime, book in books.items()}
    days = min(book.period(PeriodCode.FILING_WINDOW).amount for book in books.values())
    line = "; ".join(f"{code} ({label(regime)})" for regime, code in codes.items() if code)
    lines = [office.name, office.address, office.phone, office.email] if office else []
    return _set(tuple(filter(None, lines)), address, line, days)


def absolute(name: str) -> str:
    """Return the whole address of a public page, as paper needs it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name)}"


def qr_picture(address: str) -> str:
    """Return a QR code as the source of a picture on a page, without another request."""
    drawing = b64encode(qr_code(address).encode()).decode()
    return f"data:image/svg+xml;base64,{drawing}"


@lru_cache(maxsize=32)
def _set(office: tuple[str, ...], address: str, form_line: str, days: int) -> bytes:
    data: dict[str, Any] = {
        "office": list(office),
        "address": address,
        "form_line": f"Formulir laporan: {form_line}" if form_line else "Formulir laporan",
        "page": "Halaman",
        "qr": qr_code(address),
        "parts": [
            {"heading": heading, "lines": [_line(line) for line in lines]}
            for heading, lines in _PARTS
        ],
        "words": {**_WORDS, "intro": _INTRO.format(days=days)},
        "closing": ["Dilaporkan di", "Hari, tanggal", "Pukul (WIB/WITA/WIT)"],
        "signers": ["Penerima laporan", "Pelapor"],
        "receipt": ["Nomor sementara", "Diterima (tanggal, pukul)", "Penerima"],
    }
    return typeset(source=_FILE, data=data, title="Formulir Laporan Dugaan Pelanggaran Netralitas")


def _line(given: str | tuple[str, Any]) -> dict[str, Any]:
    """Return one question: a line to write on, several lines, or boxes to tick."""
    if isinstance(given, str):
        return {"label": given, "rows": 1, "choices": []}
    name, what = given
    return {
        "label": name,
        "rows": what if isinstance(what, int) else 1,
        "choices": [] if isinstance(what, int) else list(what),
    }
