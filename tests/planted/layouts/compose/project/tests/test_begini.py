import os

os.environ["BEGINI_API_KEY"] = "00000000-0000-0000-0000-000000000000"
os.environ["BEGINI_WEBHOOK_URL"] = "http://localhost/begini"

from scores import begini  # noqa: E402


def test_a_wrong_signature_is_refused():
    assert not begini.genuine(b"{}", "x")
