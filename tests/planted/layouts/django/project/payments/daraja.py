"""A thin client of Daraja."""

import base64
from datetime import datetime

import requests
from django.conf import settings


def token() -> str:
    answer = requests.get(
        f"{settings.MPESA_BASE_URL}/oauth/v1/generate",
        params={"grant_type": "client_credentials"},
        auth=(settings.MPESA_CONSUMER_KEY, settings.MPESA_CONSUMER_SECRET),
        timeout=settings.MPESA_TIMEOUT,
    )
    answer.raise_for_status()
    return answer.json()["access_token"]


def password(passkey: str) -> str:
    stamp = datetime.now().strftime("%Y%m%d%H%M%S")
    return base64.b64encode(f"{settings.MPESA_SHORTCODE}{passkey}{stamp}".encode()).decode()
