"""Changing what runs: texts, ends, circulars, rules, addresses; and what each tells whom."""

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from neutrality.audit.models import AuditRow
from neutrality.casework.histories import mismatches
from neutrality.casework.models import Step
from neutrality.casework.refusals import Refused
from neutrality.casework.workflow import SourceDocument
from neutrality.documents.models import Document, DocumentState
from neutrality.documents.selectors import public_facts
from neutrality.law.codes import PledgeTextCode
from neutrality.notifications.models import Outbox
from pledges.codes import ExemptionGround, ObligationState as S
from pledges.models import Contact, ContactChange, FrozenCount, Obligation, RoundChange, Signature
from pledges.selectors.coverage import coverage_tree
from pledges.selectors.coverage_check import wrong_sums
from pledges.selectors.stalled_rounds import rounds_to_ask_again
from pledges.selectors.texts import text_page
from pledges.services.change_contact import ask_to_change_contact, decide_contact_change
from pledges.services.change_text import ask_again_next, change_text
from pledges.services.check_person import send_code
from pledges.services.close_round import close_round
from pledges.services.codes import find_link
from pledges.services.exempt import ExemptionPlea, ask_for_exemption
from pledges.services.extend_round import extend_round
from pledges.services.invite import invite
from pledges.services.record_paper import record_paper
from pledges.services.set_grounds import set_grounds
from pledges.services.sign_pledge import Pen, refuse_pledge, sign_pledge
from pledges.tasks import ask_everybody_again
from pledges.workflow.actions import ObligationAction as A
from pledges.workflow.guards import signature_in_force
from pledges.workflow.obligation import OBLIGATION
from tests.pledges import factories
from tests.pledges.factories import DEADLINE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(settings, tmp_path, time_machine):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path
    time_machine.move_to("2026-11-20T05:00:00Z", tick=False)


@pytest.fixture
def tasks_at_once():
    conf = current_app.conf
    before, conf.task_always_eager = conf.task_always_eager, True
    yield
    conf.task_always_eager = before


def staff(name, *args):
    return reverse(f"pledges_together:{name}", args=args)


def seven(place, hr, clock=NOON, code=PledgeTextCode.SEVEN_PROHIBITIONS):
    changed = change_text(
        round_id=place.pk,
        code=code,
        day=NOON.now.date(),
        reason="Naskah disesuaikan",
        actor=hr,
        clock=clock,
    )
    place.refresh_from_db()
    return changed


def four(place, hr, clock=NOON):
    """Back to the text with which the round was opened."""
    return seven(place, hr, clock, PledgeTextCode.FOUR_POINTS)


def test_a_new_text_asks_again_tells_and_keeps_what_was_signed(city, place, hr):
    for person in city.people[:2]:
        factories.reached(place, person)
        factories.signed(place, person)

    seven(place, hr)
    batches = [ask_again_next(round_id=place.pk, clock=NOON, limit=1) for _time in range(3)]

    assert batches == [1, 1, 0]
    assert Obligation.objects.filter(round=place, state=S.DUE).count() == 2
    assert Obligation.objects.filter(round=place, state=S.INVITED).count() == 2
    assert Signature.objects.filter(annulled_at=None).count() == 2
    assert Outbox.objects.filter(kind="pledge_text_changed").count() == 2
    assert Outbox.objects.filter(kind="pledge_invitation").count() == 2
    assert list(mismatches(OBLIGATION)) == []


def test_a_round_closes_only_once_who_signed_the_earlier_text_was_asked_again(
    city, place, hr, client, tasks_at_once
):
    for person in city.people[:2]:
        factories.signed(place, person)
    seven(place, hr)
    ask_again_next(round_id=place.pk, clock=NOON, limit=1)
    with pytest.raises(Refused, match="asking_again"):
        close_round(round_id=place.pk, actor=hr, clock=NOON)
    assert not FrozenCount.objects.exists()

    client.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    close = reverse("pledges_hr:close", args=[place.public_id])
    # The first press has the asking done as well.
    pressed = [client.post(close, {"dikonfirmasi": "ya"}).status_code for _time in range(2)]

    place.refresh_from_db()
    assert pressed == [409, 302]
    assert coverage_tree(place=place).whole.signed == 0


def test_who_signed_the_present_text_keeps_no_round_open(city, place, hr):
    for person in city.people[:2]:
        factories.signed(place, person)
    seven(place, hr)
    factories.signed(place, city.people[0])
    ask_again_next(round_id=place.pk, clock=NOON)

    close_round(round_id=place.pk, actor=hr, clock=NOON)

    place.refresh_from_db()
    assert coverage_tree(place=place).whole.signed == 1


