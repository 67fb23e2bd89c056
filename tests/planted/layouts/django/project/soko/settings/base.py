"""What every environment has in common."""

from pathlib import Path

import environ

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
ROOT_URLCONF = "soko.urls"
WSGI_APPLICATION = "soko.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "payments",
]

MPESA_TIMEOUT = 30
MPESA_TRANSACTION_TYPE = "CustomerPayBillOnline"
RATES_SERVICE_URL = "http://rates:9000/v1"
LANGUAGE_CODE = "en"
TIME_ZONE = "Africa/Nairobi"
STATIC_URL = "/static/"
