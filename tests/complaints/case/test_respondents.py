"""What the file says of a respondent from the roster, the pledges and other files."""

from datetime import date

import pytest
import time_machine

from complaints.models import AgendaItem, AllegationResult, Figure, Matter, Party
from complaints.services.count_figures import count_figures
from complaints.services.lodge import lodge_report
from neutrality.personnel.models import Employment, Person
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, url


@pytest.fixture
def scene(db):
    with time_machine.travel(make.at(18, 11).now, tick=False):
        yield Scene()


@pytest.fixture
def known(scene):
    """The respondent is linked to somebody who heads a ward."""
    unit = make.unit("Kelurahan Contoh")
    person = Person.objects.create(name="Pegawai contoh")
    work = Employment.objects.create(
        person=person, agency=unit.agency, unit=unit, position_title="Lurah", position_class="LURAH",
        kind="PNS", assignment="MAIN", valid_from=date(2024, 1, 1),
    )  # fmt: skip
    Party.objects.filter(pk=scene.respondent.pk).update(
        person=person, employment=work, agency=unit.agency, unit=unit,
        linked_at=make.at(17).now, linked_by=scene.people["handler"],
    )  # fmt: skip
    return person


def page(scene):
    answer = scene.client("handler").get(url("case_part", scene.matter.public_id, "terlapor"))
    return answer.content.decode()


def another(scene, person, code=make.KEDIRI):
    """Another file about the same person, at this office or another one."""
    given = make.lodging(office=make.office(code))
    report = lodge_report(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(17, 9))
    party = report.matter.parties.get(kind="RESPONDENT")
    Party.objects.filter(pk=party.pk).update(person=person)
    return report.matter


def prove(matter, scene, outcome):
    item = AgendaItem.objects.create(
        office=matter.office, office_path=matter.office_path, matter=matter, kind="RESULT",
        action="DECIDE", proposal="Usul contoh", proposed_at=make.at(18, 9).now,
        proposed_by=scene.people["handler"],
    )  # fmt: skip
    AllegationResult.objects.create(
        allegation=matter.allegations.get(), outcome=outcome, agenda_item=item,
        decided_at=make.at(18, 10).now,
    )  # fmt: skip


def test_the_position_and_the_pledge_of_that_election_are_shown(scene, known):
    shown = page(scene)
    for words in ("Pegawai contoh", "Lurah", "Kelompok jabatan", "Kelurahan Contoh"):
        assert words in shown
    assert "Tidak diminta menandatangani untuk pemilihan ini" in shown
    assert "Tidak ada berkas lain tentang orang ini." in shown
    assert url("respondent_link", scene.matter.public_id, scene.respondent.public_id) in shown


def test_earlier_files_of_the_office_are_linked_and_of_others_only_what_was_proven(scene, known):
    own, vain = another(scene, known), another(scene, known, "35.73")
    proven = another(scene, known, "61.71")
    prove(proven, scene, "ASN_LAW")
    prove(vain, scene, "NOT_PROVEN")
    shown = page(scene)
    assert url("case", own.public_id) in shown
    assert url("case", proven.public_id) not in shown
    assert proven.office.name in shown
    assert (vain.public_id in shown, vain.office.name in shown) == (False, False)


def test_a_respondent_nobody_linked_says_so(scene):
    assert "Belum ditautkan ke daftar pegawai" in page(scene)


def test_the_part_costs_the_same_for_one_and_for_many(scene, known, django_assert_max_num_queries):
    browser = scene.client("handler")
    address = url("case_part", scene.matter.public_id, "terlapor")
    another(scene, known)
    browser.get(address)
    with django_assert_max_num_queries(16) as one:
        browser.get(address)
    for _ in range(2):
        another(scene, known)
    assert Matter.objects.count() == 4
    with django_assert_max_num_queries(16) as three:
        browser.get(address)
    assert len(one) == len(three)


def test_the_position_class_of_somebody_no_roster_knows_is_kept(scene):
    unit = make.unit("Kelurahan Contoh")
    browser, party = scene.client("handler"), scene.respondent
    address = f"{url('respondent_link', scene.matter.public_id, party.public_id)}?instansi={unit.agency.code}"
    given = {"unit": str(unit.public_id), "orang": "", "jenis": "PNS", "jabatan": "LURAH"}
    assert browser.post(address, given).status_code == 302
    party.refresh_from_db()
    assert (party.position_class, party.employment_id) == ("LURAH", None)
    assert "Kelompok jabatan" in page(scene)
    assert 'value="LURAH" selected' in browser.get(address).content.decode()
    count_figures(clock=make.at(18, 11))
    counted = Figure.objects.filter(topic="POSITION", key="LURAH", path=scene.office.path)
    assert set(counted.values_list("amount", flat=True)) == {1}
