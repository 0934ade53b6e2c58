"""Every code has a name that people see, and the clock knows where it is."""

import inspect
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from neutrality.law import codes
from neutrality.law.clock import Clock, read_clock
from neutrality.law.codes import Regime
from neutrality.law.labels import choices, label
from tests.law.tables import ZONES

ALL = [
    found
    for _, found in inspect.getmembers(codes, inspect.isclass)
    if issubclass(found, StrEnum) and found is not StrEnum
]


@pytest.mark.parametrize("codes_of_a_kind", ALL, ids=lambda found: found.__name__)
def test_every_code_has_a_label(codes_of_a_kind):
    assert [value for value, _ in choices(codes_of_a_kind)] == [
        member.value for member in codes_of_a_kind
    ]
    assert all(label(member) for member in codes_of_a_kind)


def test_a_label_is_the_indonesian_word():
    assert label(Regime.PILKADA) == "Pemilihan (Pilkada)"


def test_a_day_is_the_local_day_of_the_zone():
    clock = Clock(now=datetime(2024, 10, 15, 16, 30, tzinfo=UTC))
    assert [clock.today_in(ZONES[zone]) for zone in ("WIB", "WITA", "WIT")] == [
        date(2024, 10, 15),
        date(2024, 10, 16),
        date(2024, 10, 16),
    ]


@pytest.mark.parametrize(
    "now", [datetime(2024, 10, 15, 16, 30, tzinfo=timezone(timedelta(hours=7)))]
)
def test_a_clock_refuses_another_zone(now):
    with pytest.raises(ValueError, match="UTC"):
        Clock(now=now)


def test_the_clock_is_read_in_utc():
    assert read_clock().now.tzinfo is UTC
