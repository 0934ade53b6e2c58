"""Every public form with random and hostile values: never a 500, nothing typed is lost."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.complaints import factories
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
