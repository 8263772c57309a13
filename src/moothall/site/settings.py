"""Django's settings. What differs between installations comes from the environment (see docs/running.md)."""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from moothall.site import database, oidc

MOOTHALL_DATA = database.data_folder()
MOOTHALL_PORT = int(os.environ.get("MOOTHALL_PORT") or 8000)
DEMO = os.environ.get("MOOTHALL_DEMO") == "1"
DEBUG = False
TESTING = os.environ.get("MOOTHALL_TESTING") == "1"


def _kept_secret(name: str) -> str:
    """Return a secret made once and kept in the data folder, readable by its owner only."""
    path = MOOTHALL_DATA / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = os.environ.get("MOOTHALL_SECRET_KEY") or _kept_secret("django")
MOOTHALL_ADDRESS = os.environ.get("MOOTHALL_ADDRESS") or f"http://localhost:{MOOTHALL_PORT}"
ALLOWED_HOSTS = os.environ.get("MOOTHALL_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
SECURE = MOOTHALL_ADDRESS.startswith("https://")

STOREYS = (
    "core", "ui", "bodies", "people", "catalogue", "sharing", "ledger", "booking", "casework", "contracts",
    "settlement", "inbox", "functions.highways", "functions.licensing", "functions.links", "functions.returns",
    "functions.waste",
    "desk", "editor", "standards", "promises", "appraisal", "scrutiny", "onboarding", "reorganisation", "leaving",
    "simulation", "site",
)  # fmt: skip
PACKAGE = Path(__file__).resolve().parents[1]
CHAPTERS = [f"moothall.{name}" for name in STOREYS if (PACKAGE / name.replace(".", "/") / "apps.py").exists()]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    *CHAPTERS,
    "django.contrib.auth",  # after the chapters, as the rest below: their wording stands before its own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "moothall.site.logs.LogMiddleware",
    "moothall.site.middleware.BoundedBody",
    "moothall.site.middleware.VisibleAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "moothall.site.middleware.SmallerText",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "moothall.site.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "moothall.site.urls"
WSGI_APPLICATION = "moothall.site.wsgi.application"
AUTH_USER_MODEL = "core.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATABASES = {"default": database.connection_settings("app")}
if os.environ.get("MOOTHALL_PREPARE") != "0":
    DATABASES["default"]["OPTIONS"] |= database.PREPARED
if os.environ.get("MOOTHALL_AS_OWNER") == "1":
    DATABASES["owner"] = database.connection_settings("owner")
DATABASE_APP_ROLE = database.app_role()

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]
FORM_RENDERER = "moothall.ui.forms.Renderer"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", "Cymraeg")]
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = MOOTHALL_DATA / "static"
ASSETS = MOOTHALL_DATA / "assets"
STATICFILES_DIRS = [ASSETS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\."
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # the assets may be built after the settings are read

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if os.environ.get("MOOTHALL_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_TEMP_DIR = MOOTHALL_DATA / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
MOOTHALL_CLAMD = os.environ.get("MOOTHALL_CLAMD", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
API_PER_MINUTE = int(os.environ.get("MOOTHALL_API_PER_MINUTE") or 600)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "moothall.site.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "moothall.site.forms.StaffLoginForm",
    "reauthenticate": "moothall.site.forms.StaffPasswordForm",
    "reset_password": "moothall.site.forms.StaffResetForm",
}
ACCOUNT_USER_DISPLAY = "moothall.site.accounts.name_of"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900  # as the pages say: 15 minutes
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "moothall.site.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "moothall.site.forms.AddPasskeyForm",
    "edit_webauthn": "moothall.site.forms.NamePasskeyForm",
}
MFA_TOTP_ISSUER = "Moothall"
MFA_TOTP_TOLERANCE = 1  # a code just gone counts too: RFC 6238, section 5.2
SOCIALACCOUNT_ADAPTER = "moothall.site.accounts.StaffAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.oidc_apps()}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link leads there in one press; form-action 'self' would stop a form
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # the organisation has verified it: StaffAdapter takes no other address

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend" if TESTING else "moothall.core.messages.OutboxBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MOOTHALL_FROM", "noreply@moothall.example")

MESSAGES = {
    "via": os.environ.get("MOOTHALL_MESSAGES", "outbox"),
    "notify": {
        "key": os.environ.get("NOTIFY_API_KEY", ""),
        "address": os.environ.get("NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk"),
        "templates": {kind: os.environ.get(f"NOTIFY_{kind.upper()}_TEMPLATE", "") for kind in ("email", "sms")},
    },
}


def _pairs(name: str) -> dict[str, str]:
    """Return "marchshire=one,ashby=two" from the environment as a dictionary."""
    given = [pair.partition("=") for pair in os.environ.get(name, "").split(",") if pair.strip()]
    return {key.strip(): value.strip() for key, _, value in given}


# What comes in writing; every way is off until it is named here (docs/inbox.md).
MOOTHALL_MAIL = {
    # Mailboxes that are polled, by body: "marchshire=imaps://user:password@mail.example/INBOX"
    "mailboxes": _pairs("MOOTHALL_MAILBOXES"),
    # Addresses that the SMTP receiver takes: <body>@ this domain, and <body>+fax@ for a fax gateway.
    "domain": os.environ.get("MOOTHALL_MAIL_DOMAIN", "").lower(),
    # Our own mail server, as it names itself in Authentication-Results: its findings are believed.
    "server": os.environ.get("MOOTHALL_MAIL_SERVER", ""),
    # The folder that is watched: <folder>/<body>/mail, post and fax.
    "folder": Path(os.environ["MOOTHALL_MAIL_FOLDER"]) if os.environ.get("MOOTHALL_MAIL_FOLDER") else None,
    # The tokens with which GOV.UK Notify calls back, by body.
    "notify": _pairs("MOOTHALL_NOTIFY_TOKENS"),
}
if DEMO and MOOTHALL_MAIL["folder"] is None:
    MOOTHALL_MAIL["folder"] = MOOTHALL_DATA / "mail-in"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "moothall.site.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MOOTHALL_LOG", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
BASE_DIR = PACKAGE.parents[1]
MOOTHALL_LINK_FOLDERS = Path(os.environ.get("MOOTHALL_LINK_FOLDERS") or MOOTHALL_DATA / "links")
SERVICES = Path(os.environ.get("MOOTHALL_SERVICES") or BASE_DIR / "services")
APPRAISALS = Path(os.environ.get("MOOTHALL_APPRAISALS") or BASE_DIR / "examples" / "appraisal")

# Card payments. Without an address of GOV.UK Pay's API the practice provider stands in, on this site.
#: The api_key that a council's own system gave us for its Open311, by "council.function".
OPEN311_KEYS = {
    name.strip(): key.strip()
    for name, _, key in (pair.partition("=") for pair in os.environ.get("MOOTHALL_OPEN311_KEYS", "").split(",") if pair)
}
if DEMO:
    OPEN311_KEYS.setdefault("dunmere.waste", "a-stand-in-asks-for-this")
PAY_URL = os.environ.get("MOOTHALL_PAY_URL", "")
PAY = {
    "url": PAY_URL,
    # One key for all, or one for each body: "1=api_live_abc,2=api_live_def"
    "keys": dict(
        pair.rpartition("=")[::2] for pair in os.environ.get("MOOTHALL_PAY_KEYS", "").split(",") if pair.strip()
    ),
    "secret": os.environ.get("MOOTHALL_PAY_SECRET") or _kept_secret("pay"),
    # Where the provider's card pages are, so that the browser may be sent there.
    "pages": os.environ.get("MOOTHALL_PAY_PAGES") or ("https://card.payments.service.gov.uk" if PAY_URL else ""),
    "webhook": f"http://127.0.0.1:{MOOTHALL_PORT}/pay/webhook/",
}
