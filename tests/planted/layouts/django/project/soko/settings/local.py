from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "django-insecure-local-only"
ALLOWED_HOSTS = ["*"]

MPESA_ENVIRONMENT = "sandbox"
MPESA_BASE_URL = "https://sandbox.safaricom.co.ke"
MPESA_SHORTCODE = "174379"
MPESA_CALLBACK_URL = "https://soko-dev.ngrok-free.app/pay/confirm"
