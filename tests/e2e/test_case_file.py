"""The file of a case in a browser: its parts come while one reads; without a script they are pages."""

import pytest
from playwright.sync_api import expect

from tests.complaints.case.scene import Scene, url
from tests.e2e.conftest import PHONE
from tests.e2e.walk import Blind, Walk

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = 13


@pytest.fixture
def scene(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    made = Scene()
    made.held()
    return made


@pytest.mark.parametrize("page", [PHONE], ids=["phone"], indirect=True)
def test_the_parts_of_a_file_come_while_one_reads(page, live_server, scene):
    walk = Walk(page, live_server.url)
    walk.be(scene.people["handler"])
    walk.go(url("case", scene.matter.public_id))
    waiting = page.locator(".part-waits")
    while left := waiting.count():
        page.evaluate("document.querySelector('.part-waits')?.scrollIntoView()")
        expect(waiting).not_to_have_count(left)
    assert "Lurah contoh" in page.locator('section[aria-labelledby="klarifikasi"]').inner_text()
    walk.look("read")
    assert walk.found == {}


def test_without_a_script_each_part_is_a_page(browser, live_server, scene):
    with browser.new_context(
        base_url=live_server.url, locale="id-ID", java_script_enabled=False
    ) as context:
        page = context.new_page()
        Blind(page, live_server.url).be(scene.people["handler"])
        page.goto(url("case", scene.matter.public_id))
        assert page.locator(".part-waits a").count() == PARTS
        page.get_by_role("link", name="Buka bagian Klarifikasi").click()
        assert page.locator("h1").inner_text().endswith("Klarifikasi")
        assert "Lurah contoh" in page.locator("main").inner_text()
