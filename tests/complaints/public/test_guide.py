"""What everybody can learn: acts, poses, everyday questions, all from the law in force."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from complaints.selectors.guide import guide_page
from neutrality.law import books
from neutrality.law.books import finger_poses, situations
from neutrality.law.codes import SituationAnswer
from neutrality.law.models import Situation
from neutrality.law.services.rows import end_row
from tests.complaints import factories as make
from tests.complaints.staff.scene import words

pytestmark = pytest.mark.django_db
GUIDE, QUESTIONS, TRY = "/panduan/", "/panduan/bolehkah/", "/panduan/bolehkah/uji/"
TODAY = date(2025, 6, 16)
CLOCK = make.at(16, 9)


def page(**asked):
    return guide_page(clock=CLOCK, **asked)


def test_every_act_names_stage_consequence_and_article(client):
    shown = words(client.get(GUIDE))
    assert "Menyukai, mengomentari, atau membagikan unggahan calon" in shown
    liked = next(row for row in page().acts if row.words.startswith("Menyukai"))
    assert (liked.before.category, liked.before.sanctions) == (
        "Kode etik",
        "Sanksi moral: pernyataan tertutup, Sanksi moral: pernyataan terbuka",
    )
    assert liked.after.sanctions == "Hukuman disiplin berat"
    assert liked.after.basis == (
        "SKB Netralitas 2022 Lampiran II; PP 94/2021 Pasal 14 huruf i angka 3 dan 4;"
        " PP 94/2021 Pasal 5 huruf n angka 5"
    )
    assert liked.after.basis in shown


def test_an_act_that_may_be_a_crime_says_in_which_election_and_what_threatens():
    team = next(row for row in page().acts if row.words.startswith("Menjadi tim sukses"))
    assert [(crime.election, crime.basis) for crime in team.crimes] == [
        ("Pemilu", "UU 7/2017 Pasal 280(3); UU 7/2017 Pasal 494"),
        ("Pemilihan (Pilkada)", "UU 10/2016 Pasal 70; UU 10/2016 Pasal 189"),
    ]
    with translation.override("en"):
        team = next(row for row in page().acts if row.words.startswith("Working in a campaign"))
        assert (
            team.crimes[0].penalty == "Detention of up to 1 year and a fine of up to Rp12,000,000"
        )
        assert team.after.basis.endswith("PP 94/2021 Article 14 letter i")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("grup WhatsApp", ["grup-pemenangan", "grup-keluarga"]),
        ("MOBIL dinas", ["mobil-dinas"]),
        ("sembako", ["membagikan-bingkisan"]),
        ("   ", None),
        ("zzz", []),
    ],
)
def test_a_search_finds_what_has_every_word(client, asked, found):
    rows = [row.code for row in page(asked=asked).questions]
    assert rows == ([row.code for row in page().questions] if found is None else found)
    shown = words(client.get(GUIDE, {"cari": asked}))
    assert ("Tidak ada yang cocok" in shown) == (found == [])


def test_a_search_needs_no_script_and_keeps_what_was_typed(client):
    html = client.get(QUESTIONS, {"cari": 'suka "x" <b>'}).content.decode()
    assert 'value="suka &quot;x&quot; &lt;b&gt;"' in html
    assert "<b>" not in html


def test_the_whole_guide_costs_the_session_nothing_and_one_query(client, django_assert_num_queries):
    client.get(GUIDE)
    with django_assert_num_queries(1):
        client.get(GUIDE)
    with django_assert_num_queries(0):
        client.get(QUESTIONS)


def test_every_pose_has_its_own_drawing_with_a_name(client):
    drawn = (Path(settings.BASE_DIR) / "static/img/poses.svg").read_text(encoding="utf-8")
    poses = finger_poses(day=TODAY)
    assert set(re.findall(r'symbol id="(\w+)"', drawn)) == {row.code.lower() for row in poses}
    html = client.get(GUIDE).content.decode()
    assert html.count('role="img" aria-label="Gambar tangan:') == len(poses) == 11


def test_a_question_is_answered_with_reason_and_article(client):
    answer = client.get(reverse("public:guide_question", args=["mobil-dinas"]))
    shown = words(answer)
    assert "Tidak boleh" in shown
    assert "Fasilitas negara tidak boleh dipakai untuk kampanye" in shown
    assert "Dasar: PP 94/2021 Pasal 5 huruf n angka 4" in shown
    assert "Hukuman disiplin berat" in shown
    assert client.get(reverse("public:guide_question", args=["tidak-ada"])).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_questions_have_their_page_in_both_languages(client, language):
    client.cookies["django_language"] = language
    for row in situations(day=TODAY)[::9]:
        answer = client.get(reverse("public:guide_question", args=[row.code]))
        told = [row.label_en, row.reason_en] if language == "en" else [row.label_id, row.reason_id]
        shown = words(answer)
        assert [text in shown.replace("&#x27;", "'") for text in told] == [True, True], row.code


@pytest.fixture
def reread():
    """What a test changes in the law is read, and forgotten after it."""
    yield books.forget
    books.forget()


def test_an_answer_that_is_no_longer_law_is_gone(client, reread):
    row = Situation.objects.get(code="mobil-dinas")
    end_row(row=row, ends_on=date(2025, 6, 1))
    reread()
    assert client.get(reverse("public:guide_question", args=["mobil-dinas"])).status_code == 404


def test_who_tries_is_told_what_was_right_and_nothing_is_kept(client):
    html = client.get(TRY).content.decode()
    asked = set(re.findall(r'type="radio" name="([\w-]+)"', html))
    rows = {row.code: row for row in page().questions if row.code in asked}
    right = {code: row.answer.value for code, row in rows.items()}
    shown = words(client.post(f"{TRY}?putaran=1", right))
    assert f"{len(asked)} dari {len(asked)} jawaban tepat" in shown
    wrong = dict.fromkeys(asked, SituationAnswer.DEPENDS.value)
    number = sum(row.answer == SituationAnswer.DEPENDS for row in rows.values())
    assert f"{number} dari {len(asked)} jawaban tepat" in words(client.post(TRY, wrong))
    assert "Belum Anda jawab." in words(client.post(TRY, {}))
    assert client.session.items() == {}.items()


def test_the_rounds_together_ask_every_question_once(client):
    asked = []
    for number in range(1, 6):
        html = client.get(TRY, {"putaran": number}).content.decode()
        asked += sorted(set(re.findall(r'type="radio" name="([\w-]+)"', html)))
    assert sorted(asked) == sorted(row.code for row in page().questions)


@pytest.mark.parametrize("number", ["0", "6", "-1", "x", "²", "9" * 50, ""])
def test_another_round_than_there_is_is_the_first(client, number):
    first = client.get(TRY).content
    assert client.get(TRY, {"putaran": number}).status_code == 200
    assert words(client.get(TRY, {"putaran": number})) == words(client.get(TRY)) != first


def test_the_guide_can_be_printed_with_every_answer():
    html = Client().get(QUESTIONS).content.decode()
    assert html.count('class="print-only"') == len(page().questions)
    assert "data-print" in html
