"""Why evidence is not opened, prepared or released, each with the sentence the page shows."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from neutrality.casework.refusals import Refusal, RefusalCode

NOT_EXAMINED: Final = Refusal("evidence_not_examined", _("Berkas ini belum selesai diperiksa."))
QUARANTINED: Final = Refusal(
    "evidence_quarantined", _("Berkas ini dikarantina dan tidak dapat dibuka.")
)
NO_FILE: Final = Refusal("evidence_without_file", _("Bukti ini tidak mempunyai berkas."))
ERASED: Final = Refusal(
    "evidence_erased", _("Berkas ini sudah dihapus dan tidak dapat dibuka lagi.")
)
REASON_NEEDED: Final = Refusal("evidence_reason_needed", _("Tuliskan alasan membuka berkas ini."))
STAYS_IN_HOUSE: Final = Refusal(
    "evidence_stays_in_house", _("Bukti identitas tidak pernah keluar dari kantor ini.")
)
NOT_A_WORKING_COPY: Final = Refusal(
    "not_a_working_copy", _("Hanya salinan bersih atau yang disamarkan dapat disiapkan.")
)
PREPARED_BEFORE: Final = Refusal(
    RefusalCode.ALREADY_REQUESTED, _("Salinan ini sudah disiapkan untuk penerima yang sama.")
)
CHECK_MISSING: Final = Refusal(
    "disclosure_check_missing", _("Jawab setiap pertanyaan sebelum salinan disiapkan.")
)
NOT_REDACTED: Final = Refusal(
    "copy_not_redacted",
    _("Pada salinan ini belum ada bagian yang disamarkan. Samarkan dahulu, lalu siapkan hasilnya."),
)
NOTE_NEEDED: Final = Refusal(
    "disclosure_note_needed",
    _("Tuliskan mengapa yang tampak tidak menunjuk pelapor."),
)
NOT_REDACTABLE: Final = Refusal(
    "not_redactable", _("Salinan ini tidak dapat disamarkan dengan cara ini.")
)
MARK_OUTSIDE: Final = Refusal(
    "mark_outside",
    _("Bagian yang ditandai berada di luar salinan ini. Periksa halaman atau waktu."),
)
WORDING_NEEDED: Final = Refusal(
    "wording_needed", _("Tuliskan sebutan bukti ini untuk penerima, tanpa kata-kata pelapor.")
)
ACCOUNT_WORDS_NEEDED: Final = Refusal(
    "account_words_needed", _("Tuliskan uraian untuk penerima, dengan kata-kata Anda sendiri.")
)
WORDED_BEFORE: Final = Refusal(
    RefusalCode.ALREADY_REQUESTED,
    _("Untuk penerima ini sudah ada uraian yang menunggu atau sudah dilepas."),
)
NO_AREA: Final = Refusal("no_area", _("Isi paling sedikit satu bagian yang disamarkan."))
NOT_PREPARED: Final = Refusal(
    "copy_not_prepared", _("Salinan ini belum disiapkan untuk penerima di luar kantor.")
)
DECIDED_BEFORE: Final = Refusal(RefusalCode.ALREADY_DECIDED, _("Salinan ini sudah diputuskan."))
SECOND_PERSON_NEEDED: Final = Refusal(
    "second_person_needed", _("Salinan harus diperiksa orang lain, bukan yang menyiapkannya.")
)
COLLEAGUE_CHECK_NEEDED: Final = Refusal(
    "colleague_check_needed",
    _("Nyatakan dahulu bahwa Anda sudah mencari apa yang hanya diketahui rekan kerja terlapor."),
)
FILES_NOT_CHECKED: Final = Refusal(
    "files_not_checked",
    _(
        "Kepada terlapor hanya dikirim salinan bukti yang sudah disiapkan dan dilepas orang kedua"
        " untuk terlapor. Pesan ini belum dikirim."
    ),
)
DECLINE_REASON_NEEDED: Final = Refusal(
    "decline_reason_needed", _("Tuliskan alasan salinan ini ditolak.")
)
