"""A file that arrived is examined once, and what came of it is said in a sentence."""

from datetime import timedelta
from hashlib import sha256

import pytest

from complaints.codes import CustodyAct, DerivativeKind, EvidenceState
from complaints.models import Custody, Derivative, Draft, Evidence
from complaints.services.drafts import start_draft
from complaints.services.evidence_intake import Owner, remove_from_draft
from complaints.services.media_types import FileRefused
from complaints.services.process_evidence import LEASE, pending_evidence, process_evidence
from complaints.tasks import process_evidence as task, process_pending_evidence as sweep
from neutrality.audit.actor import CITIZEN, SYSTEM
from neutrality.audit.models import AuditRow
from neutrality.audit.record import SubjectRef
from neutrality.celery import app
from neutrality.law.clock import Clock
from neutrality.vault.models import SealedBlob
from neutrality.vault.services import open_blob
from tests.complaints import factories as make
from tests.complaints.evidence import clamd, files, films

pytestmark = pytest.mark.django_db


def links(evidence):
    return list(Custody.objects.filter(evidence=evidence).order_by("pk").values_list("act", "who"))


def opened(copy):
    return open_blob(
        blob_id=int(copy.stored_as),
        reason="Pengujian",
        subject=SubjectRef("test", 1),
        actor=SYSTEM,
        clock=make.at(),
    )


def test_a_photograph_gets_a_clean_copy_and_a_thumbnail_both_sealed(desk):
    content = files.photo_with_place()
    evidence = desk.examined(content)
    copy, thumbnail = Derivative.objects.filter(evidence=evidence).order_by("kind")
    assert (evidence.state, evidence.busy_until, copy.kind, thumbnail.kind) == (
        "CLEAN",
        None,
        "CLEANED",
        "THUMBNAIL",
    )
    assert copy.parent_sha256 == sha256(content).hexdigest() == evidence.sha256
    assert sha256(opened(copy)).hexdigest() == copy.sha256
    assert (copy.width, copy.height, copy.audience, copy.made_by_id) == (480, 640, "STAFF", None)
    assert links(evidence) == [
        (CustodyAct.RECEIVED, "Pelapor"),
        (CustodyAct.CLEANED, "Sistem"),
    ]


def test_the_examination_is_one_act_in_the_audit(desk):
    evidence = desk.examined(files.picture())
    rows = AuditRow.objects.filter(subject_kind="evidence", subject_id=evidence.pk)
    assert list(rows.order_by("position").values_list("what", "before", "after")) == [
        ("vault.blob.open", "", ""),
        ("evidence.examine", "PENDING", "CLEAN"),
    ]


def test_a_document_gets_a_clean_copy(desk):
    evidence = desk.examined(files.armed_pdf(), "surat.pdf")
    copy = Derivative.objects.get(evidence=evidence, kind=DerivativeKind.CLEANED)
    assert (copy.media_type, copy.width, copy.pages) == ("application/pdf", None, 1)
    assert b"JavaScript" not in opened(copy)
    assert evidence.carries == ["ATTACHMENT", "AUTHOR", "PROGRAM"]


def test_a_letter_is_kept_without_a_copy_and_says_what_it_carries(desk):
    evidence = desk.examined(files.letter(author=files.PLACE), "surat.docx")
    assert (evidence.state, evidence.derivatives.count()) == (EvidenceState.CLEAN, 0)
    assert evidence.carries == ["AUTHOR", "PROGRAM"]
    assert links(evidence)[-1] == (CustodyAct.KEPT, "Sistem")


def test_a_film_gets_a_copy_that_plays_and_a_picture_of_how_it_begins(desk):
    evidence = desk.examined(films.film(location="-07.8+112.0/"), "video.mp4")
    copy = Derivative.objects.get(evidence=evidence, kind=DerivativeKind.CLEANED)
    assert (copy.media_type, copy.seconds, copy.width, evidence.carries) == (
        "video/mp4",
        2,
        160,
        ["PLACE"],
    )
    assert Derivative.objects.filter(evidence=evidence, kind=DerivativeKind.THUMBNAIL).count() == 1
    assert b"-07.8" not in opened(copy)


