"""The minutes lose no word: not when the connection goes away, not when others were faster."""

import pytest
import time_machine

from complaints.models import MinutesLine
from complaints.services.confirm_minutes import confirm_minutes
from complaints.services.write_minutes import LineGiven, write_line
from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import User
from neutrality.law.clock import read_clock
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, url
from tests.e2e.stage import Person

pytestmark = pytest.mark.django_db(transaction=True)
LOST = "Sambungan terputus."
NINE = make.at(19, 9)


@pytest.fixture
def minutes(browser, live_server, settings, tmp_path):
    """A held session, and the officer at the page of its minutes."""
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    with (
        time_machine.travel(NINE.now, tick=True),
        browser.new_context(base_url=live_server.url, locale="id-ID") as context,
    ):
        scene = Scene()
        session = scene.held().session
        desk = Person(context.new_page(), live_server.url, scene.people["handler"]).come()
        desk.go(url("session_minutes", session.public_id))
        yield desk, context, session


def colleague_of(desk):
    return User.objects.exclude(pk=desk.user.pk).get(name="Staf kedua contoh")


def test_what_is_typed_without_a_connection_is_saved_when_it_comes_back(minutes):
    desk, context, session = minutes
    line = desk.page.locator("#baris-1")
    line.locator('[name="tanya"]').fill("Apakah Anda memasang foto itu?")
    context.set_offline(True)
    line.locator('[name="jawab"]').fill("Ya, kata demi kata.")
    line.locator('[name="jawab"]').blur()
    said = line.locator("[data-said]")
    said.get_by_text(LOST).wait_for()
    context.set_offline(False)
    said.wait_for(state="hidden")
    assert "Tersimpan" in line.inner_text()
    row = MinutesLine.objects.get(session=session)
    assert (row.question, row.answer) == ("Apakah Anda memasang foto itu?", "Ya, kata demi kata.")


def test_what_is_typed_into_minutes_that_stand_stays_on_the_page(minutes):
    desk, _context, session = minutes
    colleague, now = actor_of(user=colleague_of(desk), day=NINE.now.date()), read_clock()
    line = LineGiven(position=1, question="Siapa?", answer="Sudah ditulis rekan.")
    write_line(session_id=session.pk, line=line, actor=colleague, clock=now)
    confirm_minutes(session_id=session.pk, remarks="", actor=colleague, clock=now)
    line = desk.page.locator("#baris-1")
    line.locator('[name="tanya"]').fill("Terlambat?")
    line.locator('[name="jawab"]').fill("Kata ini tetap ada.")
    line.locator('[name="jawab"]').blur()
    line.locator("[data-said]").get_by_text("Tidak tersimpan.").wait_for()
    assert line.locator('[name="jawab"]').input_value() == "Kata ini tetap ada."
    assert MinutesLine.objects.get().answer == "Sudah ditulis rekan."
