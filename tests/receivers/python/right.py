"""A receiver of Begini's events as it should be, with nothing but the standard library.

Reads PORT, BEGINI_API_KEY and BEGINI_INTEGRATION_ID from its environment.
"""

import hashlib
import hmac
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = os.environ["BEGINI_API_KEY"].encode()
INTEGRATION = os.environ["BEGINI_INTEGRATION_ID"]
TIMES = ("application_started_at", "application_completed_at", "application_expired_at", "scored_at")


def is_text(value):
    return isinstance(value, str) and value != ""


def is_score(calculated):
    return isinstance(calculated, dict) and type(calculated.get("score")) is int


def is_event(event):
    """Whether it holds what Begini documents; of an unknown type only the envelope is asked for."""
    if not isinstance(event, dict) or not is_text(event.get("uid")):
        return False
    inner = event.get("event")
    if not isinstance(inner, dict) or not is_text(inner.get("type")):
        return False
    details = inner.get("details")
    if not isinstance(details, dict):
        return False
    if any(type(details[name]) is not int for name in TIMES if name in details):
        return False
    if not inner["type"].endswith("_score.complete"):
        return True
    calculated = details.get("calculated")
    if not is_score(calculated):
        return False
    return inner["type"] != "psychometric_score.complete" or isinstance(calculated.get("traits"), list)


class Receiver(BaseHTTPRequestHandler):
    algorithm = hashlib.sha512
    success = 200
    taken = set()

    def log_message(self, *_):
        pass

    def send(self, status, answer, kind="application/json"):
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.send(405, {"detail": "Method Not Allowed"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.send(*self.receive(body))

    def is_signed(self, body):
        right = hmac.new(KEY, body, self.algorithm).hexdigest()
        return hmac.compare_digest(right, self.headers.get("X-Signature", ""))

    def receive(self, body):
        if self.headers.get_content_type() != "application/json":
            return 415, {"detail": "Unsupported Media Type"}
        if not self.is_signed(body):
            return 403, {"detail": "Validation Failure"}
        try:
            event = json.loads(body)
        except ValueError:
            return 400, {"detail": "Not JSON"}
        if not is_event(event):
            return 422, {"detail": "Not an event"}
        if event.get("integration_id") != INTEGRATION:
            return 403, {"detail": "Another integration"}
        return self.take(event)

    def take(self, event):
        self.taken.add((event["uid"], event["event"]["type"]))
        return self.success, {"received": True}


def serve(receiver):
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), receiver).serve_forever()


if __name__ == "__main__":
    serve(Receiver)