def test_a_sound_gets_a_copy_that_plays(desk):
    evidence = desk.examined(files.sound(), "rekaman.wav")
    copy = Derivative.objects.get(evidence=evidence)
    assert (copy.kind, copy.media_type, copy.seconds) == ("CLEANED", "audio/mp4", 1)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            files.picture()[:-2000],
            "foto.jpg",
            "Berkas ini rusak atau terpotong, sehingga salinan tidak dapat dibuat.",
        ),
        (
            files.huge_picture(),
            "foto.png",
            "Ukuran isi berkas ini melampaui batas, sehingga salinan tidak dapat dibuat.",
        ),
        (
            files.pdf(locked_by="rahasia"),
            "surat.pdf",
            "PDF ini dikunci dengan kata sandi. Minta pengirim menyerahkan PDF tanpa kata sandi.",
        ),
        (
            files.pdf()[:-60],
            "surat.pdf",
            "Berkas ini rusak atau terpotong, sehingga salinan tidak dapat dibuat.",
        ),
    ],
)
def test_what_cannot_be_copied_is_refused_with_a_sentence(desk, content, name, sentence):
    evidence = desk.examined(content, name)
    assert (evidence.state, evidence.refusal, evidence.derivatives.count()) == (
        EvidenceState.REFUSED,
        sentence,
        0,
    )
    assert links(evidence)[-1] == (CustodyAct.REFUSED, "Sistem")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (files.drawing_with_script(), "foto.jpg"),
        (files.page_with_script(), "foto.jpg"),
        (b"", "foto.jpg"),
    ],
)
def test_what_we_do_not_take_never_gets_as_far(desk, content, name):
    with pytest.raises(FileRefused):
        desk.take_in(content, name)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (files.picture(), "laporan.pdf", "image/jpeg"),
        (files.pdf(), "foto.jpg", "application/pdf"),
        (files.polyglot(), "foto.zip", "image/jpeg"),
    ],
)
def test_the_content_decides_and_not_the_name(desk, content, name, kind):
    evidence = desk.examined(content, name)
    assert (evidence.media_type, evidence.state) == (kind, EvidenceState.CLEAN)


def test_an_archive_that_would_burst_is_kept_and_never_unpacked(desk):
    evidence = desk.examined(files.zip_bomb(), "foto.jpg")
    assert (evidence.media_type[:16], evidence.derivatives.count()) == ("application/vnd.", 0)
    assert links(evidence)[-1] == (CustodyAct.KEPT, "Sistem")


def test_a_type_that_was_recorded_wrongly_is_put_right(desk):
    evidence = desk.take_in(files.picture())
    Evidence.objects.filter(pk=evidence.pk).update(media_type="application/pdf")
    process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10))
    evidence.refresh_from_db()
    assert (evidence.media_type, evidence.derivatives.count()) == ("image/jpeg", 2)


@pytest.mark.parametrize("kind", clamd.KINDS)
def test_what_the_scanner_finds_is_quarantined_and_not_copied(settings, desk, kind):
    with clamd.scanner(kind) as settings.CLAMD_ADDRESS:
        evidence = desk.examined(clamd.BAD, "catatan.txt")
    assert (evidence.state, evidence.refusal, evidence.derivatives.count()) == (
        EvidenceState.QUARANTINED,
        "Pemindai menemukan program berbahaya. Berkas ini dikarantina dan tidak dapat dibuka.",
        0,
    )
    found = Custody.objects.get(evidence=evidence, act=CustodyAct.SCANNED)
    assert found.reason.removesuffix(".UNOFFICIAL") == clamd.NAME


@pytest.mark.parametrize("kind", clamd.KINDS)
def test_what_the_scanner_passes_is_copied(settings, desk, kind):
    with clamd.scanner(kind) as settings.CLAMD_ADDRESS:
        evidence = desk.examined(files.picture())
    assert [act for act, _ in links(evidence)] == [
        CustodyAct.RECEIVED,
        CustodyAct.SCANNED,
        CustodyAct.CLEANED,
    ]


