"""Receivers that are each wrong in one way, named on the command line."""

import hashlib
import hmac
import json
import sys
import time
import traceback

from right import KEY, Receiver, serve


class ParsesFirst(Receiver):
    """Hashes what its parser made of the body."""

    def is_signed(self, body):
        try:
            body = json.dumps(json.loads(body), separators=(",", ":")).encode()
        except ValueError:
            pass
        return super().is_signed(body)


class Sha256(Receiver):
    algorithm = hashlib.sha256


class Both(Receiver):
    """Takes either algorithm, for the time of a migration."""

    def is_signed(self, body):
        older = hmac.new(KEY, body, hashlib.sha256).hexdigest()
        return super().is_signed(body) or self.headers.get("X-Signature") == older


class Answers201(Receiver):
    success = 201


class VerifiesNothing(Receiver):
    def is_signed(self, body):
        return True


class AcceptsEmpty(Receiver):
    """Compares as many characters as came."""

    def is_signed(self, body):
        right = hmac.new(KEY, body, hashlib.sha512).hexdigest()
        return right.startswith(self.headers.get("X-Signature", "x"))


class Redirects(Receiver):
    def receive(self, body):
        return 307, {}

    def end_headers(self):
        self.send_header("Location", "/login")
        super().end_headers()


class Hangs(Receiver):
    def receive(self, body):
        time.sleep(3600)


class HangsOnErrors(Receiver):
    """Answers what is right and nothing else."""

    def receive(self, body):
        status, answer = super().receive(body)
        if status >= 400:
            time.sleep(3600)
        return status, answer


class LeaksTrace(Receiver):
    """Takes what comes for right, and shows how it broke."""

    def receive(self, body):
        try:
            if not self.is_signed(body):
                raise PermissionError(f"wrong signature, key {KEY.decode()}")
            event = json.loads(body)
            return self.take({"uid": event["uid"], "event": {"type": event["event"]["type"]}})
        except Exception:
            return 500, {"error": traceback.format_exc()}


class NotIdempotent(Receiver):
    """Stores each event under its uid and type, and breaks on the second."""

    def take(self, event):
        name = (event["uid"], event["event"]["type"])
        if name in self.taken:
            return 409, {"detail": "exists already"}
        return super().take(event)


class AnswersGet(Receiver):
    def do_GET(self):
        self.send(200, {"alive": True})


class OneType(Receiver):
    """Knows the score alone."""

    def take(self, event):
        if event["event"]["type"] != "psychometric_score.complete":
            return 500, {"detail": "no handler"}
        return super().take(event)


class TakesForeign(Receiver):
    def receive(self, body):
        status, answer = super().receive(body)
        return (200, {}) if answer == {"detail": "Another integration"} else (status, answer)


if __name__ == "__main__":
    names = {
        "parses-first": ParsesFirst,
        "sha256": Sha256,
        "both-algorithms": Both,
        "answers-201": Answers201,
        "verifies-nothing": VerifiesNothing,
        "accepts-empty": AcceptsEmpty,
        "redirects": Redirects,
        "hangs": Hangs,
        "hangs-on-errors": HangsOnErrors,
        "leaks-trace": LeaksTrace,
        "not-idempotent": NotIdempotent,
        "answers-get": AnswersGet,
        "one-type": OneType,
        "takes-foreign": TakesForeign,
    }
    serve(names[sys.argv[1]])
