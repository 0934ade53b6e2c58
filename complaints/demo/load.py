"""Load the demo into an empty database: places, accounts, elections, and 150 files."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, time, timedelta
from hashlib import sha256
from itertools import cycle
from typing import Final

from django.conf import settings

from complaints.demo.accounts import LAST_ACCOUNT, Cast, cast_of, national_cast
from complaints.demo.addresses import confirm_addresses
from complaints.demo.circulars import publish_samples
from complaints.demo.desk import fill_desk
from complaints.demo.election import carry_on, mayor_of, running_election
from complaints.demo.places import CITIES, City, agency_of, office_of
from complaints.demo.plan import PLAN, Line
from complaints.demo.play import NotYet, Play
from complaints.demo.stories import STORIES, Story
from complaints.models import Matter
from complaints.selectors.filing import EASTERNMOST
from complaints.selectors.tracking import tracking_page
from complaints.services.codes import SecretCode, read_code
from complaints.services.mailbox import find_code
from complaints.services.release_data import release_data
from neutrality.accounts.models import User
from neutrality.audit.actor import SYSTEM
from neutrality.documents.certificates import install_sample_certificate
from neutrality.elections.models import Contest, Election
from neutrality.law.clock import Clock
from neutrality.organisations.models import Unit
from neutrality.parallel import side_by_side

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Kendari had neither report nor finding in the election that the documents speak of; a smaller
# share here leaves its pages quieter.
SHARES: Final = {"kediri": 1.0, "pontianak": 0.8, "kendari": 0.5}
CIVIL: Final = frozenset({"PNS", "PPPK"})


class HalfLoaded(RuntimeError):
    """The database is neither empty nor a finished demo."""


class NotTheDemo(RuntimeError):
    """Demo data was asked for where it must not exist."""


def load_demo(*, clock: Clock, cities: tuple[City, ...] = CITIES) -> bool:
    """Load the demo once; return whether anything was loaded.

    The national accounts come last: they say that everything else is there. The election of a
    demo that was kept goes on, so that its form accepts reports on any later day.

    Raises:
        HalfLoaded: The database holds something else.
        NotTheDemo: Outside the demo's settings; nothing of it can exist in production.
    """
    if not settings.DEMO:
        raise NotTheDemo("Demo data can only be loaded where DEMO is on.")
    if User.objects.filter(is_demo=True, email=LAST_ACCOUNT).exists():
        carry_on(today=clock.today_in(EASTERNMOST), clock=clock)
        return False
    if User.objects.exists() or Matter.objects.exists():
        raise HalfLoaded(
            "The demo was interrupted while it was loaded, or this database holds other data. "
            "Delete the folder var/ and start again."
        )
    casts = _casts(cities, clock)
    today = clock.today_in(casts[0].office.tz)
    election = running_election(today=today, clock=clock)
    side_by_side(_play_city, [(cast, election, clock) for cast in casts])
    confirm_addresses(clock=clock)
    publish_samples(places=[(cast.office, cast.agency) for cast in casts], clock=clock)
    national_cast(clock)
    release_data(clock=clock)
    return True


def demo_code(name: str) -> SecretCode:
    """Return the code of the demo's report of this name; always the same, unlike real ones."""
    digest = sha256(f"peragaan:{name}".encode()).digest()
    plain = "".join(CROCKFORD[byte % 32] for byte in digest[:16])
    return SecretCode("-".join(plain[at : at + 4] for at in range(0, 16, 4)))


def demo_codes() -> dict[str, str]:
    """Return the codes of Kediri's first report or tip in each state, by the scene's name."""
    return {line.scene.__name__: demo_code(line.scene.__name__).text for line in PLAN}


def demo_followed(*, clock: Clock) -> Iterator[tuple[str, str, str]]:
    """Yield each code that opens a report or a tip, its number, and how the page says it stands."""
    for text in demo_codes().values():
        code = read_code(text)
        row = code and find_code(code=code)
        if entry := row and (row.report or row.tip):
            page = tracking_page(entry=entry, clock=clock)
            yield text, page.official_number or page.number, page.status


def _casts(cities: tuple[City, ...], clock: Clock) -> list[Cast]:
    casts = []
    for city in cities:
        office = office_of(city)
        install_sample_certificate(office=office, actor=SYSTEM, clock=clock)
        casts.append(cast_of(city, office, agency_of(city), clock))
    return casts


def _play_city(cast: Cast, election: Election, clock: Clock) -> None:
    _play_all(cast, mayor_of(election, cast.city.region), clock)
    fill_desk(cast=cast, clock=clock)


def _play_all(cast: Cast, contest: Contest, clock: Clock) -> None:
    units = list(Unit.objects.filter(agency=cast.agency).order_by("path"))
    stories = cycle(STORIES)
    for turn, (line, days_ago, is_first) in enumerate(_lines(cast)):
        story = next(s for s in stories if not line.civil or s.kind in CIVIL)
        # In a process of its own the city is a copy.
        first = is_first and cast.city == CITIES[0]
        play = Play(
            cast=cast,
            contest=contest,
            story=story,
            unit=_fitting(story, units, turn),
            now=_begin(cast, days_ago, clock),
            until=clock.now,
            code_digest=demo_code(line.scene.__name__).digest() if first else b"",
        )
        with suppress(NotYet):
            line.scene(play)


def _fitting(story: Story, units: list[Unit], turn: int) -> Unit:
    fitting = [unit for unit in units if unit.code.startswith(story.units)]
    return fitting[turn % len(fitting)]


def _lines(cast: Cast) -> Iterator[tuple[Line, int, bool]]:
    share = SHARES[cast.city.slug]
    for line in PLAN:
        wanted = max(1, round(len(line.days_ago) * share))
        for place, days_ago in enumerate(line.days_ago[:wanted]):
            yield line, days_ago, place == 0


def _begin(cast: Cast, days_ago: int, clock: Clock) -> datetime:
    """Return nine in the morning of that day; today's stories began within the last hours."""
    tz = cast.office.tz
    if days_ago == 0:
        return clock.now - timedelta(minutes=90)
    return datetime.combine(clock.today_in(tz) - timedelta(days=days_ago), time(9), tz)
