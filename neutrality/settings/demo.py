"""Settings of `make run`: everything on this machine, demo data, nothing for production."""

from neutrality.settings.base import *

DEBUG = True
SECRET_KEY = "only-for-the-demo"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
VAULT_KEYS = "d1:" + "ZGVtby1rZXktZGVtby1rZXktZGVtby1rZXktMTIzNDU="
