"""A flood of equal texts is one row of the queue, and every report is still there."""

import pytest
from django.test import Client
from hypothesis import given, strategies as st

from complaints.models import Report
from complaints.services.lodge import lodge_report
from complaints.services.record_tip import record_tip
from complaints.services.text_keys import text_key
from neutrality.audit.actor import CITIZEN
from tests.complaints import factories as make

STORY = "Camat contoh menyuruh seluruh pegawai memilih satu pasangan calon dalam apel pagi."
LOUD = "CAMAT   contoh menyuruh seluruh pegawai memilih satu pasangan calon, dalam apel pagi 07.30"


def test_case_space_and_numbers_make_no_other_text():
    assert text_key(STORY) == text_key(LOUD) != ""


@given(st.text(max_size=40))
def test_a_short_text_is_like_nothing(text):
    assert len(text_key(text)) in {0, 32}


@given(st.text(), st.text())
def test_a_key_never_fails(one, other):
    assert (text_key(one * 9) == text_key(other * 9)) is not None


@pytest.mark.django_db(transaction=True)
class TestQueue:
    @pytest.fixture
    def page(self, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        for account in (STORY, LOUD, STORY, f"{STORY} Saya melihatnya sendiri."):
            lodge_report(given=make.lodging(account=account), actor=CITIZEN, clock=make.at(16, 9))
        browser = Client()
        browser.force_login(make.user("Penerima contoh", "intake", office=make.office()))
        return lambda query="": browser.get(f"/petugas/laporan/{query}")

    def test_equal_texts_are_one_row_with_their_number(self, page):
        shown = page()
        rows = shown.context["rows"]
        assert [row.same for row in rows] == [3, 0]
        assert "3 berkas berteks sama" in shown.content.decode()

    def test_all_of_a_group_can_be_opened(self, page):
        group = page().context["rows"][0].same_url.partition("?")[2]
        assert len(page(f"?{group}").context["rows"]) == 3
        assert len(page("?kelompok=tidak").context["rows"]) == 4
        assert len(page("?urut=terbaru").context["rows"]) == 4

    def test_when_the_first_is_done_the_next_stands_for_the_others(self, page):
        first = Report.objects.order_by("pk")[0]
        Report.objects.filter(pk=first.pk).update(due_at=None)
        rows = page().context["rows"]
        assert len(rows) == 2
        assert first.receipt_number not in [row.number for row in rows]

    def test_tips_of_one_text_are_one_row_too(self, page):
        for account in (STORY, LOUD, f"{STORY} Lain."):
            given = make.lodging(account=account, reporter=None)
            record_tip(given=given, actor=CITIZEN, clock=make.at(16, 9))
        client = page().client
        shown = client.get("/petugas/informasi/")
        assert [row.same for row in shown.context["rows"]] == [2, 0]
        assert "2 berkas berteks sama" in shown.content.decode()

    @pytest.mark.parametrize("typed", ["x", "'" * 32, "A" * 32, "0" * 31])
    def test_what_is_no_key_filters_nothing(self, page, typed):
        assert len(page(f"?sama={typed}").context["rows"]) == 2
