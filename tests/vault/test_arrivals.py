"""Files that arrive in parts: nothing in clear on the disk, whole in the end, never mixed up."""

import os
from contextlib import suppress
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import transaction
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from neutrality.vault.models import Arrival, SealedBlob
from neutrality.vault.sealing import SealBroken
from neutrality.vault.services import (
    ArrivalLost,
    ArrivalMoved,
    arrived_file,
    begin_arrival,
    digest_of_arrival,
    discard_arrival,
    finish_arrival,
    open_blob,
    receive,
    rotate_in_batches,
)
from neutrality.vault.services.arrivals import Progress
from neutrality.vault.streams import CHUNK
from tests.meanwhile import cut_in
from tests.vault.conftest import NEW, OLD, REPORT

pytestmark = pytest.mark.django_db
QUIET = hypothesis_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
SIZES = st.one_of(
    st.sampled_from([1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5]),
    st.integers(1, 4 * CHUNK),
)


@pytest.fixture(autouse=True)
def _private_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def opened(clock, intake):
    def read(blob):
        return open_blob(blob_id=blob.pk, reason="Uji", subject=REPORT, actor=intake, clock=clock)

    return read


def part_file(arrival):
    return Path(site.MEDIA_ROOT) / "arriving" / arrival.uuid.hex


def fresh(arrival):
    return Arrival.objects.get(pk=arrival.pk)


def broken_after(*pieces):
    yield from pieces
    raise ConnectionResetError


@QUIET
@given(size=SIZES, cuts=st.lists(st.integers(0, 4 * CHUNK), max_size=5))
def test_whatever_the_parts_the_whole_is_the_same(clock, opened, size, cuts):
    content = os.urandom(size)
    arrival = begin_arrival(size=size, clock=clock)
    edges = sorted({0, size, *(cut for cut in cuts if cut < size)})
    for start, end in pairwise(edges):
        progress = receive(
            arrival=fresh(arrival), offset=start, source=broken_after(content[start:end])
        )
        assert progress.received == end
    digest = digest_of_arrival(arrival=fresh(arrival))
    assert digest == sha256(content).hexdigest()
    assert progress.sha256 in {"", digest}
    blob = finish_arrival(arrival=arrival, digest=digest, clock=clock)
    assert (blob.size, opened(blob) == content) == (size, True)
    assert not part_file(arrival).exists()


def test_what_lies_on_the_disk_and_in_the_row_is_sealed(clock):
    content = b"Kelurahan Rahasia " * 5000
    arrival = begin_arrival(size=len(content) + 1, clock=clock)
    receive(arrival=arrival, offset=0, source=[content])
    assert b"Rahasia" not in part_file(arrival).read_bytes()
    assert b"Rahasia" not in bytes(fresh(arrival).waiting)
    assert oct(part_file(arrival).stat().st_mode)[-3:] == "600"


def test_over_one_connection_the_hash_is_known_without_reading_again(clock):
    content = os.urandom(3 * CHUNK)
    arrival = begin_arrival(size=len(content), clock=clock)
    progress = receive(arrival=arrival, offset=0, source=[content])
    assert progress.sha256 == sha256(content).hexdigest()


def test_it_goes_on_only_where_it_stands(clock):
    arrival = begin_arrival(size=100, clock=clock)
    receive(arrival=arrival, offset=0, source=[b"x" * 40])
    for offset in (0, 39, 41, 100):
        with pytest.raises(ArrivalMoved):
            receive(arrival=fresh(arrival), offset=offset, source=[b"y"])
    assert fresh(arrival).received == 40


