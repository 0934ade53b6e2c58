"""What can be wrong with a row or a file: a code, and the sentence that people read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RowError(TextChoices):
    """Why a row is not taken over; the first thing found. Nothing is guessed."""

    ROW_SHORT = "ROW_SHORT", _("Baris ini tidak mempunyai semua kolom.")
    NUMBER_MISSING = "NUMBER_MISSING", _("Nomor pegawai kosong.")
    NUMBER_SCIENTIFIC = (
        "NUMBER_SCIENTIFIC",
        _(
            "Excel mengubah nomor ini menjadi notasi ilmiah dan angka terakhirnya hilang. "
            "Format kolom sebagai teks lalu ekspor ulang."
        ),
    )
    NUMBER_ROUNDED = (
        "NUMBER_ROUNDED",
        _(
            "Tiga angka terakhir nol: Excel membulatkan nomor sesudah angka ke-15. "
            "Format kolom sebagai teks lalu ekspor ulang."
        ),
    )
    NUMBER_DECIMAL = (
        "NUMBER_DECIMAL",
        _("Nomor ini berisi koma atau titik desimal; Excel membacanya sebagai bilangan."),
    )
    NUMBER_SHORT = "NUMBER_SHORT", _("Nomor kurang dari 18 angka; mungkin ada angka yang hilang.")
    NUMBER_LONG = "NUMBER_LONG", _("Nomor lebih dari 18 angka.")
    NUMBER_OLD = "NUMBER_OLD", _("Ini NIP lama dengan 9 angka; yang diperlukan NIP 18 angka.")
    NUMBER_LETTERS = "NUMBER_LETTERS", _("Nomor berisi huruf atau tanda lain.")
    NUMBER_BIRTH = "NUMBER_BIRTH", _("Delapan angka pertama nomor bukan tanggal lahir.")
    NUMBER_YEAR = "NUMBER_YEAR", _("Tahun pengangkatan pada nomor tidak sesudah tahun lahir.")
    NUMBER_MONTH = (
        "NUMBER_MONTH",
        _("Angka ke-13 dan ke-14 bukan bulan (NIP) dan bukan urutan perjanjian kerja (NI PPPK)."),
    )
    NUMBER_SEX = "NUMBER_SEX", _("Angka ke-15 nomor harus 1 atau 2.")
    NUMBER_NIK = (
        "NUMBER_NIK",
        _("Ini NIK, bukan NIP. NIK hanya diterima bila instansi mencatat pegawai non-ASN."),
    )
    NUMBER_NIK_WRONG = "NUMBER_NIK_WRONG", _("Nomor 16 angka ini bukan NIK yang sah.")
    NUMBER_REPLACED = (
        "NUMBER_REPLACED",
        _("Nomor ini sudah diganti atau berakhir; pakai nomor orang ini yang sekarang."),
    )
    FORMER_WRONG = "FORMER_WRONG", _("Nomor lama bukan NIP atau NI PPPK yang sah.")
    NAME_MISSING = "NAME_MISSING", _("Nama kosong.")
    NAME_IS_NUMBER = "NAME_IS_NUMBER", _("Nama berisi angka; mungkin kolomnya tertukar.")
    TITLE_MISSING = "TITLE_MISSING", _("Jabatan kosong.")
    UNIT_MISSING = "UNIT_MISSING", _("Unit kerja kosong.")
    UNIT_UNKNOWN = "UNIT_UNKNOWN", _("Unit kerja tidak dikenal.")
    UNIT_AMBIGUOUS = (
        "UNIT_AMBIGUOUS",
        _("Lebih dari satu unit kerja bernama ini; pakai kode unit kerja."),
    )
    UNIT_LOST_ZEROS = (
        "UNIT_LOST_ZEROS",
        _("Kode unit tampaknya kehilangan nol di depan. Format kolom sebagai teks."),
    )
    UNIT_IS_DATE = "UNIT_IS_DATE", _("Excel mengubah kode unit menjadi tanggal.")
    UNIT_OUTSIDE = "UNIT_OUTSIDE", _("Unit kerja di luar cakupan impor ini.")
    TOO_LONG = "TOO_LONG", _("Isi salah satu sel terlalu panjang.")
    FORMULA = "FORMULA", _("Sel berisi rumus; simpan nilainya saja.")
    EXCEL_ERROR = "EXCEL_ERROR", _("Sel berisi galat Excel, misalnya #N/A.")
    CLASS_UNKNOWN = "CLASS_UNKNOWN", _("Kelompok jabatan tidak dikenal.")
    KIND_UNKNOWN = "KIND_UNKNOWN", _("Status kepegawaian tidak dikenal.")
    KIND_NOT_TAKEN = (
        "KIND_NOT_TAKEN",
        _("Pegawai non-ASN hanya diterima bila instansi mencatatnya."),
    )
    KIND_OTHER = "KIND_OTHER", _("Status kepegawaian tidak cocok dengan nomornya.")
    SINCE_WRONG = "SINCE_WRONG", _("TMT jabatan bukan tanggal.")
    SINCE_SERIAL = (
        "SINCE_SERIAL",
        _("TMT jabatan berupa angka Excel, bukan tanggal. Format kolom sebagai tanggal."),
    )
    SINCE_LATER = "SINCE_LATER", _("TMT jabatan sesudah tanggal data ini.")
    LEAVES_UNKNOWN = "LEAVES_UNKNOWN", _("Alasan keluar tidak dikenal.")
    DUPLICATE = "DUPLICATE", _("Nomor ini ada lebih dari sekali dalam berkas.")
    SAME_PERSON = "SAME_PERSON", _("Baris lain menyebut orang yang sama dengan nomor lain.")
    NOT_EMPLOYED = (
        "NOT_EMPLOYED",
        _("Orang ini tidak tercatat pada instansi, jadi tidak dapat keluar."),
    )


class FileProblem(TextChoices):
    """Why a file cannot be read at all; nothing was changed."""

    EMPTY = "EMPTY", _("Berkas ini kosong.")
    NO_ROWS = "NO_ROWS", _("Berkas ini hanya berisi judul kolom.")
    NO_HEADER = "NO_HEADER", _("Baris judul kolom tidak ditemukan dalam 20 baris pertama.")
    NOT_A_TABLE = (
        "NOT_A_TABLE",
        _("Berkas ini bukan CSV dan bukan XLSX. Simpan ulang dari sistem asal."),
    )
    OLD_EXCEL = (
        "OLD_EXCEL",
        _("Ini berkas XLS lama atau XLSX dengan kata sandi. Simpan sebagai XLSX biasa atau CSV."),
    )
    BROKEN_EXCEL = "BROKEN_EXCEL", _("Berkas XLSX ini rusak. Simpan ulang lalu coba lagi.")
    TOO_MANY_FOR_EXCEL = (
        "TOO_MANY_FOR_EXCEL",
        _("XLSX dengan lebih dari 100.000 baris terlalu berat. Simpan sebagai CSV."),
    )
    TOO_MANY_UNITS = (
        "TOO_MANY_UNITS",
        _("Terlalu banyak unit kerja yang tidak dikenal. Periksa pemetaan kolom unit kerja."),
    )
    BROKEN_CSV = (
        "BROKEN_CSV",
        _("Tanda kutip dalam CSV tidak ditutup. Ekspor ulang lalu coba lagi."),
    )
    WRONG_COLUMNS = (
        "WRONG_COLUMNS",
        _("Lebih dari separuh baris tidak berisi nomor pegawai. Periksa pemetaan kolom."),
    )
    COLUMN_GONE = "COLUMN_GONE", _("Kolom yang dipilih tidak ada dalam berkas.")
    FILE_GONE = "FILE_GONE", _("Berkas tidak dapat dibuka lagi. Unggah ulang.")
    INTERRUPTED = "INTERRUPTED", _("Pembacaan terhenti. Unggah ulang berkas ini.")


class FileRefused(Exception):
    """A file that cannot be read; carries the problem."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem.label)
