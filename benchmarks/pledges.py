"""One large agency with a round in which everybody owes a signature, and what to ask of it."""

import time
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.plan import ALLOWED_MS, Measure, Request
from benchmarks.rounds import Result
from neutrality.accounts.models import RoleGrant, User
from neutrality.audit.actor import SYSTEM
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode, Regime
from neutrality.organisations.models import Agency, Region, Unit
from pledges.codes import ReminderStep, RoundKind
from pledges.models import Obligation, Reminder, ReminderPlan, Round
from pledges.services.fold_coverage import fold_coverage, recount_coverage
from pledges.services.open_round import RoundPlan, open_round
from pledges.services.plan_reminders import Timing, plan_reminders, set_reminder_plan

CODE: Final = "bench-pakta"
SINCE: Final = date(2020, 1, 1)
# 5,240 units on four levels, as in a ministry; a new segment of the path on each level.
LEVELS: Final = (40, 5, 5, 4)
_LEVEL: Final = """
    INSERT INTO organisations_unit (public_id, agency_id, parent_id, code, path, name, kind,
                                    region_id, valid_from)
    SELECT gen_random_uuid(), %(agency)s, parent.id,
           coalesce(parent.code || '-', 'u') || n, parent.path || '/' ||
           coalesce(parent.code || '-', 'u') || n, 'Unit contoh ' || n, 'OTHER', %(region)s,
           %(since)s
    FROM (
        SELECT id, code, path FROM organisations_unit
        WHERE agency_id = %(agency)s AND path LIKE %(above)s AND %(depth)s > 1
          AND array_length(string_to_array(path, '/'), 1) = %(depth)s
        UNION ALL SELECT NULL, NULL, %(code)s WHERE %(depth)s = 1
    ) parent CROSS JOIN generate_series(1, %(number)s) AS n
"""
_PEOPLE: Final = """
    WITH hired AS (
        INSERT INTO personnel_person (public_id, name)
        SELECT gen_random_uuid(), 'Pegawai contoh ' || n FROM generate_series(1, %(people)s) AS n
        RETURNING id
    ), counted AS (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM hired
    ), places AS (
        SELECT id, row_number() OVER (ORDER BY md5(code)) AS n, count(*) OVER () AS all_units
        FROM organisations_unit WHERE agency_id = %(agency)s
    )
    INSERT INTO personnel_employment (person_id, agency_id, unit_id, position_title,
        position_class, kind, grade, assignment, ended_because, end_reason, valid_from)
    SELECT counted.id, %(agency)s, places.id, 'Pelaksana contoh', 'EXECUTIVE', 'PNS', 'III/c',
           'MAIN', '', '', %(since)s
    FROM counted JOIN places ON places.n = 1 + counted.n %% places.all_units
"""
# Addresses that nobody will open: they only have to be there.
_CONTACTS: Final = """
    WITH sealed AS (
        INSERT INTO vault_identity (uuid, kind, key_id, wrapped_key, sealed, created_at)
        SELECT gen_random_uuid(), 'ASN', 'bench', '\\x00', '\\x00', now()
        FROM pledges_obligation WHERE round_id = %(round)s LIMIT %(most)s
        RETURNING id
    ), counted AS (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM sealed
    ), duties AS (
        SELECT person_id, row_number() OVER (ORDER BY id) AS n
        FROM pledges_obligation WHERE round_id = %(round)s ORDER BY id LIMIT %(most)s
    )
    INSERT INTO pledges_contact (person_id, agency_id, identity_id, set_at)
    SELECT duties.person_id, %(agency)s, counted.id, now()
    FROM duties JOIN counted USING (n)
"""
_INVITED: Final = """
    UPDATE pledges_obligation SET state = 'INVITED' WHERE id IN (
        SELECT id FROM pledges_obligation WHERE round_id = %(round)s ORDER BY id LIMIT %(most)s
    )
"""
DEEP: Final = "u7-3-2-1"  # at depth 4
# Built anew after the load, which is many times faster than row by row.
_SLOW: Final = """
    SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', rel.relname, con.conname),
           format('ALTER TABLE %I ADD CONSTRAINT %I %s', rel.relname, con.conname,
                  pg_get_constraintdef(con.oid))
    FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
    WHERE rel.relname = 'personnel_employment' AND con.contype = 'x'
    UNION ALL
    SELECT format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
    WHERE tablename = 'personnel_person' AND indexdef LIKE '%gin%'
"""
MOST_REMINDED: Final = 100_000


