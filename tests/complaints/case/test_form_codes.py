"""The papers of a clarification bear the form that the law in force names for them."""

import pytest
from django.utils import translation

from complaints.codes import Oath, PartyKind
from complaints.models import ClarificationSession, Party
from complaints.services.confirm_minutes import confirm_minutes
from complaints.services.hold_session import Attended, hold_session, mark_absent
from complaints.services.write_minutes import LineGiven, write_line
from neutrality.documents.models import Classification, Document
from neutrality.documents.opening import pdf_bytes
from neutrality.vault.models import IdentityKind
from neutrality.vault.services import seal_identity
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene
from tests.documents.test_rendering import text_of

pytestmark = pytest.mark.django_db
INVITATION = "Surat Undangan Klarifikasi"
OATH = "Berita Acara Sumpah/Janji Pelapor/Terlapor/Saksi"
OATH_OF_EXPERT = "Berita Acara Sumpah/Janji Ahli"
MINUTES = "Berita Acara Klarifikasi"


def expert(scene):
    row = seal_identity(
        data=make.identity("Ahli contoh"), kind=IdentityKind.EXPERT, clock=make.at(17, 9)
    )
    return Party.objects.create(
        matter=scene.matter, kind=PartyKind.EXPERT, alias="Ahli 1", identity=row
    )


def heard(scene, session, day, attended):
    """The person comes, is asked for the oath, answers one question and confirms the minutes."""
    given = {"session_id": session.pk, "actor": scene.actor("handler")}
    hold_session(attended=attended, clock=make.at(day, 9), **given)
    line = LineGiven(position=1, question="Siapa nama Anda?", answer="Nama contoh", seen="")
    write_line(line=line, clock=make.at(day, 10), **given)
    confirm_minutes(remarks="", clock=make.at(day, 11), **given)


def signers(paper):
    return [row["name"] for row in paper.content["signatories"]]


def issued(scene):
    papers = Document.objects.filter(matter_ref=scene.matter.pk, twin_of=None)
    wanted = papers.filter(
        role__in=["INVITATION", "OATH_MINUTES", "EXPERT_OATH_MINUTES", "CLARIFICATION_MINUTES"]
    )
    return list(wanted.order_by("issued_at", "pk"))


@pytest.mark.parametrize(("regime", "series"), [("PEMILU", "B"), ("PILKADA", "A")])
def test_invitations_oaths_and_minutes_bear_the_form_of_their_regime(regime, series):
    scene = Scene(contest=make.contest(regime=regime))
    first = scene.session()
    mark_absent(
        session_id=first.session.pk,
        reason="Sakit",
        actor=scene.actor("handler"),
        clock=make.at(19, 12),
    )
    second = scene.session(clock=make.at(19, 13), start=make.at(23, 9).now, end=make.at(23, 10).now)
    with translation.override("en"):  # the officer reads pages in English, papers are official
        heard(scene, second.session, 23, Attended(oath=Oath.REFUSED, note="Sudah berjanji."))
    witness = scene.session(
        expert(scene), clock=make.at(23, 12), start=make.at(24, 9).now, end=make.at(24, 10).now
    )
    heard(scene, witness.session, 24, Attended(oath=Oath.SWORN, note="Islam"))
    papers = issued(scene)
    assert [(row.form_code, row.title) for row in papers] == [
        (f"{series}.9", INVITATION),
        (f"{series}.9", INVITATION),
        (f"{series}.10", OATH),
        (f"{series}.12", MINUTES),
        (f"{series}.9", INVITATION),
        (f"{series}.11", OATH_OF_EXPERT),
        (f"{series}.12", MINUTES),
    ]
    ordinals = ClarificationSession.objects.order_by("pk").values_list("invitation", "ordinal")
    assert list(ordinals) == [(papers[0].pk, 1), (papers[1].pk, 2), (papers[4].pk, 1)]
    assert [papers[number].content["ordinal"] for number in (0, 1)] == [1, 2]
    assert papers[2].content["refusal"] == "Sudah berjanji."
    assert papers[3].content["read_back"] == (
        "Berita acara dibacakan kembali dan dibenarkan oleh yang memberi keterangan."
    )
    assert (papers[3].content["mode"], papers[3].content["capacity"]) == ("Tatap muka", "Terlapor")
    assert signers(papers[2]) == signers(papers[3]) == ["Lurah contoh", "Staf contoh"]
    assert [signers(row.twin) for row in papers[5:]] == [["Ahli 1", "Staf contoh"]] * 2
    sealed = {row.classification for row in papers[4:]}
    assert sealed == {Classification.IDENTITY}
    for paper in papers[1:4]:
        pdf = pdf_bytes(document=paper, actor=scene.actor("handler"), clock=make.at(24, 12))
        printed = " ".join(text_of(pdf).split())
        assert f"Formulir Model {paper.form_code}" in printed
        assert paper.title in printed or paper.form_code.endswith(".9")
