"""Blind indexes find equal values however they were typed; keyed hashes take codes as they are."""

import hmac

import pytest
from hypothesis import given, strategies as st

from neutrality.vault.keys import derived_key
from neutrality.vault.lookup import indexer
from neutrality.vault.services import blind_index, find_identities, keyed_hash, seal_identity
from tests.vault.conftest import NEW, OLD


@pytest.mark.parametrize(
    ("purpose", "one", "other", "equal"),
    [
        ("nik", "3571010101900001", "3571 0101 0190 0001", True),
        ("nik", "3571010101900001", "3571010101900002", False),
        ("phone", "0812-3456-7890", "+62 812 3456 7890", True),
        ("phone", "081234567890", "081234567891", False),
        ("email", "Warga@Example.org ", "warga@example.org", True),
        ("name", "Warga  Contoh", "WARGA CONTOH", True),
    ],
)
def test_values_are_compared_in_their_normal_form(purpose, one, other, equal):
    digests = blind_index(purpose=purpose, value=one), blind_index(purpose=purpose, value=other)
    assert (digests[0] == digests[1]) is equal


@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_digest_has_32_bytes_and_depends_on_its_purpose(value):
    digests = {
        blind_index(purpose="a", value=value),
        blind_index(purpose="b", value=value),
        keyed_hash(purpose="a", value=value),
    }
    assert sorted(len(digest) for digest in digests) == [32, 32, 32]


@given(value=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_digests_are_the_hmac_that_everybody_computes(value):
    key = derived_key(use="hash", purpose="code")
    assert keyed_hash(purpose="code", value=value) == hmac.digest(key, value.encode(), "sha256")


def test_an_indexer_finds_what_was_indexed():
    number = "3571010101900001"
    assert indexer(purpose="nik")(number) == blind_index(purpose="nik", value=number).hex()


def test_a_code_is_hashed_as_it_is():
    upper, lower = (keyed_hash(purpose="code", value=value) for value in ("ABCD", "abcd"))
    assert upper != lower


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("purpose", "value", "count"),
    [
        ("nik", "35.71.01.010190.0001", 1),
        ("phone", "+6281234567890", 1),
        ("email", "warga.contoh@example.org", 1),
        ("email", "081234567890", 0),
        ("nik", "3571010101900009", 0),
    ],
)
def test_an_identity_is_found_by_what_was_given(data, clock, purpose, value, count):
    seal_identity(data=data, kind="reporter", clock=clock)
    assert find_identities(purpose=purpose, value=value).count() == count


@pytest.mark.django_db
def test_what_was_indexed_is_found_after_the_master_key_changed(data, clock, settings):
    settings.VAULT_KEYS = OLD
    identity = seal_identity(data=data, kind="reporter", clock=clock)
    settings.VAULT_KEYS = f"{NEW},{OLD}"

    assert find_identities(purpose="nik", value=data.nik).get() == identity
