"""A district's own waste system, as Moothall's external functions see it: a stand-in, of the standard library only.

    EXTERNAL_KEY=... python examples/external_waste.py [PORT] [FILE] [SECONDS]

EXTERNAL_KEY_NEXT, where it is set, is believed as well: both keys are good while one is changed. It takes signed
requests, keeps them in FILE, and after SECONDS calls back with what its crew "did", until it is heard; `moothall
conformance http://127.0.0.1:8090` tests it as it tests any supplier's system.
POST /mode makes it misbehave: ok, stop (hangs up), twice (answers twice), break (answers nonsense).
"""

import hashlib
import hmac
import json
import os
import sys
import threading
import time
import urllib.request
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

KEYS = [one.encode() for one in (os.environ["EXTERNAL_KEY"], os.environ.get("EXTERNAL_KEY_NEXT")) if one]
PORT, FILE, DELAY = (sys.argv[1:] + ["8090", "external_waste.json", "3"][len(sys.argv) - 1 :])[:3]
LOCK, MODE = threading.Lock(), {"mode": "ok"}
BOOK = json.loads(Path(FILE).read_text()) if Path(FILE).exists() else {}


def signature(number, stamp, body, key=KEYS[0]):
    return "v1=" + hmac.new(key, f"{number}.{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def keep():
    draft = Path(f"{FILE}.new")
    draft.write_text(json.dumps(BOOK))
    draft.replace(FILE)


def outcome(asked):
    today = date.today()  # noqa: DTZ011  the stand-in's own calendar
    return {
        "waste.check_round": {"verdict": "missed", "reason": "The crew has no record of your bin."},
        "waste.return_visit": {"collected": True},
        "waste.collect_bulky": {"collected": True},
        "waste.clear": {"cleared": True, "evidence": False},
        "waste.subscribe": {"starts": str(today), "ends": str(today + timedelta(365)), "number": asked["reference"]},
    }.get(asked["step"])


def work():
    """Call back for whatever is finished and not yet heard, again and again, as a crew's tablet would."""
    while True:
        time.sleep(0.2)
        due = [one for one in list(BOOK.values()) if not one["heard"] and time.time() >= one["ready"]]
        for one in due if MODE["mode"] in ("ok", "twice") else []:
            for _ in range(2 if MODE["mode"] == "twice" else 1):
                one["heard"] = call_back(one)
        with LOCK:
            if due:
                keep()


def call_back(one):
    body = json.dumps({"id": one["id"], "state": one["state"], "outputs": one["outputs"], "reason": one["reason"],
                       "reference": one["reference"]}).encode()  # fmt: skip
    number, stamp = str(uuid4()), str(int(time.time()))
    headers = {"Moothall-Message-Id": number, "Moothall-Timestamp": stamp, "Content-Type": "application/json",
               "Moothall-Signature": signature(number, stamp, body)}  # fmt: skip
    try:
        with urllib.request.urlopen(urllib.request.Request(one["callback"], body, headers), timeout=5) as said:
            return said.status == 200
    except OSError:
        time.sleep(1)
        return False


class Waste(BaseHTTPRequestHandler):
    def do_GET(self):
        known = BOOK.get(self.path.rsplit("/", 1)[-1])
        self.serve(lambda body: (200, self.state(known)) if known else (404, {"title": "not known"}))

    def do_POST(self):
        self.serve(self.change_mode if self.path == "/mode" else self.take)

    def serve(self, answer):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if MODE["mode"] == "stop" and self.path != "/mode":
            return self.connection.close()  # as if the machine were off
        if MODE["mode"] == "break" and self.path != "/mode":
            return self.say(500, {"title": "broken"})
        if not self.signed(body):
            return self.say(401, {"title": "not signed by you, or too old"})
        try:
            return self.say(*answer(body))
        except (ValueError, KeyError, TypeError, AttributeError):
            return self.say(422, {"title": "that is no request"})

    def signed(self, body):
        number, stamp = self.headers.get("Moothall-Message-Id", ""), self.headers.get("Moothall-Timestamp", "")
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
            return False
        given = self.headers.get("Moothall-Signature", "")
        return any(hmac.compare_digest(signature(number, stamp, body, key), given) for key in KEYS)

    def change_mode(self, body):
        MODE["mode"] = json.loads(body)["mode"]
        return 200, MODE

    def take(self, body):
        asked = json.loads(body)
        with LOCK:
            if asked["id"] not in BOOK:
                done = outcome(asked)
                BOOK[asked["id"]] = {
                    "id": asked["id"], "callback": asked["callback"], "reference": f"BW-{len(BOOK) + 1:04}",
                    "state": "done" if done else "refused", "outputs": done or {}, "ready": time.time() + float(DELAY),
                    "reason": "" if done else "This council does not do that.", "heard": False,
                }  # fmt: skip
                keep()
        return 202, self.state(BOOK[asked["id"]])

    def state(self, one):
        open_still = {"state": "accepted", "reference": one["reference"]}
        return (
            open_still
            if time.time() < one["ready"]
            else {k: one[k] for k in ("state", "outputs", "reason", "reference")}
        )

    def say(self, status, what):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    threading.Thread(target=work, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", int(PORT)), Waste).serve_forever()
