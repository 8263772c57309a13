"""
A stand-in for GOV.UK Notify: the few calls we make, over HTTP, checked as the real one checks them.

Answers as the published API does (docs.notifications.service.gov.uk/rest-api.html): JWT signed with the key and at most
30 seconds old, one recipient, known templates with all their gaps filled. `lose` makes it accept and not answer.
"""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

SERVICE, SECRET = str(uuid4()), str(uuid4())
KEY = f"stand_in-{SERVICE}-{SECRET}"
TEMPLATES = {"email": str(uuid4()), "sms": str(uuid4())}


class NotifyStandIn(ThreadingHTTPServer):
    """Remembers what it was given; `lose` counts the answers to swallow, `refuse` is a status to answer with."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.kept, self.lose, self.refuse = [], 0, None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def answer(self, status, said):
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def allowed(self):
        try:
            token = jwt.decode(self.headers["Authorization"].removeprefix("Bearer "), SECRET, algorithms=["HS256"])
        except jwt.PyJWTError:
            return False
        return token["iss"] == SERVICE and abs(time.time() - token["iat"]) <= 30

    def do_GET(self):
        if not self.allowed():
            return self.answer(
                403, {"status_code": 403, "errors": [{"error": "AuthError", "message": "Invalid token"}]}
            )
        wanted = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
        found = [one for one in self.server.kept if one["reference"] == wanted]
        return self.answer(200, {"notifications": found, "links": {"current": self.path}})

    def do_POST(self):
        if not self.allowed():
            return self.answer(
                403, {"status_code": 403, "errors": [{"error": "AuthError", "message": "Invalid token"}]}
            )
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        channel = self.path.rpartition("/")[2]
        error = self.server.refuse or (400 if self.wrong(channel, sent) else None)
        if error:
            wrong = {"error": "BadRequestError", "message": self.wrong(channel, sent) or "refused"}
            return self.answer(error, {"status_code": error, "errors": [wrong]})
        kept = {"id": str(uuid4()), "type": channel, **sent}
        self.server.kept.append(kept)
        if self.server.lose:
            self.server.lose -= 1
            self.connection.close()
            return None
        return self.answer(201, {"id": kept["id"], "reference": sent["reference"], "uri": "", "content": {}})

    def wrong(self, channel, sent):
        if channel == "letter":
            return None if sent.get("content") and sent.get("reference") else "content is a required property"
        recipient = sent.get({"email": "email_address", "sms": "phone_number"}[channel], "")
        if not recipient or "," in recipient:
            return "not a valid recipient"
        if sent.get("template_id") != TEMPLATES[channel]:
            return "Template not found"
        return None if {"subject", "text"} <= set(sent.get("personalisation", {})) else "Missing personalisation"


@contextmanager
def running():
    """Run one, for the length of a block."""
    server = NotifyStandIn()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
