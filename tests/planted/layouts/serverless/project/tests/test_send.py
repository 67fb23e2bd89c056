import os

os.environ.update(
    TWILIO_ACCOUNT_SID="@@join(AC,00000000000000000000000000000000)@@",
    TWILIO_AUTH_TOKEN="test",
    TWILIO_FROM="+15005550006",
    TWILIO_STATUS_CALLBACK_URL="http://localhost:3000/status",
)


def test_magic_number_is_valid():
    assert os.environ["TWILIO_FROM"] == "+15005550006"
