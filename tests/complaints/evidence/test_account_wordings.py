"""The account leaves the house only in the words of one person that a second one let go."""

import json

import pytest

from complaints.codes import Audience
from complaints.models import AccountWording
from complaints.selectors.account_wordings import released_account
from complaints.services.lodging import WebGiven
from complaints.services.word_account import decline_wording, release_wording, word_account
from neutrality.audit.models import AuditRow
from neutrality.casework.refusals import Refused
from neutrality.documents.models import Document
from neutrality.organisations.models import Office
from tests.complaints import factories as make
from tests.complaints.case.scene import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ACCOUNT = "Bos saya, seperti biasa, pamer dua jari di grup kami bertujuh."
WORDS = "Terlapor mengunggah foto dengan isyarat dua jari."


@pytest.fixture
def report(matter):
    report = matter.reports.get()
    report.account = ACCOUNT
    report.save(update_fields=["account"])
    return report


@pytest.fixture
def first(db):
    return make.actor("Orang pertama", "handler", office=make.office())


@pytest.fixture
def second(db):
    return make.actor("Orang kedua", "commissioner", office=make.office())


def word(report, actor, audience=Audience.BODY, words=WORDS):
    return word_account(
        entry=report, audience=audience, words=words, actor=actor, clock=make.at(16, 11)
    )


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def test_only_what_two_persons_let_go_is_read_outside(report, first, second):
    wording = word(report, first)
    assert released_account(matter=report.matter, audience=Audience.BODY) == ""
    release_wording(wording_id=wording.pk, actor=second, clock=make.at(16, 12))
    assert released_account(matter=report.matter, audience=Audience.BODY) == WORDS
    assert released_account(matter=report.matter, audience=Audience.RESPONDENT) == ""
    audited = AuditRow.objects.filter(what__startswith="account.").order_by("position")
    assert list(audited.values_list("what", "after")) == [
        ("account.word", "BODY"),
        ("account.release", "BODY"),
    ]


def test_nobody_releases_their_own_words_or_decides_twice(report, first, second):
    wording = word(report, first)
    with refused("second_person_needed"):
        release_wording(wording_id=wording.pk, actor=first, clock=make.at(16, 12))
    release_wording(wording_id=wording.pk, actor=second, clock=make.at(16, 12))
    with refused("already_decided"):
        decline_wording(wording_id=wording.pk, reason="x", actor=second, clock=make.at(16, 13))


def test_words_of_a_colleague_go_out_after_a_further_look(client, settings, report, first):
    settings.SECOND_FACTOR_REQUIRED = False
    report.coworker = True
    report.save(update_fields=["coworker"])
    wording = word(report, first)
    client.force_login(make.user("Orang kedua", "commissioner", office=make.office()))
    url = f"/petugas/berkas/{report.matter.public_id}/uraian/"
    assert "yang hanya diketahui orang sekantor" in client.get(url).content.decode()
    refused_page = client.post(f"{url}{wording.public_id}/", {"keputusan": "lepas"})
    assert (refused_page.status_code, list(refused_page.context["form"].errors)) == (422, ["rekan"])
    assert "yang hanya diketahui orang sekantor" in refused_page.content.decode()
    yes = {"keputusan": "lepas", "rekan": "on"}
    assert client.post(f"{url}{wording.public_id}/", yes).status_code == 302
    assert released_account(matter=report.matter, audience=Audience.BODY) == WORDS


def test_declined_words_are_written_anew(report, first, second):
    wording = word(report, first)
    with refused("already_requested"):
        word(report, first)
    with refused("decline_reason_needed"):
        decline_wording(wording_id=wording.pk, reason=" ", actor=second, clock=make.at(16, 12))
    decline_wording(wording_id=wording.pk, reason="Bertujuh", actor=second, clock=make.at(16, 12))
    assert word(report, first).pk != wording.pk


def test_words_are_needed_an_audience_outside_and_a_role(report, first):
    with refused("account_words_needed"):
        word(report, first, words=" ")
    with refused("account_words_needed"):
        word(report, first, audience=Audience.STAFF)
    foreign = Office.objects.get(region__code="61.71")
    with refused("not_yours"):
        word(report, make.actor("Orang luar", "handler", office=foreign))


def test_the_page_takes_words_and_a_second_person_decides(client, settings, report):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(make.user("Orang pertama", "handler", office=make.office()))
    url = f"/petugas/berkas/{report.matter.public_id}/uraian/"
    assert ACCOUNT in client.get(url).content.decode()
    given = {"bagian": report.public_id, "penerima": "BODY", "kata": WORDS}
    assert client.post(url, {**given, "kata": ""}).status_code == 422
    assert client.post(url, given).status_code == 302
    own = f"{url}{AccountWording.objects.get().public_id}/"
    assert "Orang lain harus memeriksanya." in client.get(own).content.decode()
    client.force_login(make.user("Orang kedua", "commissioner", office=make.office()))
    assert client.post(own, {"keputusan": "tolak"}).status_code == 422
    assert client.post(own, {"keputusan": "lepas"}).status_code == 302
    assert AccountWording.objects.get().released_at is not None
    assert client.get(f"{url}tiada/").status_code == 404


def test_below_the_identity_class_no_twin_holds_the_reporter_s_words(db):
    web = WebGiven(url="https://contoh.id/1", platform="Facebook", caption="Meja saya")
    Scene(account=ACCOUNT, web=(web,))
    papers = Document.objects.filter(twin_of__isnull=False)
    texts = {paper.role: json.dumps(paper.content, ensure_ascii=False) for paper in papers}
    assert {"REPORT", "RECEIPT"} <= set(texts)
    assert [role for role, text in texts.items() if ACCOUNT in text or "Meja saya" in text] == []
    assert "Uraian pelapor hanya ada pada lembar yang disegel." in texts["REPORT"]
