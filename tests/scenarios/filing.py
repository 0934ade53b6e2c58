"""What a citizen does on a phone: the questions of a report, one page each, and the mailbox."""

from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Report, Tip
from tests.complaints.public.journey import PERSON, SIGNED
from tests.scenarios.pages import Visitor

# A picture of one pixel: what is handed in is looked at, not believed by its name.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
POSE = "Seorang lurah memasang foto di status WhatsApp dengan pose jari tanda dukungan."
LURAH = {"nama": "Lurah contoh", "unit": "Kelurahan Contoh", "jenis": "PNS"}

ASKED = {
    "sebagai": "sebagai",
    "identitas": "nama nik tempat_lahir tanggal_lahir kelamin pekerjaan alamat",
    "kontak": "telepon surel",
}


def picture(name="status.png", more=b""):
    """A file as a phone sends it."""
    return SimpleUploadedFile(name, PIXEL + more, "image/png")


def tell(*, on, region, contest, named, respondents=(LURAH,), acts=("FINGER_POSE",), account=POSE):
    """Answer every question and send; return the secret code and what came of it."""
    phone = Visitor()
    phone.send("/lapor/", {"cara": "nama" if named else "anonim"})
    phone.send("/lapor/perangkat/", {"cara": "sendiri"})
    code = phone.open("/lapor/kode/").context["code"]
    phone.send("/lapor/kode/", {"akhir": code.last_group})
    where = {"cara": "internet", "wilayah": region, "platform": "WhatsApp"}
    phone.send("/lapor/perbuatan/", {"kategori": list(acts)})
    phone.send("/lapor/uraian/", {"uraian": account})
    phone.send("/lapor/waktu/", {"ketepatan": "DAY", "kejadian": on, "diketahui": on})
    phone.send("/lapor/tempat/", where)
    for number, who in enumerate(respondents, 1):
        phone.send(f"/lapor/terlapor/{number}/", who)
    phone.send("/lapor/rekan/", {"rekan": "tidak"})
    phone.send("/lapor/pemilihan/", {"kontestasi": str(contest.pk) if contest else ""})
    phone.send("/lapor/bukti/", {"berkas": picture(), "keterangan": "Tangkapan layar"})
    if named:
        for step, names in ASKED.items():
            phone.send(f"/lapor/{step}/", {name: PERSON[name] for name in names.split()})
        phone.send("/lapor/tandatangan/", SIGNED)
    assert ("informasi awal" in phone.read("/lapor/periksa/")) is not named
    phone.send("/lapor/kirim/", {"benar": "on"})
    return code, (Report if named else Tip).objects.latest("pk")


def mailbox(code):
    """Open the mailbox of a code."""
    phone = Visitor()
    phone.send("/lacak/", {"kode": code.text})
    return phone


def told(code):
    """What the citizen reads in the mailbox, in one line."""
    return mailbox(code).read("/lacak/laporan/")
