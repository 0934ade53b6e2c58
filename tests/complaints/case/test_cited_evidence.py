"""An assessment says on which evidence it rests; the approval covers that too."""

import pytest

from complaints.models import Assessment, Conclusion, Evidence
from complaints.services.approve_assessment import approve_assessment
from complaints.services.write_assessment import (
    AssessmentGiven,
    ConclusionGiven,
    write_assessment,
)
from complaints.workflow.actions import CaseAction
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from neutrality.law.codes import OutcomeClass
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene, at, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene()
    scene.in_assessment()
    return scene


def evidence(matter, caption, **change):
    given = {"kind": "WEB", "url": "https://contoh.id/x", "handed_in_at": make.at(17).now}
    return Evidence.objects.create(matter=matter, caption=caption, **given, **change)


def written(scene, *cited, after=0):
    conclusion = ConclusionGiven(
        allegation_id=scene.allegation.pk,
        outcomes=(OutcomeClass.ASN_LAW,),
        elements="Unsur terpenuhi.",
        evidence=tuple(row.public_id for row in cited),
    )
    return write_assessment(
        matter_id=scene.matter.pk,
        given=AssessmentGiven(
            facts="Fakta.", analysis="Analisis.", conclusions=(conclusion,), after_version=after
        ),
        actor=scene.actor("handler"),
        clock=make.at(18, 9),
    )


def approved(scene, number):
    return approve_assessment(
        matter_id=scene.matter.pk,
        version=number,
        actor=scene.actor("chair"),
        clock=make.at(18, 10),
    )


def test_another_citation_is_another_version_that_needs_another_approval(scene):
    photo, video = evidence(scene.matter, "Foto pose"), evidence(scene.matter, "Video pose")
    first = written(scene, photo)
    approved(scene, 1)
    with pytest.raises(Refused, match=r"^assessment_unchanged$"):
        written(scene, photo, after=1)
    second = written(scene, photo, video, after=1)
    assert first.text_sha256 != second.text_sha256
    assert Assessment.objects.get(version=2).approved_at is None
    with at(make.at(18, 11)):
        page = url("assessment_version", scene.matter.public_id, 2)
        shown = scene.client("handler").get(page).content.decode()
    assert "Foto pose" in shown
    assert "<ins>" in shown


def test_the_paper_lists_what_is_cited_and_nothing_else(scene):
    evidence(scene.matter, "Tangkapan lain")
    photo = evidence(scene.matter, "Foto pose")
    written(scene, photo)
    approved(scene, 1)
    scene.step(CaseAction.BRING_TO_PLENARY, clock=make.at(18, 11))
    paper = Document.objects.get(role="ASSESSMENT").content
    number = str(scene.matter.evidence.count())
    assert [(row["number"], row["description"]) for row in paper["evidence"]] == [
        (number, "Foto pose")
    ]
    assert paper["allegations"][0]["reasoning"].endswith(f"Bukti yang dirujuk: nomor {number}.")


def test_evidence_of_another_file_and_identity_papers_cannot_be_cited(scene):
    card = evidence(scene.matter, "KTP", is_identity=True)
    foreign = evidence(Scene(witnesses=()).matter, "Foto lain")
    for row in (card, foreign):
        with pytest.raises(Refused, match=r"^stale$"):
            written(scene, row)


def test_the_form_offers_the_evidence_and_keeps_what_the_last_version_cited(scene):
    photo = evidence(scene.matter, "Foto pose")
    evidence(scene.matter, "KTP pelapor", is_identity=True)
    page, name = url("assessment", scene.matter.public_id), scene.allegation.pk
    given = {
        "fakta": "Fakta.",
        "analisis": "Analisis.",
        "versi": 0,
        f"unsur_{name}": "Unsur.",
        f"simpulan_{name}": ["ASN_LAW"],
        f"bukti_{name}": [photo.public_id],
    }
    with at(make.at(18, 9)):
        browser = scene.client("handler")
        wrong = browser.post(page, {**given, f"bukti_{name}": ["tidak-ada"]})
        assert wrong.status_code == 422
        assert browser.post(page, given).status_code == 302
        form = browser.get(page).context["form"]
    assert Conclusion.objects.get().evidence == [photo.public_id]
    assert form.fields[f"bukti_{name}"].initial == [photo.public_id]
    assert "KTP pelapor" not in str(form.fields[f"bukti_{name}"].choices)
