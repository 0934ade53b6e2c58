"""Trees, paths and roots as RFC 6962 has them."""

from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from neutrality.audit.merkle import leaf_hash, path_to, root_from, root_of

LEAVES = st.lists(st.binary(max_size=40).map(leaf_hash), min_size=1, max_size=40)


def split_root(leaves):
    """The recursive definition of RFC 6962 §2.1, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + split_root(leaves[:half]) + split_root(leaves[half:])).digest()


@given(leaves=LEAVES)
def test_the_root_is_that_of_the_standard(leaves):
    assert root_of(leaves) == split_root(leaves)


@given(leaves=LEAVES, data=st.data())
def test_every_leaf_has_a_path_to_the_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_to(index, leaves)

    assert root_from(leaf=leaves[index], index=index, size=len(leaves), path=path) == root_of(
        leaves
    )


@given(leaves=LEAVES, data=st.data())
def test_another_leaf_does_not_lead_to_the_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = path_to(index, leaves)

    other = leaf_hash(b"another leaf, longer than any that the test draws")
    assert root_from(leaf=other, index=index, size=len(leaves), path=path) != root_of(leaves)


def test_a_path_of_the_wrong_length_is_refused():
    leaves = [leaf_hash(bytes([n])) for n in range(5)]
    path = path_to(1, leaves)

    with pytest.raises(ValueError, match="too short"):
        root_from(leaf=leaves[1], index=1, size=5, path=path[:-1])
    with pytest.raises(ValueError, match="too long"):
        root_from(leaf=leaves[1], index=1, size=5, path=(*path, leaves[0]))


def test_there_is_no_root_without_leaves_and_no_path_beyond_them():
    with pytest.raises(ValueError, match="no root"):
        root_of([])
    with pytest.raises(IndexError):
        path_to(3, [leaf_hash(b"only")])
