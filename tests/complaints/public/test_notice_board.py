"""The notice board says what was decided about whom in general words, and nothing else."""

from datetime import date

import pytest
from django.utils import translation

from complaints.codes import CaseState
from complaints.models import Announcement, Matter, Party
from complaints.services.announce import announce, general_words
from complaints.services.approve_assessment import approve_assessment
from complaints.services.bring_to_plenary import bring_to_plenary
from neutrality.documents.models import Document
from neutrality.documents.opening import pdf_bytes
from neutrality.law.books import rulebook_at
from neutrality.law.citations import cited
from neutrality.law.codes import OutcomeClass, Regime
from neutrality.organisations.models import Agency, Unit
from neutrality.personnel.models import Employment, Person
from tests.complaints import factories as make
from tests.complaints.case.test_once_more import closed_case, decided, reopened
from tests.complaints.referral.scene import SECRETS, Scene, agency
from tests.documents.test_rendering import text_of

pytestmark = pytest.mark.django_db
BOARD = "/pengumuman/"


@pytest.fixture
def scene():
    return Scene(employer=agency())


def announced(scene, hour=12):
    return announce(matter_id=scene.matter.pk, actor=scene.handler, clock=make.at(18, hour))


def test_everybody_reads_agency_and_result_and_no_name(client, scene):
    with translation.override("en"):
        announced(scene)
    page = client.get(BOARD).content.decode()
    hidden = (*SECRETS, "Lurah contoh", "Kelurahan Contoh", "Pelapor Rahasia")
    told = "PNS, Pemerintah Kota Contoh: " in page
    assert (told, [words for words in hidden if words in page]) == (True, [])
    code = Document.objects.get(role="STATUS_NOTICE", classification="PUBLIC").verify_code
    assert client.get(f"/verifikasi/{code}/").status_code == 200
    assert f"/verifikasi/{code}/" in page


def test_a_respondent_is_position_class_and_agency_only(client, scene):
    employer = scene.agency
    ward = Unit.objects.create(
        agency=employer, code="x", path=f"{employer.path}/x", name="Kelurahan Xyqwert", kind="WARD"
    )
    person = Person.objects.create(name="Zorgval Brandt")
    post = Employment.objects.create(
        person=person, agency=employer, unit=ward, position_title="Lurah Xyqwert",
        position_class="LURAH", kind="PNS", assignment="MAIN", valid_from=date(2024, 1, 1),
    )  # fmt: skip
    Party.objects.filter(matter=scene.matter, kind="RESPONDENT").update(
        name="Zorgval Brandt", description="Z.B.", unit=ward, unit_text=ward.name,
        person=person, employment=post,
    )  # fmt: skip
    announced(scene)
    line = "Lurah, Pemerintah Kota Contoh: Pelanggaran netralitas ASN"
    assert Announcement.objects.get().text == line
    notice = Document.objects.get(role="STATUS_NOTICE", classification="PUBLIC")
    pdf = pdf_bytes(document=notice, actor=scene.handler, clock=make.at(18, 13))
    for said in (client.get(BOARD).content.decode(), text_of(pdf), str(notice.content)):
        whole = " ".join(said.split())
        assert [word for word in ("Zorgval", "Z.B.", "Xyqwert") if word in whole] == []
        assert "Pemerintah Kota Contoh" in whole
    form = rulebook_at(regime=Regime.PILKADA, day=make.at(18).now.date()).form("STATUS_NOTICE")
    assert (notice.form_code, notice.content["basis"]) == (form.code, cited(form.legal_basis))


@pytest.mark.parametrize(
    ("kind", "words"),
    [("PNS", "PNS, Pemerintah Kota Contoh"), ("ACTING_HEAD", "Terlapor, Pemerintah Kota Contoh")],
)
def test_who_heads_an_agency_is_not_named_by_that_post(kind, words):
    employer = Agency(name="Pemerintah Kota Contoh", pk=1)
    assert general_words(Party(subject_kind=kind, agency=employer)) == words


def test_the_newest_announcement_of_a_file_stands_and_says_that_it_was_opened_again(client, scene):
    announced(scene)
    newest = announced(scene, 13)
    Announcement.objects.exclude(pk=newest.pk).update(text="Pengumuman lama")
    Matter.objects.filter(pk=scene.matter.pk).update(state=CaseState.ASSESSMENT, decided_at=None)
    page = client.get(BOARD).content.decode()
    assert ("Pengumuman lama" in page, "dibuka kembali" in page) == (False, True)


def decided_otherwise(scene):
    """Open a decided case again on Monday; on Tuesday the plenary finds nothing proven."""
    reopened(scene, 23)
    version = scene.written(facts="Bukti baru.", after=1, outcome=OutcomeClass.NOT_PROVEN)
    chair, handler = scene.actor("chair"), scene.actor("handler")
    given = {"matter_id": scene.matter.pk}
    approve_assessment(version=version.version, actor=chair, clock=make.at(23, 13), **given)
    item = bring_to_plenary(
        proposal="Tidak terbukti",
        expected_version=None,
        actor=handler,
        clock=make.at(23, 14),
        **given,
    )
    decided(scene, item, 24)


def test_a_result_that_was_decided_again_is_shown_as_replaced_until_the_new_one_is_told(client):
    scene = closed_case()

    def shown():
        page = client.get(BOARD).content.decode()
        said = ("Pelanggaran netralitas ASN", "dibuka kembali", "diputus ulang")
        return [words in page for words in said]

    def tell(day):
        announce(matter_id=scene.matter.pk, actor=scene.actor("handler"), clock=make.at(day, 13))

    tell(19)
    assert shown() == [True, False, False]
    decided_otherwise(scene)
    # Also when the decision is written down later than the day on which it was taken.
    Matter.objects.filter(pk=scene.matter.pk).update(decided_at=make.at(19, 12).now)
    assert shown() == [True, False, True]
    tell(25)
    assert shown() == [False, False, False]


def test_a_board_is_of_one_office_and_costs_the_same_for_any_number(
    client, scene, django_assert_num_queries
):
    empty = client.get(BOARD).content.decode()
    announced(scene)
    with django_assert_num_queries(3):
        client.get(BOARD)
    Announcement.objects.bulk_create(
        Announcement(
            matter=row.matter,
            office=make.office("61.71"),
            number=f"00{number}/Reg/LP",
            text="Lurah: bukan pelanggaran",
            published_at=make.at(19, 9).now,
            published_by_id=scene.handler.user_id,
        )
        for number, row in enumerate(Scene(region="61.71", day=19).matter.reports.all())
    )
    with django_assert_num_queries(3):
        both = client.get(BOARD).content.decode()
    own = client.get(BOARD, {"kantor": scene.office.path}).content.decode()
    nowhere = client.get(BOARD, {"kantor": "RI/99\0"}).content.decode()
    assert [page.count("<article") for page in (empty, both, own, nowhere)] == [0, 2, 1, 2]
