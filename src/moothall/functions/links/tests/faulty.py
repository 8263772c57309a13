"""A supplier's system that does everything right but for one fault of its own."""

import json
import threading
import time
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from moothall.functions.links.rules import signed

KEY, NEXT = "present", "next"
CLIENT = httpx.Client()
OUTPUTS = {"cleared": True, "evidence": False}


class Faulty:
    """Listens until it is closed; `fault` names what it does wrong, "" for nothing."""

    def __init__(self, fault: str = ""):
        self.fault, self.book, self.busy = fault, {}, threading.Lock()
        faulty = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                faulty.answer(self, b"", faulty.tell)

            def do_POST(self):
                faulty.answer(self, self.rfile.read(int(self.headers["Content-Length"])), faulty.take)

            def log_message(self, *args):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, body, act):
        if self.fault == "one thread":
            with self.busy:
                pass
        if self.fault == "breaks over nonsense" and body.startswith((b"{no", b'{"step":4}')):
            handler.connection.close()
            return
        status, said = act(body, handler.path) if self.believes(handler.headers, body) else (401, {})
        content = json.dumps(said).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def believes(self, headers, body) -> bool:
        if self.fault == "believes anything":
            return True
        now = int(headers["Moothall-Timestamp"]) if self.fault == "believes what is old" else int(time.time())
        return signed.check([KEY] if self.fault == "one key" else [KEY, NEXT], headers, body, now=now).good

    def tell(self, body, path):
        one = self.book.get(path.rsplit("/", 1)[-1])
        if one is None:
            return (200, {"state": "accepted"}) if self.fault == "knows everything" else (404, {})
        ended = one["heard"] and self.fault != "forgets how it ended"
        return 200, one["end"] if ended else {"state": "accepted", "reference": one["reference"]}

    def take(self, body, path):
        if self.fault == "slow to take":
            time.sleep(0.6)
        try:
            asked = json.loads(body)
            request_id, step, callback = asked["id"], asked["step"], asked["callback"]
        except (ValueError, KeyError):
            return 422, {}
        if request_id not in self.book:
            known = step == "waste.clear" or self.fault == "does what nobody knows"
            end = {"state": "done", "outputs": {"cleared": "perhaps"} if self.fault == "puts out nonsense" else OUTPUTS}
            end = end if known else {"state": "refused", "reason": "We do not do that."}
            reference = f"R-{len(self.book)}"
            self.book[request_id] = {"reference": reference, "heard": False, "end": end | {"reference": reference}}
            threading.Thread(target=self.work, args=(request_id, callback), daemon=True).start()
        elif self.fault == "does it twice":
            return 202, {"state": "accepted", "reference": "R-again"}
        return 202, {"state": "accepted", "reference": self.book[request_id]["reference"]}

    def work(self, request_id, callback):
        one, tries = self.book[request_id], 0
        said = json.dumps({"id": request_id} | one["end"]).encode()
        if self.fault == "calls nonsense back":
            said = json.dumps({"id": request_id, "state": "cleared"}).encode()
        key = "another" if self.fault == "signs with another key" else KEY
        while self.fault != "never calls back" and tries < 20:
            tries += 1
            headers = signed.headers(key, message_id=f"{request_id}:{tries}", sent_at=int(time.time()), body=said)
            one["heard"] = self.call(callback, said, headers) or one["heard"]
            if self.fault == "calls once" or (one["heard"] and self.fault != "never stops calling"):
                break
            time.sleep(0.05)

    def call(self, callback, said, headers) -> bool:
        with self.busy if self.fault == "one thread" else nullcontext():
            try:
                return CLIENT.post(callback, content=said, headers=headers, timeout=2).status_code == 200
            except httpx.HTTPError:
                return False
