"""Issuing, finalising, superseding and voiding."""

from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from neutrality.audit.models import AuditRow
from neutrality.audit.record import OutsideTransaction
from neutrality.documents.models import Classification, Document, DocumentState, SignatureKind
from neutrality.documents.opening import pdf_bytes
from neutrality.documents.services import (
    MAX_SIGNED_COPY,
    NotFinal,
    UnusableFile,
    file_signed_copy,
    finalise,
    issue,
    prepare,
    void,
)
from neutrality.vault.models import SealedBlob
from tests.documents.samples import REPORTER

SCAN = b"%PDF-1.7 scan"


def acts(document):
    rows = AuditRow.objects.filter(subject_kind="document", subject_id=document.pk)
    return list(rows.order_by("position").values_list("what", "before", "after"))


@pytest.mark.django_db
def test_issuing_writes_a_row_and_no_file(summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    document.refresh_from_db()
    assert (document.state, document.issued_by, document.issued_at, document.rendered_at) == (
        "FINAL",
        "Petugas contoh",
        clock.now,
        None,
    )
    assert document.content == summary.content
    assert acts(document) == [("document.issued", "", "FINAL")]
    about = {"subject_kind": summary.subject.kind, "subject_id": summary.subject.id}
    assert list(Document.objects.filter(**about)) == [document]


@pytest.mark.django_db
def test_a_document_costs_two_statements_and_an_identity_four(
    summary, report, actor, clock, django_assert_num_queries
):
    with django_assert_num_queries(2):
        issue(draft=summary, actor=actor, clock=clock)
    with django_assert_num_queries(4):
        issue(draft=report, actor=actor, clock=clock)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_issued(summary, actor, clock):
    with pytest.raises(OutsideTransaction):
        issue(draft=summary, actor=actor, clock=clock)
    assert list(Document.objects.all()) == []


@pytest.mark.django_db
def test_an_identity_document_is_sealed_and_has_a_twin_without_names(report, actor, clock):
    document = issue(draft=report, actor=actor, clock=clock)
    assert document.sealed_content is not None
    assert (document.content, document.sealed_content.erased_at) == (None, None)
    assert REPORTER.name.encode() not in bytes(document.sealed_content.sealed)
    twin = document.twin
    assert (twin.classification, twin.number, twin.content) == (
        Classification.CASE,
        report.number,
        report.twin_content,
    )
    assert REPORTER.name not in str(twin.content)


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"twin_content": None}, {"title": " "}])
def test_an_incomplete_identity_draft_is_refused(report, changes):
    with pytest.raises(ValueError, match=r"twin without names|has a title"):
        replace(report, **changes)


@pytest.mark.django_db
def test_a_draft_of_another_role_or_with_a_needless_twin_is_refused(summary, report):
    with pytest.raises(ValueError, match="does not belong"):
        replace(summary, content=report.content)
    with pytest.raises(ValueError, match="twin without names"):
        replace(summary, twin_content=summary.content)


@pytest.mark.django_db
def test_a_draft_says_so_until_it_is_final(summary, actor, clock):
    draft = prepare(draft=summary, actor=actor, clock=clock)
    first = pdf_bytes(document=draft, actor=actor, clock=clock)
    final = finalise(document_id=draft.pk, number="002/RP/I/2024", actor=actor, clock=clock)
    assert (final.state, final.number, final.rendered_at) == ("FINAL", "002/RP/I/2024", None)
    assert pdf_bytes(document=final, actor=actor, clock=clock) != first
    with pytest.raises(NotFinal):
        finalise(document_id=draft.pk, number="3", actor=actor, clock=clock)


@pytest.mark.django_db
def test_the_sealed_file_of_a_draft_ends_with_it(
    report, actor, clock, django_capture_on_commit_callbacks
):
    draft = prepare(draft=report, actor=actor, clock=clock)
    pdf_bytes(document=draft, actor=actor, clock=clock, reason="Pemeriksaan konsep")
    pdf_bytes(document=draft.twin, actor=actor, clock=clock)
    draft.refresh_from_db()
    open_file = Document.objects.get(twin_of=draft).file
    with django_capture_on_commit_callbacks(execute=True):
        finalise(document_id=draft.pk, number="1", actor=actor, clock=clock)
    sealed = SealedBlob.objects.get(pk=draft.sealed_file_id or 0)
    assert sealed.erased_at == clock.now
    assert not default_storage.exists(open_file)


@pytest.mark.django_db
def test_a_draft_supersedes_nothing(summary, actor, clock):
    final = issue(draft=summary, actor=actor, clock=clock)
    with pytest.raises(ValueError, match="Only a final"):
        prepare(draft=replace(summary, supersedes=final), actor=actor, clock=clock)


