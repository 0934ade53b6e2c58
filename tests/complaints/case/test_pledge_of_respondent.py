"""Whether the respondent signed the pledge of that election stands in the file as a fact."""

import pytest

from complaints.models import Party
from neutrality.law.clock import Clock
from tests.complaints.case.scene import FOREIGN, NEIGHBOUR, Scene, at, stranger, url
from tests.pledges import factories as pledge

pytestmark = pytest.mark.django_db
LATER = Clock(now=pledge.DEADLINE)


def linked(scene, person, agency):
    Party.objects.filter(pk=scene.respondent.pk).update(person=person, agency=agency)


def test_signed_when_not_signed_and_never_asked_are_three_different_sentences():
    scene = Scene()
    city, elsewhere = pledge.agency(), pledge.agency("Pemerintah Kota Lain")
    signer, silent = (pledge.servant(city, name=f"Pegawai {name}") for name in ("Satu", "Dua"))
    unasked = pledge.servant(elsewhere, name="Pegawai Tiga")
    round_ = pledge.opened(city, election=scene.report.contest.election_id)
    for person in (signer, silent):
        pledge.invited(round_, person)
    pledge.signed(round_, signer)
    page = url("case_part", scene.matter.public_id, "terlapor")
    told = [
        (signer, city, "Ditandatangani 20 Nov 2026, 12.00 WIB"),
        (silent, city, "Belum ditandatangani (Diundang)"),
        (unasked, elsewhere, "Tidak diminta menandatangani untuk pemilihan ini"),
    ]
    with at(LATER):
        for person, agency, words in told:
            linked(scene, person, agency)
            shown = scene.client("handler").get(page).content.decode()
            assert [each for _who, _where, each in told if each in shown] == [words]
        for office in (NEIGHBOUR, FOREIGN):
            assert stranger(office).get(page).status_code == 404
        linked(scene, None, None)
        assert "Pakta integritas" not in scene.client("handler").get(page).content.decode()
