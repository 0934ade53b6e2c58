"""Work is shared many at once: previewed, with a reason for what is left out, and taken back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.models import AssignmentBatch, DutyShift, Matter, Party, ReminderBatch, Report
from complaints.services.assign_many import Giving, assign_many, undo_assignment
from complaints.services.duty import on_duty
from complaints.services.lodge import lodge_report
from complaints.services.remind_many import remind_many, send_reminders
from neutrality.accounts.models import RelationKind
from neutrality.accounts.services import declare_relation
from neutrality.casework.refusals import Refused
from neutrality.notifications.models import Outbox
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, PROVINCE, Scene, at, stranger, url
from tests.complaints.referral.scene import agency

pytestmark = pytest.mark.django_db


def reports(scene, number=2):
    given = {"contest": scene.report.contest, "office": scene.office}
    return [
        lodge_report(given=make.lodging(**given), actor=make.CITIZEN_ACTOR, clock=make.at(17, 8))
        for _ in range(number)
    ]


def giving(scene, things, to="second"):
    return Giving(office=scene.office, things=things, to=to and scene.people[to])


def keys(things):
    return [f"laporan-{row.public_id}" for row in things]


def test_what_was_ticked_is_previewed_given_and_taken_back():
    scene = Scene()
    rows = reports(scene)
    page = {"kantor": str(scene.office.public_id), "petugas": str(scene.people["second"].pk)}
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        preview = browser.post(url("desk"), {**page, "pilih": keys(rows)})
        assert preview.status_code == 200
        assert "Bagikan 2 berkas" in preview.content.decode()
        assert not AssignmentBatch.objects.exists()
        given = browser.post(url("desk"), {**page, "pilih": keys(rows), "bagikan": "ya"})
        assert given.status_code == 302
        batch = AssignmentBatch.objects.get()
        assert set(owners(rows)) == {scene.people["second"].pk}
        assert browser.post(url("desk_undo", batch.public_id)).status_code == 302
        assert browser.post(url("desk_undo", batch.public_id)).status_code == 409
    assert set(owners(rows)) == {None}


def owners(rows):
    ids = [row.pk for row in rows]
    return list(Report.objects.filter(pk__in=ids).values_list("assignee_id", flat=True))


def test_each_row_that_is_left_out_says_why():
    scene = Scene()
    (mine, ended), tied = reports(scene), scene.report
    Report.objects.filter(pk=mine.pk).update(assignee=scene.people["second"])
    employer = agency("kota-contoh")
    Party.objects.filter(report=ended).update(agency=None)
    Party.objects.filter(report=ended, kind="RESPONDENT").update(agency=employer)
    declare_relation(
        user=scene.people["second"],
        subject=employer,
        kind=RelationKind.values[0],
        valid_from=date(2025, 6, 1),
        actor=make.actor("Ketua provinsi", "supervisor", office=make.office(PROVINCE)),
        clock=make.at(16, 14),
    )
    page = {"kantor": str(scene.office.public_id), "petugas": str(scene.people["second"].pk)}
    with at(make.at(17, 9)):
        answer = scene.client("handler").post(
            url("desk"), {**page, "pilih": keys([mine, ended, tied])}
        )
    shown = answer.content.decode()
    for words in ("Sudah ditangani petugas ini.", "hubungan yang dinyatakan", "Sudah selesai."):
        assert words in shown
    assert 'name="bagikan"' not in shown


def a_hundred_more(report):
    """Copies of a report; what is asked for them here does not read their papers."""
    plain = {
        field.attname: getattr(report, field.attname)
        for field in Report._meta.concrete_fields
        if field.name not in {"id", "public_id", "receipt_number"}
    }
    rows = [Report(**plain, receipt_number=f"S25-{number:04}") for number in range(100)]
    return [report, *Report.objects.bulk_create(rows)]


def test_more_than_a_hundred_at_once_are_refused_in_words():
    scene = Scene()
    rows, handler = a_hundred_more(reports(scene, 1)[0]), scene.actor("handler")
    with pytest.raises(Refused, match=r"^too_many$"):
        assign_many(giving=giving(scene, rows), actor=handler, clock=make.at(17, 9))
    with pytest.raises(Refused, match=r"^too_many$"):
        remind_many(office=scene.office, things=rows, actor=handler, clock=make.at(17, 9))
    page = {"kantor": str(scene.office.public_id), "petugas": str(scene.people["second"].pk)}
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        for given in ({}, {"bagikan": "ya"}, {"ingatkan": "ya"}):
            answer = browser.post(url("desk"), {**page, **given, "pilih": keys(rows)})
            assert answer.status_code == 422
            assert "pilih paling banyak seratus." in answer.content.decode()
    assert set(owners(rows)) == {None}
    assert (AssignmentBatch.objects.exists(), ReminderBatch.objects.exists()) == (False, False)
    batch = assign_many(giving=giving(scene, rows[:100]), actor=handler, clock=make.at(17, 9))
    assert batch.changes.count() == 100


def test_undo_leaves_what_somebody_moved_on_meanwhile():
    scene = Scene()
    first, second = reports(scene)
    handler = scene.actor("handler")
    batch = assign_many(giving=giving(scene, [first, second]), actor=handler, clock=make.at(17, 9))
    Report.objects.filter(pk=second.pk).update(assignee=scene.people["intake"])
    assert undo_assignment(batch_id=batch.pk, actor=handler, clock=make.at(17, 10)) == 1
    assert owners([first]) == [None]
    assert owners([second]) == [scene.people["intake"].pk]


def test_all_of_a_person_is_handed_over_with_the_case():
    scene = Scene()
    handler = scene.actor("handler")
    assign_many(
        giving=giving(scene, [scene.fresh(), *reports(scene)], to="handler"),
        actor=handler,
        clock=make.at(17, 9),
    )
    with at(make.at(17, 10)):
        page = f"{url('desk')}?petugas={scene.people['handler'].pk}"
        shown = scene.client("handler").get(page).content.decode()
    assert shown.count(" checked>") == 3
    assert Matter.objects.get(pk=scene.matter.pk).assignee == scene.people["handler"]


def test_reminders_are_previewed_written_held_back_and_sent():
    scene = Scene()
    mine, nobodys, *rows = reports(scene, 4)
    Report.objects.filter(pk__in=[row.pk for row in rows]).update(assignee=scene.people["second"])
    Report.objects.filter(pk=mine.pk).update(assignee=scene.people["handler"])
    ticked = keys([mine, nobodys, *rows])
    page = {"kantor": str(scene.office.public_id), "pilih": ticked, "ingatkan": "ya"}
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        preview = browser.post(url("desk"), page).content.decode()
        for words in ("Ingatkan untuk 2 berkas", "Belum ada petugasnya.", "Anda sendiri."):
            assert words in preview
        assert not ReminderBatch.objects.exists()
        assert browser.post(url("desk"), {**page, "bagikan": "ya"}).status_code == 302
        first = ReminderBatch.objects.get()
        again = browser.post(url("desk"), {**page, "bagikan": "ya"})
        assert "sudah diingatkan hari ini" not in again.content.decode()
        assert "tidak ada yang petugasnya dapat diingatkan" in again.content.decode()
        assert browser.post(url("desk_hold_back", first.public_id)).status_code == 302
        assert browser.post(url("desk_hold_back", first.public_id)).status_code == 409
        assert send_reminders(clock=make.at(17, 10)) == 0
        assert browser.post(url("desk"), {**page, "bagikan": "ya"}).status_code == 302
    assert send_reminders(clock=make.at(17, 9)) == 0
    assert [send_reminders(clock=make.at(17, 10)) for _time in range(2)] == [1, 0]
    told = Outbox.objects.filter(kind="work_reminder").values_list("user_id", flat=True)
    assert list(told) == [scene.people["second"].pk]
    with at(make.at(17, 10)):
        sent = ReminderBatch.objects.get(undone_at__isnull=True)
        assert browser.post(url("desk_hold_back", sent.public_id)).status_code == 409
        assert "sudah diingatkan hari ini" in browser.post(url("desk"), page).content.decode()


def test_the_desk_offers_what_a_list_shows_and_says_who_has_how_much():
    scene = Scene()
    first, second = reports(scene)
    Report.objects.filter(pk=first.pk).update(assignee=scene.people["second"])
    Report.objects.filter(pk=second.pk).update(due_at=make.at(17, 8).now)
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        late = browser.get(f"{url('desk')}?daftar=reports&tenggat=terlambat").content.decode()
        assert second.public_id in late
        assert first.public_id not in late
        assert "Staf kedua contoh (1 berkas terbuka)" in late
        every = browser.get(f"{url('desk')}?daftar=reports&semua=ya").content.decode()
        assert every.count(" checked>") == 2
        assert scene.matter.title in browser.get(f"{url('desk')}?daftar=cases").content.decode()
        assert browser.get(f"{url('desk')}?daftar=apa").status_code == 200


def test_a_neighbour_finds_neither_the_desk_nor_the_batch():
    scene = Scene()
    batch = assign_many(
        giving=giving(scene, reports(scene)), actor=scene.actor("handler"), clock=make.at(17, 9)
    )
    with at(make.at(17, 9)):
        browser = stranger(NEIGHBOUR)
        page = f"{url('desk')}?kantor={scene.office.public_id}"
        assert browser.get(page).status_code == 404
        assert browser.post(url("desk_undo", batch.public_id)).status_code == 404


def test_the_desk_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    scene = Scene()
    reports(scene, 1)
    browser = scene.client("handler")
    with at(make.at(17, 9)):
        browser.get(url("desk"))
        with CaptureQueriesContext(connection) as one:
            browser.get(url("desk"))
        reports(scene, 5)
        with django_assert_num_queries(len(one)):
            browser.get(url("desk"))


def test_alarms_reach_who_is_on_duty_and_else_the_head():
    scene = Scene()
    head = make.user("Ketua contoh", "supervisor", office=scene.office)
    assert on_duty(office=scene.office, day=date(2025, 6, 17)) == [head.pk]
    turn = {"petugas": scene.people["second"].pk}
    with at(make.at(17, 9)):
        browser = scene.client("handler")
        days = {"mulai": "2025-06-17", "sampai": "2025-06-18"}
        page = {**turn, **days}
        assert browser.post(url("duty"), page).status_code == 302
        assert browser.post(url("duty"), page).status_code == 422
        wrong = {**page, "mulai": "2025-06-20"}
        assert browser.post(url("duty"), wrong).status_code == 422
    assert on_duty(office=scene.office, day=date(2025, 6, 17)) == [scene.people["second"].pk]
    assert on_duty(office=scene.office, day=date(2025, 6, 19)) == [head.pk]
    with at(make.at(17, 9)):
        shift = DutyShift.objects.get()
        assert stranger(NEIGHBOUR).post(url("duty_remove", shift.pk)).status_code == 404
        assert browser.post(url("duty_remove", shift.pk)).status_code == 302
    assert not DutyShift.objects.exists()