@pytest.mark.django_db
def test_a_successor_supersedes_the_document_and_its_twin_once(report, actor, clock):
    first = issue(draft=report, actor=actor, clock=clock)
    second = issue(draft=replace(report, supersedes=first), actor=actor, clock=clock)
    first.refresh_from_db()
    assert (first.state, Document.objects.get(twin_of=first).state, second.supersedes) == (
        "SUPERSEDED",
        "SUPERSEDED",
        first,
    )
    with pytest.raises(NotFinal):
        issue(draft=replace(report, supersedes=first), actor=actor, clock=clock)


@pytest.mark.django_db
def test_voiding_takes_the_twin_along_and_needs_a_reason(report, actor, clock):
    document = issue(draft=report, actor=actor, clock=clock)
    with pytest.raises(ValueError, match="for a reason"):
        void(document_id=document.pk, reason=" ", actor=actor, clock=clock)
    void(document_id=document.pk, reason="Salah klik", actor=actor, clock=clock)
    states = list(Document.objects.values_list("state", "void_reason", "voided_by"))
    assert states == [("VOID", "Salah klik", "Petugas contoh")] * 2
    with pytest.raises(NotFinal):
        void(document_id=document.pk, reason="Lagi", actor=actor, clock=clock)


@pytest.mark.django_db
def test_a_copy_signed_elsewhere_supersedes_and_falls_with_the_original(summary, actor, clock):
    original = issue(draft=summary, actor=actor, clock=clock)
    copy = file_signed_copy(
        document_id=original.pk, pdf=SCAN, kind=SignatureKind.WET_SCAN, actor=actor, clock=clock
    )
    original.refresh_from_db()
    assert (original.state, copy.number, copy.signature_kind) == (
        "SUPERSEDED",
        original.number,
        "WET_SCAN",
    )
    assert pdf_bytes(document=copy, actor=actor, clock=clock) == SCAN
    void(document_id=original.pk, reason="Salah", actor=actor, clock=clock)
    copy.refresh_from_db()
    assert copy.state == DocumentState.VOID


@pytest.mark.django_db
def test_an_identity_scan_is_sealed_also_when_it_is_large(report, actor, clock):
    original = issue(draft=report, actor=actor, clock=clock)
    scan = SCAN + b"x" * (2 * 1024 * 1024)
    copy = file_signed_copy(
        document_id=original.pk, pdf=scan, kind=SignatureKind.TTE_UPLOAD, actor=actor, clock=clock
    )
    assert copy.sealed_file is not None
    assert (copy.file, copy.sealed_file.size) == ("", len(scan))
    opened = pdf_bytes(document=copy, actor=actor, clock=clock, reason="Permintaan pelapor")
    assert opened == scan


@pytest.mark.django_db
@pytest.mark.parametrize("pdf", [b"GIF89a", b"", b"%PDF-" + b"x" * MAX_SIGNED_COPY])
def test_what_is_no_pdf_or_too_big_is_refused(summary, actor, clock, pdf):
    original = issue(draft=summary, actor=actor, clock=clock)
    with pytest.raises(UnusableFile):
        file_signed_copy(
            document_id=original.pk, pdf=pdf, kind=SignatureKind.WET_SCAN, actor=actor, clock=clock
        )


@pytest.mark.django_db
def test_our_own_seal_is_no_signed_copy(summary, actor, clock):
    original = issue(draft=summary, actor=actor, clock=clock)
    with pytest.raises(ValueError, match="uploaded TTE"):
        file_signed_copy(
            document_id=original.pk, pdf=SCAN, kind=SignatureKind.PADES, actor=actor, clock=clock
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"number": "999"}, {"content": {}}, {"state": "DRAFT"}, {"verify_code": "0"}],
)
def test_the_database_keeps_a_final_document_as_it_is(summary, actor, clock, changes):
    document = issue(draft=summary, actor=actor, clock=clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**changes)


@pytest.mark.django_db
def test_the_database_keeps_the_hash_of_a_file(summary, actor, clock):
    document = issue(draft=summary, actor=actor, clock=clock)
    pdf_bytes(document=document, actor=actor, clock=clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(sha256="0" * 64)


@pytest.mark.django_db
def test_the_database_keeps_identities_out_of_the_open_columns(report, actor, clock):
    document = issue(draft=report, actor=actor, clock=clock)
    row = {
        field.attname: getattr(document, field.attname)
        for field in Document._meta.fields
        if field.attname not in {"id", "public_id", "verify_code", "sealed_content_id"}
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.create(**row | {"verify_code": "X", "content": dict(report.content)})
