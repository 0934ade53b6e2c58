"""Keys come from the settings, and a malformed one is named."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from neutrality.vault.checks import check_index_key, check_master_keys
from neutrality.vault.keys import derived_key, master_keys
from tests.vault.conftest import NEW, OLD


def test_the_first_key_is_current(settings):
    settings.VAULT_KEYS = f"{NEW}, {OLD}"

    keys = master_keys()

    assert keys.current == "new"
    assert keys.by_id == {"new": b"n" * 32, "old": b"o" * 32}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Set VAULT_KEYS; the vault cannot work without it."),
        ("   ", "Set VAULT_KEYS; the vault cannot work without it."),
        ("no-colon", "VAULT_KEYS: entry 1 is not id:base64."),
        (f"{OLD},", "VAULT_KEYS: entry 2 is not id:base64."),
        (f"{OLD},{OLD}", "VAULT_KEYS: the id old occurs twice."),
        ("a:c2hvcnQ=", "VAULT_KEYS: the key a must be the base64 of 32 bytes."),
        ("a:***", "VAULT_KEYS: the key a must be the base64 of 32 bytes."),
    ],
)
def test_malformed_master_keys_are_named(settings, text, sentence):
    settings.VAULT_KEYS = text

    with pytest.raises(ImproperlyConfigured) as refused:
        master_keys()
    assert str(refused.value) == sentence
    assert [(error.id, error.msg) for error in check_master_keys()] == [("vault.E001", sentence)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Set VAULT_INDEX_KEY; the vault cannot work without it."),
        ("c2hvcnQ=", "VAULT_INDEX_KEY must be the base64 of 32 bytes."),
    ],
)
def test_a_malformed_index_key_is_named(settings, text, sentence):
    settings.VAULT_INDEX_KEY = text
    assert [(error.id, error.msg) for error in check_index_key()] == [("vault.E002", sentence)]


def test_good_keys_pass_the_checks():
    assert (check_master_keys(), check_index_key()) == ([], [])


def test_each_use_and_purpose_has_a_key_of_its_own(settings):
    uses = [("index", "nik"), ("index", "email"), ("hash", "nik"), ("hash", "access code")]
    keys = {derived_key(use=use, purpose=purpose) for use, purpose in uses}
    settings.VAULT_INDEX_KEY = base64.b64encode(b"i" * 32).decode()

    assert len(keys | {derived_key(use="index", purpose="nik")}) == 5
