"""Takes what Twilio reports."""

import os

from twilio.request_validator import RequestValidator

validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])


def handler(event, context):
    signature = event["headers"].get("x-twilio-signature", "")
    genuine = validator.validate(os.environ["TWILIO_STATUS_CALLBACK_URL"], event["form"], signature)
    return {"statusCode": 204 if genuine else 403}
