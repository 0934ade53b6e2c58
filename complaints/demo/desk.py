"""What lies on the desk of a demo's office beside its cases: requests, tasks, letters, duty, views."""

from datetime import timedelta

from complaints.codes import (
    ExternalSystem,
    InformationAnswer,
    LetterTemplate,
    PartyKind,
    Standing,
    TaskAnswer,
)
from complaints.demo.accounts import Cast
from complaints.demo.finding import share_work
from complaints.demo.twins import add_twins
from complaints.models import Matter
from complaints.services.duty import Turn, add_shift
from complaints.services.information_requests import (
    AnswerGiven,
    RequestGiven,
    answer_request,
    record_request,
)
from complaints.services.letters import issue_letter, start_letter
from complaints.services.outside_tasks import TaskGiven, answer_task, record_task, tie_task
from neutrality.law.clock import Clock
from neutrality.vault.services import IdentityData


def fill_desk(*, cast: Cast, clock: Clock) -> None:
    """Write a few lines into each register of the office, some open and one nearly due."""
    matter = (
        Matter.objects.filter(office=cast.office, decided_at__isnull=False).order_by("pk").first()
    )
    if matter is None:
        return
    _requests(cast, matter, clock)
    _tasks(cast, matter, clock)
    for template in (LetterTemplate.DATA_TO_AGENCY, LetterTemplate.REMINDER):
        letter = start_letter(
            office=cast.office,
            template=template,
            matter=matter,
            actor=cast["staf"],
            clock=_ago(clock, days=2),
        )
    issue_letter(letter_id=letter.pk, seen=None, actor=cast["staf"], clock=_ago(clock, days=1))
    _duty(cast, clock)
    add_twins(cast=cast, clock=clock)
    share_work(cast=cast, clock=clock)


def _requests(cast: Cast, matter: Matter, clock: Clock) -> None:
    respondent = matter.parties.filter(kind=PartyKind.RESPONDENT).order_by("pk").first()
    answered, _open = [
        record_request(
            office=cast.office,
            given=RequestGiven(
                identity=IdentityData(name="Pemohon contoh", address="Jalan Contoh 5"),
                standing=standing,
                wanted=wanted,
                received_at=_ago(clock, days=days).now,
                matter=matter,
                party=respondent if standing == Standing.RESPONDENT else None,
            ),
            actor=cast["penerima"],
            clock=_ago(clock, days=days - 1),
        )
        for standing, wanted, days in (
            (Standing.PRESS, "Salinan kajian dan nama pelapor.", 9),
            (Standing.RESPONDENT, "Berita acara klarifikasi saya dan hasil penanganan.", 3),
        )
    ]
    answer_request(
        request_id=answered.pk,
        given=AnswerGiven(
            answer=InformationAnswer.REFUSED,
            basis="UU 14/2008 ps 17 huruf a",
            reason="Kajian dan identitas pelapor adalah informasi yang dikecualikan.",
        ),
        actor=cast["ketua"],
        clock=_ago(clock, days=5),
    )


def _tasks(cast: Cast, matter: Matter, clock: Clock) -> None:
    first, _second = [
        record_task(
            office=cast.office,
            given=TaskGiven(
                system=system,
                external_number=f"{number}-{cast.city.slug}",
                sender=sender,
                summary=summary,
                received_at=_ago(clock, days=days).now,
            ),
            actor=cast["penerima"],
            clock=_ago(clock, days=days - 1),
        )
        for system, number, sender, summary, days in (
            (
                ExternalSystem.SBT,
                "SBT-2204",
                "Kantor Regional BKN contoh",
                "Mohon validasi unggahan dukungan oleh seorang pegawai.",
                6,
            ),
            (
                ExternalSystem.LAPOR,
                "LAPOR-9917",
                "SP4N-LAPOR!",
                "Warga melaporkan baliho yang dipasang di halaman kantor kecamatan.",
                4,
            ),
        )
    ]
    tie_task(task_id=first.pk, matter=matter, actor=cast["staf"], clock=_ago(clock, days=4))
    answer_task(
        task_id=first.pk,
        answer=TaskAnswer.KNOWN,
        reason="Unggahan yang sama sudah ditangani dan diputus.",
        actor=cast["staf"],
        clock=_ago(clock, days=3),
    )


def _duty(cast: Cast, clock: Clock) -> None:
    today = clock.today_in(cast.office.tz)
    for place, who in enumerate(("staf", "penerima")):
        actor = cast[who]
        first = today + timedelta(days=3 * place)
        if actor.user_id is not None:
            add_shift(
                office=cast.office,
                turn=Turn(
                    user_id=actor.user_id, starts_on=first, ends_on=first + timedelta(days=2)
                ),
                actor=cast["staf"],
                clock=clock,
            )


def _ago(clock: Clock, *, days: int) -> Clock:
    return Clock(now=clock.now - timedelta(days=days))
