"""The cache in Redis: counters with a window, and one client."""

from unittest.mock import patch

import pytest
from django.core.cache import cache
from redis import Redis

from neutrality.cache import count_up

KEY = "test:count-up"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.delete(KEY)
    yield
    cache.delete(KEY)


def _seconds_left():
    return cache._cache.get_client().ttl(cache.make_key(KEY))


def test_the_first_opens_a_window_that_the_next_do_not_move():
    assert count_up(KEY, 600) == 1
    assert 0 < _seconds_left() <= 600
    assert count_up(KEY, 9000) == 2
    assert 0 < _seconds_left() <= 600
    assert cache.get(KEY) == 2


def test_a_count_is_one_round_trip():
    count_up(KEY, 600)
    sender = cache._cache.get_client().connection_pool.connection_class
    send = sender.send_packed_command
    with patch.object(sender, "send_packed_command", autospec=True, side_effect=send) as sent:
        count_up(KEY, 600)
    assert sent.call_count == 1


def test_commands_share_a_client():
    cache.get(KEY)
    with patch.object(Redis, "__init__", side_effect=AssertionError("a client was made")):
        cache.set(KEY, 1, 60)
        assert cache.get(KEY) == 1
