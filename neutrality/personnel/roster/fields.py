"""The columns that an import knows, and the headers under which systems export them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    """What a column of a file can mean."""

    NUMBER = "number", _("NIP atau NI PPPK")
    FORMER = "former", _("NIP atau NI PPPK lama")
    NAME = "name", _("Nama")
    UNIT_CODE = "unit_code", _("Kode unit kerja")
    UNIT_NAME = "unit_name", _("Nama unit kerja")
    POSITION = "position", _("Jabatan")
    CLASS = "class", _("Kelompok jabatan")
    KIND = "kind", _("Status kepegawaian")
    GRADE = "grade", _("Golongan")
    SINCE = "since", _("TMT jabatan")
    LEAVES = "leaves", _("Keluar karena")
    EMAIL = "email", _("Alamat surel")
    PHONE = "phone", _("Nomor telepon untuk WhatsApp atau SMS")


NEEDED: Final = (Field.NUMBER, Field.NAME, Field.POSITION)
ONE_OF_THESE: Final = (Field.UNIT_CODE, Field.UNIT_NAME)
ADDRESSES: Final = (Field.EMAIL, Field.PHONE)

# As SIASN, SIMASN and the sheets of HR offices call them; compared by letters and digits only.
# The exact headers of the two systems are assumed: no export of theirs could be seen. What is not
# recognised is mapped by a person, once for the agency.
HEADERS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.NUMBER: (
        "nip",
        "nipbaru",
        "nipnippppk",
        "nomorindukpegawai",
        "nip18",
        "nipnipppk",
        "nomorinduk",
        "nipnik",
    ),
    Field.FORMER: ("niplama", "nipsebelumnya", "nippppklama", "nipppklama", "nomorlama"),
    Field.NAME: ("nama", "namalengkap", "namapegawai", "namapns", "namaasn", "namadengangelar"),
    Field.UNIT_CODE: (
        "kodeunit",
        "kodeunor",
        "unorid",
        "idunor",
        "kodeunitkerja",
        "kodeskpd",
        "kodeopd",
        "kode",
    ),
    Field.UNIT_NAME: (
        "unit",
        "unitkerja",
        "unornama",
        "namaunor",
        "unor",
        "unitorganisasi",
        "opd",
        "skpd",
        "namaunit",
        "namaunitkerja",
        "perangkatdaerah",
    ),
    Field.POSITION: ("jabatan", "namajabatan", "jabatannama", "jabatanterakhir"),
    Field.CLASS: ("jenisjabatan", "kelompokjabatan", "jenisjabatannama", "eselon", "kelompok"),
    Field.KIND: (
        "status",
        "statuskepegawaian",
        "jenispegawai",
        "jenispegawainama",
        "statusasn",
        "statuspegawai",
        "statuscpnspns",
    ),
    Field.GRADE: (
        "gol",
        "golongan",
        "golruang",
        "golonganruang",
        "golonganakhir",
        "pangkatgol",
        "golakhirnama",
    ),
    Field.SINCE: ("tmtjabatan", "tmt", "tanggaljabatan", "tmtunor"),
    # The legal position says who is in service and who is not any more, and why.
    Field.LEAVES: (
        "keluar",
        "keluarkarena",
        "alasankeluar",
        "kedudukanhukum",
        "kedudukanhukumnama",
        "kedudukanpegawai",
    ),
    Field.EMAIL: ("email", "surel", "alamatemail", "alamatsurel", "emailpegawai", "emaildinas"),
    Field.PHONE: ("hp", "nohp", "nomorhp", "telepon", "notelepon", "nowa", "nomorwa", "whatsapp"),
}
_BY_HEADER: Final = {header: field for field, headers in HEADERS.items() for header in headers}


def plain_header(text: str) -> str:
    """The letters and digits of a header, small."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^a-z0-9]", "", folded)


def field_of(header: str) -> Field | None:
    """What a column with this header most likely means."""
    return _BY_HEADER.get(plain_header(header))


def proposed_columns(*, headers: Sequence[str], kept: Mapping[str, str]) -> dict[str, str]:
    """Which header stands for which field: as the agency mapped it last time, else by its name.

    A header is proposed once, a field too.
    """
    present = set(headers)
    chosen = {name: header for name, header in kept.items() if header in present}
    for header in headers:
        field = field_of(header)
        if field is not None and field not in chosen and header not in chosen.values():
            chosen[field.value] = header
    return chosen
