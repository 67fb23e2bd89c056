"""Live settings; secrets come from the platform."""

from .base import *  # noqa: F403
from .base import env

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = ["www.sokomoja.co.ke"]
DATABASES = {"default": env.db("DATABASE_URL")}
CSRF_TRUSTED_ORIGINS = ["https://www.sokomoja.co.ke"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

MPESA_ENVIRONMENT = "production"
MPESA_BASE_URL = "https://api.safaricom.co.ke"
MPESA_CONSUMER_KEY = env("MPESA_CONSUMER_KEY")
MPESA_CONSUMER_SECRET = env("MPESA_CONSUMER_SECRET")
MPESA_SHORTCODE = "4087215"
MPESA_CALLBACK_URL = "https://www.sokomoja.co.ke/pay/confirm/7f2c"
