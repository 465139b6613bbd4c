"""Settings of the real Django that the tests run beside Mooring; the database comes from the environment."""

import os

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    *os.environ.get("MOORING_TEST_APPS", "").split(),
]
SECRET_KEY = "only for tests"
USE_TZ = True
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "mooring_site"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends." + os.environ["MOORING_TEST_ENGINE"].replace("mariadb", "mysql"),
        "NAME": os.environ["MOORING_TEST_NAME"],
        "USER": os.environ.get("MOORING_TEST_USER", ""),
        "PASSWORD": os.environ.get("MOORING_TEST_PASSWORD", ""),
        "HOST": os.environ.get("MOORING_TEST_HOST", ""),
        "PORT": os.environ.get("MOORING_TEST_PORT", ""),
    }
}
