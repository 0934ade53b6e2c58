"""A body is followed by another, with its regions."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from neutrality.audit.actor import SYSTEM
from neutrality.law.codes import BodyKind, Certainty
from neutrality.organisations.models import ReferralBody, Region
from neutrality.organisations.refusals import BodyNotInForce, CodeTaken, KindHasHead
from neutrality.organisations.selectors import body_for
from neutrality.organisations.services.bodies import BodyDraft, add_body, succeed_body

pytestmark = pytest.mark.django_db
CHANGE = date(2027, 10, 16)
INDEPENDENT = BodyDraft(
    code="LEMBAGA",
    name="Lembaga independen",
    legal_basis="MK 121/PUU-XXII/2024",
    certainty=Certainty.UNCERTAIN,
)


@pytest.fixture
def kediri():
    return Region.objects.get(code="35.71")


def path_on(region, day):
    return body_for(kind=BodyKind.CIVIL_SERVICE, region=region, day=day).path


def test_a_successor_takes_the_place_of_a_body_and_its_offices(kediri, clock):
    former = ReferralBody.objects.get(path="BKN")
    body = succeed_body(
        body_id=former.pk, draft=INDEPENDENT, effective_on=CHANGE, actor=SYSTEM, clock=clock
    )
    assert body.succeeds == former
    assert path_on(kediri, CHANGE - timedelta(days=1)) == "BKN/KANREG-02"
    assert path_on(kediri, CHANGE) == "LEMBAGA"
    assert list(ReferralBody.objects.on(CHANGE).filter(kind=BodyKind.CIVIL_SERVICE)) == [body]


def test_a_regional_office_hands_its_regions_over(kediri, clock):
    former = ReferralBody.objects.get(path="BKN/KANREG-02")
    succeed_body(
        body_id=former.pk,
        draft=BodyDraft("KANREG-15", "Kantor contoh", "Keputusan contoh", Certainty.FOUND),
        effective_on=CHANGE,
        actor=SYSTEM,
        clock=clock,
    )
    assert path_on(kediri, CHANGE - timedelta(days=1)) == "BKN/KANREG-02"
    assert path_on(kediri, CHANGE) == "BKN/KANREG-15"


def test_an_office_can_be_added_for_one_city(kediri, clock):
    parent = ReferralBody.objects.get(path="BKN")
    add_body(
        kind=BodyKind.CIVIL_SERVICE,
        draft=BodyDraft("UPT-KEDIRI", "UPT contoh", "Keputusan contoh", Certainty.FOUND),
        parent_id=parent.pk,
        region_ids=[kediri.pk],
        valid_from=CHANGE,
        actor=SYSTEM,
        clock=clock,
    )
    assert path_on(kediri, CHANGE) == "BKN/UPT-KEDIRI"
    assert path_on(kediri.parent, CHANGE) == "BKN/KANREG-02"


@pytest.mark.parametrize("day", [date(2024, 8, 23), date(2024, 8, 24)])
def test_a_body_that_has_not_begun_has_no_successor(clock, day):
    body = ReferralBody.objects.get(path="BKN")
    with pytest.raises(BodyNotInForce):
        succeed_body(
            body_id=body.pk, draft=INDEPENDENT, effective_on=day, actor=SYSTEM, clock=clock
        )


def test_a_kind_has_one_head_on_a_day(clock):
    with pytest.raises(KindHasHead):
        add_body(
            kind=BodyKind.CIVIL_SERVICE,
            draft=INDEPENDENT,
            parent_id=None,
            region_ids=[],
            valid_from=CHANGE,
            actor=SYSTEM,
            clock=clock,
        )


def test_a_body_stands_below_one_of_its_own_kind(clock):
    parent = ReferralBody.objects.get(path="BKN")
    with pytest.raises(IntegrityError):
        add_body(
            kind=BodyKind.ETHICS_COUNCIL,
            draft=INDEPENDENT,
            parent_id=parent.pk,
            region_ids=[],
            valid_from=CHANGE,
            actor=SYSTEM,
            clock=clock,
        )


def test_a_code_names_one_body_at_a_time(clock):
    with pytest.raises(CodeTaken):
        add_body(
            kind=BodyKind.CIVIL_SERVICE,
            draft=BodyDraft("KANREG-01", "Kantor contoh", "Keputusan contoh", Certainty.FOUND),
            parent_id=ReferralBody.objects.get(path="BKN").pk,
            region_ids=[],
            valid_from=CHANGE,
            actor=SYSTEM,
            clock=clock,
        )


def test_the_database_refuses_a_second_head(db):
    with pytest.raises(IntegrityError):
        ReferralBody.objects.create(
            code="X",
            path="X",
            kind=BodyKind.CIVIL_SERVICE,
            name="Instansi contoh",
            legal_basis="Keputusan contoh",
            certainty=Certainty.FOUND,
        )
