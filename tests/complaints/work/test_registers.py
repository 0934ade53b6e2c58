"""Information requests, tasks of other systems and letters: clocks, numbers, letters, limits."""

import re
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from complaints.codes import LetterState, TaskAnswer
from complaints.models import (
    ExternalNumber,
    InformationRequest,
    OfficeLetter,
    OutsideTask,
    Party,
    Tip,
)
from complaints.papers.parts import Filed, for_office, letter, paper
from complaints.services.confirm_minutes import confirm_minutes
from complaints.services.hold_session import Attended, hold_session
from complaints.services.information_requests import RequestGiven, may_be_given, record_request
from complaints.services.letters import (
    LetterText,
    issue_letter,
    replace_letter,
    start_letter,
    write_letter,
)
from complaints.services.outside_tasks import TaskGiven, answer_task, record_task, tie_task
from complaints.services.write_minutes import LineGiven, write_line
from neutrality.audit.actor import SYSTEM
from neutrality.casework.refusals import Refused
from neutrality.documents.certificates import install_sample_certificate
from neutrality.documents.contents import StatusLine, StatusNoticeContent
from neutrality.documents.drafts import official
from neutrality.documents.models import Document, SignatureKind
from neutrality.documents.opening import pdf_bytes
from neutrality.documents.services import issue
from neutrality.law.books import rulebook_at
from neutrality.vault.models import Opening
from tests.complaints import factories as make
from tests.complaints.case.scene import NEIGHBOUR, Scene, at, local_input, stranger, url
from tests.complaints.case.test_case_pages import decided

pytestmark = pytest.mark.django_db


def asked(scene, standing="RESPONDENT", party=None):
    return record_request(
        office=scene.office,
        given=RequestGiven(
            identity=make.identity("Qwxyz Pemohon"),
            standing=standing,
            wanted="Salinan kajian dan nama pelapor.",
            received_at=make.at(17, 9).now,
            matter=scene.matter,
            party=party,
        ),
        actor=scene.actor("intake"),
        clock=make.at(17, 10),
    )


def given(scene, **change):
    return {
        "kantor": str(scene.office.public_id),
        "sebagai": "RESPONDENT",
        "pihak": scene.respondent.public_id,
        "nama": "Qwxyz Pemohon",
        "kontak": "Jalan Contoh 2",
        "kuasa": "",
        "diminta": "Salinan kajian.",
        "diterima": local_input(make.at(17, 9).now),
        **change,
    }


def test_a_request_is_due_after_ten_working_days():
    scene = Scene()
    row = asked(scene)
    # Ten working days from Tuesday 17 June; Friday 27 June is the Islamic new year.
    assert row.due_at.astimezone(scene.office.tz).date().isoformat() == "2025-07-02"
    assert row.number == f"001/PI/{scene.office.code_bawaslu}/VI/2025"


def heard(scene, party, start, end):
    """A session of this party on the 19th, with minutes that were read back and confirmed."""
    session = scene.session(party, start=start.now, end=end.now).session
    given = {"session_id": session.pk, "actor": scene.actor("handler")}
    hold_session(attended=Attended(oath="NOT_ASKED", note=""), clock=start, **given)
    line = LineGiven(position=1, question="Di mana Anda?", answer="Di rumah.", seen="")
    write_line(line=line, clock=start, **given)
    confirm_minutes(remarks="", clock=end, **given)
    session.refresh_from_db()
    return session.minutes


@pytest.fixture
def ended():
    """A decided case in which two respondents were heard; who asks is the first of them."""
    scene = Scene()
    first = scene.respondent
    second = Party.objects.create(
        matter=scene.matter, kind="RESPONDENT", alias="Terlapor 2", name="Camat contoh"
    )
    scene.own = heard(scene, first, make.at(19, 9), make.at(19, 10))
    scene.others = heard(scene, second, make.at(19, 13), make.at(19, 14))
    decided(scene)
    scene.result = Document.objects.get(role="STATUS_NOTICE", matter_ref=scene.matter.pk)
    scene.row = asked(scene, party=first)
    return scene


