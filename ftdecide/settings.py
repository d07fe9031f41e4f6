"""Settings, all from the environment. Safe as they stand: DEBUG is off unless asked for.

FTDECIDE_URL    where people reach the site, e.g. https://decide.example.org; without it, this machine only
FTDECIDE_DATA   the folder for the secret key, the SQLite file and collected static files; `var` by default
STATIC_ROOT     the folder of the collected static files; `static` in the data folder by default
DATABASE_URL    postgresql://user:password@host/name; without it, SQLite in the data folder
SECRET_KEY      at least 32 characters; without it, one is made and kept in the data folder
AUDIT_KEY       what the audit trail and the reports are sealed with; the secret key without it
SECRET_KEY_FALLBACKS, AUDIT_KEY_FALLBACKS
                keys of before, with commas between them: what they locked or sealed still opens
DEBUG           1 for Django's debug pages while developing

EMAIL_URL       smtp://user:password@host:587 or smtps://…; without it, nothing is mailed and links are copied by hand
EMAIL_FROM      the sender of mails
EMAIL_VERIFIED  1 if an account may be used only after its address has been confirmed by mail
OIDC_URL        the issuer of an OpenID Connect provider, with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: single sign-on
OIDC_NAME       what its button says
EVIDENCE_MB     the largest drop of files to measure in, in megabytes; 200 without it
LOG_FORMAT      json: one line of JSON for each request and each thing told; plain: only what went wrong, in words
HSTS_DAYS       how long browsers ask for https only, with an https FTDECIDE_URL; 365 without it, 0 for not at all
HSTS_SUBDOMAINS 0 where hosts below this one have no https
SQLITE_ON_SHARE 1 to start although SQLite's file lies on a network share, where it can break
LIMITS          how many times the limits of docs/running.md apply; 1 without it, 0 for none
DRAWING_WAIT    how many seconds a request waits for its PDF before a page tells how far it is; 2 without it
WEBHOOK_NETWORKS
                private networks that webhooks may lead into, with commas between them, such as 10.1.0.0/16
WEBHOOK_HTTP    1 if webhooks may lead to addresses without TLS
PROXIES         how many trusted proxies stand before the server, so that rate limits see the visitor's address
"""

from pathlib import Path
from urllib.parse import urlsplit

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(environment.text("FTDECIDE_DATA", str(BASE_DIR / "var")))
DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = environment.former_keys("SECRET_KEY_FALLBACKS")
AUDIT_KEY = environment.key("AUDIT_KEY") or SECRET_KEY
AUDIT_KEY_FALLBACKS = environment.former_keys("AUDIT_KEY_FALLBACKS")
if AUDIT_KEY == SECRET_KEY:
    AUDIT_KEY_FALLBACKS += SECRET_KEY_FALLBACKS

SITE_URL = environment.text("FTDECIDE_URL").rstrip("/")
_site = urlsplit(SITE_URL)
_https = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname] if _site.hostname else ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "assessments",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "ftdecide.health.health",
    "ftdecide.logs.each_request",
    "ftdecide.middleware.own_address",
    "ftdecide.middleware.proxy_tells_https",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ftdecide.middleware.response_headers",
    "ftdecide.middleware.reader_language",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ftdecide.middleware.request_size_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assessments.auditing.EveryUnsafeRequest",
    "assessments.limiting.Limiting",
    "assessments.last_seen.last_seen",
    "assessments.tidying.tidy_up",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "ftdecide.urls"
WSGI_APPLICATION = "ftdecide.wsgi.application"
PAGES = ["ftdecide.templates.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "assessments.templatetags.times"],
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", PAGES)])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "assessments.pages.appearance.context",
                "assessments.pages.who.context",
            ],
        },
    },
]

