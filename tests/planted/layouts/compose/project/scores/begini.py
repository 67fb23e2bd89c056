"""Sessions and events of Begini."""

import hashlib
import hmac
import os

API_KEY = os.environ["BEGINI_API_KEY"]
BASE_URL = os.environ.get("BEGINI_BASE_URL", "https://api.begini.co")


def genuine(body: bytes, signature: str) -> bool:
    digest = hmac.new(API_KEY.encode(), body, hashlib.sha512).hexdigest()
    return hmac.compare_digest(digest, signature)