def test_a_new_text_is_told_to_who_was_asked_and_signed_nothing(city, place, hr):
    invited, refusing, without, unasked = city.people
    factories.invited(place, invited)
    factories.reached(place, refusing)
    for person in (refusing, without):
        duty = factories.owed(place, person)
        refuse_pledge(obligation_id=duty.pk, reason="Minta penjelasan", clock=NOON)
    factories.reached(place, unasked)

    seven(place, hr)
    for _time in range(2):
        ask_everybody_again(place.pk)

    told = Outbox.objects.filter(kind="pledge_text_new")
    assert told.count() == 2
    people = Contact.objects.filter(identity__in=told.values("identity_id"))
    assert set(people.values_list("person", flat=True)) == {invited.pk, refusing.pk}
    assert not Outbox.objects.filter(kind="pledge_text_changed").exists()


def told_of(what):
    """How often each person was told this."""
    told = Outbox.objects.filter(kind=what).values_list("identity_id", flat=True)
    people = dict(Contact.objects.values_list("identity_id", "person_id"))
    return sorted(people[identity] for identity in told)


def test_whoever_owes_an_earlier_text_is_told_of_the_next_once(city, place, hr, time_machine):
    """One was annulled and asked anew, one signed the first text only; one has signed the last."""
    annulled, earlier, faithful = city.people[:3]
    for person in (annulled, earlier, faithful):
        factories.invited(place, person)
        factories.signed(place, person)
    factories.press(factories.owed(place, annulled), A.ANNUL, hr, "Orang lain mengetik")
    invite(obligation_id=factories.owed(place, annulled).pk, actor=hr, clock=NOON)

    seven(place, hr)
    for _time in range(2):
        ask_everybody_again(place.pk)

    assert told_of("pledge_text_new") == [annulled.pk]
    assert told_of("pledge_text_changed") == [earlier.pk, faithful.pk]

    time_machine.move_to(factories.later(hour=6).now, tick=False)
    Signature.objects.filter(obligation__person=earlier).update(
        annulled_at=NOON.now, annulled_by=factories.user("Petugas"), annul_reason="Orang lain"
    )
    four(place, hr, factories.later(hour=6))
    for _time in range(2):
        ask_everybody_again(place.pk)

    assert told_of("pledge_text_new") == [annulled.pk, annulled.pk, earlier.pk]


def test_who_signed_the_text_that_a_round_comes_back_to_has_signed(city, place, hr, time_machine):
    """What was signed counts again, by a step of the system; nobody signs one text twice."""
    waiting, refusing, both = city.people[:3]
    for person in (waiting, refusing, both):
        factories.reached(place, person)
        factories.signed(place, person)
    seven(place, hr)
    ask_everybody_again(place.pk)
    refuse_pledge(
        obligation_id=factories.owed(place, refusing).pk, reason="Minta penjelasan", clock=NOON
    )
    factories.signed(place, both, factories.later(hour=6))
    first = Signature.objects.get(obligation__person=both, text__wording__code="FOUR_POINTS")

    four(place, hr, factories.later(hour=7))
    time_machine.move_to(factories.later(hour=7).now, tick=False)
    assert rounds_to_ask_again(clock=factories.later(hour=8)) == [place.pk]
    ask_everybody_again(place.pk)

    assert {factories.owed(place, person).state for person in city.people[:3]} == {S.SIGNED}
    assert rounds_to_ask_again(clock=factories.later(hour=8)) == []
    assert coverage_tree(place=place).whole.signed == 3
    for person in (waiting, both):
        factories.signed(place, person, factories.later(hour=8))
    assert Signature.objects.count() == 4
    assert signature_in_force(factories.owed(place, both)) == first
    assert AuditRow.objects.filter(what="obligation.COUNT_AGAIN").count() == 2
    assert told_of("pledge_text_new") == []
    assert (list(mismatches(OBLIGATION)), wrong_sums()) == ([], [])


def test_who_signs_before_the_system_comes_round_finds_the_first_signature(city, place, hr):
    person = city.people[0]
    factories.signed(place, person)
    first = Signature.objects.get()
    seven(place, hr)
    ask_everybody_again(place.pk)
    four(place, hr)
    duty = factories.owed(place, person)
    pen = Pen(text_sha256=place.text.sha256, typed_name=person.name, code_id=0)

    assert sign_pledge(obligation_id=duty.pk, pen=pen, clock=NOON) == first
    assert factories.owed(place, person).state == S.SIGNED


def test_a_sheet_under_a_text_that_was_signed_before_is_refused_in_words(city, place, hr):
    person = city.people[0]
    factories.signed(place, person)
    seven(place, hr)
    ask_everybody_again(place.pk)
    four(place, hr)

    with pytest.raises(Refused, match="already_signed"):
        record_paper(
            obligation=factories.owed(place, person),
            scan=b"%PDF-1.7 contoh",
            sheet=SourceDocument(number="1", dated_on=NOON.now.date()),
            signed_at=NOON.now,
            version=None,
            actor=hr,
            clock=NOON,
        )


