"""The prepared texts from which letters start; whoever writes changes them as needed."""

from dataclasses import dataclass
from typing import Final

from complaints.codes import LetterTemplate
from complaints.models import Matter
from complaints.papers.case_papers import case_number
from neutrality.organisations.models import Office

# Official letters are in Indonesian whatever the language of the page.


@dataclass(frozen=True, slots=True)
class Prepared:
    """Addressee, subject and body of a prepared letter."""

    addressee: str
    subject: str
    body: str


TEXTS: Final = {
    LetterTemplate.PLAIN: Prepared("Yth. …", "…", "Dengan hormat,\n\n…\n\nDemikian disampaikan."),
    LetterTemplate.DATA_TO_AGENCY: Prepared(
        "Yth. Kepala Badan Kepegawaian\ndi tempat",
        "Permintaan data kepegawaian",
        "Sehubungan dengan penanganan nomor {number}, kami memohon data kepegawaian berupa jabatan,"
        " unit kerja, dan pangkat pada tanggal kejadian.\n\nData digunakan hanya untuk penanganan"
        " ini dan tidak diteruskan kepada pihak lain.\n\nAtas kerja samanya kami ucapkan terima"
        " kasih.",
    ),
    LetterTemplate.HELP_TO_AUTHORITY: Prepared(
        "Yth. …\ndi tempat",
        "Permintaan bantuan",
        "Sehubungan dengan penanganan nomor {number}, kami memohon bantuan Saudara berupa …\n\n"
        "Atas bantuannya kami ucapkan terima kasih.",
    ),
    LetterTemplate.REMINDER: Prepared(
        "Yth. Pejabat Pembina Kepegawaian\ndi tempat",
        "Tindak lanjut rekomendasi",
        "Rekomendasi atas penanganan nomor {number} telah melewati tenggat tindak lanjut.\n\n"
        "Kami memohon keputusan disampaikan kepada kami beserta nomor dan tanggalnya.",
    ),
    LetterTemplate.COVER: Prepared(
        "Yth. …\ndi tempat",
        "Penyampaian berkas",
        "Bersama ini kami sampaikan berkas nomor {number} untuk dipergunakan sebagaimana mestinya.",
    ),
}


def prepared(*, template: LetterTemplate, office: Office, matter: Matter | None) -> Prepared:
    """Return the text of a template, with the number of the file where it speaks of one."""
    text = TEXTS[template]
    number = case_number(matter) if matter else "…"
    return Prepared(
        text.addressee, text.subject, text.body.format(number=number, office=office.name)
    )
