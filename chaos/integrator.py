"""Honest integrators and residents: they ask, keep asking with the same key until they are answered, and pay."""

import http.client
import json
import random
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from queue import Empty, Queue

import httpx

COUNTY, ASHBY, BORLEY, COVEHAM, DUNMERE = range(1, 6)
OUTCOMES = ("success", "late", "closed", "twice", "twice", "declined")
TWICE_AT_ONCE = 0.02
"""How often a submission is sent twice at the same moment, as by a double click."""


def draw_submissions(count: int, homes: dict[int, list[str]], rng: random.Random) -> list[dict]:
    """Return submissions as the API takes them: mostly light ones, some paid, some for a body with its own system."""
    kinds = {_hole: 40, _lamp: 30, _dumped: 9, _private: 7, _elsewhere: 5, _missed: 3, _garden: 5, _complaint: 1}
    drawn = rng.choices(list(kinds), weights=list(kinds.values()), k=count)
    return [draw(homes, rng) | {"key": str(uuid.UUID(int=rng.getrandbits(128)))} for draw in drawn]


def _someone(rng: random.Random, always: bool = False) -> dict:
    if not always and rng.random() > 0.1:
        return {}
    return {"name": "Ann Example", "email": f"ann.{rng.randrange(10**6)}@example.org"}


def _said(service: str, answers: dict, uprn: str, contact: dict) -> dict:
    return {"said": {"service": service, "answers": answers, "place": {"uprn": uprn}, "contact": contact}}


def _anywhere(homes, rng) -> str:
    return rng.choice(homes[rng.choice((ASHBY, COVEHAM, DUNMERE))])


def _hole(homes, rng):
    answers = {"surface": "road", "width": "dinner-plate", "depth": "fist"}
    return _said("report-pothole", answers, _anywhere(homes, rng), _someone(rng))


def _lamp(homes, rng):
    return _said("street-light", {"kind": "light", "fault": "out"}, _anywhere(homes, rng), _someone(rng))


def _dumped(homes, rng):
    answers = {"what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    return _said("fly-tipping", answers, _anywhere(homes, rng), _someone(rng))


def _private(homes, rng):
    answers = {"what": ["bags"], "amount": "bag", "land": "private", "saw": False}
    return _said("fly-tipping", answers, _anywhere(homes, rng), _someone(rng))


def _elsewhere(homes, rng):
    answers = {"what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    return _said("fly-tipping", answers, rng.choice(homes[BORLEY]), _someone(rng))


def _missed(homes, rng):
    yesterday = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
    answers = {"bin": "refuse", "day": yesterday, "out": True, "where_out": "kerb"}
    return _said("missed-bin", answers, rng.choice(homes[rng.choice((ASHBY, BORLEY))]), _someone(rng))


def _garden(homes, rng):
    answers = {"start": "here", "bins": rng.randint(1, 3), "agreed": True}
    return _said("garden-waste", answers, rng.choice(homes[rng.choice((ASHBY, BORLEY))]), _someone(rng, True))


def _complaint(_homes, rng):
    answers = {"about": "delay", "had_answer": False, "happened": "My bin was missed three times.",
               "put_right": "Empty it.", "for_other": False}  # fmt: skip
    said = {"service": "complaint", "answers": answers, "body": "ashby", "contact": _someone(rng, True)}
    return {"said": said}


@dataclass
class Told:
    """What the integrators were told: the references for each key, and how often they had to ask again."""

    references: dict[str, set[str]] = field(default_factory=dict)
    again: int = 0
    refused: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, key: str, reference: str) -> None:
        with self._lock:
            self.references.setdefault(key, set()).add(reference)

    def asked_again(self) -> None:
        with self._lock:
            self.again += 1

    @property
    def count(self) -> int:
        return len(self.references)


class Integrator(threading.Thread):
    """Sends what is in the queue, one after another, each until it is accepted. `gate` may hold it back."""

    def __init__(self, port: int, work: Queue, told: Told, gate):
        super().__init__(daemon=True)
        self.port, self.work, self.told, self.gate = port, work, told, gate
        self.client = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def run(self) -> None:
        """Work until nothing is left."""
        while True:
            self.gate()
            try:
                one = self.work.get_nowait()
            except Empty:
                return
            self.submit(one["key"], json.dumps(one["said"]).encode())

    def submit(self, key: str, body: bytes) -> None:
        """Send one submission, again and again under the same key, until it is accepted or refused for good."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        while True:
            try:
                self.client.request("POST", "/api/v1/cases", body, headers)
                answer = self.client.getresponse()
                said = answer.read()
                if answer.status == 201:
                    return self.told.answered(key, json.loads(said)["reference"])
                if answer.status < 500 and answer.status not in (408, 429):
                    return self.told.refused.append(f"{answer.status} {said[:300].decode()}")
            except (OSError, http.client.HTTPException, ValueError):
                self.client.close()
                self.client = self._connect()
            self.told.asked_again()
            time.sleep(0.2)


class Payer(threading.Thread):
    """Residents who pay what they are charged: finds charges that are due, and sees each through to its end."""

    def __init__(self, address: str, due, seed: int):
        super().__init__(daemon=True)
        self.address, self.due, self.rng = address, due, random.Random(seed)
        self.begun: dict[str, int] = {}
        self.stopped = threading.Event()

    def run(self) -> None:
        """Look for charges until told to stop."""
        while not self.stopped.wait(0.5):
            try:
                for charge_id in self.due():
                    self.pay(str(charge_id))
            except Exception:  # the database is away, or the web: they look again
                continue

    def pay(self, charge_id: str) -> None:
        """Go through the pages to the provider's, choose how it goes, and come back; try again at the next look."""
        tries = self.begun[charge_id] = self.begun.get(charge_id, 0) + 1
        outcome = self.rng.choice(OUTCOMES) if tries < 3 else "success"
        with httpx.Client(base_url=self.address, timeout=20, follow_redirects=True) as browser:
            page = browser.get(f"/pay/{charge_id}/")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
            if token is None:
                return
            card = browser.post(f"/pay/{charge_id}/", data={"csrfmiddlewaretoken": token[1]})
            if "/card/" in str(card.url) and card.is_success and 'name="outcome"' in card.text:
                browser.post(str(card.url), data={"outcome": outcome})
