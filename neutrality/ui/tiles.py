"""A map of the provinces as equal tiles: small provinces are seen as well as large ones.

The places are our own drawing: roughly west to east and north to south. The codes are those of the
Ministry of Home Affairs. A province without a place stands in the last row, so that none is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SIDE: Final = 64
GAP: Final = 6
STEPS: Final = 4

# Column and row of each province, and the letters on its tile.
PLACES: Final[Mapping[str, tuple[int, int, str]]] = {
    "11": (0, 0, "ACEH"),
    "12": (1, 1, "SUMUT"),
    "14": (2, 1, "RIAU"),
    "21": (3, 1, "KEPRI"),
    "13": (1, 2, "SUMBAR"),
    "15": (2, 2, "JAMBI"),
    "19": (3, 2, "BABEL"),
    "17": (1, 3, "BKULU"),
    "16": (2, 3, "SUMSEL"),
    "18": (2, 4, "LAMPNG"),
    "36": (2, 5, "BANTEN"),
    "31": (3, 5, "DKJ"),
    "32": (3, 6, "JABAR"),
    "33": (4, 5, "JATENG"),
    "34": (4, 6, "DIY"),
    "35": (5, 5, "JATIM"),
    "51": (6, 6, "BALI"),
    "52": (7, 6, "NTB"),
    "53": (8, 6, "NTT"),
    "61": (4, 2, "KALBAR"),
    "62": (5, 3, "KALTNG"),
    "63": (6, 3, "KALSEL"),
    "64": (6, 2, "KALTIM"),
    "65": (6, 1, "KALTRA"),
    "71": (9, 1, "SULUT"),
    "75": (8, 1, "GORONT"),
    "72": (8, 2, "SULTNG"),
    "76": (7, 3, "SULBAR"),
    "73": (8, 4, "SULSEL"),
    "74": (9, 4, "SULTRA"),
    "82": (10, 1, "MALUT"),
    "81": (10, 3, "MALUKU"),
    "96": (11, 2, "PBD"),
    "92": (12, 2, "PABAR"),
    "94": (12, 3, "PATENG"),
    "95": (13, 3, "PAPEG"),
    "91": (13, 2, "PAPUA"),
    "93": (13, 4, "PASEL"),
}
_LAST_ROW: Final = 7


@dataclass(frozen=True, slots=True)
class Tile:
    """One province: where it stands, its letters, its full name and number, the page behind it.

    `step` is 0 for nothing and 1 to 4 by quarters of the largest number.
    """

    x: int
    y: int
    letters: str
    name: str
    value: int
    href: str
    step: int

    @property
    def middle(self) -> int:
        """Where the words are centred."""
        return self.x + SIDE // 2


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map with its size in its own units."""

    title: str
    width: int
    height: int
    tiles: tuple[Tile, ...]


def make_tiles(*, title: str, rows: Mapping[str, tuple[str, int, str]]) -> TileMap:
    """Make a map from `code: (name, value, href)`; values are counts, none negative."""
    largest = max((value for _name, value, _href in rows.values()), default=0)
    unknown = [code for code in sorted(rows) if code not in PLACES]
    places = {**PLACES, **{code: (n, _LAST_ROW, code) for n, code in enumerate(unknown)}}
    tiles = [_tile(places[code], row, largest) for code, row in rows.items()]
    tiles.sort(key=lambda tile: (tile.y, tile.x))
    return TileMap(
        title=title,
        width=max((tile.x for tile in tiles), default=0) + SIDE,
        height=max((tile.y for tile in tiles), default=0) + SIDE,
        tiles=tuple(tiles),
    )


def _tile(place: tuple[int, int, str], row: tuple[str, int, str], largest: int) -> Tile:
    (column, line, letters), (name, value, href) = place, row
    return Tile(
        x=column * (SIDE + GAP),
        y=line * (SIDE + GAP),
        letters=letters,
        name=name,
        value=value,
        href=href,
        step=-(-STEPS * value // largest) if largest else 0,
    )
