"""The machine: who may take which step, and why others are refused."""

from datetime import UTC, datetime

import pytest

from neutrality.audit.actor import CITIZEN, SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.casework.engine import apply
from neutrality.casework.histories import mismatches
from neutrality.casework.models import Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import SourceDocument, StepContext
from neutrality.documents.models import Document
from neutrality.notifications.models import Outbox
from pledges.codes import ExemptionGround, ObligationState as S
from pledges.models import Exemption, Obligation, Signature
from pledges.selectors import had_signed
from pledges.services.close_round import close_round
from pledges.services.exempt import ExemptionPlea, ask_for_exemption, decide_exemption
from pledges.services.invite import invite, invite_next
from pledges.services.record_paper import record_paper
from pledges.services.set_contact import set_contact
from pledges.services.sign_pledge import Pen, refuse_pledge, sign_pledge
from pledges.workflow.actions import ObligationAction as A
from pledges.workflow.obligation import OBLIGATION
from tests.pledges import factories
from tests.pledges.factories import NOON

PLEA = ExemptionPlea(
    ground=ExemptionGround.UNPAID_LEAVE, explanation="Cuti dua tahun", evidence="SK contoh"
)
SHEET = SourceDocument(number="Lembar 7", dated_on=NOON.now.date())


def press(duty, action, actor, reason="", clock=NOON, **data):
    return apply(
        workflow=OBLIGATION,
        action=action,
        subject_id=duty.pk,
        actor=actor,
        clock=clock,
        context=StepContext(reason=reason, data=data),
    )


def paper(duty, actor, clock=NOON):
    return record_paper(
        obligation=duty,
        scan=b"%PDF-1.7 lembar contoh",
        sheet=SHEET,
        signed_at=clock.now,
        version=None,
        actor=actor,
        clock=clock,
    )


def state_of(duty):
    return Obligation.objects.get(pk=duty.pk).state


def test_who_has_no_address_is_not_invited(city, place, hr):
    with pytest.raises(Refused, match="no_contact"):
        invite(obligation_id=factories.owed(place, city.people[0]).pk, actor=hr, clock=NOON)

    assert Outbox.objects.count() == 0


def test_an_invitation_carries_a_link_and_no_name(city, place):
    duty = factories.invited(place, city.people[0])

    said = factories.last_message("pledge_invitation")
    assert state_of(duty) == S.INVITED
    assert sorted(said) == ["agency", "due", "election", "link"]
    assert city.people[0].name not in str(said)


def test_an_address_is_not_overwritten(city, place, hr):
    factories.invited(place, city.people[0])

    with pytest.raises(Refused, match="has_contact"):
        set_contact(
            person=city.people[0],
            agency_id=city.agency.pk,
            email="lain@contoh.id",
            actor=hr,
            clock=NOON,
        )


def test_everybody_with_an_address_is_invited_in_batches(city, place, hr):
    for person in city.people[:3]:
        set_contact(
            person=person,
            agency_id=city.agency.pk,
            email=f"orang{person.pk}@contoh.id",
            actor=hr,
            clock=NOON,
        )

    batches = [
        invite_next(round_id=place.pk, actor=hr, clock=NOON, limit=2) for _number in range(3)
    ]

    assert batches == [2, 1, 0]
    assert Obligation.objects.filter(state=S.INVITED).count() == 3


def test_signing_writes_signature_certificate_step_and_audit_once(city, place):
    factories.invited(place, city.people[3])
    duty = factories.owed(place, city.people[3])

    pen = Pen(text_sha256=place.text.sha256, typed_name="lurah  contoh", code_id=0)
    first = sign_pledge(obligation_id=duty.pk, pen=pen, clock=NOON)
    second = sign_pledge(obligation_id=duty.pk, pen=pen, clock=NOON)

    assert first == second
    assert state_of(duty) == S.SIGNED
    assert Step.objects.filter(action=A.SIGN).count() == 1
    assert AuditRow.objects.filter(what="obligation.SIGN").count() == 1
    document = Document.objects.get(subject_kind="obligation")
    assert (first.document, document.agency) == (document, city.agency)
    assert Outbox.objects.filter(kind="pledge_signed").count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text_sha256": "0" * 64}, "other_text"),
        ({"typed_name": "Orang lain"}, "name_differs"),
        ({"typed_name": ""}, "name_differs"),
        ({"typed_name": "., ,"}, "name_differs"),
    ],
)
def test_a_signature_is_refused_and_writes_nothing(city, place, change, code):
    given = {"text_sha256": place.text.sha256, "typed_name": city.people[0].name, "code_id": 0}
    duty = factories.owed(place, city.people[0])

    with pytest.raises(Refused, match=code):
        sign_pledge(obligation_id=duty.pk, pen=Pen(**{**given, **change}), clock=NOON)

    assert (state_of(duty), Signature.objects.count(), Document.objects.count()) == (S.DUE, 0, 0)


def test_nobody_else_can_sign_for_the_person(city, place, hr):
    duty = factories.owed(place, city.people[0])
    data = {"text_sha256": place.text.sha256, "typed_name": city.people[0].name}

    for actor in (hr, CITIZEN):
        with pytest.raises(Refused, match="not_yours"):
            press(duty, A.SIGN, actor, **data)

    assert state_of(duty) == S.DUE


