"""Every public form with random and hostile values: never a 500, nothing typed is lost."""

from base64 import b64encode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from complaints.models import Evidence, Upload
from complaints.services.evidence_intake import seen_words
from tests.complaints import factories
from tests.complaints.evidence import files
from tests.complaints.public.journey import begin, file_report

pytestmark = pytest.mark.django_db(transaction=True)

NASTY = [
    "",
    "\0",
    "'; DROP TABLE complaints_report; --",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}",
    "%s%n%(x)s",
    "\u0663\u0665.\u0667\u0661",
    "-1",
    "9" * 400,
    "9999-12-31",
    "0001-01-01",
    "2025-02-30",
    "javascript:alert(1)",
    "http://[::1",
    "\u202egnp.exe",
    "😀" * 50,
    "nama@contoh.id\nBcc: x@y.z",
]
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
QUIET = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# With nineteen questions some two thousand hostile submissions.
MANY = settings(QUIET, max_examples=100)
QUESTIONS = {
    "mulai": ("cara",),
    "lanjut": ("kode",),
    "perbuatan": ("kategori",),
    "uraian": ("uraian",),
    "waktu": ("ketepatan", "kejadian", "sampai", "jam", "diketahui"),
    "tempat": ("cara", "wilayah", "tempat", "platform", "akun", "alamat", "cari_wilayah"),
    "terlapor/1": ("nama", "ciri", "instansi", "unit", "jenis", "satuan", "cari_unit"),
    "terlapor/saran": ("cari_unit",),
    "pemilihan": ("kontestasi", "siapa"),
    "bukti/alamat": ("alamat", "platform", "akun", "diunggah", "jam_unggah", "keterangan"),
    "saksi/1": ("nama", "alamat", "telepon"),
    "perangkat": ("cara",),
    "rekan": ("rekan",),
    "sebagai": ("sebagai",),
    "kuasa": ("pelapor_diwakili", "alamat_diwakili"),
    "identitas": (
        "nama",
        "nik",
        "tempat_lahir",
        "tanggal_lahir",
        "kelamin",
        "pekerjaan",
        "alamat",
    ),
    "kontak": ("telepon", "surel"),
    "tandatangan": ("cara", "nama_ketik", "coretan"),
    "kirim": ("benar",),
}
# Pages with two forms name the one that was posted.
FORMS = {"mulai": "choice", "bukti/alamat": "web"}
FINE = {200, 302, 404, 422, 429}


@pytest.fixture(autouse=True)
def _without_limits(settings):
    """Hostile words are to reach the forms, not the counters before them."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (100_000, 60))


@pytest.mark.parametrize("step", QUESTIONS)
@MANY
@given(data=st.data())
def test_a_question_survives_anything(client, step, data):
    if "draf" not in client.session:
        begin(client)
    posted = {name: data.draw(values, label=name) for name in QUESTIONS[step]}
    answer = client.post(f"/lapor/{step}/", posted)
    assert answer.status_code in FINE
    if answer.status_code == 422:
        form = answer.context[FORMS.get(step, "form")]
        assert dict(form.data.items()) == posted


@pytest.mark.parametrize("step", ["pesan", "cabut", "lengkapi", "terima"])
@QUIET
@given(words=values, version=values)
def test_the_mailbox_survives_anything(client, step, words, version):
    if "kotak" not in client.session:
        code = file_report(client, contest=factories.contest().pk)
        client.post("/lacak/", {"kode": code.text})
    posted = {"pesan": words, "alasan": words, "jawaban": words, "versi": version, "yakin": words}
    assert client.post(f"/lacak/laporan/{step}/", posted).status_code in {*FINE, 409}


@QUIET
@given(day=values, place=values)
def test_the_window_survives_anything(day, place):
    answer = Client().post("/lapor/", {"diketahui": day, "wilayah": place})
    assert answer.status_code in FINE


@QUIET
@given(kind=values)
def test_a_forged_cookie_opens_nothing(kind):
    client = Client()
    client.cookies["terkirim"] = kind.encode("ascii", "ignore").decode().replace("\n", "")
    assert client.get("/lapor/selesai/").status_code == 404


UPLOADS, TUS = "/lapor/bukti/unggah/", {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"
NAMES = [
    "../../etc/passwd",
    "C:\\a\\b.exe",
    "a" * 5_000,
    "foto\r\n.jpg",
    ".",
    "\u2028",
    "\ud7ff.pdf",
]
# What stands in a header has been read as Latin-1.
RAW = st.text(st.characters(max_codepoint=255), max_size=60)
LENGTHS = st.one_of(st.sampled_from(["-1", "1e3", "0x10", "", "٣", "9" * 30, "5", "5"]), RAW)


def _encoded(value):
    return b64encode(value if isinstance(value, bytes) else value.encode(errors="replace")).decode()


TOLD = st.one_of(values, st.sampled_from(NAMES), st.binary(max_size=60)).map(_encoded)


@MANY
@given(name=st.one_of(TOLD, RAW), caption=TOLD, size=LENGTHS, offset=LENGTHS, garbage=RAW)
def test_what_is_told_of_an_upload_may_be_anything(client, name, caption, size, offset, garbage):
    if "draf" not in client.session:
        begin(client)
    told = {"Upload-Metadata": f"filename {name},keterangan {caption}{garbage[:3]}"}
    answer = client.post(UPLOADS, headers={**TUS, "Upload-Length": size, **told})
    if answer.status_code != 201:
        assert (answer.status_code in {400, 413, 422}, _says(answer)) == (True, True)
        return
    url, row = answer.headers["Location"], Upload.objects.get()
    shown = (row.name, row.caption)
    assert tuple(map(seen_words, shown)) == shown
    assert ("/" in row.name, len(row.name) <= 200, len(row.caption) <= 200) == (False, True, True)
    moved = client.patch(url, b"12", content_type=PART, headers={**TUS, "Upload-Offset": offset})
    assert (moved.status_code in {400, 409}, _says(moved)) == (True, True)
    assert client.head(url, headers=TUS).headers["Upload-Offset"] == "0"
    client.delete(url, headers=TUS)


def _says(answer):
    """Whether a refusal is a sentence for whoever chose the file."""
    sentence = answer.content.decode()
    return answer["Content-Type"].startswith("text/plain") and sentence.endswith(".")


def test_after_all_that_a_file_arrives_whole(client):
    begin(client)
    content = files.picture()
    for name in ("\xe9\xff", "!!!", _encoded(b"\xff\xfe")):
        told = {"Upload-Length": "9", "Upload-Metadata": f"filename {name}"}
        assert client.post(UPLOADS, headers={**TUS, **told}).status_code == 400
    name, caption = _encoded("../../a\0b.jpg"), _encoded("Satu\0 dua\n")
    told = {
        "Upload-Length": str(len(content)),
        "Upload-Metadata": f"filename {name},keterangan {caption}",
    }
    made = client.post(UPLOADS, headers={**TUS, **told})
    url = made.headers["Location"]
    for offset, status in (("-1", 400), ("1", 409), ("x", 400), ("0", 204)):
        headers = {**TUS, "Upload-Offset": offset}
        answer = client.patch(url, content, content_type=PART, headers=headers)
        assert answer.status_code == status
    evidence = Evidence.objects.get()
    assert (evidence.original_name, evidence.caption, evidence.size) == (
        "ab.jpg",
        "Satu dua",
        len(content),
    )
