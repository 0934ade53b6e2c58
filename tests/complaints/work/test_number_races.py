"""Eight people give numbers at once: no gap and no double, in any register."""

from functools import partial

import pytest
from django.db import transaction

from complaints.codes import LetterTemplate, MeetingState
from complaints.models import InformationRequest, NumberEntry, OfficeLetter, PlenaryMeeting
from complaints.services.close_meeting import close_meeting
from complaints.services.information_requests import RequestGiven, record_request
from complaints.services.letters import issue_letter, start_letter
from complaints.services.lodge import lodge_report
from complaints.services.numbering import Series, give_number, numbered, reserve_block
from neutrality.casework.refusals import Refused
from neutrality.law.codes import RegisterKind
from neutrality.law.numbering import format_number
from tests.complaints import factories as make
from tests.complaints.at_once import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 8, 5
WHOLE = WRITERS * EACH
NOON = make.at(17, 12)


@pytest.fixture
def clerk():
    return make.actor("Staf contoh", "handler", office=make.office())


def meanwhile(write):
    """Eight people write five times each; return what they got."""

    def five(place):
        return [write(place, turn) for turn in range(EACH)]

    return [
        row for rows in all_at_once(*(partial(five, n) for n in range(WRITERS))) for row in rows
    ]


def broken_off(give):
    """Give a number inside something that is not written in the end."""
    with transaction.atomic():
        give()
        transaction.set_rollback(True)


def test_the_registers_of_the_law(clerk):
    contest = make.contest()
    given = make.lodging(contest=contest)
    matter = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9)).matter
    series = {"office": make.office(), "contest": contest, "actor": clerk, "clock": NOON}

    def write(kind, place, turn):
        """The last one sets five aside for paper; each one breaks off once, which leaves no gap."""
        if place == WRITERS - 1:
            return (
                None if turn else reserve_block(kind=kind, amount=EACH, reason="Padam.", **series)
            )
        if turn == 2:
            broken_off(partial(give_number, kind=kind, matter=matter, **series))
        with transaction.atomic():
            return give_number(kind=kind, matter=matter, **series)

    for kind in RegisterKind:
        numbers = [row for row in meanwhile(partial(write, kind)) if isinstance(row, str)]
        rows = NumberEntry.objects.filter(kind=kind).order_by("sequence")
        assert list(rows.values_list("sequence", flat=True)) == list(range(1, WHOLE + 1))
        assert len(set(numbers)) == WHOLE - EACH
        texts = rows.filter(state="ISSUED").values_list("text", flat=True)
        assert sorted(numbers) == sorted(texts)
        assert {text[:3] for text in rows.values_list("text", flat=True)} == {
            f"{number:03}" for number in range(1, WHOLE + 1)
        }


def test_a_number_typed_meanwhile_leaves_no_gap_without_its_reason(clerk):
    contest = make.contest()
    given = make.lodging(contest=contest)
    matter = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9)).matter
    series = Series(RegisterKind.TM, make.office(), contest)
    told = {"series": series, "matter": matter, "actor": clerk, "clock": NOON}

    def write(place, turn):
        """The first one types a number from the book each time, the others take the next."""
        ahead = series.numbered(7 * (turn + 1), NOON.now.date())
        typed = {"paper_number": format_number(ahead), "reason": "Buku."} if place == 0 else {}
        try:
            with transaction.atomic():
                return numbered(**{"paper_number": "", "reason": "", **typed}, **told)
        except Refused as refused:
            return refused.refusal.code

    got = meanwhile(write)
    rows = NumberEntry.objects.filter(kind="TM").order_by("sequence")
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    issued = [row.text for row in rows if row.state == "ISSUED"]
    assert sorted(each for each in got if "/TM/" in each) == sorted(issued)
    assert {each for each in got if "/TM/" not in each} <= {"number_unusable"}
    assert all(row.reason for row in rows if row.state == "VOID")


def letters(clerk):
    """Forty drafts, and how one of them is issued."""
    given = {"template": LetterTemplate.PLAIN, "matter": None, "actor": clerk, "clock": NOON}
    drafts = [start_letter(office=make.office(), **given) for _ in range(WHOLE)]

    def write(place, turn):
        row = drafts[place * EACH + turn]
        return issue_letter(letter_id=row.pk, seen=None, actor=clerk, clock=NOON).number

    return OfficeLetter, "SRT", write


def requests(clerk):
    """How somebody's request for information is written down."""

    def write(place, turn):
        given = RequestGiven(
            identity=make.identity(f"Pemohon {place}.{turn}"),
            standing="PRESS",
            wanted="Salinan pengumuman.",
            received_at=make.at(17, 9).now,
        )
        return record_request(office=make.office(), given=given, actor=clerk, clock=NOON).number

    return InformationRequest, "PI", write


def plenaries(clerk):
    """Forty open meetings, and how one of them is closed."""
    office = make.office()
    meetings = PlenaryMeeting.objects.bulk_create(
        PlenaryMeeting(
            office=office,
            office_path=office.path,
            mode="PRESENT",
            planned_at=NOON.now,
            members=3,
            quorum=2,
            quorum_basis="Perbawaslu 5/2018",
            state=MeetingState.OPEN,
            opened_at=NOON.now,
            opened_by_id=clerk.user_id,
        )
        for _ in range(WHOLE)
    )

    def write(place, turn):
        row = meetings[place * EACH + turn]
        return close_meeting(meeting_id=row.pk, actor=clerk, clock=NOON).number

    return PlenaryMeeting, "BA", write


@pytest.mark.parametrize("register", [letters, requests, plenaries])
def test_the_registers_of_an_office(clerk, register):
    table, kind, write = register(clerk)
    numbers = meanwhile(write)
    place = make.office().code_bawaslu
    expected = [f"{number:03}/{kind}/{place}/VI/2025" for number in range(1, WHOLE + 1)]
    assert sorted(numbers) == expected
    assert sorted(table.objects.values_list("number", flat=True)) == expected