def test_the_respondent_gets_own_minutes_and_the_result_and_never_the_assessment(ended):
    assert Document.objects.filter(role="ASSESSMENT", matter_ref=ended.matter.pk).exists()
    assert set(may_be_given(ended.row)) == {ended.own, ended.result}
    journalist = asked(ended, standing="PRESS")
    assert not may_be_given(journalist).exists()


@official
def told_of(report, rules):
    """The notice to the reporter that a report is not registered."""
    office = report.office
    content = StatusNoticeContent(
        letter=letter(office, to=("Pelapor",), about="Status", on=make.at(20).now.date()),
        report_number=report.number,
        statuses=(StatusLine(subject="Laporan", status="Tidak diregistrasi"),),
        basis="Perbawaslu 7/2022",
        signatories=for_office(office),
    )
    filed = Filed(
        office=office, subject=report.ref(), matter_id=report.matter_id, number=report.number
    )
    return paper(content, role="STATUS_NOTICE", rulebook=rules, kind="PARTY", filed=filed)


def test_what_was_told_of_a_report_is_given_to_its_reporter_only(ended):
    rules = rulebook_at(regime="PILKADA", day=make.at(20).now.date())
    actor = ended.actor("handler")
    notice = issue(draft=told_of(ended.report, rules), actor=actor, clock=make.at(20))
    assert set(may_be_given(ended.row)) == {ended.own, ended.result}
    reporter = ended.matter.parties.get(kind="REPORTER")
    told = asked(ended, standing="REPORTER", party=reporter)
    assert set(may_be_given(told)) == {ended.result, notice}
    Party.objects.filter(pk=reporter.pk).update(report=None)  # another reporter of the same file
    assert set(may_be_given(InformationRequest.objects.get(pk=told.pk))) == {ended.result}


def test_what_is_granted_is_listed_downloaded_and_named_in_the_letter(ended):
    page = url("information_request", ended.row.public_id)
    paper = {each: url("document", each.public_id) for each in (ended.own, ended.result)}
    with at(make.at(20, 9)):
        handler = ended.client("handler")
        offered = handler.get(page).content.decode()
        assert [f'value="{each.public_id}"' in offered for each in paper] == [True, True]
        assert f'value="{ended.others.public_id}"' not in offered
        answer = {"putusan": "GRANTED", "dasar": "UU 14/2008", "alasan": "Miliknya sendiri."}
        foreign = {**answer, "dokumen": [str(ended.others.public_id)]}
        assert handler.post(page, foreign).status_code == 422
        wanted = {**answer, "dokumen": [str(each.public_id) for each in paper]}
        assert handler.post(page, wanted).status_code == 302
        shown = handler.get(page).content.decode()
        assert [f'href="{address}"' in shown for address in paper.values()] == [True, True]
        for address in paper.values():
            assert handler.get(address).content.startswith(b"%PDF")
    ended.row.refresh_from_db()
    assert set(ended.row.given.all()) == set(paper)
    letter = str(ended.row.letter.content)
    assert [each.title in letter for each in paper] == [True, True]
    assert "Qwxyz" not in letter


def test_a_refusal_is_prepared_and_its_letter_names_nobody():
    scene = Scene()
    with at(make.at(17, 10)):
        browser = scene.client("intake")
        page = f"{url('information_new')}?berkas={scene.matter.public_id}"
        assert browser.post(page, given(scene)).status_code == 302
        row = InformationRequest.objects.get()
        shown = browser.get(url("information_requests")).content.decode()
        assert row.number in shown
        assert "Qwxyz" not in shown
        decide = url("information_request", row.public_id)
        handler = scene.client("handler")
        prepared = handler.get(decide).content.decode()
        assert "UU 14/2008 ps 17" in prepared
        answer = {"putusan": "REFUSED", "dasar": "UU 14/2008 ps 17", "alasan": "Dikecualikan."}
        assert handler.post(decide, {**answer, "alasan": ""}).status_code == 422
        assert handler.post(decide, answer).status_code == 302
        assert handler.post(decide, answer).status_code == 409
    letter = Document.objects.get(role="INFORMATION_ANSWER")
    assert "Qwxyz" not in str(letter.content)
    assert letter.classification == "PARTY"


