"""The words of synthetic files; people are roles, places are examples."""

from typing import Final

POSITIONS: Final = (
    "Lurah contoh",
    "Camat contoh",
    "Kepala dinas contoh",
    "Kepala bidang contoh",
    "Kepala sekolah contoh",
    "Guru contoh",
    "Staf kecamatan contoh",
    "Perawat contoh",
    "Sekretaris kelurahan contoh",
    "Penyuluh contoh",
    "Pejabat fungsional contoh",
    "Pegawai PPPK contoh",
)
UNITS: Final = (
    "Dinas Pendidikan",
    "Dinas Kesehatan",
    "Dinas Sosial",
    "Dinas Perhubungan",
    "Kecamatan Contoh Utara",
    "Kecamatan Contoh Selatan",
    "Kelurahan Contoh Satu",
    "Kelurahan Contoh Dua",
    "Puskesmas Contoh",
    "Sekretariat Daerah",
)
DEEDS: Final = (
    "mengunggah foto bersama pasangan calon dengan pose jari",
    "menyukai dan membagikan unggahan kampanye",
    "hadir di panggung kampanye dengan atribut dinas",
    "mengajak bawahan memilih pasangan calon tertentu",
    "memasang stiker pasangan calon di kendaraan dinas",
    "membagikan bantuan sambil menyebut nama pasangan calon",
    "menulis dukungan di grup percakapan kantor",
)
SURROUNDINGS: Final = (
    "Kejadian itu dilihat beberapa warga di sekitar balai pertemuan.",
    "Unggahan masih tampak sampai sore hari dan dikomentari banyak orang.",
    "Pada waktu itu yang bersangkutan memakai seragam dinas.",
    "Ada rekaman layar dan dua orang saksi yang bersedia memberi keterangan.",
    "Acara berlangsung pada jam kerja dan diumumkan sehari sebelumnya.",
)
PLATFORMS: Final = ("Facebook", "Instagram", "TikTok", "WhatsApp", "X")
REASON: Final = "Alasan contoh untuk data buatan."
FACTS: Final = "Fakta contoh yang diperoleh dari klarifikasi dan bukti."
ANALYSIS: Final = "Analisis contoh: unsur perbuatan dan tahapan dibandingkan dengan ketentuan."
