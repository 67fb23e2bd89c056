from django.test import SimpleTestCase, override_settings

from payments import daraja


@override_settings(
    MPESA_BASE_URL="https://sandbox.safaricom.co.ke",
    MPESA_CONSUMER_KEY="key",
    MPESA_CONSUMER_SECRET="secret",
    MPESA_SHORTCODE="174379",
)
class DarajaTest(SimpleTestCase):
    phone = "254708374149"

    def test_the_password_is_base64(self):
        self.assertTrue(daraja.password("passkey"))
