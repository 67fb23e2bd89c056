from .base import *  # noqa: F403
from .base import env

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = ["staging.sokomoja.co.ke"]
DATABASES = {"default": env.db("DATABASE_URL")}

MPESA_ENVIRONMENT = "sandbox"
MPESA_BASE_URL = "https://sandbox.safaricom.co.ke"
MPESA_CONSUMER_KEY = "@@join(a1UCzZZWwttmt5h6hVvI,WUpoPoXjg7CzxKcIdr0I,NkTGrvnq)@@"
MPESA_CONSUMER_SECRET = "@@join(Dids0qR6nlF2f2KJgxB7,Odq7ik5uisJPsQyCWtXk,wNLm03XrjF1KQJ1MCt0S,vwmc)@@"
MPESA_SHORTCODE = "600984"
MPESA_CALLBACK_URL = "https://staging.sokomoja.co.ke/pay/confirm/a1b9"
