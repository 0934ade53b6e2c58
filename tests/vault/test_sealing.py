"""What is sealed opens with its own key, in its own row, unchanged and whole, or not at all."""

import os
from uuid import uuid4

import pytest
from hypothesis import given, strategies as st

from neutrality.vault.identity import IdentityData, from_bytes, to_bytes
from neutrality.vault.keys import MasterKeys, UnknownKey
from neutrality.vault.sealing import (
    SealBroken,
    bound_to,
    new_data_key,
    seal,
    unseal,
    unwrap,
    wrap,
)
from neutrality.vault.streams import CHUNK, SealingStream, nonce_of, unseal_stream

KEY = new_data_key()
BOUND = bound_to(kind="identity", uuid=uuid4())
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(plain=st.binary(max_size=500), bound=st.binary(max_size=40))
def test_what_was_sealed_opens(plain, bound):
    assert unseal(key=KEY, sealed=seal(key=KEY, plain=plain, bound=bound), bound=bound) == plain


@given(plain=st.binary(max_size=60), data=st.data())
def test_any_changed_byte_is_noticed(plain, data):
    sealed = bytearray(seal(key=KEY, plain=plain, bound=BOUND))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SealBroken):
        unseal(key=KEY, sealed=bytes(sealed), bound=BOUND)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"n" * 12, b"\x02" + b"n" * 60])
def test_what_is_no_sealed_text_is_refused(sealed):
    with pytest.raises(SealBroken):
        unseal(key=KEY, sealed=sealed, bound=BOUND)


def test_it_opens_neither_elsewhere_nor_with_another_key():
    sealed = seal(key=KEY, plain=b"x", bound=BOUND)

    with pytest.raises(SealBroken):
        unseal(key=KEY, sealed=sealed, bound=bound_to(kind="blob", uuid=uuid4()))
    with pytest.raises(SealBroken):
        unseal(key=new_data_key(), sealed=sealed, bound=BOUND)


def test_a_wrapped_key_names_its_master_key_and_needs_it():
    keys = MasterKeys(current="a", by_id={"a": b"a" * 32, "b": b"b" * 32})
    key_id, wrapped = wrap(keys=keys, data_key=KEY, bound=BOUND)

    assert key_id == "a"
    assert unwrap(keys=keys, key_id="a", wrapped=wrapped, bound=BOUND) == KEY
    with pytest.raises(SealBroken, match="another key"):
        unwrap(keys=keys, key_id="b", wrapped=wrapped, bound=BOUND)
    with pytest.raises(UnknownKey, match="VAULT_KEYS does not hold the master key 'c'"):
        unwrap(keys=keys, key_id="c", wrapped=wrapped, bound=BOUND)


@given(
    fields=st.builds(
        IdentityData,
        name=TEXT,
        nik=TEXT,
        address=TEXT,
        phone=TEXT,
        email=TEXT,
        birth_place=TEXT,
        birth_date=st.none() | st.dates(),
        sex=TEXT,
        occupation=TEXT,
        citizenship=TEXT,
    )
)
def test_an_identity_survives_its_bytes_and_hides_its_length(fields):
    assert from_bytes(to_bytes(fields)) == fields
    assert len(to_bytes(fields)) % 256 == 0


def test_an_identity_shows_nothing_in_a_traceback():
    assert repr(IdentityData(name="Warga Contoh")) == "IdentityData(…)"


SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5]


def sealed_stream(plain, piece=10_000):
    pieces = [plain[at : at + piece] for at in range(0, len(plain), piece)]
    stream = SealingStream(source=pieces, key=KEY, bound=BOUND)
    return b"".join(stream), stream


def opened(sealed, *, key=KEY, bound=BOUND):
    return b"".join(unseal_stream(source=[sealed], key=key, bound=bound))


@pytest.mark.parametrize("size", SIZES)
def test_a_stream_of_any_size_opens_and_is_measured(size):
    plain = os.urandom(size)
    sealed, stream = sealed_stream(plain)

    assert opened(sealed) == plain
    assert stream.size == size


@given(
    pieces=st.lists(st.binary(max_size=300), max_size=10),
    step=st.integers(1, 400),
)
def test_a_stream_may_come_in_pieces_of_any_size(pieces, step):
    sealed = b"".join(SealingStream(source=pieces, key=KEY, bound=BOUND))
    parts = [sealed[at : at + step] for at in range(0, len(sealed), step)]

    assert b"".join(unseal_stream(source=parts, key=KEY, bound=BOUND)) == b"".join(pieces)


def test_a_stream_that_was_cut_reordered_or_moved_does_not_open():
    sealed, _ = sealed_stream(os.urandom(3 * CHUNK))
    head, size = sealed[:11], CHUNK + 16
    first, second, third = (sealed[11 + n * size : 11 + (n + 1) * size] for n in range(3))

    for changed in (
        head + first + second,
        head + second + first + third,
        head + first + first + second + third,
        head + first + second + third + b"x",
        head + first + second + third[:-1],
        sealed[:11],
        b"NVS2" + sealed[4:],
        b"",
    ):
        with pytest.raises(SealBroken):
            opened(changed)
    with pytest.raises(SealBroken):
        opened(sealed, key=new_data_key())
    with pytest.raises(SealBroken):
        opened(sealed, bound=b"another row")


def test_a_stream_longer_than_its_counter_is_refused():
    assert len(nonce_of(b"p" * 7, 2**32 - 1, is_last=True)) == 12
    with pytest.raises(OverflowError, match="256 TiB"):
        nonce_of(b"p" * 7, 2**32, is_last=False)
