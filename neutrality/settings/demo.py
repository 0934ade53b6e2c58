"""Settings of `make run`: everything on this machine, demo data, nothing for production."""

from neutrality import env
from neutrality.embedded import Home

env.load_file()

from neutrality.settings import navigation  # noqa: E402
from neutrality.settings.base import *  # noqa: E402

HOME = Home(VAR)

DEBUG = env.flag("DEBUG")
DEMO = True
DEMO_PASSWORD = "peragaan-netral"  # noqa: S105  shown on the login page of the demo
SECRET_KEY = "only-for-the-demo-" + "0" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", *env.words("ALLOWED_HOSTS")]
VAULT_KEYS = "d1:" + "ZGVtby1rZXktZGVtby1rZXktZGVtby1rZXktMTIzNDU="
VAULT_INDEX_KEY = "ZGVtby1pbmRleC1kZW1vLWluZGV4LWRlbW8taW5kZXg="
AUDIT_SEAL_KEY = "ZGVtby1zZWFsLWRlbW8tc2VhbC1kZW1vLXNlYWwtMTI="
ALTCHA_HMAC_KEY = "only-for-the-demo"
METRICS_TOKEN = env.text("METRICS_TOKEN", "demo")
SECOND_FACTOR_REQUIRED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

DATABASES = {"default": env.database(env.text("DATABASE_URL", HOME.database_url))}
REDIS_URL = env.text("REDIS_URL", HOME.redis_url)
CACHES = caches(REDIS_URL)
CELERY_BROKER_URL = env.broker(REDIS_URL)

# Compressing takes a minute and serves nobody on the same machine.
STORAGES |= {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

EMAIL_HOST = "localhost"
EMAIL_PORT = env.number("EMAIL_PORT", 9025)
CAUGHT_MAIL_DIR = VAR / "mail"
STAFF_NAVIGATION = (*STAFF_NAVIGATION, navigation.CAUGHT_MAIL)
