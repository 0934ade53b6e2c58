"""Public figures are exact, at any moment, and nothing is said of nobody."""

import csv
import io
import json

import pytest
from django.db.models import Sum

from complaints.codes import CaseState
from complaints.models import Matter, Tally
from complaints.services.fold_tallies import fold_tallies
from complaints.services.record_tip import record_tip
from complaints.tallies import TallyKind
from complaints.workflow.actions import CaseAction
from complaints.workflow.case import CASE
from neutrality.casework.corrections import confirm_request, request_correction
from neutrality.casework.engine import apply
from neutrality.casework.workflow import StepContext
from tests.complaints import factories as make
from tests.complaints.referral.scene import DECREE, RECOMMENDATION, Scene, agency, kanreg

pytestmark = pytest.mark.django_db
KENDARI = "RI/74/74.71"


def totals(**where):
    rows = Tally.objects.filter(**where).values_list("kind").annotate(Sum("amount"))
    return {kind: amount for kind, amount in rows if amount}


def rows_of(client, **asked):
    text = b"".join(client.get("/data/netralitas-asn.csv", asked).streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def whole_life(**decree):
    scene = Scene(employer=agency())
    (item,) = scene.send()
    scene.recommend(item)
    officer = make.actor("Disiplin contoh", "hr_discipline", agency=scene.agency)
    scene.step(item, "START_FOLLOW_UP", officer, make.at(20, 9))
    scene.step(item, "SANCTION", officer, make.at(20, 10), **{**DECREE, **decree})
    return scene


def test_everybody_reads_how_many_referrals_were_followed_up(client):
    scene = whole_life()
    scene.another_respondent("Camat contoh", scene.agency)
    scene.send()
    fold_tallies()
    page = client.get("/data/", {"kantor": scene.office.path}).content.decode()
    assert "Dari 2 penerusan, 1 (50%) sudah berakhir dengan rekomendasi" in page
    assert "dan 1 (50%) selesai ditindaklanjuti" in page
    nothing = client.get("/data/", {"kantor": KENDARI}).content.decode()
    assert "Belum ada penerusan: 0 diteruskan, 0 selesai ditindaklanjuti." in nothing


def test_a_closed_statement_is_public_as_a_finished_follow_up_like_any_other(client):
    whole_life(sanction_class="MORAL_CLOSED", reason="Baru pertama kali.")
    fold_tallies()
    (row,) = rows_of(client, kantor="RI/35/35.71")
    finished = {name for name, number in row.items() if number == "1"}
    assert finished >= {"referred", "recommended", "follow_up_finished"}
    page = client.get("/data/", {"kantor": "RI/35/35.71"}).content.decode().lower()
    assert "tindak lanjut selesai" in page
    said = page + json.dumps(client.get("/data/skema.json").json()).lower() + " ".join(row)
    assert [word for word in ("sanksi", "sanction", "moral") if word in said] == []


def test_the_country_is_a_map_with_its_table_beside(client):
    whole_life()
    page = client.get("/data/").content.decode()
    assert 'href="?kantor=RI/35&amp;" aria-label="Bawaslu Provinsi Jawa Timur: 1"' in page
    assert '<a href="#kantor">' in page
    assert "tile-map" not in client.get("/data/", {"kantor": "RI/35"}).content.decode()


def test_a_city_without_reports_is_stated_as_zero(client):
    page = client.get("/data/", {"kantor": KENDARI}).content.decode()
    assert "0 laporan, 0 informasi awal, 0 temuan" in page
    (row,) = rows_of(client, kantor=KENDARI)
    assert (row["office"], row["month"], row["report"], row["finding"]) == (KENDARI, "", "0", "0")


def test_each_step_is_counted_where_and_when_it_happened():
    scene = whole_life()
    assert totals(office=scene.office) == {
        "REPORT": 1,
        "MATTER": 1,
        "PERSON": 1,
        "REFERRED": 1,
        "RECOMMENDED": 1,
        "SANCTIONED": 1,
    }
    assert set(Tally.objects.values_list("month", "contest")) == {
        (make.at().now.date().replace(day=1), scene.matter.contest_id)
    }


def test_a_tip_without_known_people_counts_no_person():
    given = make.lodging(reporter=None, respondents=())
    record_tip(given=given, actor=make.CITIZEN_ACTOR, clock=make.at(16))
    assert totals() == {"TIP": 1, "MATTER": 1}


def test_folding_changes_no_sum_and_can_be_repeated():
    whole_life()
    before = totals()
    assert fold_tallies() == 6
    assert (totals(), Tally.objects.filter(folded=False).count()) == (before, 0)
    assert fold_tallies() == 0
    make_more = make.lodging(contest=Matter.objects.get().contest)
    record_tip(given=make_more, actor=make.CITIZEN_ACTOR, clock=make.at(16))
    assert fold_tallies() == 3
    assert totals() == {**before, "TIP": 1, "MATTER": 2, "PERSON": 2}
    assert Tally.objects.count() == 7


def test_without_a_contest_the_folded_rows_still_meet():
    for _ in range(2):
        record_tip(given=make.lodging(), actor=make.CITIZEN_ACTOR, clock=make.at(16))
        fold_tallies()
    assert sorted(Tally.objects.values_list("kind", "amount")) == [
        ("MATTER", 2),
        ("PERSON", 2),
        ("TIP", 2),
    ]


def test_a_decision_counts_its_results_and_reopening_takes_them_back():
    scene = Scene()
    Matter.objects.filter(pk=scene.matter.pk).update(state=CaseState.PLENARY, decided_at=None)
    from complaints.models import Assessment, Conclusion  # noqa: PLC0415  only for this guard

    assessment = Assessment.objects.create(
        matter=scene.matter,
        office_path=scene.matter.office_path,
        version=1,
        facts="Fakta contoh.",
        analysis="Analisis contoh.",
        text_sha256="0" * 64,
        written_at=scene.clock.now,
        written_by_id=scene.handler.user_id,
        approved_at=scene.clock.now,
        approved_by_id=scene.member.user_id,
    )
    Conclusion.objects.bulk_create(
        Conclusion(assessment=assessment, allegation=row, outcome="ASN_LAW", elements="Terpenuhi.")
        for row in scene.matter.allegations.all()
    )
    apply(
        workflow=CASE,
        action=CaseAction.DECIDE,
        subject_id=scene.matter.pk,
        actor=scene.member,
        clock=make.at(18, 12),
        context=StepContext(data={"agenda_item": scene.decision.pk}),
    )
    found = totals(office=scene.office)
    assert (found["DECIDED"], found["OUTCOME_ASN_LAW"]) == (1, 1)


def test_a_corrected_recommendation_is_not_counted():
    scene = Scene(employer=agency())
    (item,) = scene.send()
    liaison = make.actor("Penghubung contoh", "liaison", body=kanreg())
    second = make.actor("Penghubung kedua", "liaison", body=kanreg())
    scene.step(item, "ACKNOWLEDGE", liaison, make.at(19, 9))
    scene.step(item, "RECOMMEND", liaison, make.at(19, 10), **RECOMMENDATION)
    from complaints.workflow.referral import REFERRAL  # noqa: PLC0415  beside its own test

    assert totals()["RECOMMENDED"] == 1
    asked = request_correction(
        workflow=REFERRAL,
        subject_id=item.pk,
        reason="Salah orang.",
        actor=liaison,
        clock=make.at(19, 11),
    )
    confirm_request(request_id=asked.pk, actor=second, clock=make.at(19, 12))
    assert "RECOMMENDED" not in totals()


def test_the_page_shows_the_three_counts_and_the_table(client):
    scene = whole_life()
    page = client.get("/data/", {"kantor": scene.office.path}).content.decode()
    for words in (
        "Laporan",
        "Berkas",
        "Orang yang dilaporkan",
        "Tindak lanjut selesai",
        "Juni 2025",
    ):
        assert words in page


def test_numbers_of_a_city_stand_in_the_row_of_its_province(client):
    scene = whole_life()
    page = client.get("/data/").content.decode()
    province = make.office("35").name
    row = page.split(f">{province}</a></th>")[1].split("</tr>")[0]
    assert row.count(">1</td>") == 4
    assert scene.office.name not in page


def test_the_page_costs_the_same_however_much_was_counted(client, django_assert_num_queries):
    client.get("/data/")
    with django_assert_num_queries(5):
        client.get("/data/")
    whole_life()
    Scene(region="35.06", employer=agency("kab-contoh", "Kabupaten Contoh", "35.06"))
    with django_assert_num_queries(5):
        client.get("/data/")


def test_contest_and_months_narrow_every_number(client):
    scene = whole_life()
    own = {"kantor": scene.office.path, "pemilihan": scene.matter.contest_id}
    (row,) = rows_of(client, **own, dari="2025-06", sampai="2025-06")
    assert (row["report"], row["follow_up_finished"], row["month"]) == ("1", "1", "2025-06")
    (empty,) = rows_of(client, **own, dari="2025-07")
    assert (empty["report"], empty["month"]) == ("0", "")


def test_json_carries_its_instant_and_every_column_of_the_schema(client):
    scene = whole_life()
    text = b"".join(
        client.get("/data/netralitas-asn.json", {"kantor": scene.office.path}).streaming_content
    )
    document = json.loads(text)
    schema = json.loads(client.get("/data/skema.json").content)
    (row,) = document["rows"]
    assert set(row) == set(schema["required"]) == set(schema["properties"])
    assert {kind.column for kind in TallyKind} < set(row)
    assert "T" in document["as_of"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kantor": "RI/99"}, 404),
        ({"pemilihan": "x"}, 422),
        ({"pemilihan": "999999999999999999999"}, 422),
        ({"dari": "2025-13"}, 422),
        ({"dari": "2025-07", "sampai": "2025-06"}, 422),
    ],
)
def test_wrong_questions_are_answered_by_a_sentence(client, asked, status):
    assert client.get("/data/", asked).status_code == status
    assert client.get("/data/netralitas-asn.csv", asked).status_code == 404
