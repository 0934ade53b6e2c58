"""Settings of the tests."""

from neutrality.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
VAULT_KEYS = "t1:" + "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktMTIzNDU="
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