def test_who_signs_the_new_text_has_both_signatures(city, place, hr):
    person = city.people[0]
    factories.signed(place, person)
    old = place.text
    seven(place, hr)

    factories.signed(place, person, factories.later(hour=6))

    assert list(Signature.objects.order_by("pk").values_list("text", flat=True)) == [
        old.pk,
        place.text_id,
    ]
    actions = Step.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == [A.SIGN, A.ASK_AGAIN, A.SIGN]


def test_the_page_of_texts_counts_each_person_once_under_any_of_them(city, place, hr, client):
    client.force_login(factories.user("BKPSDM", "hr_pledges", agency=place.agency))
    texts = reverse("pledges_hr:texts", args=[place.public_id])
    assert client.get(texts).status_code == 404
    for person in city.people[:3]:
        factories.signed(place, person)
    old = place.text
    seven(place, hr)
    ask_again_next(round_id=place.pk, clock=NOON)
    factories.signed(place, city.people[0], factories.later(hour=6))

    page = text_page(place=place, unit=None)

    assert [(line.sha256, line.is_present, line.signed, line.share) for line in page.lines] == [
        (place.text.sha256, True, 1, "25,0 %"),
        (old.sha256, False, 3, "75,0 %"),
    ]
    assert (page.any_text, page.any_share, page.total) == (3, "75,0 %", 4)
    assert "salah satu naskah" in client.get(texts).content.decode()
    assert texts in client.get(reverse("pledges_hr:round", args=[place.public_id])).content.decode()


def test_the_same_text_is_no_change(place, hr):
    with pytest.raises(Refused, match="same_text"):
        change_text(
            round_id=place.pk,
            code=PledgeTextCode.FOUR_POINTS,
            day=factories.SNAPSHOT,
            reason="Salah",
            actor=hr,
            clock=NOON,
        )


def test_a_round_is_extended_with_a_reason_that_stays(city, place, hr):
    later = DEADLINE.replace(year=2027, month=1)

    extend_round(round_id=place.pk, closes_at=later, reason="Banjir", actor=hr, clock=NOON)

    place.refresh_from_db()
    change = RoundChange.objects.get()
    assert (place.closes_at, change.closed_before, change.reason) == (later, DEADLINE, "Banjir")
    assert set(Obligation.objects.values_list("due_at", flat=True)) == {later}
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundChange.objects.update(reason="Lain")


def test_a_round_ends_no_earlier_and_not_again(place, hr):
    with pytest.raises(Refused, match="not_later"):
        extend_round(round_id=place.pk, closes_at=DEADLINE, reason="x", actor=hr, clock=NOON)
    close_round(round_id=place.pk, actor=hr, clock=NOON)
    with pytest.raises(Refused, match="round_closed"):
        extend_round(
            round_id=place.pk,
            closes_at=DEADLINE.replace(year=2027),
            reason="x",
            actor=hr,
            clock=NOON,
        )


def test_a_circular_is_attached_and_shown_to_who_signs(city, place, client):
    client.force_login(factories.user("Petugas kepegawaian", "hr_pledges", agency=city.agency))
    given = {"judul": "Netralitas pegawai", "nomor": "800/CONTOH/2026", "tanggal": "2026-11-01"}

    def send():
        file = SimpleUploadedFile("edaran.pdf", b"%PDF-1.7 contoh")
        return client.post(staff("circular", place.public_id), {**given, "berkas": file})

    sent, again = send(), send()
    factories.invited(place, city.people[0])
    link = reverse("pledges_public:start", args=[factories.sent_token()])
    seen = Client().get(link)
    down = staff("withdraw_circular", place.public_id, place.circulars.get().public_id)
    asked = client.post(down).status_code
    still = "Netralitas pegawai" in Client().get(link).content.decode()
    client.post(down, {"dikonfirmasi": "ya"})
    gone = "Netralitas pegawai" in Client().get(link).content.decode()

    place.refresh_from_db()
    assert (asked, still, gone) == (200, True, False)
    assert (sent.status_code, again.status_code) == (302, 302)
    assert place.circular_number == "800/CONTOH/2026"
    assert "Netralitas pegawai (800/CONTOH/2026)" in seen.content.decode()


def test_a_round_accepts_only_its_own_grounds_of_exemption(city, place, hr):
    set_grounds(round_id=place.pk, grounds=[ExemptionGround.UNPAID_LEAVE], actor=hr, clock=NOON)
    plea = ExemptionPlea(ground=ExemptionGround.OTHER, explanation="Lain", evidence="Surat")

    with pytest.raises(Refused, match="ground_not_accepted"):
        ask_for_exemption(
            obligation=Obligation.objects.select_related("round").first(),
            plea=plea,
            actor=hr,
            clock=NOON,
        )