DATABASES = {
    "default": environment.database(environment.text("DATABASE_URL"), default_file=DATA_DIR / "ftdecide.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "assessments.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "assessments"
ACCOUNT_ADAPTER = "assessments.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "assessments.forms.account_name.OurName"
ACCOUNT_FORMS = {
    "login": "assessments.forms.accounts.Login",
    "signup": "assessments.forms.accounts.Signup",
    "reset_password": "assessments.forms.accounts.ResetPassword",
    "reset_password_from_key": "assessments.forms.accounts.ResetPasswordKey",
    "change_password": "assessments.forms.accounts.ChangePassword",
    "set_password": "assessments.forms.accounts.SetPassword",
    "add_email": "assessments.forms.accounts.AddEmail",
    "reauthenticate": "assessments.forms.accounts.Reauthenticate",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "ftdecide: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if environment.flag("EMAIL_VERIFIED") else "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before e-mail addresses and single sign-on are changed
ALLAUTH_TRUSTED_PROXY_COUNT = environment.count("PROXIES")
MFA_ADAPTER = "assessments.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "assessments.forms.accounts.AuthenticateByCode",
    "reauthenticate": "assessments.forms.accounts.ReauthenticateByCode",
    "activate_totp": "assessments.forms.accounts.ActivateTOTP",
}
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION == "none"  # where nobody can confirm an address
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "ftdecide"

_oidc = environment.text("OIDC_URL")
SOCIALACCOUNT_ADAPTER = "assessments.accounts.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"signup": "assessments.forms.accounts.SocialSignup"}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.single_sign_on(_oidc)}}

MAIL_SERVER = environment.mail_server(environment.text("EMAIL_URL"))
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_SERVER else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.get("host", "localhost"), MAIL_SERVER.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.get("user", ""), MAIL_SERVER.get("password", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.get("use_tls", False), MAIL_SERVER.get("use_ssl", False)
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "ftdecide@localhost")

SESSION_ENGINE = "assessments.sessions"
SESSION_COOKIE_AGE = 180 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-sessionid" if _https else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if _https else "csrftoken"
CSRF_FAILURE_VIEW = "assessments.views.errors.csrf_failure"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = environment.count("HSTS_DAYS", default="365") * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https and environment.flag("HSTS_SUBDOMAINS", default=True)
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer the browser sends Origin: null and CSRF fails
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "form-action": ["'self'", *environment.origin(_oidc)],  # signing in elsewhere ends in a redirect there
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether a domain is preloaded is up to whoever owns it
if not (SECURE_HSTS_SECONDS and SECURE_HSTS_INCLUDE_SUBDOMAINS):
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W005"]  # somebody has said so, for neighbours without https

LIMITS = environment.count("LIMITS", default="1")
DRAWING_WAIT = environment.count("DRAWING_WAIT", default="2")
WEBHOOK_NETWORKS = environment.networks("WEBHOOK_NETWORKS")
WEBHOOK_HTTP = environment.flag("WEBHOOK_HTTP")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
REQUEST_MAX_BYTES = 3_000_000
EVIDENCE_MAX_BYTES = int(environment.text("EVIDENCE_MB", "200")) * 1_000_000

STATIC_URL = "static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    }
}
CACHES = {
    # Shared by all processes: allauth counts its limits here.
    "default": {"BACKEND": "ftdecide.cache.TimedCache", "LOCATION": "cache"},
    # Results that were drawn, by assessment and time of change; each process keeps its own few.
    "results": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "results",
        "KEY_FUNCTION": "ftdecide.cache.hashed",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # Whole pages as they were drawn, by all that they show.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 60},
    },
    # Which sessions were seen in the last ten minutes: when they were last used is stored no more often.
    "seen": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "seen",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "assessments" / "locale"]
FORMAT_MODULE_PATH = ["ftdecide.formats"]
USE_TZ = True

LOG_FORMAT = environment.one_of("LOG_FORMAT", "json", "plain", default="json" if SITE_URL and not DEBUG else "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask": {"()": "ftdecide.logs.MaskSecrets"}},
    "formatters": {"json": {"()": "ftdecide.logs.JSONLines"}, "plain": {}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["mask"], "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "ftdecide.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
        **{name: {"level": "ERROR"} for name in ("fontTools", "weasyprint", "waitress.queue")},
    },
}
