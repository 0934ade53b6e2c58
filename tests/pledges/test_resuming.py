"""What a killed worker left undone is found again, and done once."""

from functools import partial

import pytest
from celery import current_app

from neutrality.law.codes import PledgeTextCode
from pledges import tasks
from pledges.codes import ObligationState as S, PageOutcome
from pledges.models import CertificateArchive, Obligation, ScannedPage, Signature
from pledges.selectors.stalled_rounds import PACKING, STILL
from pledges.services.archive_certificates import ask_for_archive
from pledges.services.change_text import change_text
from pledges.services.close_round import close_round
from pledges.services.read_scans import Scan, receive_scan
from pledges.tasks import resume_rounds
from tests.pledges import factories
from tests.pledges.factories import NOON
from tests.pledges.test_paper import printed, scanned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(settings, tmp_path, time_machine):
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to(NOON.now, tick=False)
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


def found_again(time_machine, after, look):
    """What is seen when the schedule looks too early, and when it has looked twice after a while."""
    resume_rounds()
    before = look()
    time_machine.shift(after.total_seconds() + 1)
    resume_rounds()
    resume_rounds()
    return before, look()


def test_a_scan_that_nobody_read_is_read(city, place, hr, time_machine):
    scan = Scan(pdf=scanned(printed(place, city.people[:1], hr)), number="1", signed_at=NOON.now)
    receive_scan(place=place, scan=scan, actor=hr, clock=NOON)

    assert found_again(time_machine, STILL, Signature.objects.count) == (0, 1)
    assert ScannedPage.objects.get().outcome == PageOutcome.RECORDED


def test_invitations_of_a_closed_round_lapse(city, place, hr, time_machine):
    factories.invited(place, city.people[0])
    close_round(round_id=place.pk, actor=hr, clock=NOON)

    def state():
        return factories.owed(place, city.people[0]).state

    assert found_again(time_machine, STILL, state) == (S.INVITED, S.LAPSED)


def test_who_signed_the_earlier_text_is_asked_again(city, place, hr, time_machine):
    factories.signed(place, city.people[0])
    change_text(
        round_id=place.pk,
        code=PledgeTextCode.SEVEN_PROHIBITIONS,
        day=NOON.now.date(),
        reason="Naskah disesuaikan",
        actor=hr,
        clock=NOON,
    )

    def state():
        return factories.owed(place, city.people[0]).state

    assert found_again(time_machine, STILL, state) == (S.SIGNED, S.DUE)

    # Who signs the new text is left alone.
    place.refresh_from_db()
    factories.signed(place, city.people[0])
    resume_rounds()
    assert state() == S.SIGNED


def test_an_archive_that_nobody_packed_is_packed(city, place, hr, time_machine):
    factories.signed(place, city.people[0])
    ask_for_archive(place=place, unit=None, actor=hr, clock=NOON)

    def made():
        return CertificateArchive.objects.get().made

    assert found_again(time_machine, PACKING, made) == (0, 1)


def test_what_does_not_fit_into_one_task_is_left_to_the_next(city, place, monkeypatch):
    for person in city.people:
        factories.reached(place, person)
    handed_on = []
    monkeypatch.setattr(tasks, "BATCHES", 2)
    monkeypatch.setattr(tasks.invite_everybody, "delay", lambda *given: handed_on.append(given))
    monkeypatch.setattr(tasks, "invite_next", partial(tasks.invite_next, limit=1))
    asked = Obligation.objects.filter(round=place, state=S.INVITED)
    tasks.invite_everybody(place.pk)
    assert (asked.count(), handed_on) == (2, [(place.pk, None)])
    tasks.invite_everybody(*handed_on.pop())
    tasks.invite_everybody(*handed_on.pop())
    assert (asked.count(), handed_on) == (len(city.people), [])
