"""Settings of a real installation: refuses to start without each secret, and names it."""

from neutrality import env

env.load_file()

from neutrality.settings.base import *  # noqa: E402

DEBUG = False
DEMO = False
SECRET_KEY = env.required("SECRET_KEY")
VAULT_KEYS = env.required("VAULT_KEYS")
VAULT_INDEX_KEY = env.required("VAULT_INDEX_KEY")
AUDIT_SEAL_KEY = env.required("AUDIT_SEAL_KEY")
AUDIT_FORMER_PUBLIC_KEYS = env.words("AUDIT_FORMER_PUBLIC_KEYS")
ALTCHA_HMAC_KEY = env.required("ALTCHA_HMAC_KEY")
DATABASES = {"default": env.database(env.required("DATABASE_URL"))}
REDIS_URL = env.required("REDIS_URL")
CACHES = caches(REDIS_URL)
CELERY_BROKER_URL = env.broker(REDIS_URL)

SITE_URL = env.required("SITE_URL")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [env.required("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

EMAIL_HOST = env.required("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = env.required("DEFAULT_FROM_EMAIL")

SECURE_SSL_REDIRECT = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXY_COUNT", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
