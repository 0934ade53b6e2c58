"""What the events, subjects and states of the audit are called in the reader's words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.codes import (
    CaseState,
    EvidenceState,
    ItemOutcome,
    MeetingState,
    ReferralState,
    ReportState,
    SanctionState,
    SessionState,
    TipState,
)
from neutrality.casework.registry import workflows
from neutrality.documents.models import DocumentState
from pledges.selectors import obligation_states

_EVENTS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "access_code.replaced": _("Kode rahasia diganti"),
        "account.decline": _("Salinan uraian ditolak"),
        "account.release": _("Salinan uraian dilepas"),
        "account.word": _("Salinan uraian ditulis"),
        "allegation.add": _("Dugaan ditambahkan"),
        "allegation.qualify": _("Dugaan dikualifikasi"),
        "assessment.approve": _("Kajian disetujui"),
        "assessment.write": _("Kajian ditulis"),
        "audit.history": _("Riwayat dibuka"),
        "audit.verification_requested": _("Pemeriksaan segel diminta"),
        "body.add": _("Instansi tujuan ditambahkan"),
        "body.succeed": _("Instansi tujuan digantikan"),
        "case.announce": _("Hasil diumumkan"),
        "casework.clock_moved": _("Tenggat dipindahkan"),
        "casework.step_confirmed": _("Langkah dikonfirmasi"),
        "ceremony.attended": _("Kehadiran ikrar dicatat"),
        "ceremony.recorded": _("Ikrar dicatat"),
        "certificate.installed": _("Sertifikat kantor dipasang"),
        "certificate.revoked": _("Sertifikat kantor dicabut"),
        "clarification.absent": _("Ketidakhadiran klarifikasi dicatat"),
        "clarification.cancel": _("Jadwal klarifikasi dibatalkan"),
        "clarification.confirm": _("Berita acara klarifikasi dikonfirmasi"),
        "clarification.deliver": _("Penyampaian undangan klarifikasi dicatat"),
        "clarification.hold": _("Klarifikasi dimulai"),
        "clarification.plan": _("Klarifikasi dijadwalkan"),
        "clarification.will_attend": _("Kesediaan hadir dinyatakan"),
        "clarification.write_line": _("Berita acara klarifikasi ditulis"),
        "clock_alarm.take": _("Peringatan tenggat diambil"),
        "completion.item_answered": _("Kekurangan dijawab"),
        "contest.add": _("Kontestasi ditambahkan"),
        "contest.correct": _("Kontestasi diperbaiki"),
        "data_request.answered": _("Permintaan data pribadi dijawab"),
        "data_request.asked": _("Permintaan data pribadi diajukan"),
        "document.deliver": _("Penyampaian dokumen dicatat"),
        "document.finalised": _("Dokumen diselesaikan"),
        "document.issued": _("Dokumen diterbitkan"),
        "document.letter_filed": _("Surat dicatat"),
        "document.opened": _("Dokumen dibuka"),
        "document.signed_copy_filed": _("Salinan bertanda tangan disimpan"),
        "document.superseded": _("Dokumen digantikan"),
        "document.voided": _("Dokumen dibatalkan"),
        "duty.add": _("Giliran piket ditambahkan"),
        "duty.remove": _("Giliran piket dihapus"),
        "election.announce": _("Pemilihan diumumkan"),
        "election.carry_on": _("Tanggal pemilihan contoh digeser"),
        "election.correct": _("Pemilihan diperbaiki"),
        "entry.assign": _("Petugas ditentukan"),
        "entry.assignment_undone": _("Pembagian diurungkan"),
        "entry.contest": _("Pemilihan ditentukan"),
        "entry.released": _("Petugas dilepas dari berkas"),
        "entry.remind": _("Petugas diingatkan"),
        "entry.reminder_undone": _("Pengingat ditahan"),
        "evidence.capture": _("Tangkapan unggahan disimpan"),
        "evidence.decline": _("Salinan bukti ditolak"),
        "evidence.examine": _("Bukti diperiksa"),
        "evidence.prepare": _("Salinan bukti disiapkan"),
        "evidence.redact": _("Salinan bukti disamarkan"),
        "evidence.release": _("Salinan bukti dilepas"),
        "evidence.wish_redaction": _("Penyamaran diminta"),
        "incident.add": _("Kejadian ditambahkan"),
        "information.answer": _("Permintaan informasi dijawab"),
        "information.open_requester": _("Identitas pemohon dibuka"),
        "information.receive": _("Permintaan informasi dicatat"),
        "letter.drop": _("Konsep surat dihapus"),
        "letter.issue": _("Surat diterbitkan"),
        "letter.write": _("Konsep surat ditulis"),
        "list.exported": _("Daftar diunduh"),
        "mailbox.written": _("Pesan ditulis"),
        "matter.give_out": _("Laporan dipindahkan ke berkas lain"),
        "matter.take_in": _("Laporan diterima dari berkas lain"),
        "notice.received": _("Pemberitahuan diterima"),
        "number.reserve": _("Nomor dicadangkan"),
        "number.void": _("Nomor dibatalkan"),
        "office.close": _("Hari berakhir kantor diubah"),
        "office.open": _("Kantor kecamatan dibuka"),
        "outage.ended": _("Gangguan berakhir"),
        "outage.recorded": _("Gangguan dicatat"),
        "package.downloaded": _("Paket penerusan diunduh"),
        "person.add": _("Saksi atau ahli ditambahkan"),
        "person.number": _("Nomor pegawai dicatat"),
        "person.register": _("Pegawai dicatat"),
        "pledge_code.wrong": _("Kode pakta salah"),
        "pledge_contact.change_asked": _("Perubahan kontak diminta"),
        "pledge_contact.set": _("Kontak pegawai dicatat"),
        "pledge_exemption.asked": _("Pengecualian diajukan"),
        "pledge_exemption.decided": _("Pengecualian diputus"),
        "pledge_round.certificates_asked": _("Sertifikat putaran diminta"),
        "pledge_round.circular_attached": _("Surat edaran dilampirkan"),
        "pledge_round.closed": _("Putaran pakta ditutup"),
        "pledge_round.exported": _("Daftar putaran diunduh"),
        "pledge_round.extended": _("Putaran pakta diperpanjang"),
        "pledge_round.grounds_set": _("Alasan pengecualian ditetapkan"),
        "pledge_round.hour_sheet": _("Lembar jam tanda tangan dicetak"),
        "pledge_round.moves_followed": _("Perpindahan pegawai diikuti"),
        "pledge_round.opened": _("Putaran pakta dibuka"),
        "pledge_round.people_joined": _("Pegawai ditambahkan ke putaran"),
        "pledge_round.reminders_set": _("Pengingat putaran diatur"),
        "pledge_round.signature_for_others_annulled": _("Tanda tangan atas nama unit dibatalkan"),
        "pledge_round.signed_for_others": _("Tanda tangan atas nama unit dicatat"),
        "pledge_round.text_changed": _("Naskah pakta diganti"),
        "pledge_unit_head.named": _("Kepala unit ditentukan"),
        "plenary.cancel": _("Rapat pleno dibatalkan"),
        "plenary.close": _("Rapat pleno ditutup"),
        "plenary.coordinate": _("Diputuskan koordinator"),
        "plenary.decide": _("Diputuskan pleno"),
        "plenary.open": _("Rapat pleno dibuka"),
        "plenary.plan": _("Rapat pleno direncanakan"),
        "plenary.propose": _("Diusulkan ke pleno"),
        "plenary.recuse": _("Anggota tidak ikut memutus"),
        "plenary.recuse_by_relation": _("Anggota tidak ikut memutus karena hubungan"),
        "plenary.set_results": _("Hasil dugaan ditetapkan"),
        "plenary.take_items": _("Acara rapat ditetapkan"),
        "plenary.vote": _("Suara dicatat"),
        "power.recorded": _("Surat kuasa dicatat"),
        "power.revoked": _("Surat kuasa dicabut"),
        "publication.publish": _("Publikasi diterbitkan"),
        "publication.withdraw": _("Publikasi ditarik"),
        "referral.delivered": _("Penyampaian penerusan dicatat"),
        "referral.examination": _("Pemeriksaan dicatat"),
        "referral.examiner_named": _("Pemeriksa ditunjuk"),
        "referral.external_number": _("Nomor sistem lain dicatat"),
        "referral.fact_confirmed": _("Catatan dari surat dikonfirmasi"),
        "referral.sanction_step": _("Langkah sanksi dicatat"),
        "relation_declared": _("Hubungan dinyatakan"),
        "relation_ended": _("Hubungan diakhiri"),
        "report.excuse_late": _("Keterlambatan dimaafkan"),
        "report.joined_into": _("Laporan digabung"),
        "report.judge": _("Syarat dinilai"),
        "report.withdraw_excuse": _("Maaf atas keterlambatan dicabut"),
        "role_ended": _("Peran diakhiri"),
        "role_granted": _("Peran diberikan"),
        "roster.addresses_taken": _("Alamat pegawai diambil"),
        "roster.units_decided": _("Unit kerja ditetapkan"),
        "roster_token.issued": _("Token daftar pegawai diterbitkan"),
        "roster_token.revoked": _("Token daftar pegawai dicabut"),
        "second_factors_taken": _("Pengaman kedua dilepas"),
        "stage.add": _("Tahapan ditambahkan"),
        "stage.correct": _("Tahapan diperbaiki"),
        "task.answer": _("Tugas dari sistem lain dijawab"),
        "task.receive": _("Tugas dari sistem lain dicatat"),
        "task.tie": _("Tugas dihubungkan dengan berkas"),
        "task.trace": _("Tugas dicatat sebagai informasi awal"),
        "tip.delegate": _("Penelusuran didelegasikan"),
        "tip.end_delegation": _("Delegasi diakhiri"),
        "tip.joined_into": _("Informasi awal digabung"),
        "tip.tracing_result": _("Hasil penelusuran dicatat"),
        "unit.move": _("Unit kerja dipindahkan"),
        "user_closed": _("Akun ditutup"),
        "user_created": _("Akun dibuat"),
        "user_opened": _("Akun dibuka kembali"),
        "vault.blob.erase": _("Berkas tersegel dihapus"),
        "vault.blob.open": _("Berkas tersegel dibuka"),
        "vault.contact.open": _("Kontak dibuka untuk pengiriman"),
        "vault.contact.show": _("Kontak ditampilkan"),
        "vault.identity.change": _("Identitas diubah"),
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


KIND_WORDS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "ceremony": _("Ikrar"),
        "certificate": _("Sertifikat"),
        "document": _("Dokumen"),
        "duty_shift": _("Giliran piket"),
        "election": _("Pemilu atau pemilihan"),
        "identity": _("Identitas"),
        "information_request": _("Permintaan informasi"),
        "matter": _("Berkas"),
        "obligation": _("Kewajiban pakta"),
        "office_letter": _("Surat"),
        "outage": _("Gangguan"),
        "outside_task": _("Tugas dari sistem lain"),
        "person": _("Pegawai"),
        "pledge_round": _("Putaran pakta"),
        "plenary_meeting": _("Rapat pleno"),
        "publication": _("Publikasi"),
        "referral_item": _("Penerusan"),
        "report": _("Laporan"),
        "tip": _("Informasi awal"),
        "user": _("Akun"),
    }
)
# A matter's record also tells of its sessions, its evidence and its place on an agenda.
_STATES: Final[Mapping[str, type[TextChoices]]] = MappingProxyType(
    {
        "clarification": SessionState,
        "document": DocumentState,
        "evidence": EvidenceState,
        "matter": CaseState,
        "obligation": obligation_states(),
        "plenary.coordinate": ItemOutcome,
        "plenary.decide": ItemOutcome,
        "plenary_meeting": MeetingState,
        "referral.sanction_step": SanctionState,
        "referral_item": ReferralState,
        "report": ReportState,
        "tip": TipState,
    }
)


def state_words(*, what: str, kind: str, state: str) -> str:
    """Return the name of a state that an event led from or to; its code where it has no name."""
    for name in (what, what.partition(".")[0], kind):
        known = _STATES.get(name)
        if known and state in known.values:
            return str(known(state).label)
    return state
