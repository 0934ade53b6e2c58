"""Wrong codes are counted by visitor, also behind a proxy."""

import pytest
import redis

from complaints.views.public.limits import Limited, address_of, network_of, visitor_over


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_say_who_asks(rf, settings, proxies, header, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert address_of(rf.get("/lacak/", headers={"X-Forwarded-For": header})) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unix:", "unix:"),
    ],
)
def test_an_address_stands_for_what_one_visitor_has(address, network):
    assert network_of(address) == network


def test_a_count_holds_no_address_and_ends_with_its_window(rf, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "uploads": (2, 60)}
    request = rf.post("/lapor/bukti/", REMOTE_ADDR="203.0.113.7")
    store = redis.Redis.from_url(settings.REDIS_URL)
    assert [visitor_over(request, Limited.UPLOADS) for _ in range(3)] == [False, False, True]
    keys = [key.decode() for key in store.keys(f"{settings.WORKER}:*limit:uploads:*")]
    assert ["203.0.113.7" in key for key in keys] == [False]
    assert 0 < store.ttl(keys[0]) <= 60


def test_every_limit_has_its_numbers(settings):
    assert set(Limited) - set(settings.RATE_LIMITS) == set()
