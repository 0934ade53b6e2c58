"""What every place has in common."""

from pathlib import Path

from neutrality import env, logs
from neutrality.env import BASE_DIR
from neutrality.schedule import SCHEDULE
from neutrality.settings import navigation

VAR = env.var_folder()

INSTALLED_APPS = [
    "neutrality.accounts",
    "neutrality.accounts.admin_app.ReferenceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_linear_migrations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_altcha",
    "django_htmx",
    "django_structlog",
    "django_prometheus",
    "health_check",
    "csp",
    "phonenumber_field",
    "neutrality.checks.WiringConfig",
    "neutrality.law",
    "neutrality.audit",
    "neutrality.organisations",
    "neutrality.elections",
    "neutrality.vault",
    "neutrality.personnel",
    "neutrality.documents",
    "neutrality.notifications",
    "neutrality.casework",
    "neutrality.ui",
    "pledges",
    "complaints",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "neutrality.ui.compress.CompressPages",
    "neutrality.logs.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "neutrality.accounts.http.LazyActor",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "neutrality.ui.errors.NoNul",
    "neutrality.ui.errors.ErrorPages",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "neutrality.urls"
WSGI_APPLICATION = "neutrality.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and their second factors ---------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["neutrality.accounts.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "neutrality.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "neutrality.accounts.forms.LoginForm",
    "change_password": "neutrality.accounts.forms.ChangePasswordForm",
    "set_password": "neutrality.accounts.forms.SetPasswordForm",
    "reset_password": "neutrality.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "neutrality.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "neutrality.accounts.forms.ReauthenticateForm",
}
# How many proxies of ours stand before us: whose word on a visitor's address counts, for limits.
ALLAUTH_TRUSTED_PROXY_COUNT = 0
MFA_ADAPTER = "neutrality.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "neutrality.accounts.forms.SecondFactorForm",
    "reauthenticate": "neutrality.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "neutrality.accounts.forms.ActivateTotpForm",
    "deactivate_totp": "neutrality.accounts.forms.DeactivateTotpForm",
    "add_webauthn": "neutrality.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "neutrality.accounts.forms.EditPasskeyForm",
    "generate_recovery_codes": "neutrality.accounts.forms.GenerateCodesForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Netralitas ASN"
# Phones' clocks are some seconds off: the code before and the one after count too.
MFA_TOTP_TOLERANCE = 1
# Outside the demo nobody works as staff with a password alone.
SECOND_FACTOR_REQUIRED = True

# The login page of the demo shows its accounts and this password; elsewhere there is none.
DEMO_PASSWORD = ""
STAFF_NAVIGATION = navigation.STAFF_NAVIGATION

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "ID"

# --- files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = Path(env.text("STATIC_ROOT", str(VAR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "neutrality.ui.finders.BootstrapFinder",
]
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["neutrality.ui.uploads.BoundedUpload"]
# A whole request, anywhere but on the pages for evidence; above the 20 MiB of a document.
UPLOAD_MAX_MIB = 24
# A roster: a million rows of CSV are about 150 MiB.
ROSTER_MAX_MIB = env.number("ROSTER_MAX_MIB", 400)
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- evidence: shown before choosing, kept while the files arrive --------------------------------
EVIDENCE_MAX_MIB = {
    "image": env.number("EVIDENCE_IMAGE_MIB", 15, least=1),
    "document": env.number("EVIDENCE_DOCUMENT_MIB", 20, least=1),
    "audio": env.number("EVIDENCE_AUDIO_MIB", 30, least=1),
    "video": env.number("EVIDENCE_VIDEO_MIB", 100, least=1),
}
EVIDENCE_MAX_FILES = env.number("EVIDENCE_FILES", 20, least=1)
UPLOAD_LIFE_HOURS = 24  # a file whose line broke can be continued so long

# Where else complaints about civil servants are taken; shown where no contest is running.
OTHER_CHANNELS = [
    ("SP4N-LAPOR!", "https://www.lapor.go.id"),
    ("Sistem Berbagi Terintegrasi BKN", "https://sbt.bkn.go.id"),
]

# --- how often, as (times, seconds); counted in Redis under keyed hashes, never by address ----------
# Many phones share the one address of their carrier: the first limits only ask for a proof of work.
RATE_LIMITS = {
    "wrong_codes": (10, 15 * 60),
    "new_drafts": (env.number("LIMIT_NEW_DRAFTS", 20), 60 * 60),  # of one visitor, then a proof
    "new_drafts_of_all": (env.number("LIMIT_NEW_DRAFTS_OF_ALL", 600), 10 * 60),  # then a proof
    "new_drafts_at_most": (env.number("LIMIT_NEW_DRAFTS_AT_MOST", 300), 60 * 60),
    "waited": (30, 60 * 60),  # of one visitor, who waits because there are no scripts
    "answers": (600, 60 * 60),  # of one draft
    "uploads": (env.number("LIMIT_UPLOADS", 300), 60 * 60),  # of one visitor
    "messages": (30, 60 * 60),  # of one code
    "completions": (60, 60 * 60),  # of one code
    "data_requests": (10, 60 * 60),  # of one code
    "roster_api": (120, 60),  # of one key
    "pledge_numbers": (env.number("LIMIT_PLEDGE_NUMBERS", 30), 15 * 60),  # of one visitor
    "pledge_numbers_of_device": (20, 15 * 60),
    "pledge_codes_of_visitor": (20, 15 * 60),  # wrong printed codes
}

# --- browser ---------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],  # Bootstrap's icons and the TOTP code are data: images
        "manifest-src": ["'self'"],
        "media-src": ["'self'"],
        "object-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # an address may hold an opaque id; no other site sees it
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "neutrality.ui.errors.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- messages --------------------------------------------------------------------------------
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Netralitas ASN <tidak-dibalas@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MESSAGE_GATEWAY_URL = env.text("MESSAGE_GATEWAY_URL")
MESSAGE_GATEWAY_TOKEN = env.text("MESSAGE_GATEWAY_TOKEN")
SITE_URL = env.text("SITE_URL", "http://localhost:8000")
# Only the demo catches its own mails and shows them on a page.
CAUGHT_MAIL_DIR: Path | None = None

# Where "close quickly" leads: a page that says nothing of who was here. The weather is harmless.
QUICK_EXIT_URL = env.text("QUICK_EXIT_URL", "https://www.bmkg.go.id/")

# --- optional services -----------------------------------------------------------------------
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS")
METRICS_TOKEN = env.text("METRICS_TOKEN")
SIGNING_CERTIFICATE = env.text("SIGNING_CERTIFICATE")
SIGNING_PASSPHRASE = env.text("SIGNING_PASSPHRASE")
# Root certificates (PEM) of the issuers whose signatures (TTE) on pledges count; none, none does.
TTE_ROOTS = env.text("TTE_ROOTS")

# --- tasks -----------------------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- logs: no addresses, no agents, no paths --------------------------------------------------
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
LOGGING = logs.configuration(level=env.text("LOG_LEVEL", "INFO"))
logs.configure()


def caches(redis_url: str, prefix: str = "") -> dict[str, dict[str, str]]:
    """Return the one cache, in Redis."""
    backend = "neutrality.cache.Cache"
    return {"default": {"BACKEND": backend, "LOCATION": redis_url, "KEY_PREFIX": prefix}}
