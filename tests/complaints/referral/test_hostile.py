"""Whatever is posted, no page breaks: a sentence, a way back, or nothing there."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from complaints.models import Sanction
from tests.complaints import factories as make
from tests.complaints.referral.scene import DECREE, Scene, agency, kanreg

pytestmark = pytest.mark.django_db
ANSWERS = {200, 302, 404, 409, 422}
NASTY = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "\0",
            "9" * 40,
            "-1",
            "0000-00-00",
            "9999-12-31",
            "2025-06-19",
            "1",
            "HEAVY",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "\ud800".encode("utf-8", "replace").decode(),
            "٣",
            "on",
        ]
    ),
)
FIELDS = (
    "versi",
    "alasan",
    "waktu",
    "pihak",
    "nomor_surat",
    "tanggal_surat",
    "orang_kedua",
    "sandi_orang_kedua",
    "jenis_sanksi",
    "instansi",
    "berlaku",
    "tindakan",
    "kanal",
    "salinan",
    "tembusan",
    "jumlah",
    "sistem",
    "nomor",
    "tanggal",
    "bukti",
    "tim",
    "dipanggil",
    "diperiksa",
    "berita_acara",
    "pemeriksa",
    "perkembangan",
    "jenis_baru",
    "catatan",
    "keadaan",
    "tampilan",
    "cari",
    "dari",
)
POSTS = st.dictionaries(st.sampled_from(FIELDS), NASTY, max_size=12)
TRIES = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def pages(browser_of, travel):
    """Every form after the decision with somebody who may open it."""
    scene = Scene(employer=agency())
    scene.another_respondent("Camat contoh", None)
    item, other = scene.send()
    scene.recommend(item)
    officer = make.actor("Disiplin contoh", "hr_discipline", agency=scene.agency)
    scene.step(item, "START_FOLLOW_UP", officer, make.at(20, 9))
    scene.another_respondent("Guru contoh", None)
    Sanction.objects.create(
        item=item,
        sanction_class=DECREE["sanction_class"],
        decree_number="SK-0",
        decree_on="2025-06-20",
        effective_on="2025-06-20",
        recorded_at=scene.clock.now,
        recorded_by_id=officer.user_id,
    )
    travel(20, 12)
    office = browser_of(scene.handler_user)
    body = browser_of(make.user("D", "liaison", body=kanreg()))
    discipline = browser_of(make.user("H", "hr_discipline", agency=scene.agency))
    desk, mine = f"/petugas/penerusan/{other.public_id}", f"/instansi/{other.public_id}"
    base = f"/kepegawaian/disiplin/{item.public_id}"
    package = other.packages.get()
    return [
        (office, f"/petugas/perkara/{scene.matter.public_id}/teruskan/"),
        (office, f"{desk}/langkah/RECORD_ACKNOWLEDGE/"),
        (office, f"{desk}/langkah/RECORD_RETURN/"),
        (office, f"{desk}/langkah/RESEND/"),
        (office, f"{desk}/langkah/TIDAK-ADA/"),
        (office, f"{desk}/nomor/"),
        (office, f"{desk}/paket/{package.public_id}/tiba/"),
        (body, f"{mine}/langkah/ACKNOWLEDGE/"),
        (body, f"{mine}/langkah/RECOMMEND/"),
        (body, f"{mine}/langkah/CONTROL/"),
        (body, f"{mine}/konfirmasi/1/"),
        (body, f"{mine}/nomor/"),
        (discipline, f"{base}/langkah/SANCTION/"),
        (discipline, f"{base}/langkah/MARK_INACTIVE/"),
        (discipline, f"{base}/pemeriksaan/"),
        (discipline, f"{base}/pemeriksa/"),
        (discipline, f"{base}/sanksi/{Sanction.objects.get().pk}/"),
    ]


@TRIES
@given(posted=POSTS)
def test_no_form_breaks_on_what_is_posted(pages, posted):
    answers = {url: browser.post(url, posted).status_code for browser, url in pages}
    assert {url: code for url, code in answers.items() if code not in ANSWERS} == {}


@TRIES
@given(asked=POSTS)
def test_no_list_breaks_on_what_is_asked(pages, client, asked):
    urls = [(client, "/data/"), (client, "/data/netralitas-asn.csv")]
    urls += [(pages[0][0], "/petugas/penerusan/"), (pages[-1][0], "/kepegawaian/disiplin/")]
    answers = {url: browser.get(url, asked).status_code for browser, url in urls}
    assert {url: code for url, code in answers.items() if code not in ANSWERS | {400}} == {}
