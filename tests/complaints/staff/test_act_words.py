"""What a citizen chose is read in English by readers of English, wherever a short text names it."""

import pytest
from django.urls import reverse
from django.utils import translation

from complaints.act_words import UNNAMED_ACT, spoken_acts
from tests.complaints.staff.scene import browser, words

CHOSEN = {
    "id": "Berpose dengan isyarat jari tanda dukungan",
    "en": "Posing with a finger sign of support",
}


@pytest.mark.parametrize("language", ["id", "en"])
def test_lists_and_headings_name_the_act_in_the_reader_s_language(scene, language):
    report = scene.report()
    client = browser(scene.intake)
    client.cookies["django_language"] = language
    pages = ("/petugas/", "/petugas/laporan/", reverse("staff:report", args=[report.public_id]))
    for page in pages:
        shown = words(client.get(page))
        assert {key: CHOSEN[key] in shown for key in CHOSEN} == {
            key: key == language for key in CHOSEN
        }, page
    assert report.matter.title.startswith(CHOSEN["id"])


@pytest.mark.django_db
def test_what_people_typed_beside_the_choices_stays():
    chosen, other = CHOSEN["id"], "Mengunggah dukungan atau ajakan memilih"
    with translation.override("en"):
        assert spoken_acts(f"{chosen}; {other}; Mengu…") == (
            f"{CHOSEN['en']}; Posting support or a call to vote for someone; Mengu…"
        )
        assert spoken_acts(f"{chosen}: Kelurahan Contoh") == f"{CHOSEN['en']}: Kelurahan Contoh"
        assert spoken_acts("") == ""
    with translation.override("id"):
        assert spoken_acts(f"{chosen}: {UNNAMED_ACT}") == f"{chosen}: {UNNAMED_ACT}"
