"""Settings of the tests: real services of their own, plain static files, fixed keys."""

from neutrality import env, logs
from neutrality.embedded import Home
from neutrality.settings.base import *

HOME = Home(VAR / "test")
# Each worker of pytest-xdist keeps to its own keys of the one Redis.
WORKER = env.text("PYTEST_XDIST_WORKER", "main")

DEMO = False
SECRET_KEY = "only-for-tests-" + "0" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
VAULT_KEYS = "t1:" + "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktMTIzNDU="
VAULT_INDEX_KEY = "dGVzdC1pbmRleC10ZXN0LWluZGV4LXRlc3QtaW5kZXg="
AUDIT_SEAL_KEY = "dGVzdC1zZWFsLXRlc3Qtc2VhbC10ZXN0LXNlYWwtMTI="
ALTCHA_HMAC_KEY = "only-for-tests"
METRICS_TOKEN = "only-for-tests"  # noqa: S105
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# No test asks for the version of the law in between: query counts are literal.
LAW_CACHE_SECONDS = 3600

DATABASES = {"default": env.database(env.text("DATABASE_URL", HOME.database_url))}
DATABASES["default"]["CONN_MAX_AGE"] = 0
REDIS_URL = env.text("REDIS_URL", HOME.redis_url)
CACHES = caches(REDIS_URL, prefix=WORKER)
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"{WORKER}:"}

# The first puts `flush` of the tests before Django's; see tests/database.
INSTALLED_APPS = ["tests.database", *INSTALLED_APPS, "tests.casework.testapp"]
# A strong hash costs a tenth of a second for each login.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A line for each request would hide what failed.
LOGGING = logs.configuration(level="WARNING")
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
