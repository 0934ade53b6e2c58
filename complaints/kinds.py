"""The messages of complaints, registered when the app starts."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.workflow.messages import MessageKind as M
from neutrality.notifications.contacts import CONTACT_CODE
from neutrality.notifications.kinds import Consent, MessageKind
from neutrality.notifications.models import Channel

LABELS: Final[dict[M, Promise]] = {
    M.REPORT_REROUTED: _("Laporan diarahkan ke kantor lain"),
    M.REPORT_RECEIVED: _("Laporan diterima"),
    M.REPORT_INCOMPLETE: _("Laporan perlu dilengkapi"),
    M.REPORT_COMPLETED: _("Perbaikan diterima"),
    M.REPORT_REGISTERED: _("Laporan diregistrasi"),
    M.REPORT_NOT_REGISTERED: _("Laporan tidak diregistrasi"),
    M.REPORT_MADE_TIP: _("Laporan menjadi informasi awal"),
    M.REPORT_TRANSFERRED: _("Laporan dilimpahkan"),
    M.REPORT_REFERRED: _("Laporan diteruskan"),
    M.REPORT_WITHDRAWN: _("Laporan dicabut"),
    M.TIP_CLOSED: _("Informasi awal ditutup"),
    M.CASE_DECIDED: _("Hasil ditetapkan"),
    M.STEP_CORRECTED: _("Koreksi atas pemberitahuan sebelumnya"),
    M.NEW_MESSAGE: _("Ada pesan baru"),
    M.CODE_REPLACED: _("Kode rahasia diganti"),
    M.DATA_ANSWERED: _("Permintaan data dijawab"),
    M.INVITATION: _("Undangan klarifikasi"),
    M.OFFICE_NEW_ENTRY: _("Ada laporan atau informasi baru"),
    M.WORK_REMINDER: _("Ada pekerjaan yang menunggu Anda"),
    M.VIEW_ALERT: _("Ada berkas dalam tampilan tersimpan"),
    M.CLOCK_ALARM: _("Tenggat berakhir sebelum kantor buka lagi"),
    M.SYSTEM_ALARM: _("Ada yang perlu diperiksa pada sistem"),
    M.ITEM_SENT: _("Ada penerusan baru"),
    M.ITEM_RETURNED: _("Penerusan dikembalikan"),
    M.ITEM_RECOMMENDED: _("Rekomendasi terbit"),
    M.ITEM_DECIDED: _("Kabar atas penerusan"),
    M.ITEM_CANCELLED: _("Penerusan dibatalkan"),
    M.ITEM_DEVIATES: _("Keputusan sanksi menunggu jawaban"),
    M.ITEM_ANSWERED: _("Kabar dari instansi yang merekomendasikan"),
}
STAFF_KINDS: Final = frozenset(
    {
        M.CLOCK_ALARM,
        M.SYSTEM_ALARM,
        M.WORK_REMINDER,
        M.VIEW_ALERT,
        M.OFFICE_NEW_ENTRY,
        M.ITEM_SENT,
        M.ITEM_RETURNED,
        M.ITEM_RECOMMENDED,
        M.ITEM_DECIDED,
        M.ITEM_CANCELLED,
        M.ITEM_DEVIATES,
        M.ITEM_ANSWERED,
    }
)

# Those who reported and those who are invited come in by different doors.
OF_BOTH_DOORS: Final = frozenset({M.NEW_MESSAGE, M.DATA_ANSWERED})


def _said(kind: M) -> frozenset[str]:
    """Return what a message of this kind says."""
    if kind is M.VIEW_ALERT:
        return frozenset({"count"})
    return frozenset({"office", "link"} if kind in OF_BOTH_DOORS else {"office"})


KINDS: Final = (
    CONTACT_CODE,
    *(
        MessageKind(
            code=kind,
            label=label,
            channels=(Channel.EMAIL,) if kind in STAFF_KINDS else tuple(Channel),
            context_keys=_said(kind),
            consent=Consent.NOT_NEEDED if kind in STAFF_KINDS else Consent.CONFIRMED,
        )
        for kind, label in LABELS.items()
    ),
)
