"""What must be right in the settings before the vault can seal and open."""

from collections.abc import Callable

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from neutrality.vault.keys import derived_key, master_keys


@register()
def check_master_keys(**_kwargs: object) -> list[CheckMessage]:
    """VAULT_KEYS is there and well formed."""
    return _error_of(master_keys, "vault.E001")


@register()
def check_index_key(**_kwargs: object) -> list[CheckMessage]:
    """VAULT_INDEX_KEY is there and well formed."""
    return _error_of(lambda: derived_key(use="index", purpose="check"), "vault.E002")


def _error_of(read: Callable[[], object], error_id: str) -> list[CheckMessage]:
    try:
        read()
    except ImproperlyConfigured as error:
        return [Error(str(error), id=error_id)]
    return []
