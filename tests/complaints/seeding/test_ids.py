"""Ids and codes of synthetic rows."""

from random import Random

from complaints.seeding.ids import Ids


class Stuck(Random):
    """Draws the same number again and again."""

    def getrandbits(self, k):
        return 6 % (1 << k)


def test_no_receipt_code_comes_twice_whatever_is_drawn():
    ids = Ids(Stuck())
    assert len({ids.receipt_code() for _ in range(5000)}) == 5000


def test_the_same_stream_gives_the_same_codes_of_the_form_that_reports_have():
    first, second = (Ids(Random(1)) for _ in range(2))  # noqa: S311
    codes = [first.receipt_code() for _ in range(3)]
    assert codes == [second.receipt_code() for _ in range(3)]
    assert [len(code) for code in codes] == [9, 9, 9]