def test_who_asked_opens_only_with_a_reason_and_a_trace():
    scene = Scene()
    row = asked(scene)
    page = url("information_requester", row.public_id)
    before = Opening.objects.count()
    with at(make.at(17, 11)):
        browser = scene.client("handler")
        assert browser.post(page, {"alasan": ""}).status_code == 422
        opened = browser.post(page, {"alasan": "Mengirim surat jawaban."}).content.decode()
        assert stranger(NEIGHBOUR).get(page).status_code == 404
    assert "Qwxyz Pemohon" in opened
    assert Opening.objects.count() == before + 1


def test_the_standing_must_fit_the_party():
    scene = Scene()
    with at(make.at(17, 10)):
        page = f"{url('information_new')}?berkas={scene.matter.public_id}"
        answer = scene.client("intake").post(page, given(scene, sebagai="PRESS"))
    assert answer.status_code == 422
    assert "Kedudukan pemohon tidak cocok" in answer.content.decode()


def task(scene, number="SBT-1", system="SBT"):
    return record_task(
        office=scene.office,
        given=TaskGiven(
            system=system,
            external_number=number,
            sender="Kantor Regional contoh",
            summary="Mohon validasi unggahan seorang pegawai.",
            received_at=make.at(17, 9).now,
        ),
        actor=scene.actor("intake"),
        clock=make.at(17, 10),
    )


def test_what_sbt_asks_to_validate_has_three_working_days_and_a_forwarded_report_five():
    scene = Scene()
    asked_by = {number: task(scene, number, system) for number, system in SYSTEMS.items()}
    last = {
        number: f"{row.due_at.astimezone(scene.office.tz):%d.%m}"
        for number, row in asked_by.items()
    }
    # Received on Tuesday 17 June.
    assert last == {"SBT-1": "20.06", "LAPOR-1": "24.06", "B-1/PANRB": "24.06"}
    with at(make.at(21, 9)):
        browser = scene.client("handler")
        listed = browser.get(url("outside_tasks")).content.decode()
        shown = browser.get(url("outside_task", asked_by["SBT-1"].public_id)).content.decode()
    assert [number in listed for number in SYSTEMS] == [True, True, True]
    assert listed.index("SBT-1") < listed.index("LAPOR-1")
    assert "Terlambat 1 hari" in shown


SYSTEMS = {"SBT-1": "SBT", "LAPOR-1": "LAPOR", "B-1/PANRB": "LETTER"}


@pytest.mark.parametrize(
    ("number", "source"), [("LAPOR-1", "LAPOR"), ("B-1/PANRB", "AUTHORITY"), ("SBT-1", "SBT")]
)
def test_a_forwarded_report_is_traced_under_its_number_and_answered_to_who_sent_it(number, source):
    scene = Scene()
    row = task(scene, number, SYSTEMS[number])
    page = url("outside_task", row.public_id)
    with at(make.at(18, 9)):
        browser = scene.client("handler")
        browser.post(url("outside_task_trace", row.public_id))
        tip = Tip.objects.get()
        assert (tip.source, tip.matter.external_numbers.get().number) == (source, number)
        part = url("case_part", tip.matter.public_id, "penerusan")
        for shown in (url("tip", tip.public_id), part):
            assert f"{number}, 18 Jun 2025" in browser.get(shown).content.decode()
        answer = {"jawaban": "CONFIRMED", "alasan": ""}
        assert browser.post(page, answer).status_code == 422
        answer["alasan"] = "Unggahan itu ada dan ditelusuri."
        assert browser.post(page, answer).status_code == 302
        row.refresh_from_db()
        letter = url("document", row.letter.public_id)
        assert letter in browser.get(page).content.decode()
        assert browser.get(letter).content.startswith(b"%PDF")
        assert number not in browser.get(url("outside_tasks")).content.decode()
    content = str(row.letter.content)
    for words in (number, "Kantor Regional contoh", "Benar dan ditangani", answer["alasan"]):
        assert words in content
    for secret in (make.identity().name, make.identity().nik):
        assert secret not in content


