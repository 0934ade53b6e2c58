"""What the law of a regime says on a day, against tables a lawyer can read."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from neutrality.law.books import (
    citizen_categories,
    finger_poses,
    instruments_in,
    pledge_wording,
    rulebook_at,
    situations,
)
from neutrality.law.citations import cited
from neutrality.law.codes import (
    ActCode,
    BodyKind,
    CandidateStage,
    Certainty,
    FormRole,
    OutcomeClass,
    PeriodCode,
    PledgeTextCode,
    PlenaryMatter,
    PolicyCode,
    Regime,
    RegisterKind,
    RequirementCode,
    RetentionClass,
    SanctionClass,
    SituationAnswer,
    SituationTopic,
    StageKind,
    SubjectKind,
)
from neutrality.law.models import Instrument, LawRow, NumberFormat
from neutrality.law.numbering import parse_report_number
from neutrality.law.requirements import review
from neutrality.law.rulebook import LawMissing, Rulebook
from neutrality.law.services.load import TABLES
from tests.law.tables import table

pytestmark = pytest.mark.django_db

PEMILU_DAY = date(2023, 12, 7)
PILKADA_DAY = date(2024, 10, 23)
TODAY_DAY = date(2026, 11, 21)


@pytest.fixture(
    params=[
        (Regime.PEMILU, PEMILU_DAY),
        (Regime.PILKADA, PILKADA_DAY),
        (Regime.PEMILU, TODAY_DAY),
        (Regime.PILKADA, TODAY_DAY),
    ],
    ids=lambda param: f"{param[0]} {param[1]}",
)
def book(request) -> Rulebook:
    regime, day = request.param
    return rulebook_at(regime=regime, day=day)


def pemilu() -> Rulebook:
    return rulebook_at(regime=Regime.PEMILU, day=PEMILU_DAY)


def pilkada() -> Rulebook:
    return rulebook_at(regime=Regime.PILKADA, day=PILKADA_DAY)


def test_every_question_has_an_answer(book):
    assert {code: book.period(code).code for code in PeriodCode} == {c: c for c in PeriodCode}
    assert all(book.form(role).name for role in FormRole)
    assert all(book.violation(act, stage).sanctions for act in ActCode for stage in CandidateStage)
    assert all(book.policy(policy).question_id for policy in PolicyCode)
    assert all(book.sanction(sanction).measures_id for sanction in SanctionClass)
    assert all(book.retention(retention).years >= 1 for retention in RetentionClass)


@pytest.mark.parametrize("register", RegisterKind)
def test_a_number_is_unique_in_its_register_contest_office_and_year(book, register):
    assert book.number(register).scope == ("register", "contest", "office_code", "year")


@pytest.mark.parametrize(
    "line", table("violations"), ids=lambda line: f"{line['act']} {line['stage']}"
)
@pytest.mark.parametrize("regime", Regime)
def test_an_act_at_a_stage_is_the_item_of_the_joint_decree(line, regime):
    rulebook = rulebook_at(regime=regime, day=date.fromisoformat(line["day"]))
    rule = rulebook.violation(ActCode(line["act"]), CandidateStage(line["stage"]))
    assert (rule.code, " ".join(rule.sanctions)) == (line["code"], line["sanctions"])


def test_party_membership_follows_the_law_on_the_civil_service_in_force():
    days = [date(2023, 10, 30), date(2023, 10, 31)]
    rules = [
        rulebook_at(regime=Regime.PEMILU, day=day).violation(
            ActCode.PARTY_MEMBER, CandidateStage.CANDIDATE
        )
        for day in days
    ]
    assert [rule.legal_basis.split("; ")[1][:10] for rule in rules] == ["UU 5/2014 ", "UU 20/2023"]


@pytest.mark.parametrize("line", table("routes"), ids=lambda line: " ".join(line.values()))
def test_a_subject_goes_to_its_body(line):
    regime = Regime(line["regime"])
    rulebook = rulebook_at(regime=regime, day=PILKADA_DAY)
    route = rulebook.route(SubjectKind(line["subject"]), OutcomeClass(line["outcome"]))
    assert route.body_kind is BodyKind(line["body"])
    assert route.ppk


def test_every_kind_of_subject_has_a_route(book):
    routed = {
        (kind, outcome): book.route(kind, outcome).body_kind
        for kind in SubjectKind
        for outcome in (
            OutcomeClass.ASN_LAW,
            OutcomeClass.OTHER_LAW,
            OutcomeClass.CRIMINAL,
            OutcomeClass.ADMINISTRATIVE,
        )
    }
    assert len(routed) == len(SubjectKind) * 4


def test_the_ethics_of_the_organisers_is_for_their_staff_only():
    with pytest.raises(LawMissing, match="No route PNS at ETHICS for PEMILU on 2023-12-07"):
        pemilu().route(SubjectKind.PNS, OutcomeClass.ETHICS)


@pytest.mark.parametrize(("members", "present"), [(3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_a_plenary_decides_when_more_than_half_attend(book, members, present):
    assert book.quorum(members).present == present


def test_an_unknown_size_has_no_quorum():
    with pytest.raises(LawMissing) as caught:
        pemilu().quorum(2)
    missing = caught.value
    assert (missing.what, missing.code, missing.regime, missing.day) == (
        "quorum",
        "2",
        Regime.PEMILU,
        PEMILU_DAY,
    )


def test_before_the_law_there_is_nothing():
    with pytest.raises(LawMissing, match="No requirement"):
        rulebook_at(regime=Regime.PEMILU, day=date(2015, 1, 1)).requirements()


def test_the_coordinator_may_not_decide_a_result_or_a_finding(book):
    assert {matter for matter in PlenaryMatter if book.may_coordinate(matter)} == {
        PlenaryMatter.INITIAL_REVIEW_OUTCOME,
        PlenaryMatter.EXTENSION,
        PlenaryMatter.TRANSFER,
    }


def test_forms_are_of_the_b_series_for_pemilu_and_the_a_series_for_pilkada():
    assert [
        (pemilu().form(role).code, pilkada().form(role).code)
        for role in (FormRole.REPORT, FormRole.RECEIPT, FormRole.CLARIFICATION_MINUTES)
    ] == [("B.1", "A.1"), ("B.3", "A.3"), ("B.12", "A.12")]
    assert pemilu().form(FormRole.INVITATION).certainty is Certainty.FOUND
    assert pilkada().form(FormRole.INVITATION).certainty is Certainty.UNCERTAIN


def test_the_report_form_of_pilkada_was_replaced_in_2024():
    day = date(2024, 9, 30)
    before = rulebook_at(regime=Regime.PILKADA, day=day).form(FormRole.REPORT)
    after = rulebook_at(regime=Regime.PILKADA, day=day + timedelta(days=1)).form(FormRole.REPORT)
    assert (before.legal_basis, after.legal_basis) == (
        "Perbawaslu 8/2020 Lampiran",
        "Perbawaslu 9/2024 Lampiran",
    )


def test_doubts_are_data():
    book = pilkada()
    assert book.period(PeriodCode.FILING_WINDOW).certainty is not Certainty.FOUND
    assert book.period(PeriodCode.HANDLING).certainty is Certainty.FOUND
    online = pemilu().policy(PolicyCode.ONLINE_SENDING_STOPS_FILING)
    receipt = pemilu().policy(PolicyCode.ONLINE_SENDING_EARNS_RECEIPT)
    assert (online.is_yes, receipt.is_yes, online.certainty) == (True, False, Certainty.UNCERTAIN)


def test_no_period_counts_its_first_day(book):
    assert {book.period(code).first_day_counted for code in PeriodCode} == {False}


def test_the_quiet_period_is_served_around_the_clock(book):
    assert book.is_all_day(StageKind.QUIET)
    assert not book.is_all_day(StageKind.CAMPAIGN)


def test_the_same_act_may_also_be_a_crime():
    codes = [
        [row.code for row in rulebook.other_laws(ActCode.OFFICIAL_DECISION)]
        for rulebook in (pemilu(), pilkada())
    ]
    assert codes == [["UU7-282"], ["UU10-188"]]
    assert pemilu().other_laws(ActCode.BANNER) == ()


def test_requirements_come_formal_first_and_say_what_is_missing():
    requirements = pemilu().requirements()
    assert [item.code for item in requirements] == list(RequirementCode)
    judged = dict.fromkeys(RequirementCode, True)
    assert review(requirements=requirements, judged=judged).is_complete
    judged[RequirementCode.MATERIAL_EVIDENCE] = False
    found = review(requirements=requirements, judged=judged)
    assert [item.code for item in found.missing] == [RequirementCode.MATERIAL_EVIDENCE]


def test_what_only_some_offices_ask_never_blocks():
    judged = dict.fromkeys(RequirementCode, True) | {RequirementCode.FORMAL_SIGNATURE: False}
    assert review(requirements=pilkada().requirements(), judged=judged).is_complete


def test_a_requirement_nobody_judged_is_neither_met_nor_missing():
    found = review(requirements=pemilu().requirements(), judged={})
    assert found.missing == ()
    assert len(found.unjudged) == 6
    assert not found.is_complete


@pytest.mark.parametrize(
    ("closed_on", "until"),
    [(date(2024, 3, 1), date(2034, 3, 1)), (date(2024, 2, 29), date(2034, 2, 28))],
)
def test_a_file_is_kept_whole_years_from_its_closing(closed_on, until):
    assert pilkada().retention(RetentionClass.CASE_REFERRED).until(closed_on) == until


def test_citizens_choose_in_plain_words_and_every_act_can_be_reached():
    rows = citizen_categories(day=PILKADA_DAY)
    assert {ActCode(row.act) for row in rows} == set(ActCode)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))


def test_categories_speak_the_language_of_the_reader():
    row = citizen_categories(day=PILKADA_DAY)[0]
    with translation.override("en"):
        english = (row.label, row.example)
    with translation.override("id"):
        indonesian = (row.label, row.example)
    assert english == (row.label_en, row.example_en)
    assert indonesian == (row.label_id, row.example_id)


def test_ten_poses_are_forbidden_and_the_fist_is_not():
    poses = finger_poses(day=PEMILU_DAY)
    assert [pose.is_forbidden for pose in poses] == [True] * 10 + [False]
    assert poses[-1].code == "FIST"


def test_every_topic_of_everyday_life_has_questions_in_one_block():
    rows = situations(day=PILKADA_DAY)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    topics = [row.topic for row in rows]
    blocks = [
        topic for topic, before in zip(topics, ["", *topics], strict=False) if topic != before
    ]
    assert blocks == [topic.value for topic in SituationTopic]


def test_what_is_not_allowed_names_the_act_whose_consequence_is_shown():
    book = rulebook_at(regime=Regime.PILKADA, day=PILKADA_DAY)
    known = {act for act, _stage in book.violations}
    rows = situations(day=PILKADA_DAY)
    assert {row.act for row in rows if row.act} <= known
    nameless = {
        row.code for row in rows if row.answer == SituationAnswer.NOT_ALLOWED and not row.act
    }
    assert nameless == {"menerima-pemberian", "pppk"}
    assert [row.code for row in rows if row.answer == SituationAnswer.ALLOWED and row.act] == []


def test_situations_speak_the_language_of_the_reader():
    row = situations(day=PILKADA_DAY)[0]
    with translation.override("en"):
        english = (row.label, row.reason, row.instead)
    assert english == (row.label_en, row.reason_en, row.instead_en)
    assert (row.reason, row.instead) == (row.reason_id, row.instead_id)


@pytest.mark.parametrize(
    ("basis", "language", "written"),
    [
        ("PP 94/2021 ps 14 huruf i", "id", "PP 94/2021 Pasal 14 huruf i"),
        ("PP 94/2021 ps 14 huruf i", "en", "PP 94/2021 Article 14 letter i"),
        (
            "SKB Netralitas 2022 Lampiran II; PP 42/2004 ps 11 huruf c jo. PP 42/2004 ps 15",
            "en",
            (
                "SKB Netralitas 2022 Annex II; PP 42/2004 Article 11 letter c"
                " in conjunction with PP 42/2004 Article 15"
            ),
        ),
        ("Perpres 116/2022", "en", "Perpres 116/2022"),
        ("UU 7/2017 art. 454(6); UU 10/2016", "id", "UU 7/2017 Pasal 454(6); UU 10/2016"),
    ],
)
def test_a_legal_basis_is_written_out(basis, language, written):
    with translation.override(language):
        assert cited(basis) == written


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("code", "points"), [(PledgeTextCode.FOUR_POINTS, 4), (PledgeTextCode.SEVEN_PROHIBITIONS, 7)]
)
def test_both_wordings_of_the_pledge_are_there_in_both_languages(code, language, points):
    assert len(pledge_wording(code=code, language=language, day=PEMILU_DAY).points) == points


def test_a_wording_in_another_language_is_missing():
    with pytest.raises(LawMissing, match="pledge wording"):
        pledge_wording(code=PledgeTextCode.FOUR_POINTS, language="jv", day=PEMILU_DAY)


def test_a_legal_basis_names_its_instruments():
    basis = "UU 7/2017 ps 454(6); Perbawaslu 7/2022 ps 8(3)"
    found = instruments_in(basis, day=PEMILU_DAY)
    assert [row.code for row in found] == ["UU 7/2017", "Perbawaslu 7/2022"]
    assert instruments_in("UU 1/1999", day=PEMILU_DAY) == []


@pytest.mark.parametrize("seed", TABLES, ids=lambda seed: seed.file)
def test_every_legal_basis_can_be_resolved(seed):
    codes = tuple(Instrument.objects.values_list("code", flat=True))
    unresolved = [
        part
        for row in rows_of(seed.model)
        for part in row.legal_basis.replace(" jo. ", ";").split(";")
        if not part.strip().startswith(codes)
    ]
    assert unresolved == []


@pytest.mark.parametrize("seed", TABLES, ids=lambda seed: seed.file)
def test_every_doubtful_row_says_why(seed):
    silent = [row for row in rows_of(seed.model) if row.certainty == "UNCERTAIN" and not row.note]
    tolerated = {"forms.csv", "calendar_days.csv", "routes.csv"}
    assert silent == [] or seed.file in tolerated


def test_the_example_of_each_number_format_can_be_read():
    assert {
        parse_report_number(row.example).register.value: row.register
        for row in NumberFormat.objects.all()
    } == {kind.value: kind.value for kind in RegisterKind}


def rows_of(model: type[LawRow]) -> list[LawRow]:
    return list(model._default_manager.all())


def test_a_rulebook_is_built_once_and_asks_nothing_after(django_assert_num_queries):
    first = pemilu()
    with django_assert_num_queries(0):
        assert pemilu() is first
        pilkada()
