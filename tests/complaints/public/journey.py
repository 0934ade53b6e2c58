"""The citizen's journey as a test makes it: one small function per page."""

import re

from complaints.services.codes import read_code

ACCOUNT = "Lurah contoh mengunggah foto dengan pose jari di status WhatsApp pada jam kerja."
PERSON = {
    "nama": "Pelapor Contoh",
    "nik": "3571014506900001",
    "tempat_lahir": "Kediri",
    "tanggal_lahir": "1990-06-05",
    "kelamin": "P",
    "pekerjaan": "Pedagang",
    "alamat": "Jalan Contoh 1",
    "telepon": "0812 3456 7890",
    "surel": "pelapor@contoh.id",
    "sebagai": "VOTER",
}
WHERE = {"cara": "internet", "wilayah": "35.71", "platform": "WhatsApp", "akun": "lurah contoh"}
WHEN = {"ketepatan": "DAY", "kejadian": "2025-06-14", "diketahui": "2025-06-14"}
RESPONDENT = {"nama": "Lurah contoh", "unit": "Kelurahan Contoh", "jenis": "PNS"}


SIGNED = {"cara": "TYPED", "nama_ketik": "Pelapor Contoh"}


def begin(client, *, anonymous=False, device="sendiri"):
    """Start a draft, write the code down, and return it."""
    client.post("/lapor/mulai/", {"cara": "anonim" if anonymous else "nama"})
    client.post("/lapor/perangkat/", {"cara": device})
    page = client.get("/lapor/kode/").content.decode()
    code = read_code(re.search(r'secret-code" id="kode">([^<]+)<', page)[1])
    answer = client.post("/lapor/kode/", {"akhir": code.last_group.lower()})
    assert answer.headers["Location"] == "/lapor/perbuatan/"
    return code


def fill(client, *, contest="", when=WHEN, anonymous=False, person=PERSON, coworker="tidak"):
    """Answer every question; each answer leads on."""
    answers = [
        ("perbuatan", {"kategori": ["POST_SUPPORT"]}),
        ("uraian", {"uraian": ACCOUNT}),
        ("waktu", when),
        ("tempat", WHERE),
        ("terlapor/1", RESPONDENT),
        ("rekan", {"rekan": coworker}),
        ("pemilihan", {"kontestasi": contest, "siapa": "Calon contoh"}),
        ("saksi/1", {"nama": "Saksi Contoh"}),
    ]
    if not anonymous:
        steps = ["sebagai", "identitas", "kontak"]
        if person["sebagai"] == "ATTORNEY":
            steps.insert(1, "kuasa")
        answers += [(step, person) for step in steps]
        answers.append(("tandatangan", SIGNED))
    for step, data in answers:
        answer = client.post(f"/lapor/{step}/", data)
        assert answer.status_code == 302, (step, answer.context["form"].errors)


def file_report(client, **options):
    """Go the whole way and return the code."""
    code = begin(client, anonymous=options.get("anonymous", False))
    fill(client, **options)
    answer = client.post("/lapor/kirim/", {"benar": "on"})
    assert answer.headers["Location"] == "/lapor/selesai/"
    return code