def asked(city, place, person, hr):
    factories.reached(place, person)
    duty = Obligation.objects.select_related("round", "person").get(round=place, person=person)
    return ask_to_change_contact(
        obligation=duty,
        email="baru@contoh.id",
        phone="",
        reason="Surel lama tidak dipakai",
        actor=hr,
        clock=NOON,
    )


def test_an_address_changes_only_with_a_second_officer_and_the_old_one_is_told(city, place, hr):
    person = city.people[0]
    change = asked(city, place, person, hr)
    old = Contact.objects.get(person=person)
    with pytest.raises(Refused, match="second_for_contact"):
        decide_contact_change(change_id=change.pk, granted=True, actor=hr, clock=NOON)

    second = factories.officer(city.agency)
    decide_contact_change(change_id=change.pk, granted=True, actor=second, clock=NOON)

    told = Outbox.objects.get(kind="pledge_contact_changed")
    new = Contact.objects.get(person=person, ended_at=None)
    assert told.identity_id == old.identity_id
    assert (new.replaces, new.identity_id) == (old, change.identity_id)
    assert AuditRow.objects.filter(what__startswith="pledge_contact.change").count() == 2


def test_what_went_to_the_old_address_opens_nothing_any_more(city, place, hr):
    person = city.people[0]
    factories.invited(place, person)
    token = factories.sent_token()
    duty = Obligation.objects.select_related("round", "person").get(round=place, person=person)
    change = ask_to_change_contact(
        obligation=duty, email="b@contoh.id", phone="", reason="Ganti", actor=hr, clock=NOON
    )

    second = factories.officer(city.agency)
    decide_contact_change(change_id=change.pk, granted=True, actor=second, clock=NOON)

    assert find_link(token=token) is None
    send_code(obligation_id=duty.pk, clock=NOON)
    assert Outbox.objects.filter(kind="pledge_code").latest("pk").identity_id == change.identity_id


@pytest.mark.parametrize(("days", "marked"), [(0, True), (1, False), (2, False)])
def test_a_signature_within_a_day_of_the_change_is_marked(city, place, hr, days, marked):
    person = city.people[0]
    change = asked(city, place, person, hr)
    second = factories.officer(city.agency)
    decide_contact_change(change_id=change.pk, granted=True, actor=second, clock=NOON)
    clock = type(NOON)(now=NOON.now.replace(day=NOON.now.day + days))

    factories.signed(place, person, clock)

    assert Signature.objects.get().after_contact_change is marked


def test_a_declined_change_leaves_the_address(city, place, hr):
    change = asked(city, place, city.people[0], hr)

    second = factories.officer(city.agency)
    decide_contact_change(change_id=change.pk, granted=False, actor=second, clock=NOON)

    assert Contact.objects.get().ended_at is None
    with pytest.raises(Refused, match="no_such_change"):
        decide_contact_change(change_id=change.pk, granted=True, actor=second, clock=NOON)


def test_two_officers_change_an_address_on_the_pages(city, place):
    person = city.people[0]
    factories.reached(place, person)
    duty = factories.owed(place, person)
    first, second = Client(), Client()
    for browser in (first, second):
        browser.force_login(factories.user("Petugas", "hr_pledges", agency=city.agency))

    first.post(
        staff("change_contact", duty.public_id), {"telepon": "081200000001", "alasan": "Ganti"}
    )
    change = ContactChange.objects.get()
    decide = staff("decide_change", change.pk)
    own = first.post(decide, {"putusan": "kabul"})
    listed = second.get(staff("contact_changes")).content.decode()
    granted = second.post(decide, {"putusan": "kabul"})

    assert (own.status_code, granted.status_code) == (409, 302)
    assert person.name in listed
    assert "081200000001" not in listed


def test_an_annulled_signature_takes_its_certificate_out_of_force(city, place, hr):
    factories.signed(place, city.people[0])
    document = Document.objects.get(subject_kind="obligation")

    factories.press(factories.owed(place, city.people[0]), A.ANNUL, hr, "Orang lain mengetik")

    document.refresh_from_db()
    facts = public_facts(typed_code=document.verify_code)
    assert document.state == DocumentState.VOID
    assert (facts.in_force, "Orang lain" in str(facts)) == (False, False)


def test_the_first_address_may_be_a_telephone_number_alone(city, place, client):
    client.force_login(factories.user("Petugas", "hr_pledges", agency=city.agency))
    duty = factories.owed(place, city.people[0])
    page = reverse("pledges_hr:contact", args=[duty.public_id])

    empty = client.post(page, {})
    done = client.post(page, {"telepon": "081200000001"})

    assert (empty.status_code, done.status_code) == (422, 302)
    assert Contact.objects.get().person == city.people[0]
