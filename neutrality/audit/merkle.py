"""Merkle trees as in RFC 6962: leaves and nodes are hashed apart, so neither passes for the other."""

from collections.abc import Sequence
from hashlib import sha256


def leaf_hash(content: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + content).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; level by level, which gives the tree of RFC 6962 §2.1.

    Raises:
        ValueError: when there are no leaves.
    """
    if not leaves:
        raise ValueError("A tree without leaves has no root.")
    level = list(leaves)
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def path_to(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """The hashes that lead from leaf `index` to the root, lowest first (RFC 6962 §2.1.1).

    Raises:
        IndexError: when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level, path = list(leaves), []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level, index = _level_above(level), index // 2
    return tuple(path)


def root_from(*, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that `path` leads to from a leaf hash at `index` in a tree of `size` leaves.

    Raises:
        ValueError: when the path has not the length that this place in the tree needs.
    """
    remaining, here = list(path), leaf
    while size > 1:
        if index ^ 1 < size:
            if not remaining:
                raise ValueError("The path is too short.")
            sibling = remaining.pop(0)
            here = _node(sibling, here) if index & 1 else _node(here, sibling)
        index, size = index // 2, (size + 1) // 2
    if remaining:
        raise ValueError("The path is too long.")
    return here


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
