"""Pledges for the demo: a round in each of its agencies, about half signed, in every way.

A few people of each city go through the doors themselves, with all that belongs to it; what the
thousands did beside them is written in bulk (`pledges.demo.history`).

It stands on the places and accounts that `load_demo` wrote, and finds them by their accounts.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import cycle, islice
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from neutrality.accounts.actors import actor_of
from neutrality.accounts.models import RoleGrant, User
from neutrality.accounts.roles import Role
from neutrality.audit.actor import SYSTEM
from neutrality.audit.record import record
from neutrality.documents.certificates import install_sample_certificate
from neutrality.elections.models import Election
from neutrality.law.clock import Clock
from neutrality.law.codes import PledgeTextCode, Regime
from neutrality.organisations.models import Agency
from neutrality.parallel import side_by_side
from pledges.codes import (
    AttendanceWay,
    CeremonyKind,
    CeremonyPart,
    ReminderStep,
    RoundKind,
    SignatureKind,
)
from pledges.demo.city import grow_city
from pledges.demo.copying import copy_in
from pledges.demo.endings import ENDINGS
from pledges.demo.history import Course, write_history
from pledges.demo.scene import Scene
from pledges.models import (
    Attendance,
    Ceremony,
    Obligation,
    ReminderPlan,
    Round,
    Signature,
)
from pledges.services.attend import Guest, attend_as_guests
from pledges.services.close_round import close_round
from pledges.services.fold_coverage import fold_coverage
from pledges.services.hold_ceremony import (
    Occasion,
    Participation,
    Representation,
    hold_ceremony,
    sign_for_others,
)
from pledges.services.open_round import RoundPlan, open_round, watching_office
from pledges.services.plan_reminders import Timing, plan_reminders, set_reminder_plan

ELECTION: Final = "pemilihan-contoh"
FORMER_ELECTION: Final = "pemilu-contoh-sebelumnya"
WITH_CEREMONY: Final = "35.71"  # Kediri held an oath ceremony as well
WITH_CEREMONY_TODAY: Final = "74.71"  # Kendari signs in person, today
OPENED_DAYS_AGO: Final = 30
# How many people of a city have a story of their own, and how far apart they stand in the roster.
TOLD: Final = 40
OPEN_FOR_DAYS: Final = 44


class NotTheDemo(RuntimeError):
    """Demo data was asked for where it must not exist."""


def load_pledge_demo(*, clock: Clock) -> bool:
    """Open a round in each demo agency that has none yet; return whether anything was added.

    Where `load_demo` has written nothing there is nothing to add.

    Raises:
        NotTheDemo: Outside the demo's settings; nothing of it can exist in production.
    """
    if not settings.DEMO:
        raise NotTheDemo("Demo pledges can only be loaded where DEMO is on.")
    election = Election.objects.filter(code=ELECTION, is_demo=True).first()
    scenes = list(_scenes(election, clock)) if election else []
    side_by_side(_fill_agency, [(scene, turn, clock.now) for turn, scene in enumerate(scenes)])
    if scenes:
        fold_coverage()
    return bool(scenes)


def _fill_agency(scene: Scene, turn: int, until: datetime) -> None:
    install_sample_certificate(office=scene.agency, actor=SYSTEM, clock=scene.clock)
    grow_city(agency=scene.agency, clock=scene.clock)
    _play(scene, turn, until)


def _scenes(election: Election, clock: Clock) -> Iterator[Scene]:
    """Find the agencies by their first officer."""
    grants = RoleGrant.objects.filter(
        role=Role.HR_PLEDGES, user__is_demo=True, agency__isnull=False
    ).exclude(agency__pledge_rounds__elections=election)
    first = grants.order_by("agency_id", "pk").distinct("agency_id")
    for grant in first.select_related("user", "agency__region"):
        if grant.agency is not None:
            yield _scene(grant.agency, grant, election, clock)


def _scene(agency: Agency, first: RoleGrant, election: Election, clock: Clock) -> Scene:
    day = clock.now.date()
    tz = watching_office(agency=agency, day=day).tz
    begin = clock.today_in(tz) - timedelta(days=OPENED_DAYS_AGO)
    return Scene(
        agency=agency,
        election=election,
        officer=actor_of(user=first.user, day=day),
        second=actor_of(user=_second_officer(first), day=day),
        tz=tz,
        now=datetime.combine(begin, time(9), tz),
    )


@transaction.atomic
def _second_officer(first: RoleGrant) -> User:
    """Return another officer of the agency, with the password of the first.

    An exemption, and the check of a sheet of paper, take two persons.
    """
    role, city = first.user.email.split(".", 1)
    user, is_new = User.objects.get_or_create(
        email=f"{role}2.{city}",
        defaults={
            "name": first.user.name.replace("contoh", "contoh kedua", 1),
            "password": first.user.password,
            "is_demo": True,
        },
    )
    if is_new:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        RoleGrant.objects.create(
            user=user,
            role=first.role,
            agency=first.agency,
            starts_on=first.starts_on,
            granted_at=first.granted_at,
        )
    return user


# --- the round ----------------------------------------------------------------------------------


def _play(scene: Scene, turn: int, until: datetime) -> None:
    code = scene.agency.region.code if scene.agency.region else ""
    if code == WITH_CEREMONY:
        _declare(scene)
        _remember(scene)
    place = _open(scene, RoundKind.INDIVIDUAL)
    held = _hold_today(scene, place, until) if code == WITH_CEREMONY_TODAY else None
    people = Obligation.objects.filter(round=place).select_related(
        "person", "employment", "unit_now", "round__text", "round__agency", "round__office"
    )
    rows = list(people.order_by("unit_now__path", "pk"))
    told = rows[:: max(1, len(rows) // TOLD)]
    endings = islice(cycle(ENDINGS), turn, None)  # each agency begins elsewhere: other people
    for number, (duty, ending) in enumerate(zip(told, endings, strict=False)):
        ending(scene.later(days=1 + number % 20, minutes=number), duty)
    known = {duty.pk for duty in told}
    course = Course(
        place=place,
        officer=scene.officer,
        second=scene.second,
        begin=scene.now,
        now=until,
        ceremony=held,
    )
    write_history(course=course, duties=[duty for duty in rows if duty.pk not in known])
    if held is not None:
        _note_who_came(scene, held)
        _note_guests(scene, held)
    _plan_reminders(scene, place, until)


def _plan_reminders(scene: Scene, place: Round, until: datetime) -> None:
    """Plan what is still to come: the second reminder, then the heads and the secretary."""
    today = until.astimezone(scene.tz).date()
    timings = {
        step: Timing(goes_on=today + timedelta(days=days), at_hour=9)
        for step, days in (
            (ReminderStep.SECOND, 3),
            (ReminderStep.HEAD, 6),
            (ReminderStep.SECRETARY, 9),
        )
    }
    clock = Clock(now=until.astimezone(UTC))
    set_reminder_plan(place=place, timings=timings, actor=scene.officer, clock=clock)
    for plan_id in ReminderPlan.objects.filter(round=place).values_list("pk", flat=True):
        plan_reminders(plan_id=plan_id, clock=clock)


def _open(scene: Scene, kind: RoundKind) -> Round:
    today = scene.now.date()
    plan = RoundPlan(
        agency_id=scene.agency.pk,
        election_ids=[scene.election.pk],
        kind=kind,
        text=PledgeTextCode.FOUR_POINTS,
        snapshot_on=today,
        closes_at=datetime.combine(today + timedelta(days=OPEN_FOR_DAYS), time(16), scene.tz),
        circular_number=f"800/CONTOH/{today.year}",
        circular_on=today,
    )
    return open_round(plan=plan, actor=scene.officer, clock=scene.clock)


# --- the ceremonies -------------------------------------------------------------------------------

PEOPLE: Final = (
    (CeremonyPart.LEADER, "Wali kota contoh", "Wali Kota"),
    (CeremonyPart.GUIDE, "Sekretaris daerah contoh", "Sekretaris Daerah"),
    (CeremonyPart.WITNESS, "Inspektur contoh", "Inspektur"),
    (CeremonyPart.REPRESENTATIVE, "Kepala BKPSDM contoh", "Kepala BKPSDM"),
    (CeremonyPart.REPRESENTATIVE, "Camat contoh", "Camat"),
    (CeremonyPart.REPRESENTATIVE, "Lurah contoh", "Lurah"),
)
GUESTS: Final = (
    ("Perwira contoh", "Perwira penghubung", "TNI (contoh)"),
    ("Perwira polisi contoh", "Kepala satuan", "Polri (contoh)"),
    ("Ketua contoh", "Ketua", "Kantor pengawas contoh"),
)
ON_BEHALF: Final = (
    ("Kepala BKPSDM contoh", "Kepala BKPSDM", "Seluruh perangkat daerah"),
    ("Camat contoh", "Camat", "Seluruh kecamatan"),
    ("Lurah contoh", "Lurah", "Seluruh kelurahan"),
)


def _declare(scene: Scene) -> None:
    """Open a round for representatives, hold its ceremony, and close it the same day."""
    place = _open(scene.later(minutes=-60), RoundKind.REPRESENTATIVE)
    held = hold_ceremony(
        place=place, occasion=_occasion(scene), actor=scene.officer, clock=scene.clock
    )
    for name, position, others in ON_BEHALF:
        given = Representation(
            name=name,
            position=position,
            institution=scene.agency.name,
            on_behalf_of=others,
            kind=SignatureKind.PAPER,
            signed_on=scene.now.date(),
        )
        sign_for_others(
            place=place, given=given, ceremony=held, actor=scene.officer, clock=scene.clock
        )
    close_round(round_id=place.pk, actor=scene.officer, clock=scene.later(minutes=240).clock)


def _occasion(scene: Scene) -> Occasion:
    home = scene.agency.name
    people = [
        Participation(part=part, name=name, position=position, institution=home)
        for part, name, position in PEOPLE
    ]
    speaker = Participation(
        part=CeremonyPart.SPEAKER,
        name="Ketua contoh",
        position="Ketua",
        institution="Kantor pengawas contoh",
    )
    return Occasion(
        kind=CeremonyKind.OATH,
        title="Ikrar Netralitas Pegawai ASN",
        held_on=scene.now.date(),
        place="Halaman balai kota contoh",
        material="Larangan bagi pegawai ASN dalam pemilihan dan cara melapor",
        people=[*people, speaker],
    )


def _hold_today(scene: Scene, place: Round, until: datetime) -> Ceremony:
    """Open the hall this morning: people sign at the tablets while the page is looked at."""
    here = until.astimezone(scene.tz)
    begin = max(here - timedelta(hours=5), here.replace(hour=0, minute=1))
    begin = max(begin, min(here - timedelta(minutes=30), here.replace(hour=7, minute=0)))
    occasion = replace(
        _occasion(scene),
        kind=CeremonyKind.SIGNING,
        title="Penandatanganan pakta integritas pegawai ASN",
        held_on=here.date(),
        place="Aula balai kota contoh",
    )
    held = hold_ceremony(
        place=place, occasion=occasion, actor=scene.officer, clock=scene.later(days=1).clock
    )
    held.begins_at, held.ends_at = begin, begin + timedelta(hours=9)
    held.save(update_fields=["begins_at", "ends_at"])
    return held


@transaction.atomic
def _note_who_came(scene: Scene, held: Ceremony) -> None:
    """Whoever signs in the hall came through its door a little before."""
    signed = Signature.objects.filter(ceremony=held).select_related(
        "obligation__person", "obligation__employment"
    )
    began = held.begins_at or scene.now
    rows = [
        Attendance(
            ceremony=held,
            person_id=one.obligation.person_id,
            name=one.obligation.person.name,
            position=one.obligation.employment.position_title,
            institution=scene.agency.name,
            unit_id=one.obligation.unit_now_id,
            came_at=max(began, one.signed_at - timedelta(minutes=12)),
            way=AttendanceWay.QR,
        )
        for one in signed.order_by("signed_at", "pk")
    ]
    copy_in(rows)
    clock = Clock(now=began.astimezone(UTC))
    record(
        what="ceremony.attended",
        subject=held.ref(),
        actor=scene.officer,
        clock=clock,
        data={"people": len(rows)},
    )


def _note_guests(scene: Scene, held: Ceremony) -> None:
    """Some who came are on no roster."""
    attend_as_guests(
        ceremony=held,
        guests=[
            Guest(name=name, position=position, institution=institution)
            for name, position, institution in GUESTS
        ],
        way=AttendanceWay.LIST,
        actor=scene.officer,
        clock=Clock(now=(held.begins_at or scene.now).astimezone(UTC)),
    )


def _remember(scene: Scene) -> None:
    """Write the round of the election before: signed in the hall, closed, its figures frozen."""
    former, _made = Election.objects.get_or_create(
        code=FORMER_ELECTION,
        defaults={
            "name": "Pemilu Contoh sebelumnya",
            "regime": Regime.PEMILU,
            "polling_on": scene.now.date() - timedelta(days=300),
            "valid_from": scene.now.date() - timedelta(days=500),
            "valid_until": scene.now.date() - timedelta(days=200),
            "is_demo": True,
        },
    )
    then = replace(scene.later(days=-360), election=former)
    place = _open(then, RoundKind.INDIVIDUAL)
    held = hold_ceremony(
        place=place, occasion=_occasion(then), actor=then.officer, clock=then.clock
    )
    held.begins_at, held.ends_at = then.now, then.now + timedelta(hours=8)
    held.save(update_fields=["begins_at", "ends_at"])
    people = Obligation.objects.filter(round=place)
    course = Course(
        place=place,
        officer=then.officer,
        second=then.second,
        begin=then.now,
        now=then.now + timedelta(hours=8),
        ceremony=held,
        only_in_the_hall=True,
    )
    duties = people.select_related("person", "employment", "unit_now").order_by("pk")
    write_history(course=course, duties=list(duties))
    end = then.later(days=OPEN_FOR_DAYS).clock
    close_round(round_id=place.pk, actor=then.officer, clock=end)
