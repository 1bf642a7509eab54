"""Settings of every deployment; what differs between places comes from the environment through config.env."""

from datetime import timedelta

from config import env

ROOT = env.ROOT
STATE = env.state_directory()
"""Where this deployment keeps what is its own: the private cluster, uploads, the secret key."""

DEBUG = env.flag("LUODI_DEBUG", False)
SECRET_KEY = env.secret_key("LUODI_SECRET_KEY", STATE / "secret-key")
ALLOWED_HOSTS = env.listing("LUODI_ALLOWED_HOSTS", ["*"])
CSRF_TRUSTED_ORIGINS = env.listing("LUODI_TRUSTED_ORIGINS")

BASE_PATH = env.base_path()
"""'' or '/prefix': every address of this deployment starts with it."""
FORCE_SCRIPT_NAME = BASE_PATH or None

# ------------------------------------------------------------------ rooms
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.gis",
    "rest_framework",
    "rest_framework_gis",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "knox",
    "axes",
    "procrastinate.contrib.django",
    "accounts",
    "geo",
    "enterprises",
    "landparcels",
    "chains",
    "industrymap",
    "siting",
    "fulfilment",
    "investors",
    "promotion",
    "board",
    "portal",
    "democity",
]

MIDDLEWARE = [
    "config.reference.ReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AuditActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.spoken.SpokenErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# ------------------------------------------------------------------ database
THREADS = env.integer("LUODI_THREADS", 4, least=1, most=64)
"""Threads of one web process; each holds one connection."""

DATABASES = {"default": env.database_url()}
DATABASES["default"]["OPTIONS"] = {
    "prepare_threshold": 3,  # tiles run one prepared statement; Django's own cursors bind on the client
    **DATABASES["default"]["OPTIONS"],
}
DATABASES["default"]["CONN_MAX_AGE"] = None
"""Each thread keeps its connection, and with it its prepared statements; a pool would set one up anew for every request."""
# GDAL never sees a reference system that came with someone's file: pyproj reads those
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_ON_APP_READY = None

# ------------------------------------------------------------------ people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = env.integer("LUODI_SIGNIN_FAILURES", 5, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.integer("LUODI_SIGNIN_LOCK_MINUTES", 15, least=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "portal.session.locked_out"
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": None}

REGISTRATION_OPEN = env.one_of("LUODI_REGISTRATION", ["open", "closed"], "open") == "open"
"""Whether investors may make accounts of their own; closed on networks that strangers do not reach."""
REGISTRATIONS_PER_HOUR = env.integer("LUODI_REGISTRATIONS_PER_HOUR", 10, least=1)
ENQUIRIES_PER_HOUR = env.integer("LUODI_ENQUIRIES_PER_HOUR", 10, least=1)
"""From one address."""
CONTACT_KEYS = env.listing("LUODI_CONTACT_KEY") or [env.secret_key("LUODI_CONTACT_KEY", STATE / "contact-key")]
"""Contacts of people are encrypted with the first; the others still open what was encrypted with them."""
CONTACT_DAYS = env.integer("LUODI_CONTACT_DAYS", 365, least=1)
"""So long after an enquiry was closed, or an account last used, the person's data are erased."""
NOTIFICATION_DAYS = env.integer("LUODI_NOTIFICATION_DAYS", 180, least=1)
"""So long after it was read a notification is forgotten; one that nobody read, after twice as long."""
WEBHOOKS = env.one_of("LUODI_WEBHOOKS", ["off", "public", "all"], "public" if REGISTRATION_OPEN else "off")
"""Whether saved searches may call addresses of other servers: none, those on the public internet, or internal ones too."""

# ------------------------------------------------------------------ mail
EMAIL_HOST = env.text("LUODI_MAIL_HOST", "")
MAILS = bool(EMAIL_HOST)
"""Without a mail server nothing is mailed, and people are told in the application alone."""
MAIL_SECURITY = env.one_of("LUODI_MAIL_SECURITY", ["none", "starttls", "tls"], "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
EMAIL_PORT = env.integer("LUODI_MAIL_PORT", {"none": 25, "starttls": 587, "tls": 465}[MAIL_SECURITY], least=1)
EMAIL_HOST_USER = env.text("LUODI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("LUODI_MAIL_PASSWORD", "")
DEFAULT_FROM_EMAIL = env.text("LUODI_MAIL_FROM", "luodi@localhost")
EMAIL_TIMEOUT = 15
SITE_ADDRESS = env.text("LUODI_SITE_ADDRESS", "").rstrip("/")
"""Where people reach the pages, as mails and printed codes name it; without it mails have no links."""

TRUSTED_PROXY = env.flag("LUODI_BEHIND_TLS_PROXY", False)
"""A proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-Host; cookie flags follow that scheme."""
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
SESSION_COOKIE_SECURE = TRUSTED_PROXY
CSRF_COOKIE_SECURE = TRUSTED_PROXY
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{BASE_PATH}/"
SESSION_COOKIE_NAME = "luodi_session"
CSRF_COOKIE_NAME = "luodi_csrf"
CSRF_FAILURE_VIEW = "config.spoken.stale"
SECURE_CROSS_ORIGIN_OPENER_POLICY = None if not TRUSTED_PROXY else "same-origin"
SECURE_REFERRER_POLICY = "same-origin"

# ------------------------------------------------------------------ language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "luodi_language"
LANGUAGE_COOKIE_PATH = f"{BASE_PATH}/"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ------------------------------------------------------------------ files
STATIC_URL = f"{BASE_PATH}/static/"
FRONTEND = env.path("LUODI_FRONTEND", ROOT / "frontend" / "dist")
WHITENOISE_ROOT = FRONTEND if FRONTEND.is_dir() else None
WHITENOISE_INDEX_FILE = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.*/assets/.+-[\w-]{8}\.\w+$"
WHITENOISE_USE_FINDERS = True
"""API pages' own scripts come straight from their packages: nothing to collect before the first start."""
MEDIA_ROOT = STATE / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
LARGEST_UPLOAD = env.integer("LUODI_LARGEST_UPLOAD_MB", 512, least=1) * 1024 * 1024

# ------------------------------------------------------------------ HTTP interface
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",  # first, so that a wrong token is answered with 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsing.SpokenJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_standardized_errors.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api_errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
DRF_STANDARDIZED_ERRORS = {"ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True}
SPECTACULAR_SETTINGS = {
    "TITLE": "Luodi 落地",
    "DESCRIPTION": "Land industry on land: chains, industry maps, standard land, siting.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "ENUM_NAME_OVERRIDES": {
        "DocumentKindEnum": "landparcels.documents.models.DocumentKind.choices",
        "HazardEnum": "geo.categories.Hazard.choices",
        "IndicatorGroupEnum": "landparcels.indicators.city.Group.choices",
        "IndicatorTypeEnum": "landparcels.indicators.city.Type.choices",
        "ParcelStatusEnum": "landparcels.models.Status.choices",
        "SupplyStageEnum": [
            (stage, stage) for stage in ("stock", "planned", "announced", "listed", "sold", "failed", "cancelled")
        ],
        "SupplyModeEnum": "landparcels.models.SupplyMode.choices",
        "GapKindEnum": [(kind, kind) for kind in ("missing", "expired")],
        "ChainStageEnum": [("upstream", "上游"), ("midstream", "中游"), ("downstream", "下游")],
        "ProjectStatusEnum": [("planned", "谋划 Planned"), ("committed", "已落地 Committed")],
        "CheckOutcomeEnum": [(outcome, outcome) for outcome in ("pass", "fail", "not_stated")],
        "VoltageOutcomeEnum": [(outcome, outcome) for outcome in ("met", "short", "unknown")],
        "ResourceKindEnum": [(kind, kind) for kind in ("capacity", "access", "agglomeration", "balance", "ratio")],
        "NodeStateEnum": [(state, state) for state in ("missing", "weak", "absent", "balanced", "strong")],
        "EnquiryStateEnum": "investors.models.enquiries.State.choices",
        "PostKindEnum": [("offer", "供应 Offer"), ("want", "需求 Want")],
        "PostStateEnum": [(state, state) for state in ("draft", "published", "closed", "expired")],
        "DeliveryStateEnum": [(state, state) for state in ("waiting", "delivered", "failed")],
        "ReadinessStateEnum": [(state, state) for state in ("done", "under_way", "missing", "not_needed", "expired")],
        "RecordedStateEnum": "fulfilment.models.readiness.Stored.choices",
        "CommitmentStateEnum": [
            (state, state) for state in ("overdue", "due_soon", "on_time", "unscheduled", "fulfilled")
        ],
        "MilestoneStateEnum": [
            (state, state) for state in ("met", "met_late", "overdue", "due_soon", "ahead", "unscheduled")
        ],
        "MeasuredOutcomeEnum": [
            (outcome, outcome)
            for outcome in ("met", "short", "rectifying", "rectification_overdue", "waiting", "returned")
        ],
        "ReadinessGroupEnum": [(group, group) for group in ("land", "utilities", "assessments", "papers")],
        "MilestoneEnum": [(name, name) for name in ("start", "completion", "full_production")],
        "VerificationPhaseEnum": [("completion", "竣工 Completion"), ("full_production", "达产 Full production")],
        "VerdictEnum": [("confirmed", "已确认 Confirmed"), ("returned", "已退回 Returned")],
        "TargetStateEnum": [
            ("new", "新线索 New"),
            ("contacted", "已接触 Contacted"),
            ("visiting", "考察洽谈 Visiting"),
            ("signed", "已签约 Signed"),
            ("dropped", "已放弃 Dropped"),
        ],
        "HandoverStateEnum": [("open", "待答复 Open"), ("agreed", "已同意 Agreed"), ("declined", "不同意 Declined")],
        "CallStateEnum": [("draft", "草稿 Draft"), ("published", "已发布 Published"), ("closed", "已结束 Closed")],
        "ValidationErrorEnum": "drf_standardized_errors.openapi_serializers.ValidationErrorEnum.choices",
        "ClientErrorEnum": "drf_standardized_errors.openapi_serializers.ClientErrorEnum.choices",
        "ServerErrorEnum": "drf_standardized_errors.openapi_serializers.ServerErrorEnum.choices",
    },
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# ------------------------------------------------------------------ what a city may set
STORAGE_SRID = 4490
VERSION_SECONDS = 0.25
"""For so long a process trusts what it last read of the versions of data: a change shows everywhere within a second."""
MAP_REVIEW_NUMBER = env.text("LUODI_MAP_REVIEW_NUMBER", "")
"""审图号: printed on public maps."""
IMPORT_MARGIN_KM = env.integer("LUODI_IMPORT_MARGIN_KM", 150, least=0)
"""Rows farther than this outside the root regions are rejected on import (METHODS 1)."""
PUBLIC_FACILITY_GROUPS = env.listing("LUODI_PUBLIC_FACILITY_GROUPS", ["transport", "services", "innovation"])
PUBLICATION_REQUIRES = env.listing("LUODI_PUBLICATION_REQUIRES")
"""What a parcel must have before it is submitted and published, by column or indicator; empty: the table of
landparcels.publication.gate."""
TILE_MEMORY = env.integer("LUODI_TILE_MEMORY_MB", 48, least=0, most=4096) * 1024 * 1024
"""What one process keeps of the tiles it drew lately; 0: nothing."""
LARGEST_EXPORT = env.integer("LUODI_LARGEST_EXPORT", 100_000, least=1)
"""Parcels that one export file holds at most."""
REFERENCE_YEAR = env.integer("LUODI_REFERENCE_YEAR", 0, least=0, most=2100)
"""Yearly figures count for three years up to this one (METHODS 4); 0: the newest year loaded."""
START_MONTHS = env.integer("LUODI_START_MONTHS", 6, least=1, most=60)
"""From the hand-over of land to the start of building, where neither parcel nor contract says otherwise."""
TIANDITU_KEY = env.text("LUODI_TIANDITU_KEY", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"reference": {"()": "config.reference.ReferenceFilter"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {reference} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["reference"]}},
    "root": {
        "handlers": ["console"],
        "level": env.one_of("LUODI_LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "WARNING"),
    },
}
