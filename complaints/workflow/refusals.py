"""Why a step of a complaint is refused, each with the sentence that the page shows."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from neutrality.casework.refusals import Refusal, RefusalCode

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
COMPLETION_UNREAD: Final = Refusal(
    "completion_unread",
    _("Pelapor sudah menyerahkan perbaikan; nilai dahulu syarat-syaratnya dengan perbaikan itu."),
)
COMPLETION_BEGUN: Final = Refusal(
    "completion_begun",
    _(
        "Pelapor sudah menyimpan jawaban atas pemberitahuan kekurangan ini, sehingga langkah ini"
        " tidak dapat dikoreksi lagi. Tunggu perbaikannya, lalu nilai kembali syarat-syaratnya."
    ),
)
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
NOT_ABOVE: Final = Refusal(
    "not_an_office_above", _("Hanya kantor di atasnya yang dapat mengambil alih berkas ini.")
)
IS_A_CASE: Final = Refusal(
    "is_a_case",
    _("Berkas ini sudah diregistrasi; pindahkan hanya dengan keputusan pleno."),
)
NO_ASSESSMENT: Final = Refusal(
    "no_approved_assessment", _("Kajian belum ada atau belum disetujui orang kedua.")
)
NOT_ASSESSED: Final = Refusal(
    "allegation_not_assessed",
    _(
        "Kajian yang disetujui belum mencakup setiap dugaan dalam berkas ini;"
        " tulis versi baru dan mintakan persetujuannya."
    ),
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
    _(
        "Setiap terlapor harus diklarifikasi, atau dua kali diundang tepat waktu dengan bukti"
        " penyampaian dan tidak hadir. Tuliskan alasannya bila tidak demikian."
    ),
)
NO_RESULT: Final = Refusal(
    "allegation_without_result", _("Setiap dugaan pelanggaran harus mendapat hasil.")
)
NO_OTHER_FILE: Final = Refusal("no_other_file", _("Pilih berkas lain yang akan digabung."))
NOT_JOINED: Final = Refusal("not_joined", _("Berkas ini tidak digabung ke berkas lain."))
JOIN_ELSEWHERE: Final = Refusal(
    "join_at_one_office", _("Hanya berkas di kantor yang sama dapat digabung; limpahkan dahulu.")
)
JOIN_IS_A_CASE: Final = Refusal(
    "join_is_a_case",
    _("Berkas yang sudah diregistrasi tidak masuk ke berkas lain; gabungkan ke arah sebaliknya."),
)
JOIN_TOO_LATE: Final = Refusal(
    "join_too_late", _("Berkas itu sudah di pleno, diputus, atau ditutup.")
)
JOIN_BUSY: Final = Refusal(
    "join_busy",
    _(
        "Selesaikan dahulu yang menunggu di berkas itu: keputusan atau pengesahan pleno, kajian, "
        "penerusan, penelusuran oleh kantor lain, atau berkas yang sudah digabung ke dalamnya."
    ),
)
JOINED_FOR_GOOD: Final = Refusal(
    "joined_for_good",
    _("Keduanya sudah dikaji, diputus, atau diteruskan bersama sehingga tidak dapat dipisahkan."),
)
SPLIT_TAKES_REGISTRATION: Final = Refusal(
    "split_takes_registration",
    _(
        "Perkara ini dimulai oleh registrasi yang akan ikut dipisahkan; yang tinggal belum"
        " diregistrasi atau baru diregistrasi sesudahnya, sehingga tidak dapat dipisahkan."
    ),
)
NOT_LATE: Final = Refusal("not_late", _("Ini tidak terlambat, atau sudah dimaafkan."))
OUTAGE_ELSEWHERE: Final = Refusal(
    "outage_elsewhere",
    _("Gangguan itu tidak terjadi antara hari terakhir tenggat dan datangnya laporan."),
)
OUTAGE_ENDED: Final = Refusal("outage_ended", _("Berakhirnya gangguan ini sudah dicatat."))
OUTAGE_AHEAD: Final = Refusal("outage_ahead", _("Waktu ini belum terjadi."))
OUTAGE_BACKWARDS: Final = Refusal(
    "outage_backwards", _("Gangguan tidak dapat berakhir sebelum mulai.")
)
NEVER_A_CASE: Final = Refusal(
    "never_a_case", _("Berkas ini tidak pernah diregistrasi, sehingga tidak dapat dibuka kembali.")
)
WAS_A_CASE: Final = Refusal(
    "was_a_case", _("Berkas ini pernah diregistrasi atau sudah digabung ke berkas lain.")
)
CASE_OVER: Final = Refusal(
    "case_over",
    _(
        "Perkara dalam berkas ini sudah diputus atau ditutup. Buka kembali dahulu perkaranya,"
        " lalu registrasikan di sini atau pisahkan berkasnya."
    ),
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
DEVIATION_UNEXPLAINED: Final = Refusal(
    "deviation_unexplained",
    _("Sanksi ini berbeda dari yang direkomendasikan; tuliskan alasannya."),
)
NO_DEVIATION: Final = Refusal(
    "no_deviation", _("Tidak ada penyimpangan dari rekomendasi yang menunggu jawaban.")
)
ALREADY_EXECUTED: Final = Refusal(
    "already_executed", _("Tidak ada keputusan sanksi yang masih harus dilaksanakan.")
)
NO_CONTROL: Final = Refusal("no_control", _("Pilih bentuk pengendalian."))
NO_BODY: Final = Refusal(
    "no_competent_body",
    _("Tidak ada instansi tujuan yang berwenang pada hari ini untuk terlapor ini."),
)
RESULT_WITHDRAWN: Final = Refusal(
    "result_withdrawn",
    _(
        "Hasil pleno yang diteruskan sudah dicabut; penerusan ini baru dapat dikirim ulang bila"
        " pleno menetapkan hasil yang sama lagi."
    ),
)
BODY_IN_FORCE: Final = Refusal(
    "body_in_force", _("Instansi tujuan ini masih berwenang; tidak ada yang perlu dialihkan.")
)
NOT_TO_BE_GIVEN: Final = Refusal(
    "not_to_be_given",
    _("Dokumen ini tidak boleh diserahkan kepada pemohon ini: kajian dan identitas dikecualikan."),
)
REFUSED_GIVES_NOTHING: Final = Refusal(
    "refused_gives_nothing", _("Permintaan yang ditolak tidak disertai dokumen.")
)
TASK_KNOWN: Final = Refusal(
    "task_known", _("Nomor ini sudah tercatat di kantor ini untuk sistem yang sama.")
)
TASK_WITHOUT_FILE: Final = Refusal(
    "task_without_file",
    _("Hubungkan dahulu dengan berkas, atau catat sebagai informasi awal."),
)
NUMBER_NEEDS_REASON: Final = Refusal(
    "number_needs_reason",
    _("Nomor ini bukan dari blok kertas yang dicadangkan; tuliskan alasannya."),
)
NUMBER_UNUSABLE: Final = Refusal(
    "number_unusable",
    _("Nomor ini tidak terbaca, sudah dipakai, atau milik kantor, register, atau pemilihan lain."),
)
NUMBER_TOO_FAR: Final = Refusal(
    "number_too_far",
    _("Nomor ini melompati lebih dari 999 nomor; periksa lagi apakah salah ketik."),
)
TOO_MANY: Final = Refusal("too_many", _("Terlalu banyak sekaligus; pilih paling banyak seratus."))
NOTHING_TO_ASSIGN: Final = Refusal(
    "nothing_to_assign", _("Tidak ada yang dapat diberikan dari pilihan ini.")
)
OF_ANOTHER_OFFICE: Final = Refusal("of_another_office", _("Milik kantor lain."))
TIED_COLLEAGUE: Final = Refusal(
    "tied_colleague", _("Petugas ini mempunyai hubungan yang dinyatakan dengan terlapor.")
)
NOT_AT_THIS_STAGE: Final = Refusal(
    "not_at_this_stage",
    _("Petugas ini tidak dapat mengerjakan berkas pada tahap ini: pilih staf penanganan."),
)
HAS_IT_ALREADY: Final = Refusal("has_it_already", _("Sudah ditangani petugas ini."))
ENDED_ALREADY: Final = Refusal("ended_already", _("Sudah selesai."))
DUTY_DAYS: Final = Refusal(
    "duty_days", _("Hari terakhir harus hari ini atau sesudahnya, dan tidak sebelum hari pertama.")
)
DUTY_KNOWN: Final = Refusal("duty_known", _("Giliran ini sudah tercatat."))
VIEW_KNOWN: Final = Refusal("view_known", _("Anda sudah memakai nama ini untuk daftar ini."))
NOT_BELOW: Final = Refusal(
    "not_an_office_below", _("Penelusuran hanya dapat didelegasikan kepada kantor di bawahnya.")
)
LETTER_ISSUED: Final = Refusal(
    "letter_issued", _("Surat ini sudah terbit; ganti dengan surat baru bila perlu.")
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
    _(
        "Anggota yang boleh memutuskan kurang dari kuorum; usulkan pengambilalihan oleh kantor di"
        " atasnya."
    ),
)
VOTES_MISSING: Final = Refusal("votes_missing", _("Masih ada anggota yang belum memberi suara."))
NOT_RATIFIED: Final = Refusal(
    "not_ratified",
    _("Keputusan koordinator tidak disahkan. Ajukan mata acara baru untuk menggantinya."),
)
PLENARY_ONLY: Final = Refusal(
    "plenary_only", _("Keputusan ini hanya dapat diambil dalam rapat pleno.")
)
MEETING_IN_THE_PAST: Final = Refusal(
    "meeting_in_the_past", _("Waktu rapat harus setelah waktu sekarang.")
)
DECIDED_WHEN: Final = Refusal(
    "decided_when",
    _("Rapat ini dicatat menyusul; isi kapan mata acara ini diputuskan."),
)
DECIDED_OUT_OF_MEETING: Final = Refusal(
    "decided_out_of_meeting", _("Waktu keputusan mendahului pembukaan rapat.")
)
HELD_BEFORE_INVITED: Final = Refusal("held_before_invited", _("Waktu ini mendahului undangannya."))
ENDED_OUT_OF_TIME: Final = Refusal(
    "ended_out_of_time", _("Selesainya harus setelah mulainya, dan tidak setelah waktu sekarang.")
)
MODE_NEEDS_REASON: Final = Refusal(
    "mode_needs_reason", _("Tuliskan alasan mengapa tidak dilakukan tatap muka.")
)
NOT_A_RESULT_ITEM: Final = Refusal(
    "not_a_result_item", _("Hanya mata acara hasil penanganan yang memuat hasil setiap dugaan.")
)
RESULT_NEEDS_CLASS: Final = Refusal(
    "result_needs_class", _("Pilih paling sedikit satu hasil untuk setiap dugaan.")
)
RESULT_CONTRADICTS: Final = Refusal(
    "result_contradicts",
    _("Bukan pelanggaran atau tidak terbukti tidak dapat digabung dengan hasil lain."),
)
TOO_LONG_AGO: Final = Refusal("too_long_ago", _("Tanggal ini terlalu lama berlalu."))
NOT_A_PARTY: Final = Refusal("not_a_party", _("Orang ini bukan pihak dalam berkas ini."))
NO_SESSION_NOW: Final = Refusal(
    "no_session_now", _("Klarifikasi tidak dapat dijadwalkan pada keadaan berkas sekarang.")
)
SESSION_IN_THE_PAST: Final = Refusal(
    "session_in_the_past", _("Waktu klarifikasi harus setelah waktu sekarang.")
)
SESSION_WAITS: Final = Refusal(
    "session_waits", _("Pihak ini sudah mempunyai jadwal klarifikasi yang belum dilaksanakan.")
)
ALREADY_HEARD: Final = Refusal(
    "already_heard",
    _("Pihak ini sudah memberi klarifikasi. Tuliskan alasan bila perlu didengar lagi."),
)
INVITED_TWICE: Final = Refusal(
    "invited_twice", _("Pihak ini sudah dua kali diundang; lanjutkan tanpa keterangannya.")
)
SHORT_NOTICE: Final = Refusal(
    "short_notice",
    _(
        "Undangan harus diterima paling lambat sehari sebelumnya; tuliskan alasan bila lebih singkat."
    ),
)
PARTIES_WOULD_MEET: Final = Refusal(
    "parties_would_meet",
    _(
        "Pada waktu dan tempat itu ada klarifikasi pihak lain. Terlapor tidak boleh bertemu pelapor "
        "atau saksi: beri jarak paling sedikit 30 menit atau pilih tempat lain."
    ),
)
SESSION_NOT_PLANNED: Final = Refusal(
    "session_not_planned", _("Klarifikasi ini sudah dilaksanakan, tidak dihadiri, atau dibatalkan.")
)
SESSION_NOT_BEGUN: Final = Refusal(
    "session_not_begun", _("Waktu klarifikasi belum tiba; ketidakhadiran belum dapat dicatat.")
)
SESSION_NOT_HELD: Final = Refusal(
    "session_not_held", _("Klarifikasi ini belum dimulai; catat dahulu kehadirannya.")
)
OATH_REFUSAL_NEEDS_REASON: Final = Refusal(
    "oath_refusal_needs_reason", _("Tuliskan alasan yang diberikan untuk menolak disumpah.")
)
MINUTES_CONFIRMED: Final = Refusal(
    "minutes_confirmed", _("Berita acara sudah dikonfirmasi dan tidak dapat diubah lagi.")
)
NO_MINUTES: Final = Refusal("no_minutes", _("Berita acara belum memuat satu pun tanya jawab."))
LINE_CHANGED: Final = Refusal(
    "line_changed",
    _("Baris ini sudah diubah petugas lain. Salin tulisan Anda, lalu muat ulang halaman."),
)
NO_ASSESSMENT_NOW: Final = Refusal(
    "no_assessment_now", _("Kajian tidak dapat ditulis pada keadaan berkas sekarang.")
)
ASSESSMENT_UNCHANGED: Final = Refusal(
    "assessment_unchanged", _("Tidak ada yang berubah dari versi terakhir.")
)
APPROVED_BY_AUTHOR: Final = Refusal(
    "approved_by_author", _("Kajian harus disetujui orang lain, bukan penulisnya.")
)
ALREADY_APPROVED: Final = Refusal("already_approved", _("Versi ini sudah disetujui."))
NOT_DECIDED_YET: Final = Refusal(
    "not_decided_yet", _("Hasil belum ditetapkan pleno, jadi belum dapat diumumkan.")
)
NOT_THE_ADDRESSEE: Final = Refusal(
    "not_the_addressee",
    _("Langkah ini milik instansi tujuan; instansi kepegawaian menunggu rekomendasinya."),
)
ADDRESSED_TO_AGENCY: Final = Refusal(
    "addressed_to_the_agency",
    _("Penerusan ini langsung ke instansi kepegawaian, sehingga tidak menunggu rekomendasi."),
)
NO_AGENCY: Final = Refusal(
    "no_agency",
    _("Tentukan dahulu instansi terlapor; penerusan untuknya dialamatkan ke instansinya sendiri."),
)
NOT_UNDER_EXAMINATION: Final = Refusal(
    "not_under_examination",
    _("Pemeriksaan dicatat selama tindak lanjut berjalan, sebelum sanksi dijatuhkan."),
)
SANCTION_STEP_NOT_POSSIBLE: Final = Refusal(
    "sanction_step_not_possible", _("Perkembangan ini tidak mungkin pada keadaan sanksi sekarang.")
)
NUMBER_KNOWN: Final = Refusal(
    "external_number_known", _("Nomor ini sudah tercatat untuk berkas ini.")
)
DELIVERY_KNOWN: Final = Refusal("delivery_known", _("Bukti penyampaian paket ini sudah dicatat."))
SENT_MEANWHILE: Final = Refusal(
    RefusalCode.STALE,
    _("Sebagian hasil sudah diteruskan orang lain sejak halaman Anda dibuka. Periksa lagi."),
)
COPY_NOT_RELEASED: Final = Refusal(
    "copy_not_released",
    _("Hanya salinan bukti berkas ini yang sudah diperiksa orang kedua yang boleh dikirim."),
)
CONTEST_FIXED: Final = Refusal(
    "contest_fixed",
    _("Nomor yang menyebut pemilihan ini sudah diberikan; pemilihan tidak dapat diubah lagi."),
)
NO_SUCH_REQUIREMENT: Final = Refusal(
    "no_such_requirement", _("Syarat ini tidak ada dalam peraturan yang berlaku.")
)
DELIVERY_TIMES: Final = Refusal(
    "delivery_times",
    _("Waktu kirim tidak boleh sebelum dokumen terbit, dan waktu terima tidak sebelum dikirim."),
)
NO_PROOF: Final = Refusal("no_proof", _("Sebutkan bukti penerimaannya."))
DELIVERED_BEFORE: Final = Refusal("delivered_before", _("Penerimaan dokumen ini sudah dicatat."))
NOT_A_COLLEAGUE: Final = Refusal(
    "not_a_colleague", _("Pilih petugas yang mempunyai tugas di kantor ini.")
)
NO_STAGE_REASON: Final = Refusal(
    "no_stage_reason", _("Tuliskan mengapa tahapannya berbeda dari hitungan sistem.")
)
NO_LAW_ROW: Final = Refusal(
    "no_law_row", _("Perbuatan ini tidak diatur pada tahapan itu menurut peraturan hari kejadian.")
)
NOT_A_RESPONDENT: Final = Refusal("not_a_respondent", _("Hanya terlapor yang dapat ditautkan."))
UNIT_ELSEWHERE: Final = Refusal(
    "unit_of_another_agency", _("Unit ini bukan bagian dari instansi yang dipilih.")
)
NOT_EMPLOYED_THERE: Final = Refusal(
    "not_employed_there", _("Orang ini tidak tercatat bekerja di instansi itu pada hari kejadian.")
)
NO_SEALED_IDENTITY: Final = Refusal(
    "no_sealed_identity", _("Tidak ada identitas yang disimpan untuk pihak ini.")
)
NOTHING_TO_CONFIRM: Final = Refusal(
    "nothing_to_confirm", _("Tidak ada yang menunggu konfirmasi, atau sudah dikonfirmasi.")
)
OTHER_ELECTION: Final = Refusal(
    "other_election", _("Berkas ini menyangkut pemilihan lain; buka berkas tersendiri untuk itu.")
)
ALLEGED_BEFORE: Final = Refusal("alleged_before", _("Dugaan yang sama sudah ada."))
POWER_REVOKED: Final = Refusal("power_revoked", _("Kuasa ini sudah dicabut."))
NO_ONE_TO_CHECK: Final = Refusal(
    "no_one_to_check",
    _(
        "Informasi ini tanpa nama: tidak ada identitas yang dapat diperiksa, jadi kode tidak diganti."
    ),
)
DATA_STILL_NEEDED: Final = Refusal(
    "data_still_needed",
    _("Berkas masih ditangani atau ditahan, jadi identitas belum boleh dihapus."),
)
DATA_ANSWERED: Final = Refusal("data_answered", _("Permintaan ini sudah dijawab."))
WITHDRAWAL_RECORDED: Final = Refusal(
    "withdrawal_recorded", _("Pencabutan laporan ini sudah dicatat.")
)
NOBODY_NAMED: Final = Refusal("nobody_named", _("Isi identitas pelapor."))
DELIVERED_OUT_OF_TIME: Final = Refusal(
    "delivered_out_of_time",
    _("Waktu terima harus setelah undangan terbit dan tidak setelah waktu sekarang."),
)
NOBODY_TO_REMIND: Final = Refusal(
    "nobody_to_remind", _("Dari yang dipilih tidak ada yang petugasnya dapat diingatkan.")
)
NOBODY_HAS_IT: Final = Refusal("nobody_has_it", _("Belum ada petugasnya."))
OWN_WORK: Final = Refusal("own_work", _("Petugasnya Anda sendiri."))
REMINDED_TODAY: Final = Refusal("reminded_today", _("Petugasnya sudah diingatkan hari ini."))
NO_THRESHOLD: Final = Refusal("no_threshold", _("Tuliskan jumlah berkasnya, paling sedikit satu."))
