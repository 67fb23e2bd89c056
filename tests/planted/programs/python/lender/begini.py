"""Sessions and events of Begini.

Never uid = user.email, and never unique_id: that is the form of an outdated page.
"""
import hashlib
import hmac
import logging

import requests

log = logging.getLogger(__name__)
TOKENS = "https://api.begini.co/v1/sessions-management/tokens"


def start(application, settings):
    """Opens a session; the uid is random."""
    answer = requests.post(
        TOKENS,
        json={"uid": application.score_uid, "integration_id": settings.BEGINI_INTEGRATION_ID},
        headers={"api-key": settings.BEGINI_API_KEY},
        timeout=5,
    )
    answer.raise_for_status()
    log.info("begini session for application %s", application.pk)
    return answer.json()["url"]


def received(request, settings):
    expected = hmac.new(settings.BEGINI_API_KEY.encode(), request.body, hashlib.sha512).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-Signature", "")):
        return 401
    event = Event.objects.get_or_create(digest=hashlib.sha256(request.body).hexdigest())
    if event.type == "psychometric_score.complete":
        Score.objects.store(event)
    return 200