def test_another_agency_s_officer_is_a_stranger(city, place):
    neighbour = factories.officer(factories.agency("Kota Lain"))

    with pytest.raises(Refused, match="not_yours"):
        press(factories.owed(place, city.people[0]), A.END, neighbour, reason="Pensiun")


def test_who_refused_may_still_sign(city, place):
    duty = factories.owed(place, city.people[0])
    refuse_pledge(obligation_id=duty.pk, reason="Belum membaca", clock=NOON)
    assert state_of(duty) == S.REFUSED

    factories.signed(place, city.people[0])

    assert state_of(duty) == S.SIGNED


def test_a_refusal_needs_a_reason_and_an_open_round(city, place, hr):
    duty = factories.owed(place, city.people[0])
    with pytest.raises(Refused, match="reason_needed"):
        refuse_pledge(obligation_id=duty.pk, reason=" ", clock=NOON)
    close_round(round_id=place.pk, actor=hr, clock=NOON)
    with pytest.raises(Refused, match="round_closed"):
        refuse_pledge(obligation_id=duty.pk, reason="Tidak mau", clock=NOON)


def test_an_exemption_takes_two_officers(city, place, hr):
    duty = factories.owed(place, city.people[0])
    asked = ask_for_exemption(obligation=duty, plea=PLEA, actor=hr, clock=NOON)
    with pytest.raises(Refused, match="second_person_needed"):
        decide_exemption(exemption_id=asked.pk, granted=True, actor=hr, clock=NOON)
    assert state_of(duty) == S.DUE

    second = factories.officer(city.agency)
    decide_exemption(exemption_id=asked.pk, granted=True, actor=second, clock=NOON)

    step = Step.objects.get(action=A.EXEMPT)
    assert state_of(duty) == S.EXEMPT
    assert (step.recorded_by_id, step.second_person_id) == (second.user_id, hr.user_id)


def test_a_declined_exemption_changes_nothing_and_may_be_asked_again(city, place, hr):
    duty = factories.owed(place, city.people[0])
    asked = ask_for_exemption(obligation=duty, plea=PLEA, actor=hr, clock=NOON)
    with pytest.raises(Refused, match="already_asked"):
        ask_for_exemption(obligation=duty, plea=PLEA, actor=hr, clock=NOON)
    second = factories.officer(city.agency)

    decide_exemption(exemption_id=asked.pk, granted=False, actor=second, clock=NOON)
    ask_for_exemption(obligation=duty, plea=PLEA, actor=hr, clock=NOON)

    assert state_of(duty) == S.DUE
    assert Exemption.objects.count() == 2


def test_an_exemption_cannot_be_pressed_alone(city, place, hr):
    with pytest.raises(Refused, match="second_person_needed"):
        press(factories.owed(place, city.people[0]), A.EXEMPT, hr, reason="Cuti")


def test_paper_is_verified_by_another_than_who_recorded_it(city, place, hr):
    duty = factories.owed(place, city.people[0])
    paper(duty, hr)
    with pytest.raises(Refused, match="own_record"):
        press(duty, A.VERIFY, hr)

    press(duty, A.VERIFY, factories.officer(city.agency))

    assert state_of(duty) == S.VERIFIED


def test_a_click_is_not_to_verify(city, place, hr):
    factories.signed(place, city.people[0])

    with pytest.raises(Refused, match="not_to_verify"):
        press(factories.owed(place, city.people[0]), A.VERIFY, hr)


def test_an_annulled_signature_stays_visible_and_the_duty_is_back(city, place, hr):
    factories.signed(place, city.people[0])
    duty = factories.owed(place, city.people[0])

    press(duty, A.ANNUL, hr, reason="Orang lain yang mengetik")
    factories.signed(place, city.people[0], factories.later(hour=6))

    kept = Signature.objects.order_by("pk").values_list("annul_reason", flat=True)
    assert list(kept) == ["Orang lain yang mengetik", ""]


def test_nothing_lapses_before_the_round_is_closed(city, place):
    duty = factories.invited(place, city.people[0])

    with pytest.raises(Refused, match="round_open"):
        press(duty, A.LAPSE, SYSTEM)


def test_leaving_ends_the_duty_and_coming_back_restores_it(city, place, hr):
    factories.signed(place, city.people[0])
    duty = factories.owed(place, city.people[0])

    press(duty, A.END, hr, reason="Pindah instansi")
    assert state_of(duty) == S.ENDED
    press(duty, A.RESUME, hr, reason="Batal pindah")

    assert state_of(duty) == S.SIGNED
    assert list(mismatches(OBLIGATION)) == []


def test_a_case_learns_who_signed_when_and_which_text(city):
    election = factories.election().pk
    place = factories.opened(city.agency, election=election)
    factories.signed(place, city.people[0])
    moment = datetime(2026, 12, 1, tzinfo=UTC)

    yes = had_signed(person_id=city.people[0].pk, election_id=election, on=moment)
    no = had_signed(person_id=city.people[1].pk, election_id=election, on=moment)
    early = had_signed(
        person_id=city.people[0].pk, election_id=election, on=factories.later(hour=4).now
    )
    other = had_signed(person_id=city.people[0].pk, election_id=factories.election().pk, on=moment)

    assert (yes.signed_at, yes.text_sha256) == (NOON.now, place.text.sha256)
    assert (no.asked, no.signed_at, no.state) == (True, None, S.DUE)
    assert (early.asked, early.signed_at, other.asked) == (False, None, False)
