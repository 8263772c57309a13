"""A district's own street-cleaning system, which speaks Open311 alone: a stand-in, of the standard library only.

    OPEN311_KEY=... OPEN311_UPDATES=... python examples/external_open311.py [PORT] [FILE] [SECONDS]

It takes reports with the key, keeps them in FILE, and closes each after SECONDS. It tells of that at the address in
OPEN311_UPDATES with OPEN311_UPDATES_KEY, as FixMyStreet's servicerequestupdates; without one it waits to be asked.
"""

import json
import os
import sys
import threading
import time
import urllib.parse
import urllib.request
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEY = os.environ["OPEN311_KEY"]
UPDATES, UPDATES_KEY = os.environ.get("OPEN311_UPDATES", ""), os.environ.get("OPEN311_UPDATES_KEY", "")
PORT, FILE, DELAY = (sys.argv[1:] + ["8091", "external_open311.json", "8"][len(sys.argv) - 1 :])[:3]
LOCK = threading.Lock()
BOOK = json.loads(Path(FILE).read_text()) if Path(FILE).exists() else {}
SERVICES = [{"service_code": "FLY", "service_name": "Fly-tipping", "description": "Rubbish dumped on public land",
             "metadata": False, "type": "realtime", "keywords": "", "group": "streets"}]  # fmt: skip


def keep():
    draft = Path(f"{FILE}.new")
    draft.write_text(json.dumps(BOOK))
    draft.replace(FILE)


def moment(seconds):
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown(one):
    closed = time.time() >= one["ready"]
    return {"service_request_id": one["id"], "status": "closed" if closed else "open",
            "status_notes": "Cleared by the Tuesday crew" if closed else "", "service_code": one["code"],
            "description": one["description"], "requested_datetime": moment(one["taken"]),
            "updated_datetime": moment(one["ready"] if closed else one["taken"]), "lat": one["lat"],
            "long": one["long"]}  # fmt: skip


def work():
    """Tell of what is closed, again and again until it is heard."""
    while UPDATES:
        time.sleep(0.2)
        for one in [one for one in list(BOOK.values()) if not one["heard"] and time.time() >= one["ready"]]:
            one["heard"] = tell(one)
            with LOCK:
                keep()


def tell(one):
    said = {"api_key": UPDATES_KEY, "service_request_id": one["id"], "update_id": f"{one['id']}-1", "status": "CLOSED",
            "updated_datetime": moment(one["ready"]), "description": "Cleared by the Tuesday crew"}  # fmt: skip
    try:
        with urllib.request.urlopen(UPDATES, urllib.parse.urlencode(said).encode(), timeout=5) as answer:
            return answer.status == 200
    except OSError:
        time.sleep(1)
        return False


class Streets(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        if address.path == "/services.json":
            return self.say(200, SERVICES)
        if address.path == "/requests.json":
            return self.say(200, [shown(one) for one in BOOK.values()])
        known = BOOK.get(address.path.removeprefix("/requests/").removesuffix(".json"))
        if known:
            return self.say(200, [shown(known)])
        return self.say(404, [{"code": 404, "description": "There is no such request."}])

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        said = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
        if said.get("api_key") != KEY:
            return self.say(403, [{"code": 403, "description": "That is not our key."}])
        if self.path != "/requests.json" or said.get("service_code") != "FLY" or "lat" not in said:
            return self.say(400, [{"code": 400, "description": "Send service_code FLY with lat and long."}])
        with LOCK:
            number = f"DS-{len(BOOK) + 1:04}"
            BOOK[number] = {"id": number, "code": "FLY", "description": said.get("description", ""),
                            "lat": said["lat"], "long": said.get("long", ""), "taken": time.time(),
                            "ready": time.time() + float(DELAY), "heard": False}  # fmt: skip
            keep()
        return self.say(200, [{"service_request_id": number, "service_notice": "", "account_id": ""}])

    def say(self, status, what):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    threading.Thread(target=work, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", int(PORT)), Streets).serve_forever()