@transaction.atomic(durable=True)
def lay(people: int) -> None:
    """Write the agency with its units and people; triggers are off, constraints hold."""
    region = Region.objects.get(code="35.71")
    agency = Agency.objects.create(
        code=CODE,
        path=CODE,
        name="Instansi besar (data buatan)",
        kind="MINISTRY",
        region=region,
        appointing_authority="Pejabat contoh",
    )
    values: dict[str, int | str | date] = {
        "agency": agency.pk,
        "region": region.pk,
        "since": SINCE,
        "code": CODE,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for depth, number in enumerate(LEVELS, start=1):
            level: dict[str, int | str | date] = {
                "above": f"{CODE}/%",
                "depth": depth,
                "number": number,
            }
            cursor.execute(_LEVEL, values | level)
        cursor.execute(_SLOW)
        slow = cursor.fetchall()
        for drop, _make in slow:
            cursor.execute(drop)
        cursor.execute(_PEOPLE, values | {"people": people})
        for _drop, make in slow:
            cursor.execute(make)
        cursor.execute("SET LOCAL session_replication_role = origin")


def open_it(clock: Clock) -> Round:
    """Open the round; a hundred thousand of its people have an address and an invitation."""
    election, _made = Election.objects.get_or_create(
        code=CODE,
        defaults={
            "name": "Pemilihan contoh",
            "regime": Regime.PILKADA,
            "polling_on": clock.now.date() + timedelta(days=80),
            "is_demo": True,
        },
    )
    plan = RoundPlan(
        agency_id=Agency.objects.get(code=CODE).pk,
        election_ids=[election.pk],
        kind=RoundKind.INDIVIDUAL,
        text=PledgeTextCode.FOUR_POINTS,
        snapshot_on=clock.now.date(),
        closes_at=clock.now + timedelta(days=60),
    )
    place = open_round(plan=plan, actor=SYSTEM, clock=clock)
    values = {"round": place.pk, "agency": place.agency_id, "most": MOST_REMINDED}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_CONTACTS, values)
        cursor.execute(_INVITED, values)
    recount_coverage(round_id=place.pk)
    fold_coverage()
    return place


class PledgeAsking:
    """What the client shall ask of the large round."""

    def __init__(self, clock: Clock) -> None:
        """Find the round and make an officer for it."""
        self.clock = clock
        rounds = Round.objects.select_related("agency", "text")
        self.place = rounds.filter(agency__code=CODE).latest("pk")
        email = "pakta@benih.example"
        self.officer = User.objects.filter(email=email).first() or self._officer(email)

    def measures(self) -> list[Measure]:
        """Return the measures of pages, each with its number of queries."""
        page = reverse("pledges_hr:round", args=[self.place.public_id])
        deep = Unit.objects.get(agency=self.place.agency, code=DEEP)
        client = Client(SERVER_NAME="localhost")
        client.force_login(self.officer)
        return [
            _page("coverage_tree", client, page),
            _page("coverage_tree_deep", client, f"{page}?unit={deep.public_id}"),
        ]

    def fixed(self) -> list[Result]:
        """Measure here what is held against a fixed time: planning reminders."""
        people = Obligation.objects.filter(round=self.place).count()
        return [self._reminders(people)]

    def _officer(self, email: str) -> User:
        user = User.objects.create_user(email, None, name="Petugas pakta contoh")
        RoleGrant.objects.create(
            user=user,
            role="hr_pledges",
            agency=self.place.agency,
            starts_on=SINCE,
            granted_at=self.clock.now,
        )
        return user

    def _reminders(self, people: int) -> Result:
        """Plan a reminder for everybody who is invited, up to a hundred thousand."""
        Reminder.objects.filter(plan__round=self.place).delete()
        ReminderPlan.objects.filter(round=self.place).delete()
        day = self.clock.now.date() + timedelta(days=5)
        timings = {ReminderStep.FIRST: Timing(goes_on=day, at_hour=9)}
        set_reminder_plan(place=self.place, timings=timings, actor=SYSTEM, clock=self.clock)
        plan = ReminderPlan.objects.get(round=self.place)
        begun = time.perf_counter()
        plan_reminders(plan_id=plan.pk, clock=self.clock)
        return _against("reminders", people, (time.perf_counter() - begun) * 1000)


def _against(name: str, rows: int, ours: float) -> Result:
    allowed = ALLOWED_MS[name]
    return Result(name, rows, round(ours, 3), allowed, round(ours / allowed, 2), 1)


def _page(name: str, client: Client, path: str) -> Measure:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)  # noqa: S101 - else it is no page
    return Measure(name, len(captured), (Request(path, _cookies(client)),))


def _cookies(client: Client) -> dict[str, str]:
    name = settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}
