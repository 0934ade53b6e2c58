"""Steps share a round, closing has it alone: an advisory lock that no two people wait for."""

from typing import Final

from django.db import connection

from neutrality.organisations.models import Agency
from pledges.models import Round

_ROUNDS: Final = 0x7061_6B74  # "pakt": the space of these locks among the advisory ones


def hold_round_open(*, obligation_id: int) -> None:
    """Keep the obligation's round from closing until this transaction ends.

    What is read of the round afterwards stays true; others hold it open at the same time.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, round_id::int)"
            " FROM pledges_obligation WHERE id = %s",
            [_ROUNDS, obligation_id],
        )


def have_round_alone(*, round_id: int) -> None:
    """Wait for the steps under way in the round, and let others wait until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ROUNDS, round_id])


def agency_to_add_to(*, agency_id: int) -> Agency:
    """Return the agency with its region, its row held against others who add to it until the end.

    Two presses of one button make one thing: the second finds what the first has written.
    """
    rows = Agency.objects.select_related("region")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=agency_id)


def round_to_change(*, round_id: int) -> Round:
    """Return the round with its agency, its row held against other changes until the end.

    Not against those who only refer to it: a signer, who holds the own obligation, would wait for
    this transaction, and it for the obligation.
    """
    rows = Round.objects.select_related("agency")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=round_id)
