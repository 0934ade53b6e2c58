"""What an event of the audit is called: steps by the table of their workflow, others here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from neutrality.casework.registry import workflows

_EVENTS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "access_code.replaced": _("Kode rahasia diganti"),
        "assessment.approve": _("Kajian disetujui"),
        "assessment.write": _("Kajian ditulis"),
        "audit.history": _("Riwayat dibuka"),
        "audit.verification_requested": _("Pemeriksaan segel diminta"),
        "body.add": _("Instansi tujuan ditambahkan"),
        "body.succeed": _("Instansi tujuan digantikan"),
        "case.announce": _("Hasil diumumkan"),
        "casework.clock_moved": _("Tenggat dipindahkan"),
        "casework.step_confirmed": _("Langkah dikonfirmasi"),
        "certificate.installed": _("Sertifikat kantor dipasang"),
        "contest.add": _("Kontestasi ditambahkan"),
        "contest.correct": _("Kontestasi diperbaiki"),
        "document.letter_filed": _("Surat dicatat"),
        "document.opened": _("Dokumen dibuka"),
        "election.announce": _("Pemilihan diumumkan"),
        "election.carry_on": _("Tanggal pemilihan contoh digeser"),
        "election.correct": _("Pemilihan diperbaiki"),
        "entry.assign": _("Petugas ditentukan"),
        "entry.assignment_undone": _("Pembagian diurungkan"),
        "entry.released": _("Petugas dilepas dari berkas"),
        "evidence.decline": _("Salinan bukti ditolak"),
        "evidence.examine": _("Bukti diperiksa"),
        "evidence.prepare": _("Salinan bukti disiapkan"),
        "evidence.redact": _("Salinan bukti disamarkan"),
        "evidence.release": _("Salinan bukti dilepas"),
        "evidence.wish_redaction": _("Penyamaran diminta"),
        "list.exported": _("Daftar diunduh"),
        "mailbox.written": _("Pesan ditulis"),
        "notice.received": _("Pemberitahuan diterima"),
        "package.downloaded": _("Paket penerusan diunduh"),
        "office.close": _("Hari berakhir kantor diubah"),
        "office.open": _("Kantor kecamatan dibuka"),
        "person.add": _("Saksi atau ahli ditambahkan"),
        "person.number": _("Nomor pegawai dicatat"),
        "person.register": _("Pegawai dicatat"),
        "plenary.cancel": _("Rapat pleno dibatalkan"),
        "plenary.close": _("Rapat pleno ditutup"),
        "plenary.coordinate": _("Diputuskan koordinator"),
        "plenary.decide": _("Diputuskan pleno"),
        "plenary.open": _("Rapat pleno dibuka"),
        "plenary.plan": _("Rapat pleno direncanakan"),
        "plenary.propose": _("Diusulkan ke pleno"),
        "plenary.set_results": _("Hasil dugaan ditetapkan"),
        "plenary.take_items": _("Acara rapat ditetapkan"),
        "publication.publish": _("Publikasi diterbitkan"),
        "publication.withdraw": _("Publikasi ditarik"),
        "referral.delivered": _("Penyampaian penerusan dicatat"),
        "referral.examination": _("Pemeriksaan dicatat"),
        "referral.examiner_named": _("Pemeriksa ditunjuk"),
        "referral.external_number": _("Nomor sistem lain dicatat"),
        "referral.sanction_step": _("Langkah sanksi dicatat"),
        "stage.add": _("Tahapan ditambahkan"),
        "stage.correct": _("Tahapan diperbaiki"),
        "unit.move": _("Unit kerja dipindahkan"),
        "vault.blob.erase": _("Berkas tersegel dihapus"),
        "vault.contact.open": _("Kontak dibuka untuk pengiriman"),
        "vault.identity.erase": _("Identitas dihapus"),
        "vault.identity.open": _("Identitas dibuka"),
    }
)


def event_words(what: str) -> str:
    """Return the name of an event; its code where it has no name."""
    name, _dot, action = what.partition(".")
    for workflow in workflows():
        if workflow.name == name:
            for row in workflow.transitions:
                if row.action == action:
                    return str(row.label)
    return str(_EVENTS.get(what, what))
