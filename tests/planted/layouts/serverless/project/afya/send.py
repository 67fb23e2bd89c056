"""Sends what is due."""

import os

from twilio.rest import Client

client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])


def handler(event, context):
    for reminder in event.get("due", []):
        client.messages.create(
            to=reminder["phone"],
            from_=os.environ["TWILIO_FROM"],
            body=reminder["text"],
            status_callback=os.environ["TWILIO_STATUS_CALLBACK_URL"],
        )
