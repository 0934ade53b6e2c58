"""Synthetic reporters sealed in this process and in another: in their order, and to be opened."""

from multiprocessing import active_children

import pytest

from complaints.seeding import seals


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(seals, "_BATCH", 2)


def test_another_process_seals_the_same_people_in_the_same_order():
    here = list(seals.seal_reporters(range(3, 12), beside=False))
    there = list(seals.seal_reporters(range(3, 12), beside=True))

    assert [each.digests for each in there] == [each.digests for each in here]
    assert {each.key_id for each in there} == {here[0].key_id}
    assert len({each.sealed for each in here + there}) == 18


def test_whoever_stops_reading_ends_the_process_too():
    reporters = seals.seal_reporters(range(9), beside=True)
    next(reporters)
    began = active_children()

    reporters.close()

    assert (len(began), active_children()) == (1, [])
