"""A clock, and a shelf that no other test has filled."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from neutrality.law import books
from neutrality.law.clock import Clock
from neutrality.law.services import rows


@pytest.fixture
def clock() -> Clock:
    """Tuesday, 15 October 2024, 09.00 in Jakarta."""
    return Clock(now=datetime(2024, 10, 15, 2, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def fresh_shelf() -> Iterator[None]:
    """No test sees what another one read in a transaction that was rolled back."""
    books.forget()
    rows.forget_marks()
    yield
    books.forget()
    rows.forget_marks()
