"""Two people who report the same event, one joined and one only suggested; and a power cut."""

from datetime import timedelta
from typing import Final

from complaints.codes import CaseState, PartyKind, ReporterKind, Source
from complaints.demo.accounts import Cast
from complaints.models import Matter, Report
from complaints.services.codes import new_code
from complaints.services.join_files import join_files
from complaints.services.lodge import lodge_report
from complaints.services.lodging import IncidentGiven, Lodging, RespondentGiven
from complaints.services.record_outage import OutageGiven, record_outage
from neutrality.audit.actor import CITIZEN
from neutrality.law.clock import Clock
from neutrality.vault.services import IdentityData

JOINED: Final = "Dua warga melaporkan unggahan yang sama pada hari yang sama."


def add_twins(*, cast: Cast, clock: Clock) -> None:
    """Report two registered files of the office once more; join the first of the twins."""
    files = Matter.objects.filter(
        office=cast.office, state__in=[CaseState.REGISTERED, CaseState.CLARIFICATION]
    )
    for place, matter in enumerate(files.select_related("contest").order_by("pk")[:2]):
        twin = _twin(cast, matter, place, clock)
        if place == 0:
            join_files(
                matter_id=twin.matter_id,
                into_id=matter.pk,
                reason=JOINED,
                actor=cast["staf"],
                clock=clock,
            )
    _power_cut(cast, clock)


def _twin(cast: Cast, matter: Matter, place: int, clock: Clock) -> Report:
    respondents = matter.parties.filter(kind=PartyKind.RESPONDENT).order_by("pk")
    incidents = matter.incidents.select_related("region").order_by("pk")
    first = matter.allegations.order_by("pk").first()
    given = Lodging(
        source=Source.ONLINE,
        office=cast.office,
        contest=matter.contest,
        known_on=clock.today_in(cast.office.tz),
        account="Saya melihat hal yang sama seperti yang sudah ramai dibicarakan warga.",
        categories=(first.category if first else "OTHER",),
        incidents=tuple(
            IncidentGiven(
                from_on=row.from_on,
                online=row.online,
                region_code=row.region.code if row.region else "",
                place=row.place,
                platform=row.platform,
                account_name=row.account_name,
            )
            for row in incidents
        ),
        respondents=tuple(
            RespondentGiven(
                name=row.name,
                description=row.description,
                subject_kind=row.subject_kind,
                agency_text=row.agency_text,
                unit_text=row.unit_text,
            )
            for row in respondents
        ),
        reporter=_neighbour(cast, place),
        reporter_kind=ReporterKind.VOTER,
        code_digest=new_code().digest(),
    )
    return lodge_report(given=given, actor=CITIZEN, clock=Clock(clock.now - timedelta(hours=2)))


def _neighbour(cast: Cast, place: int) -> IdentityData:
    return IdentityData(
        name=f"Tetangga contoh {place + 1}",
        nik=f"{cast.city.region.replace('.', '')}0101019000{place}9"[:16],
        address=f"Jalan Tetangga Contoh {place + 1}, {cast.office.region}",
        phone=f"+62812900000{place}",
        email=f"tetangga{place + 1}@contoh.example",
        birth_place=str(cast.office.region),
        occupation="Pedagang",
        citizenship="WNI",
    )


def _power_cut(cast: Cast, clock: Clock) -> None:
    began = clock.now - timedelta(days=3, hours=5)
    record_outage(
        office=cast.office,
        given=OutageGiven(
            system="Listrik kantor",
            started_at=began,
            ended_at=began + timedelta(hours=4),
            description="Loket menerima laporan di atas kertas dengan nomor dari blok cadangan.",
            source="Pengumuman PLN",
        ),
        actor=cast["penerima"],
        clock=clock,
    )
