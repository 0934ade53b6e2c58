"""People who are about to sign, each in an own session, and certificates to open for the first time."""

from dataclasses import asdict
from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.plan import Measure, Request
from neutrality.audit.actor import SYSTEM
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode, SubjectKind
from neutrality.organisations.codes import AgencyKind
from neutrality.organisations.models import Agency, Region
from neutrality.personnel.codes import PositionClass
from neutrality.personnel.models import Employment, Person
from pledges.codes import Assurance, RoundKind, SigningChannel
from pledges.models import Obligation, Round
from pledges.services.open_round import RoundPlan, open_round
from pledges.services.sign_pledge import Pen, sign_pledge
from pledges.views.public.identified import OWN, SESSION_KEY, Proof

WARM: Final = 3
HELD: Final = timedelta(days=1)


class Signing:
    """An agency of its own in the seeded database, with as many people as are asked for."""

    def __init__(self, clock: Clock, *, people: int) -> None:
        """Open a round for twice as many people: half sign while it is measured."""
        self.clock = clock
        self.people = people + WARM
        self.round = self._round(2 * self.people)
        owed = Obligation.objects.filter(round=self.round).select_related("person")
        self.owed = list(owed.order_by("pk"))

    def measures(self) -> list[Measure]:
        """Return signing, and the first opening of a certificate."""
        return [self.signing(), self._certificates(self.owed[self.people :])]

    def signing(self) -> Measure:
        """Return signing alone: each person once."""
        owed = self.owed[: self.people]
        path = reverse("pledges_public:sign", args=[OWN])
        asked = [
            Request(path, _cookies(self._came(one)), self._form(one), 302) for one in owed[WARM:]
        ]
        counts = [_count(self._came(one), path, self._form(one)) for one in owed[:WARM]]
        return Measure("sign_pledge", counts[-1], tuple(asked))

    def _certificates(self, owed: list[Obligation]) -> Measure:
        path = reverse("pledges_public:certificate", args=[OWN])
        for one in owed:
            pen = Pen(text_sha256=self.round.text.sha256, typed_name=one.person.name, code_id=0)
            sign_pledge(obligation_id=one.pk, pen=pen, clock=self.clock)
        asked = [Request(path, _cookies(self._came(one))) for one in owed[WARM:]]
        counts = [_count(self._came(one), path, None) for one in owed[:WARM]]
        return Measure("certificate_pdf", counts[-1], tuple(asked))

    def _came(self, owed: Obligation) -> Client:
        """Return the browser of somebody who came by the wall's code and was checked."""
        proof = Proof(
            obligation=owed.pk,
            code=0,
            assurance=Assurance.ONE_TIME_CODE,
            channel=SigningChannel.WALL,
        )
        client = Client(SERVER_NAME="localhost")
        session = client.session
        session[SESSION_KEY] = {**asdict(proof), "until": (self.clock.now + HELD).isoformat()}
        session.save()
        return client

    def _form(self, owed: Obligation) -> dict[str, str]:
        return {
            "naskah": self.round.text.sha256,
            "setuju": "on",
            "nama": owed.person.name,
            "gambar": "",
        }

    def _round(self, people: int) -> Round:
        today = self.clock.now.date()
        code = f"benih-pakta-{uuid4().hex[:12]}"
        agency = Agency.objects.create(
            code=code,
            path=code,
            name="Pemerintah Kota Benih",
            kind=AgencyKind.CITY,
            region=Region.objects.get(code="35.71"),
            appointing_authority="Wali kota benih",
        )
        made = Person.objects.bulk_create(Person(name=f"Pegawai benih {n}") for n in range(people))
        Employment.objects.bulk_create(
            Employment(
                person=person,
                agency=agency,
                position_title="Pelaksana",
                position_class=PositionClass.EXECUTIVE,
                kind=SubjectKind.PNS,
                valid_from=today - timedelta(days=365),
            )
            for person in made
        )
        elections = Election.objects.filter(code__startswith="benih-").values_list("pk", flat=True)
        plan = RoundPlan(
            agency_id=agency.pk,
            election_ids=list(elections[:1]),
            kind=RoundKind.INDIVIDUAL,
            text=PledgeTextCode.FOUR_POINTS,
            snapshot_on=today,
            closes_at=self.clock.now + timedelta(days=30),
        )
        return open_round(plan=plan, actor=SYSTEM, clock=self.clock)


def _cookies(client: Client) -> dict[str, str]:
    name = settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}


def _count(client: Client, path: str, form: dict[str, str] | None) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path) if form is None else client.post(path, form)
    expected = 200 if form is None else 302
    assert answer.status_code == expected, answer.content[:500]  # noqa: S101 - else nothing was done
    return len(captured)