def test_a_task_becomes_preliminary_information_with_the_number_of_its_system():
    scene = Scene()
    row = task(scene)
    with at(make.at(17, 11)):
        browser = scene.client("handler")
        answer = browser.post(url("outside_task_trace", row.public_id))
    tip = Tip.objects.get()
    assert answer.url == url("tip", tip.public_id)
    number = ExternalNumber.objects.get()
    assert (number.matter_id, number.system, number.number) == (tip.matter_id, "SBT", "SBT-1")
    assert (tip.source, tip.account) == ("SBT", row.summary)


def test_a_task_is_answered_with_a_letter_once_its_file_is_known():
    scene = Scene()
    row = task(scene)
    reply = {
        "answer": TaskAnswer.KNOWN,
        "reason": "Sudah ditangani.",
        "actor": scene.actor("handler"),
    }
    with pytest.raises(Refused, match=r"^task_without_file$"):
        answer_task(task_id=row.pk, clock=make.at(17, 11), **reply)
    tie_task(
        task_id=row.pk, matter=scene.matter, actor=scene.actor("intake"), clock=make.at(17, 11)
    )
    answered = answer_task(task_id=row.pk, clock=make.at(17, 12), **reply)
    assert answered.letter.role == "TASK_ANSWER"
    with pytest.raises(Refused, match=r"^already_decided$"):
        answer_task(task_id=row.pk, clock=make.at(17, 13), **reply)


def test_the_same_number_is_entered_once_and_what_was_typed_stays():
    scene = Scene()
    task(scene)
    typed = {
        "kantor": str(scene.office.public_id),
        "sistem": "SBT",
        "nomor": "SBT-1",
        "pengirim": "Kantor Regional contoh",
        "isi": "Mohon validasi lagi.",
        "diterima": local_input(make.at(17, 10).now),
    }
    with at(make.at(17, 11)):
        answer = scene.client("intake").post(url("outside_task_new"), typed)
    assert answer.status_code == 422
    assert "Mohon validasi lagi." in answer.content.decode()
    assert OutsideTask.objects.count() == 1


def draft(scene, template="DATA_TO_AGENCY"):
    return start_letter(
        office=scene.office,
        template=template,
        matter=scene.matter,
        actor=scene.actor("handler"),
        clock=make.at(17, 9),
    )


def test_a_letter_is_drafted_previewed_issued_and_stays_as_it_is():
    scene = Scene()
    row = draft(scene)
    page = url("letter", row.public_id)
    typed = {
        "kepada": "Yth. Kepala BKPSDM",
        "hal": "Data",
        "isi": "Alinea satu.\n\nDua.",
        "versi": "1",
    }
    with at(make.at(17, 10)):
        browser = scene.client("handler")
        gaps = "tanda … yang belum diisi"
        plain = url("letter", draft(scene, "PLAIN").public_id)
        assert gaps in browser.get(plain).content.decode()
        assert browser.post(page, {**typed, "hal": ""}).status_code == 422
        assert browser.post(page, typed).status_code == 302
        assert gaps not in browser.get(page).content.decode()
        assert browser.post(page, typed).status_code == 409
        assert '<p class="measure">Alinea satu.</p>' in browser.get(page).content.decode()
        assert browser.post(url("letter_issue", row.public_id), {"versi": "1"}).status_code == 409
        assert browser.post(url("letter_issue", row.public_id), {"versi": "2"}).status_code == 302
        assert browser.post(page, {**typed, "versi": "2"}).status_code == 422
        row.refresh_from_db()
        pdf = browser.get(url("document", row.document.public_id))
    assert (row.state, row.sequence) == (LetterState.ISSUED, 1)
    assert pdf.content.startswith(b"%PDF")


def test_a_replaced_letter_is_superseded_when_the_new_one_is_issued():
    scene = Scene()
    row = draft(scene)
    handler = scene.actor("handler")
    issue_letter(letter_id=row.pk, seen=None, actor=handler, clock=make.at(17, 10))
    second = replace_letter(letter_id=row.pk, actor=handler, clock=make.at(17, 11))
    row.refresh_from_db()
    assert row.state == LetterState.ISSUED
    issue_letter(letter_id=second.pk, seen=None, actor=handler, clock=make.at(17, 12))
    row.refresh_from_db()
    second.refresh_from_db()
    assert (row.state, second.state) == (LetterState.SUPERSEDED, LetterState.ISSUED)
    assert (row.document.state, second.sequence) == ("SUPERSEDED", 2)