def test_while_the_scanner_is_away_files_wait_and_say_so(settings, desk, tmp_path):
    settings.CLAMD_ADDRESS = "/tiada/clamd.sock"
    evidence = desk.examined(files.picture())
    assert (evidence.state, evidence.attempts, evidence.waits_for) == (
        EvidenceState.PENDING,
        0,
        "Pemindai tidak dapat dihubungi; pemeriksaan diulang otomatis.",
    )
    assert pending_evidence(clock=make.at(16, 10), limit=9) == []
    later = Clock(now=make.at(16, 10).now + timedelta(minutes=2))
    assert pending_evidence(clock=later, limit=9) == [evidence.pk]
    with clamd.protocol_server(tmp_path) as settings.CLAMD_ADDRESS:
        assert process_evidence(evidence_id=evidence.pk, clock=later) == EvidenceState.CLEAN
    evidence.refresh_from_db()
    assert evidence.waits_for == ""


def test_a_file_that_another_worker_examines_is_left_alone(desk):
    evidence = desk.take_in(files.picture())
    until = make.at(16, 10).now + timedelta(minutes=1)
    Evidence.objects.filter(pk=evidence.pk).update(busy_until=until)
    assert process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10)) is None
    assert pending_evidence(clock=make.at(16, 10), limit=9) == []
    assert Derivative.objects.count() == 0


def test_a_claim_that_died_is_taken_over(desk):
    evidence = desk.take_in(files.picture())
    Evidence.objects.filter(pk=evidence.pk).update(busy_until=make.at(16, 9).now + LEASE)
    assert process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10)) == EvidenceState.CLEAN


def test_a_file_that_ended_its_worker_three_times_is_refused(desk):
    evidence = desk.take_in(files.picture())
    Evidence.objects.filter(pk=evidence.pk).update(attempts=3)
    assert process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10)) == (
        EvidenceState.REFUSED
    )


def test_an_examined_file_is_not_examined_again(desk):
    evidence = desk.examined(files.picture())
    assert process_evidence(evidence_id=evidence.pk, clock=make.at(16, 12)) is None
    assert evidence.derivatives.count() == 2


def test_a_sealed_file_that_was_tampered_with_is_refused(desk):
    evidence = desk.take_in(files.picture())
    Evidence.objects.filter(pk=evidence.pk).update(sha256="0" * 64)
    assert process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10)) == (
        EvidenceState.REFUSED
    )


def test_a_fault_of_ours_is_raised_and_the_file_waits_for_another_try(settings, desk):
    evidence = desk.take_in(files.picture())
    keys, settings.VAULT_KEYS = settings.VAULT_KEYS, "z9:" + settings.VAULT_KEYS.split(":")[1]
    with pytest.raises(Exception, match="t1"):
        process_evidence(evidence_id=evidence.pk, clock=make.at(16, 10))
    settings.VAULT_KEYS = keys
    evidence.refresh_from_db()
    assert (evidence.state, evidence.attempts, evidence.waits_for) == (
        EvidenceState.PENDING,
        0,
        "Pemeriksaan terputus dan diulang otomatis.",
    )


def test_evidence_taken_out_of_a_draft_takes_its_copies_along(desk):
    draft, _code = start_draft(anonymous=False, clock=make.at(16, 9))
    evidence = desk.examined(files.picture(), owner=Owner(draft_id=draft.pk))
    assert evidence.derivatives.count() == 2
    assert remove_from_draft(
        draft_id=draft.pk, public_id=evidence.public_id, actor=CITIZEN, clock=make.at(16, 11)
    )
    left = SealedBlob.objects.filter(wrapped_key__isnull=False).count()
    assert (left, Derivative.objects.count(), Draft.objects.count()) == (0, 0, 1)


def test_the_tasks_examine_what_waits(desk):
    first, second = desk.take_in(files.picture()), desk.take_in(files.sound())
    task(first.pk)
    assert pending_evidence(clock=make.at(17), limit=9) == [second.pk]
    app.conf.task_always_eager = True
    try:
        assert sweep() == 1
    finally:
        app.conf.task_always_eager = False
    assert pending_evidence(clock=make.at(17), limit=9) == []


def test_two_kinds_of_copies_have_one_row_each(desk):
    evidence = desk.examined(files.picture())
    kinds = Derivative.objects.filter(evidence=evidence).values_list("kind", flat=True)
    assert sorted(kinds) == [DerivativeKind.CLEANED, DerivativeKind.THUMBNAIL]
