"""One settings file. What differs between places comes from the environment; `.env.example` lists it all."""

import os
import secrets
import tomllib
from contextlib import suppress
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[3]
HEED_DATA = Path(os.environ.get("HEED_DATA") or BASE_DIR / "var").resolve()
# What people said lies here, in SQLite's file too, so nobody else on the machine may look into it.
HEED_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def _secret(name: str) -> str:
    """A secret made at first start and kept in HEED_DATA, readable by its owner only. Server and worker may start at
    once: the first to put its own in place, whole, has made it for both."""
    path = HEED_DATA / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        own = path.with_name(f"{name}.{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    if secret := path.read_text():
        return secret
    raise ImproperlyConfigured(f"{path} is empty. Put back its content from a backup, or remove it to have a new one.")


SECRET_KEY = _secret("django")
CODE_KEY = _secret("codes")  # hashes the secret codes of the public, and nothing else
# Joins what people said about themselves to figures. Without it the answers belong to nobody: see groups-of-people.md.
ABOUT_YOU_KEY = _secret("about-you")

VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
DEBUG = False
DEMO = os.environ.get("HEED_DEMO") == "1"
# Real people are served over HTTPS only. HEED_HTTPS=0 is for trying Heed out on one machine.
HTTPS = not DEMO and os.environ.get("HEED_HTTPS") != "0"
BEHIND_PROXY = os.environ.get("HEED_PROXY") == "1"  # ... which sets X-Forwarded-Proto itself, always
ALLOWED_HOSTS = os.environ.get("HEED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("HEED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "heed.audit",
    "heed.jobs",
    "heed.facts",
    "heed.search",
    "heed.organisations",
    "heed.accounts",
    "heed.documents",
    "heed.correspondence",
    "heed.feedback",
    "heed.cases",
    "heed.learning",
    "heed.care",
    "heed.insight",
    "heed.design",
    "heed.portal",
    "heed.staff",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "heed.config.middleware.read_to_the_end",
    "heed.config.middleware.referrer_policy",
    "heed.config.middleware.refuse_bad_requests",
    "heed.config.middleware.vouch_for_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "heed.config.middleware.keep_words_of_the_signed_out",
    "heed.config.middleware.log_refusals",
]
if os.environ.get("HEED_COUNT_QUERIES") == "1":  # `heed bench` asks how many statements each page needs
    MIDDLEWARE.insert(0, "heed.config.benching.counting.count_queries")

ROOT_URLCONF = "heed.config.urls"
WSGI_APPLICATION = "heed.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "heed.design.context.page",
            ],
            "builtins": ["heed.design.templatetags.heed"],
        },
    }
]
FORM_RENDERER = "heed.design.forms.Renderer"

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HEED_DATA / 'heed.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE so that two writers queue instead of failing half-way; readers open no transaction.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL waits for the disk at each commit: whoever was given a reference must find their words after a power cut.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "sign_in"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HEED_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What comes in. A file goes straight to disk; one that is too large is cut one byte past the limit, so that whoever
# stores it refuses it for its size, and the words that came with it are kept.
LARGEST_FILE = int(os.environ.get("HEED_LARGEST_FILE_MB", "25")) * 2**20
LARGEST_REQUEST = 2**30  # bytes; more is not even read
# What one network address may begin and send within an hour without signing in: far more than a waiting room or library
# full of people needs, far less than a program sends. 0: as many as they like.
FORMS_AN_HOUR = int(os.environ.get("HEED_FORMS_AN_HOUR", "300"))
FILES_AN_HOUR = int(os.environ.get("HEED_FILES_AN_HOUR", "300"))
CLAMD = os.environ.get("HEED_CLAMD", "")  # the virus check: a path of a socket, or host:port; without it none is made
FILE_UPLOAD_HANDLERS = ["heed.config.uploads.CutUploadHandler"]
FILE_UPLOAD_TEMP_DIR = HEED_DATA / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes of words: some 50,000 in any script, thrice over
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 40

# Who is signed in, and for how long. Messages to the person never travel in a cookie: they may quote them.
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
SESSION_COOKIE_NAME = "__Host-heed" if HTTPS else "heed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-heed-form" if HTTPS else "heed-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "heed.config.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]

# What a browser may do with a page. Portal pages send no referrer at all: `middleware.referrer_policy`.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
# Neither the other names under an organisation's domain nor browsers' built-in lists are ours to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = HTTPS and BEHIND_PROXY
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "heed.config.logs.WithoutWords"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},  # no mails to ADMINS: they hold the request
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},  # a page not found is no news
    },
}

# Messages. In the demonstration none leaves: they land in a mailbox page.
PUBLIC_ADDRESS = os.environ.get("HEED_ADDRESS", "http://127.0.0.1:8000").rstrip("/")  # stands in e-mails
DEFAULT_FROM_EMAIL = os.environ.get("HEED_MAIL_FROM", "heed@localhost")
EMAIL_BACKEND = "heed.correspondence.mailbox.MailboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("HEED_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("HEED_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("HEED_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HEED_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("HEED_SMTP_SECURITY") == "starttls"
EMAIL_USE_SSL = os.environ.get("HEED_SMTP_SECURITY") == "tls"
# Seconds: a message that somebody began to send and did not finish is sent again after the lease, so the lease must
# be longer than the mail server may take for one message.
EMAIL_TIMEOUT = 30
MAIL_LEASE = float(os.environ.get("HEED_MAIL_LEASE", "120"))

# What figures are worked out from: "live", "snapshot", or by what is quicker at the size there is.
FIGURES = os.environ.get("HEED_FIGURES", "auto")
if FIGURES not in ("auto", "live", "snapshot"):
    raise ImproperlyConfigured("HEED_FIGURES is auto, live or snapshot")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
