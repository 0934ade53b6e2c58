"""Whatever is posted, the answer is a page and never a fault of ours."""

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, url

pytestmark = pytest.mark.django_db
ANSWERS = {200, 302, 400, 404, 409, 422}
FEW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "\0", "0", "-1", "99999999999999999999", "NaN", "<script>", "' OR 1=1 --", "١٢٣"]
    ),
)
moments = st.one_of(
    words,
    st.sampled_from(
        ["2025-06-19T09:00", "0001-01-01T00:00", "9999-12-31T23:59", "2025-02-30T10:00"]
    ),
)


class Visited(Scene):
    """A matter in its assessment with a planned session, and a commissioner at its pages."""

    def __init__(self):
        super().__init__()
        self.in_assessment()
        self.planned = self.session(clock=make.at(18, 10)).session
        self.browser = self.client("chair")
        self.browser.raise_request_exception = True


@pytest.fixture
def scene():
    with time_machine.travel(make.at(18, 11).now, tick=False):
        yield Visited()


@FEW
@given(data=st.data())
def test_no_form_falls_over(scene, data):
    matter, session, pk = scene.matter.public_id, scene.planned.public_id, scene.allegation.pk
    forms = [
        (url("meeting_plan"), {"kantor": words, "waktu": moments, "cara": words, "tempat": words}),
        (
            url("session_plan", matter),
            {"pihak": words, "mulai": moments, "selesai": moments, "cara": words, "tempat": words},
        ),
        (
            url("assessment", matter),
            {
                "fakta": words,
                "analisis": words,
                "versi": words,
                f"unsur_{pk}": words,
                f"simpulan_{pk}": words,
            },
        ),
        (url("case_extend", matter), {"alasan": words}),
        (url("case_correct", matter), {"alasan": words, "versi": words}),
        (url("case_step", matter, "CLARIFY"), {"alasan": words, "waktu": moments, "versi": words}),
        (
            url("session_deliver", session),
            {"kirim-cara": words, "kirim-diterima": moments, "kirim-bukti": words},
        ),
        (url("session_hold", session), {"hadir-sumpah": words, "hadir-catatan": words}),
        (url("session_absent", session), {"absen-alasan": words}),
        (
            url("session_minutes", session),
            {"nomor": words, "tanda": words, "tanya": words, "jawab": words},
        ),
        (url("agenda_votes", scene.first_item.public_id), {"suara-suara_1": words}),
        (
            url("agenda_recuse", scene.first_item.public_id),
            {"mundur-anggota": words, "mundur-alasan": words},
        ),
        (url("agenda_decide", scene.first_item.public_id), {"putusan-keputusan": words}),
        (url("cases"), {}),
    ]
    address, fields = data.draw(st.sampled_from(forms))
    typed = {name: data.draw(values, label=name) for name, values in fields.items()}
    assert scene.browser.post(address, typed).status_code in {*ANSWERS, 405}


@FEW
@given(query=st.dictionaries(st.sampled_from(["tampil", "keadaan", "tenggat", "cari"]), words))
def test_no_filter_falls_over(scene, query):
    assert scene.browser.get(url("cases"), query).status_code == 200
