"""What citizens tell in the demo: believable, about roles and nobody real."""

from dataclasses import dataclass
from typing import Final

OFFICES: Final = ("set", "insp", "bkpsdm", "dik", "din", "disk", "satpol")
SCHOOLS: Final = ("sd-",)


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of event, with `{unit}` and `{city}` to fill in.

    Attributes:
        category: A citizen category of the law table.
        who: The respondent's role; the unit follows.
        kind: The subject kind.
        platform: Empty when it happened at a place.
        units: How the codes of fitting units begin.
        elsewhere: Agency and unit of somebody who is no civil servant of the city.
    """

    category: str
    who: str
    text: str
    place: str = ""
    platform: str = ""
    kind: str = "PNS"
    units: tuple[str, ...] = OFFICES
    elsewhere: tuple[str, str] | None = None


STORIES: Final = (
    Story(
        "FINGER_POSE",
        "Lurah contoh",
        "Saya melihat di status WhatsApp foto bersama beberapa pegawai {unit}. Semua menunjukkan"
        " dua jari, sama dengan nomor urut salah satu pasangan calon di {city}. Status itu tampil"
        " sejak pagi dan saya sempat menyimpan tangkapan layarnya.",
        platform="WhatsApp",
        units=("kel-",),
    ),
    Story(
        "LIKE_COMMENT_SHARE",
        "Pegawai contoh",
        "Akun Facebook seorang pegawai {unit} membagikan ulang iklan kampanye salah satu calon"
        " dan menulis komentar dukungan. Beberapa tetangga juga melihatnya.",
        platform="Facebook",
    ),
    Story(
        "ATTEND_RALLY",
        "Camat contoh",
        "Pada acara deklarasi di lapangan dekat {unit}, saya melihat pejabat ini duduk di barisan"
        " depan, memakai kaus bergambar calon, dan ikut bertepuk tangan saat yel-yel.",
        place="Lapangan Contoh",
        units=("kec-",),
    ),
    Story(
        "STATE_CAR",
        "Kepala bidang contoh",
        "Mobil dinas {unit} dipakai mengangkut spanduk dan kursi ke tempat kampanye. Pelat"
        " nomornya merah dan saya memotretnya dari seberang jalan.",
        place="Halaman gedung serbaguna contoh",
    ),
    Story(
        "PARTISAN_ORDER",
        "Kepala sekolah contoh",
        "Dalam rapat wali murid di {unit}, pimpinan rapat mengajak semua orang tua memilih satu"
        " pasangan calon supaya bantuan sekolah lancar. Ada rekaman suara dari peserta rapat.",
        place="Aula sekolah contoh",
        units=SCHOOLS,
    ),
    Story(
        "MONEY_OR_GOODS",
        "Pegawai contoh",
        "Seorang pegawai {unit} membagikan paket sembako berstiker calon dari rumah ke rumah di"
        " {city}. Satu paket masih saya simpan.",
        place="Permukiman warga contoh",
    ),
    Story(
        "PHOTO_WITH_CANDIDATE",
        "Guru contoh",
        "Guru di {unit} mengunggah foto berdampingan dengan calon dan tim pemenangan, lengkap"
        " dengan atribut kampanye, di akun Instagram yang terbuka untuk umum.",
        platform="Instagram",
        kind="PPPK",
        units=SCHOOLS,
    ),
    Story(
        "CAMPAIGN_TEAM",
        "Staf ahli contoh",
        "Nama pegawai {unit} tercantum dalam susunan tim pemenangan yang disebarkan di grup"
        " warga. Nomor telepon yang tertulis adalah nomor kantornya.",
        platform="WhatsApp",
    ),
    Story(
        "BANNERS",
        "Pegawai contoh",
        "Dua pegawai {unit} memasang spanduk calon di pagar kantor pada malam hari. Pemasangan"
        " terlihat dari kamera pos ronda.",
        place="Pagar kantor contoh",
    ),
    Story(
        "HATE_HOAX",
        "Pegawai contoh",
        "Akun atas nama pegawai {unit} menyebarkan kabar bahwa salah satu calon sudah gugur,"
        " padahal tidak benar. Unggahan itu dibagikan puluhan kali.",
        platform="TikTok",
    ),
    Story(
        "UNFAIR_DECISION",
        "Kepala dinas contoh",
        "Bantuan dari {unit} hanya dibagikan kepada kelompok yang mendukung salah satu calon."
        " Kelompok lain di {city} diminta menunggu sampai pemungutan suara selesai.",
        place="Kantor dinas contoh",
    ),
    Story(
        "ATTEND_RALLY",
        "Anggota TNI contoh",
        "Seorang anggota TNI berseragam naik ke panggung kampanye di {city} dan ikut memandu"
        " yel-yel pasangan calon.",
        place="Panggung terbuka contoh",
        kind="TNI",
        elsewhere=("Tentara Nasional Indonesia", "Koramil Contoh"),
    ),
    Story(
        "POST_SUPPORT",
        "Anggota Polri contoh",
        "Akun seorang anggota Polri mengunggah ajakan memilih salah satu calon dan memakai foto"
        " berseragam sebagai gambar profil.",
        platform="Facebook",
        kind="POLRI",
        elsewhere=("Kepolisian Negara Republik Indonesia", "Polsek Contoh"),
    ),
    Story(
        "INTRODUCE_CANDIDATE",
        "Kepala desa contoh",
        "Dalam pertemuan warga, perangkat desa memperkenalkan calon dan membagikan kartu nama"
        " calon kepada yang hadir.",
        place="Balai pertemuan contoh",
        kind="VILLAGE",
        elsewhere=("Pemerintah Desa Contoh", "Kantor Desa Contoh"),
    ),
)

COMPLETION_ANSWER: Final = (
    "Saya tambahkan alamat lengkap tempat kejadian dan tangkapan layar yang lebih jelas."
)
