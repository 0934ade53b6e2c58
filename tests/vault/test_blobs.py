"""Bytes are sealed in the row or as a file, and opened whole or in pieces, with a trace."""

import os
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from neutrality.audit.models import AuditRow
from neutrality.vault.models import Opening, SealedBlob
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import (
    BlobErased,
    ReasonMissing,
    erase_blob,
    open_blob,
    open_stream,
    seal_blob,
    seal_stream,
)
from tests.vault.conftest import REPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def opening(clock, intake):
    return {"reason": "Unduh bukti", "subject": REPORT, "actor": intake, "clock": clock}


@pytest.fixture
def film():
    return os.urandom(200_000)


@pytest.fixture
def sealed_film(film, clock):
    pieces = [film[at : at + 7_000] for at in range(0, len(film), 7_000)]
    return seal_stream(source=iter(pieces), clock=clock)


def test_a_short_blob_lies_in_its_row(clock, opening, django_assert_num_queries):
    with django_assert_num_queries(1):
        blob = seal_blob(data=b"identity card", clock=clock)

    assert (blob.size, blob.sha256) == (13, sha256(b"identity card").hexdigest())
    assert open_blob(blob_id=blob.pk, **opening) == b"identity card"
    assert list(open_stream(blob_id=blob.pk, **opening)) == [b"identity card"]


def test_a_long_blob_lies_in_a_file_that_tells_nothing(sealed_film, film, opening):
    assert (sealed_film.size, sealed_film.sha256) == (200_000, sha256(film).hexdigest())
    stored = default_storage.open(sealed_film.file_name).read()
    assert film[:32] not in stored
    assert b"".join(open_stream(blob_id=sealed_film.pk, **opening)) == film
    assert open_blob(blob_id=sealed_film.pk, **opening) == film


def test_opening_leaves_a_trace_before_the_first_piece(sealed_film, opening):
    open_stream(blob_id=sealed_film.pk, **opening)

    row = Opening.objects.get()
    assert (row.blob_id, row.identity_id, row.role) == (sealed_film.pk, None, "intake")
    assert AuditRow.objects.get().what == "vault.blob.open"


def test_a_file_that_was_swapped_or_cut_does_not_open(sealed_film, film, clock, opening):
    other = seal_stream(source=[film], clock=clock)
    SealedBlob.objects.filter(pk=other.pk).update(file_name=sealed_film.file_name)
    with pytest.raises(SealBroken):
        open_blob(blob_id=other.pk, **opening)

    whole = default_storage.open(sealed_film.file_name).read()
    default_storage.delete(sealed_film.file_name)
    default_storage.save(sealed_film.file_name, ContentFile(whole[: 11 + 2 * (65536 + 16)]))
    pieces = open_stream(blob_id=sealed_film.pk, **opening)
    assert next(pieces) == film[:65536]
    with pytest.raises(SealBroken):
        list(pieces)


def test_a_reason_is_needed(sealed_film, opening):
    for act in (open_blob, open_stream, erase_blob):
        with pytest.raises(ReasonMissing):
            act(blob_id=sealed_film.pk, **opening | {"reason": " "})


def test_an_erased_blob_loses_its_key_and_its_file(
    sealed_film, opening, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        erase_blob(blob_id=sealed_film.pk, **opening)

    assert default_storage.exists(sealed_film.file_name) is False
    assert AuditRow.objects.get().what == "vault.blob.erase"
    for act in (open_blob, open_stream, erase_blob):
        with pytest.raises(BlobErased, match="sudah dihapus"):
            act(blob_id=sealed_film.pk, **opening)
