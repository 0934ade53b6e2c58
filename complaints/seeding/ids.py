"""Ids, codes and choices of synthetic rows, from a stream of random numbers that can be repeated."""

from collections.abc import Sequence
from random import Random
from typing import Final, TypeVar

from complaints.models.base import ALPHABET
from neutrality.documents.codes import ALPHABET as CODE_LETTERS

_T = TypeVar("_T")
# Both alphabets have 32 letters: a pair of letters is ten bits.
_BITS: Final = 10
_MASK: Final = (1 << _BITS) - 1
_CODE: Final = 4 * _BITS
_PAIRS: Final = [a + b for a in ALPHABET for b in ALPHABET]
_CAPITALS: Final = [pair.upper() for pair in _PAIRS]
_CODE_PAIRS: Final = [a + b for a in CODE_LETTERS for b in CODE_LETTERS]


class Ids:
    """Draws ids; one number for each, whose bits choose the letters."""

    def __init__(self, random: Random) -> None:
        """Draw from this stream."""
        self._bits, self._share = random.getrandbits, random.random
        self._code, self._stride = random.getrandbits(_CODE), random.getrandbits(_CODE) | 1

    def below(self, end: int) -> int:
        """Return one of the numbers from 0 below `end`; `randrange` costs three times as much."""
        return int(self._share() * end)

    def choice(self, among: Sequence[_T]) -> _T:
        """Return one of these."""
        return among[int(self._share() * len(among))]

    def public_id(self) -> str:
        """Return twelve letters, as `new_public_id` does."""
        drawn, pairs = self._bits(60), _PAIRS
        return (
            pairs[drawn & _MASK]
            + pairs[drawn >> 10 & _MASK]
            + pairs[drawn >> 20 & _MASK]
            + pairs[drawn >> 30 & _MASK]
            + pairs[drawn >> 40 & _MASK]
            + pairs[drawn >> 50]
        )

    def receipt_code(self) -> str:
        """Return two groups of four capitals, never the same twice.

        Of a million that were drawn two would be alike: an odd stride meets each number once.
        """
        drawn, pairs = (self._code + self._stride) % (1 << _CODE), _CAPITALS
        self._code = drawn
        return (
            f"{pairs[drawn & _MASK]}{pairs[drawn >> 10 & _MASK]}"
            f"-{pairs[drawn >> 20 & _MASK]}{pairs[drawn >> 30]}"
        )

    def verify_code(self) -> str:
        """Return three groups of four letters, as documents carry them."""
        drawn, pairs = self._bits(60), _CODE_PAIRS
        return (
            f"{pairs[drawn & _MASK]}{pairs[drawn >> 10 & _MASK]}"
            f"-{pairs[drawn >> 20 & _MASK]}{pairs[drawn >> 30 & _MASK]}"
            f"-{pairs[drawn >> 40 & _MASK]}{pairs[drawn >> 50]}"
        )

    def hexadecimal(self, size: int) -> str:
        """Return so many random bytes in hexadecimal digits."""
        return f"{self._bits(8 * size):0{2 * size}x}"