def test_an_issued_letter_is_hashed_sealed_and_stands_in_the_register_beside_its_successor():
    scene = Scene()
    install_sample_certificate(office=scene.office, actor=SYSTEM, clock=make.at(17, 8))
    handler = scene.actor("handler")
    first = draft(scene, "REMINDER")
    issue_letter(letter_id=first.pk, seen=None, actor=handler, clock=make.at(17, 10))
    second = replace_letter(letter_id=first.pk, actor=handler, clock=make.at(17, 11))
    text = LetterText(addressee="Yth. Sekda contoh", subject="Ralat", body="Isi baru.", seen=1)
    write_letter(letter_id=second.pk, text=text, actor=handler, clock=make.at(17, 11))
    issue_letter(letter_id=second.pk, seen=None, actor=handler, clock=make.at(17, 12))
    first.refresh_from_db()
    paper = first.document
    pdf = pdf_bytes(document=paper, actor=handler, clock=make.at(17, 13))
    paper.refresh_from_db()
    assert (paper.sha256, paper.size) == (sha256(pdf).hexdigest(), len(pdf))
    assert paper.signature_kind == SignatureKind.PADES
    for change in ({"content": "{}"}, {"number": "9"}, {"sha256": "0" * 64}, {"state": "FINAL"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=paper.pk).update(**change)
    for change in ({"body": "Lain."}, {"addressee": "Lain"}, {"state": "DRAFT"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            OfficeLetter.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficeLetter.objects.filter(pk=first.pk).delete()
    with pytest.raises(Refused, match=r"^letter_issued$"):
        write_letter(letter_id=first.pk, text=text, actor=handler, clock=make.at(17, 13))
    with at(make.at(17, 13)):
        browser = scene.client("handler")
        register = browser.get(url("letters")).content.decode()
        page = browser.get(url("letter", first.public_id)).content.decode()
    second.refresh_from_db()
    rows = re.findall(r"(\d{3}/SRT/[^ ]+)[\s\S]*?(Digantikan|Terbit)", register)
    assert rows == [(second.number, "Terbit"), (first.number, "Digantikan")]
    assert url("letter", second.public_id) in page


def test_every_prepared_text_names_the_file():
    scene = Scene()
    for template in ("DATA_TO_AGENCY", "HELP_TO_AUTHORITY", "REMINDER", "COVER"):
        assert scene.matter.numbers.get(kind="REG_LP").text in draft(scene, template).body


@pytest.mark.parametrize("page", ["information_requests", "outside_tasks", "letters", "registers"])
def test_a_neighbouring_office_sees_empty_registers(page):
    scene = Scene()
    asked(scene)
    task(scene)
    draft(scene)
    with at(make.at(17, 11)):
        shown = stranger(NEIGHBOUR).get(url(page)).content.decode()
        own = scene.client("handler").get(url(page)).content.decode()
        law = scene.client("handler").get(url("registers")).content.decode()
    assert "Dijawab dalam 10 hari kerja (UU 14/2008" in law
    assert "SBT-1" not in shown
    assert "/PI/" not in shown
    assert "Permintaan data" not in shown
    assert own != shown


@pytest.mark.parametrize("page", ["information_requests", "outside_tasks", "letters"])
def test_a_register_costs_the_same_for_one_and_for_many(page, django_assert_num_queries):
    scene = Scene()
    asked(scene)
    task(scene)
    draft(scene)
    browser = scene.client("handler")
    with at(make.at(17, 11)):
        browser.get(url(page))
        with CaptureQueriesContext(connection) as one:
            browser.get(url(page))
        for number in range(5):
            asked(scene)
            task(scene, f"SBT-{number + 2}")
            draft(scene)
        with django_assert_num_queries(len(one)):
            browser.get(url(page))