def test_a_connection_that_was_given_up_writes_nothing_down(clock):
    arrival = begin_arrival(size=100, clock=clock)

    def slow():
        yield b"a" * 10
        assert receive(arrival=arrival, offset=0, source=[b"b" * 30]).received == 30
        yield b"a" * 10

    with pytest.raises(ArrivalMoved):
        receive(arrival=arrival, offset=0, source=slow())
    receive(arrival=fresh(arrival), offset=30, source=[b"b" * 70])
    assert digest_of_arrival(arrival=fresh(arrival)) == sha256(b"b" * 100).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_wrote_while_this_one_took_over_is_not_gone_on_from(clock):
    content = os.urandom(100)
    arrival = begin_arrival(size=len(content), clock=clock)
    go_on = partial(receive, arrival=arrival, offset=0, source=[content[:60]])
    with suppress(ArrivalMoved), cut_in("vault_arrival", go_on) as other:
        receive(arrival=arrival, offset=0, source=[content[:80]])
    assert isinstance(other.outcome(), ArrivalMoved | Progress)
    stand = fresh(arrival).received
    receive(arrival=fresh(arrival), offset=stand, source=[content[stand:]])
    assert digest_of_arrival(arrival=fresh(arrival)) == sha256(content).hexdigest()


def test_more_than_was_announced_is_refused(clock):
    arrival = begin_arrival(size=10, clock=clock)
    with pytest.raises(ValueError, match="announced"):
        receive(arrival=arrival, offset=0, source=[b"x" * 11])


def test_it_can_be_read_from_any_place(clock):
    content = os.urandom(3 * CHUNK + 77)
    arrival = begin_arrival(size=len(content), clock=clock)
    receive(arrival=arrival, offset=0, source=[content])
    with arrived_file(arrival=arrival) as file:
        for at in (0, 5, CHUNK - 1, CHUNK, 2 * CHUNK + 9, len(content) - 1, len(content) + 9):
            file.seek(at)
            assert file.read(20) == content[at : at + 20][: CHUNK - at % CHUNK]
        assert file.seek(-7, os.SEEK_END) == len(content) - 7
        assert file.read() == content[-7:]
        with pytest.raises(OSError, match="beginning"):
            file.seek(-1)


def test_a_changed_part_does_not_open(clock):
    arrival = begin_arrival(size=CHUNK * 2, clock=clock)
    receive(arrival=arrival, offset=0, source=[os.urandom(CHUNK * 2)])
    path = part_file(arrival)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(SealBroken):
        digest_of_arrival(arrival=arrival)


def test_lost_parts_are_said_to_be_lost(clock):
    arrival = begin_arrival(size=10, clock=clock)
    part_file(arrival).unlink()
    with pytest.raises(ArrivalLost):
        receive(arrival=arrival, offset=0, source=[b"x"])
    with pytest.raises(ArrivalLost):
        digest_of_arrival(arrival=arrival)
    with pytest.raises(ArrivalLost):
        finish_arrival(arrival=arrival, digest="", clock=clock)


def test_what_will_not_arrive_leaves_neither_key_nor_parts(
    clock, django_capture_on_commit_callbacks
):
    arrival = begin_arrival(size=10, clock=clock)
    path = part_file(arrival)
    with django_capture_on_commit_callbacks(execute=True):
        discard_arrival(arrival=arrival)
    assert (path.exists(), Arrival.objects.count(), SealedBlob.objects.count()) == (False, 0, 0)


def test_the_keys_may_change_while_it_arrives(clock, opened, settings):
    settings.VAULT_KEYS = OLD
    arrival = begin_arrival(size=2 * CHUNK, clock=clock)
    content = os.urandom(2 * CHUNK)
    receive(arrival=arrival, offset=0, source=[content[:99_000]])
    settings.VAULT_KEYS = f"{NEW},{OLD}"
    assert sum(rotate_in_batches()) == 1
    settings.VAULT_KEYS = NEW
    receive(arrival=fresh(arrival), offset=99_000, source=[content[99_000:]])
    digest = digest_of_arrival(arrival=fresh(arrival))
    assert opened(finish_arrival(arrival=arrival, digest=digest, clock=clock)) == content


def test_what_was_finished_and_rolled_back_is_finished_again(clock, opened):
    content = os.urandom(CHUNK + 5)
    arrival = begin_arrival(size=len(content), clock=clock)
    receive(arrival=arrival, offset=0, source=[content])
    with transaction.atomic():
        finish_arrival(arrival=arrival, digest="", clock=clock)
        transaction.set_rollback(True)
    digest = digest_of_arrival(arrival=fresh(arrival))
    blob = finish_arrival(arrival=arrival, digest=digest, clock=clock)
    assert (blob.sha256, opened(blob)) == (sha256(content).hexdigest(), content)
