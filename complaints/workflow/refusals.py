"""Why a step of a complaint is refused, each with the sentence that the page shows."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from neutrality.casework.refusals import Refusal

NO_PLENARY: Final = Refusal(
    "no_plenary_decision",
    _("Langkah ini memerlukan keputusan pleno (atau keputusan koordinator yang akan disahkan)."),
)
PLENARY_USED: Final = Refusal("plenary_decision_used", _("Keputusan pleno ini sudah dilaksanakan."))
NOT_JUDGED: Final = Refusal(
    "requirements_not_judged", _("Nilai dahulu setiap syarat formal dan materiel.")
)
NOTHING_MISSING: Final = Refusal(
    "nothing_missing", _("Semua syarat terpenuhi; tidak ada yang perlu diperbaiki.")
)
SOMETHING_MISSING: Final = Refusal("something_missing", _("Masih ada syarat yang belum terpenuhi."))
NO_CONTEST: Final = Refusal("contest_unknown", _("Tentukan dahulu pemilihan yang bersangkutan."))
NO_IDENTITY: Final = Refusal(
    "identity_not_verified", _("Identitas pelapor harus diperiksa, dan caranya dicatat.")
)
NO_OFFICE_CODE: Final = Refusal(
    "office_without_code",
    _("Kantor ini belum mempunyai kode resmi, sehingga nomor resmi tidak dapat diberikan."),
)
NO_TARGET_OFFICE: Final = Refusal(
    "no_target_office", _("Pilih kantor tujuan yang berbeda dari kantor sekarang.")
)
NO_ASSESSMENT: Final = Refusal(
    "no_approved_assessment", _("Kajian belum ada atau belum disetujui orang kedua.")
)
NOTHING_TO_REFER: Final = Refusal(
    "nothing_to_refer", _("Tidak ada dugaan pelanggaran yang diteruskan ke instansi lain.")
)
NO_TRACING_RESULT: Final = Refusal(
    "no_tracing_result", _("Tulis dahulu laporan hasil pengawasan dan tanggal ditemukan.")
)
NO_ALLEGATION: Final = Refusal(
    "no_allegation", _("Belum ada terlapor dan dugaan perbuatan dalam berkas ini.")
)
NOT_QUALIFIED: Final = Refusal(
    "allegation_not_qualified", _("Tentukan dahulu perbuatan dan pasal untuk setiap dugaan.")
)
NOT_HEARD: Final = Refusal(
    "respondent_not_heard",
    _("Setiap terlapor harus diklarifikasi, atau dua kali diundang dan tidak hadir."),
)
NO_RESULT: Final = Refusal(
    "allegation_without_result", _("Setiap dugaan pelanggaran harus mendapat hasil.")
)
EXTENDED_BEFORE: Final = Refusal(
    "extended_before", _("Penanganan hanya dapat diperpanjang satu kali.")
)
NOT_REFERRED: Final = Refusal(
    "not_all_referred", _("Masih ada hasil yang harus diteruskan ke instansi tujuan.")
)
ENTRIES_OPEN: Final = Refusal(
    "entries_open", _("Masih ada laporan atau informasi awal yang belum selesai.")
)
NO_LETTER: Final = Refusal(
    "no_recommendation", _("Cantumkan nomor, tanggal, dan jenis sanksi yang direkomendasikan.")
)
NO_DECREE: Final = Refusal(
    "no_decree", _("Cantumkan nomor, tanggal, dan jenis sanksi dalam keputusan.")
)
NO_CONTROL: Final = Refusal("no_control", _("Pilih bentuk pengendalian."))
NO_BODY: Final = Refusal(
    "no_competent_body",
    _("Tidak ada instansi tujuan yang berwenang pada hari ini untuk terlapor ini."),
)
MEETING_NOT_PLANNED: Final = Refusal(
    "meeting_not_planned", _("Rapat pleno ini sudah dibuka, ditutup, atau dibatalkan.")
)
MEETING_NOT_OPEN: Final = Refusal("meeting_not_open", _("Rapat pleno ini sedang tidak dibuka."))
MEETING_OVER: Final = Refusal("meeting_over", _("Rapat pleno ini sudah selesai."))
NOT_A_MEMBER: Final = Refusal(
    "not_a_member", _("Hanya pimpinan kantor ini yang hadir dapat dicatat dan memberi suara.")
)
NO_QUORUM: Final = Refusal("no_quorum", _("Kuorum belum tercapai; rapat belum dapat dibuka."))
ITEM_WAITS: Final = Refusal("item_waits", _("Usul yang sama sudah menunggu keputusan pleno."))
ITEM_DECIDED: Final = Refusal("item_decided", _("Mata acara ini sudah diputuskan."))
NO_RECUSAL_REASON: Final = Refusal("no_recusal_reason", _("Tuliskan alasan tidak ikut memutuskan."))
MEMBER_RECUSED: Final = Refusal(
    "member_recused", _("Anggota ini tidak ikut memutuskan mata acara ini.")
)
NOBODY_MAY_VOTE: Final = Refusal(
    "nobody_may_vote",
    _("Tidak ada anggota yang dapat memutuskan; usulkan pengambilalihan oleh kantor di atasnya."),
)
VOTES_MISSING: Final = Refusal("votes_missing", _("Masih ada anggota yang belum memberi suara."))
NOT_RATIFIED: Final = Refusal(
    "not_ratified",
    _("Keputusan koordinator tidak disahkan. Ajukan mata acara baru untuk menggantinya."),
)
PLENARY_ONLY: Final = Refusal(
    "plenary_only", _("Keputusan ini hanya dapat diambil dalam rapat pleno.")
)
