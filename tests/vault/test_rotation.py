"""Rotation moves every row to the current master key, can be stopped, and says when it is done."""

import io

import pytest
from django.core.management import CommandError, call_command

from neutrality.vault.models import Identity, SealedBlob
from neutrality.vault.services import (
    RotationUnfinished,
    erase_identity,
    open_blob,
    open_identity,
    rotate_in_batches,
    seal_blob,
    seal_identity,
    seal_stream,
)
from tests.vault.conftest import NEW, OLD, REPORT


@pytest.fixture
def rows(db, data, clock, intake, settings):
    """Five identities, one of them erased, and two blobs under the old key; now the new one is."""
    settings.VAULT_KEYS = OLD
    identities = [seal_identity(data=data, kind="reporter", clock=clock) for _ in range(5)]
    blobs = [seal_blob(data=b"a", clock=clock), seal_stream(source=[b"b"], clock=clock)]
    erase_identity(
        identity_id=identities.pop().pk, reason="x", subject=REPORT, actor=intake, clock=clock
    )
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    return identities, blobs


def under(key_id):
    return tuple(model.objects.filter(key_id=key_id).count() for model in (Identity, SealedBlob))


def test_everything_moves_and_opens_without_the_old_key(rows, data, clock, intake, settings):
    identities, blobs = rows
    out = io.StringIO()

    call_command("rotate_keys", "--batch-size", "3", stdout=out)

    assert out.getvalue().splitlines() == [
        "3 rows moved",
        "4 rows moved",
        "6 rows moved",
        "Every row is under the key new.",
    ]
    settings.VAULT_KEYS = NEW
    opening = {"reason": "x", "subject": REPORT, "actor": intake, "clock": clock}
    assert [open_identity(identity_id=row.pk, **opening) for row in identities] == [data] * 4
    assert [open_blob(blob_id=row.pk, **opening) for row in blobs] == [b"a", b"b"]


def test_what_was_interrupted_is_continued(rows):
    assert next(rotate_in_batches(batch_size=3)) == 3
    assert (under("old"), under("new")) == ((1, 2), (3, 0))

    assert list(rotate_in_batches(batch_size=3)) == [1, 2]
    assert (under("old"), under("new")) == ((0, 0), (4, 2))
    assert list(rotate_in_batches(batch_size=3)) == []


def test_it_does_not_finish_while_somebody_writes_under_the_old_key(rows, data, clock, settings):
    batches = rotate_in_batches()
    assert [next(batches), next(batches)] == [4, 2]
    settings.VAULT_KEYS = OLD
    seal_identity(data=data, kind="reporter", clock=clock)

    with pytest.raises(RotationUnfinished, match="1 rows are still under an old master key"):
        next(batches)


def test_a_key_that_is_not_there_any_more_is_named(rows, settings):
    settings.VAULT_KEYS = NEW
    with pytest.raises(CommandError, match="does not hold the master key 'old'"):
        call_command("rotate_keys")


def test_a_key_with_another_content_is_noticed_and_nothing_is_lost(rows, settings):
    settings.VAULT_KEYS = f"{NEW},{NEW.replace('new:', 'old:')}"
    with pytest.raises(CommandError, match="another key"):
        call_command("rotate_keys")
    assert under("old") == (4, 2)
