"""The disclosure check in the services and in the database: two persons, or nothing leaves."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from complaints.codes import Audience, CustodyAct
from complaints.models import Custody, Derivative
from complaints.services.clean_copy import Area
from complaints.services.open_evidence import open_copy, open_original
from complaints.services.prepare_derivative import Disclosure, Question, prepare_derivative
from complaints.services.redact_copy import redact_copy
from complaints.services.release_derivative import decline_derivative, release_derivative
from complaints.services.send_package import released
from neutrality.audit.models import AuditRow
from neutrality.casework.refusals import Refused
from neutrality.organisations.models import Office
from tests.complaints import factories as make
from tests.complaints.evidence import files

pytestmark = pytest.mark.django_db

NOTHING = Disclosure(answers=dict.fromkeys(Question.values, "NONE"), wording="Tangkapan layar")
COVERED = replace(NOTHING, answers={**NOTHING.answers, "FACES": "REDACTED"})


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.fixture
def first(db):
    return make.actor("Orang pertama", "handler", office=make.office())


@pytest.fixture
def second(db):
    return make.actor("Orang kedua", "commissioner", office=make.office())


@pytest.fixture
def stranger(db):
    return make.actor("Orang luar", "handler", office=Office.objects.get(region__code="61.71"))


def prepare(copy, actor, audience=Audience.BODY, disclosure=NOTHING):
    return prepare_derivative(
        derivative_id=copy.pk,
        audience=audience,
        disclosure=disclosure,
        actor=actor,
        clock=make.at(16, 11),
    )


def release(copy, actor, audience=Audience.BODY):
    return release_derivative(
        derivative_id=copy.pk, audience=audience, actor=actor, clock=make.at(16, 12)
    )


def redact(copy, actor, *areas):
    return redact_copy(derivative_id=copy.pk, areas=areas, actor=actor, clock=make.at(16, 11))


def test_only_what_two_persons_let_go_is_sent(desk, first, second):
    copy = desk.photo()
    prepared = prepare(copy, first)
    assert released(desk.matter) == []
    release(prepared, second)
    assert released(desk.matter) == [prepared]
    assert (prepared.sha256, prepared.stored_as, prepared.parent) == (
        copy.sha256,
        copy.stored_as,
        copy,
    )
    links = Custody.objects.filter(derivative=prepared).order_by("pk")
    assert list(links.values_list("act", "who", "reason")) == [
        (CustodyAct.PREPARED, "Orang pertama", "BODY"),
        (CustodyAct.RELEASED, "Orang kedua", "BODY"),
    ]
    audited = AuditRow.objects.filter(subject_kind="matter", what__startswith="evidence.")
    assert list(audited.order_by("position").values_list("what", "role", "after")) == [
        ("evidence.prepare", "handler", "BODY"),
        ("evidence.release", "commissioner", "BODY"),
    ]


def test_released_for_one_audience_is_not_released_for_another(desk, first, second):
    release(prepare(desk.photo(), first, Audience.RESPONDENT), second, Audience.RESPONDENT)
    assert released(desk.matter) == []


def test_nobody_releases_what_they_prepared(desk, first):
    with refused("second_person_needed"):
        release(prepare(desk.photo(), first), first)


def test_where_a_colleague_told_of_it_the_second_person_says_what_they_looked_for(
    desk, first, second
):
    desk.matter.reports.update(coworker=True)
    prepared = prepare(desk.photo(), first)
    with refused("colleague_check_needed"):
        release(prepared, second)
    assert released(desk.matter) == []
    asked = {"derivative_id": prepared.pk, "audience": Audience.BODY, "actor": second}
    release_derivative(**asked, clock=make.at(16, 12), colleague_checked=True)
    assert released(desk.matter) == [prepared]
    kept = AuditRow.objects.get(what="evidence.release")
    assert kept.data["colleague_check"] == "made"


def test_a_copy_that_nobody_prepared_is_not_released(desk, second):
    with refused("copy_not_prepared"):
        release(desk.photo(), second, Audience.STAFF)


def test_the_database_refuses_a_release_without_a_first_person(desk, second):
    copy = desk.photo()
    change = {"released_at": make.at().now, "released_by_id": second.user_id}
    with (
        pytest.raises(IntegrityError, match="derivative_released_was_prepared"),
        transaction.atomic(),
    ):
        Derivative.objects.filter(pk=copy.pk).update(**change)


def test_the_database_refuses_one_person_for_both(desk, first):
    copy = prepare(desk.photo(), first)
    change = {"released_at": make.at().now, "released_by_id": first.user_id}
    with (
        pytest.raises(IntegrityError, match="derivative_released_by_a_second_person"),
        transaction.atomic(),
    ):
        Derivative.objects.filter(pk=copy.pk).update(**change)


def test_a_decided_copy_is_not_decided_again(desk, first, second):
    copy = release(prepare(desk.photo(), first), second)
    with refused("already_decided"):
        release(copy, second)
    with refused("already_decided"):
        decline_derivative(
            derivative_id=copy.pk,
            audience=Audience.BODY,
            reason="Terlambat",
            actor=second,
            clock=make.at(16, 13),
        )


def test_a_declined_copy_may_be_prepared_again(desk, first, second):
    copy = desk.photo()
    declined = prepare(copy, first)
    decline_derivative(
        derivative_id=declined.pk,
        audience=Audience.BODY,
        reason="Bayangan pemotret tampak",
        actor=second,
        clock=make.at(16, 12),
    )
    assert prepare(copy, first).pk != declined.pk


def test_a_decline_without_a_reason_is_refused(desk, first, second):
    copy = prepare(desk.photo(), first)
    with refused("decline_reason_needed"):
        decline_derivative(
            derivative_id=copy.pk,
            audience=Audience.BODY,
            reason=" ",
            actor=second,
            clock=make.at(16, 12),
        )


def test_what_was_answered_must_fit_the_copy(desk, first):
    copy = desk.photo()
    with refused("disclosure_check_missing"):
        prepare(copy, first, disclosure=Disclosure(answers={"FACES": "NONE"}))
    with refused("copy_not_redacted"):
        prepare(copy, first, disclosure=COVERED)
    with refused("disclosure_note_needed"):
        prepare(
            copy,
            first,
            disclosure=replace(NOTHING, answers={**NOTHING.answers, "FACES": "HARMLESS"}),
        )


def test_the_reporter_s_words_stay_and_those_of_the_two_persons_go_out(desk, first, second):
    copy = desk.photo()
    with refused("wording_needed"):
        prepare(copy, first, disclosure=replace(NOTHING, wording=" "))
    prepared = prepare(copy, first, disclosure=replace(NOTHING, wording=" Foto di aula "))
    assert prepared.wording == "Foto di aula"
    again = release_derivative(
        derivative_id=prepared.pk,
        audience=Audience.BODY,
        wording="Foto",
        actor=second,
        clock=make.at(16, 12),
    )
    assert again.wording == "Foto"


def test_words_that_could_name_the_reporter_are_covered_by_other_words(desk, first):
    words = replace(NOTHING, answers={**NOTHING.answers, "WORDS": "REDACTED"})
    assert prepare(desk.photo(), first, disclosure=words).checks["WORDS"] == "REDACTED"


def test_a_redacted_copy_is_prepared_and_remembers_its_areas(desk, first):
    copy = redact(desk.photo(), first, Area(0, 0, 50, 50))
    again = redact(copy, first, Area(50, 50, 10, 10))
    prepared = prepare(again, first, disclosure=COVERED)
    assert prepared.redactions == [
        {"left": 0, "top": 0, "width": 50, "height": 50, "page": 1},
        {"left": 50, "top": 50, "width": 10, "height": 10, "page": 1},
    ]
    assert (prepared.kind, again.parent_sha256) == ("REDACTED", copy.sha256)


def test_what_cannot_be_redacted_says_why(desk, first):
    copy = desk.photo()
    with refused("no_area"):
        redact(copy, first)
    document = desk.examined(files.pdf(), "surat.pdf").derivatives.get(kind="CLEANED")
    with refused("not_redactable"):
        redact(document, first, Area(0, 0, 10, 10))


def test_a_prepared_copy_is_not_worked_on_any_more(desk, first):
    prepared = prepare(desk.photo(), first)
    with refused("not_a_working_copy"):
        prepare(prepared, first, Audience.AGENCY)
    with refused("not_redactable"):
        redact(prepared, first, Area(0, 0, 10, 10))


def test_an_identity_never_leaves_the_house(desk, first):
    card = desk.examined(files.picture(), "ktp.jpg", is_identity=True)
    copy = card.derivatives.get(kind="CLEANED")
    with refused("evidence_stays_in_house"):
        prepare(copy, first)
    with refused("evidence_stays_in_house"):
        redact(copy, first, Area(0, 0, 10, 10))


def test_strangers_find_nothing(desk, first, stranger):
    copy = desk.photo()
    prepared = prepare(copy, first)
    for act in (
        lambda: prepare(copy, stranger),
        lambda: release(prepared, stranger),
        lambda: redact(copy, stranger, Area(0, 0, 10, 10)),
        lambda: open_copy(derivative=copy, actor=stranger, clock=make.at()),
        lambda: open_original(
            evidence=copy.evidence, reason="Ingin tahu", actor=stranger, clock=make.at()
        ),
    ):
        with refused("not_yours"):
            act()


def test_an_original_opens_only_with_a_reason_after_it_was_examined(desk, first):
    evidence = desk.take_in(files.picture())
    for state, code in (("PENDING", "evidence_not_examined"), ("QUARANTINED", "evidence_quarant")):
        evidence.state = state
        with pytest.raises(Refused, match=code):
            open_original(evidence=evidence, reason="Perlu", actor=first, clock=make.at())
    evidence.state = "CLEAN"
    with refused("evidence_reason_needed"):
        open_original(evidence=evidence, reason="  ", actor=first, clock=make.at())
    assert Custody.objects.filter(act=CustodyAct.DOWNLOADED).count() == 0
