"""
Whether another system can take a function's place: it is asked as Moothall asks, with invented requests.

No database is needed and nothing of any case is told, so a supplier runs it beside a system that is not connected yet.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import httpx
from pydantic import ValidationError

from moothall.core.ids import new_id
from moothall.core.steps import registry
from moothall.functions.links.queries.hearing import Listener
from moothall.functions.links.rules import signed
from moothall.functions.links.rules.conformance import Finding, called, refused, taken

OLD = 600
PLACE = {"lat": 52.4, "lon": -2.0, "street": "Test Lane", "usrn": None, "uprn": None, "label": "Test Lane, Nowhere"}
MANNERS = {"calls-back": "ok", "after-500": "500", "after-silence": "silence", "while-slow": "slow"}


@dataclass
class Bench:
    """One test of one system: where it listens, what is shared with it, and what it is asked to do."""

    address: str
    key: str
    step: str
    listener: Listener
    callback: str
    service: str = "conformance"
    answers: dict | None = None
    next_key: str = ""
    wait: float = 30.0
    answer_within: float = 5.0
    settle: float = 2.0
    tell: Callable[[str], None] = lambda said: None
    client: httpx.Client = field(default_factory=httpx.Client)

    def send(self, method: str, path: str, body: bytes = b"", *, number: str = "", **more) -> httpx.Response | None:
        """Send a signed message, and return what it answers; None where it does not."""
        key, age = more.get("key", self.key), more.get("age", 0)
        stamp = int(time.time()) - age
        headers = signed.headers(key, message_id=number or str(new_id()), sent_at=stamp, body=body)
        if not more.get("sign", True):
            del headers["Moothall-Signature"]
        self.tell(f"we: {method} {path} {body.decode()}")
        try:
            said = self.client.request(
                method, self.address + path, content=more.get("instead", body), headers=headers,
                timeout=self.answer_within,
            )  # fmt: skip
        except httpx.HTTPError as error:
            self.tell(f"it: nothing ({type(error).__name__})")
            return None
        self.tell(f"it: {said.status_code} {said.text[:500]}")
        return said

    def request(self, request_id: UUID, step: str = "") -> bytes:
        """Return an invented request."""
        return signed.canonical({
            "id": str(request_id), "step": step or self.step, "callback": self.callback, "service": self.service,
            "reference": "TST-0001-234X", "place": PLACE, "answers": self.answers or {}, "outputs": {},
            "due_at": None, "name": "test", "asks": {},
        })  # fmt: skip


def conformance(bench: Bench) -> Iterator[Finding]:
    """Ask a system everything in turn and yield what came of each check; how long it takes is mostly its own."""
    first = bench.send("GET", f"/requests/{new_id()}")
    if first is None:
        yield Finding("answers", False, "Nothing answers there. Start it, and look at the address.")
        return
    yield Finding("answers", True)
    yield refused("unknown", first.status_code, wanted=(404,))
    yield from _refuses(bench)
    yield from _works(bench)
    yield _unknown_step(bench)
    yield _next_key(bench)


def _status(said: httpx.Response | None) -> int | None:
    return said.status_code if said is not None else None


def _refuses(bench: Bench) -> Iterator[Finding]:
    body = bench.request(new_id())
    yield refused("unsigned", _status(bench.send("POST", "/requests", body, sign=False)))
    mine = new_id()
    wrong = refused("wrong-key", _status(bench.send("POST", "/requests", bench.request(mine), key=f"{bench.key}x")))
    kept = _status(bench.send("GET", f"/requests/{mine}")) == 200
    yield Finding("wrong-key", False, "It kept a request of which the signature is wrong.") if kept else wrong
    other = bench.request(new_id())
    yield refused("another-body", _status(bench.send("POST", "/requests", body, instead=other)))
    yield refused("old", _status(bench.send("POST", "/requests", bench.request(new_id()), age=OLD)))
    yield refused("no-json", _status(bench.send("POST", "/requests", b"{no json")), wanted=(400, 422))
    yield refused("no-request", _status(bench.send("POST", "/requests", b'{"step":4}')), wanted=(400, 422))


def _works(bench: Bench) -> Iterator[Finding]:
    asked = {name: new_id() for name in MANNERS}
    bench.listener.manners |= {str(asked[name]): manner for name, manner in MANNERS.items() if manner != "ok"}
    usual = asked["calls-back"]
    said = bench.send("POST", "/requests", bench.request(usual), number=str(usual))
    finding, first = taken("takes", _status(said), said.content if said is not None else b"")
    yield finding
    if first is None:
        names = ("twice", "tells", *MANNERS, "fits", "stops", "remembers")
        yield from (Finding(name, None, "It takes no request.") for name in names)
        return
    yield _twice(bench, usual, first)
    yield _tells(bench, usual)
    for name in list(MANNERS)[1:]:
        bench.send("POST", "/requests", bench.request(asked[name]), number=str(asked[name]))
    yield from _called_back(bench, asked, first)


def _twice(bench: Bench, usual: UUID, first: signed.Answer) -> Finding:
    said = bench.send("POST", "/requests", bench.request(usual), number=str(usual))
    finding, again = taken("twice", _status(said), said.content if said is not None else b"")
    if again and again.reference != first.reference:
        other = f"First it was {first.reference or 'without a reference'}, then {again.reference or 'without one'}."
        return Finding("twice", False, f"{other} The same id is the same request for ever.")
    return finding


def _tells(bench: Bench, usual: UUID) -> Finding:
    said = bench.send("GET", f"/requests/{usual}")
    return taken("tells", _status(said), said.content if said is not None else b"")[0]


def _called_back(bench: Bench, asked: dict[str, UUID], first: signed.Answer) -> Iterator[Finding]:
    if first.state != "accepted":
        said = "It answered at once, so it has nothing to call back with."
        yield from (Finding(name, None, said) for name in (*MANNERS, "stops"))
        yield _fits(bench, first)
        yield _remembers(bench, asked["calls-back"], first)
        return
    alive = _while_slow(bench, str(asked["while-slow"]))
    _until(bench, lambda: all(_taken(bench, str(one)) for one in asked.values()))
    answer = None
    for name, request_id in asked.items():
        finding, read = _one_call(bench, name, str(request_id))
        answer = answer or read
        yield alive or finding if name == "while-slow" else finding
    yield _stops(bench, {str(one) for one in asked.values()})
    yield _fits(bench, answer)
    yield _remembers(bench, asked["calls-back"], answer)


def _until(bench: Bench, done: Callable[[], bool]) -> None:
    end = time.time() + bench.wait
    while time.time() < end and not done():
        time.sleep(0.05)


def _taken(bench: Bench, request_id: str) -> bool:
    """Tell whether a call-back of a request was answered 200."""
    return any(one.answered in ("ok", "slow") for one in bench.listener.of(request_id))


def _while_slow(bench: Bench, request_id: str) -> Finding | None:
    """Ask something while we are slow to answer its call-back; return what is wrong, or None."""
    _until(bench, lambda: bool(bench.listener.of(request_id)))
    if not bench.listener.of(request_id) or _status(bench.send("GET", f"/requests/{request_id}")) is not None:
        return None
    return Finding("while-slow", False, "It did not answer us while we were slow. Call back from another thread.")


def _one_call(bench: Bench, name: str, request_id: str) -> tuple[Finding, signed.Answer | None]:
    heard = bench.listener.of(request_id)
    if not heard:
        said = f"We heard nothing in {bench.wait:g} seconds. Call {bench.callback} when you know how it ended."
        return Finding(name, False, said), None
    for one in heard:
        keys = [key for key in (bench.key, bench.next_key) if key]
        wrong, answer = called(keys, one.headers, one.body, now=int(one.at))
        bench.tell(f"it calls: {one.body.decode(errors='replace')[:500]} (answered: {one.answered})")
        if wrong:
            return Finding(name, False, wrong), None
    if not _taken(bench, request_id):
        how = "answered it with 500" if name == "after-500" else "hung up"
        said = f"We {how}, and heard nothing more in {bench.wait:g} seconds. Call again until you are answered 200."
        return Finding(name, False, said), answer
    return Finding(name, True), answer


def _stops(bench: Bench, asked: set[str]) -> Finding:
    counts = {one: len(bench.listener.of(one)) for one in asked}
    time.sleep(bench.settle)
    if any(len(bench.listener.of(one)) > counts[one] for one in asked):
        return Finding("stops", False, "It called again after it was answered 200. Nothing is lost by it; stop there.")
    return Finding("stops", True)


def _fits(bench: Bench, answer: signed.Answer | None) -> Finding:
    performer = registry.get(bench.step)
    if answer is None or answer.state != "done":
        return Finding("fits", None, "It did not say of any request that it was done.")
    if performer is None or performer.outputs is None:
        return Finding("fits", None, f"{bench.step} puts nothing out.")
    try:
        performer.outputs.model_validate(dict(answer.outputs))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        return Finding("fits", False, f"Its outputs {dict(answer.outputs)} do not fit {bench.step}: {wrong}.")
    return Finding("fits", True)


def _remembers(bench: Bench, usual: UUID, answer: signed.Answer | None) -> Finding:
    if answer is None:
        return Finding("remembers", None, "We never heard how a request ended.")
    said = bench.send("GET", f"/requests/{usual}")
    finding, now_said = taken("remembers", _status(said), said.content if said is not None else b"")
    if now_said and now_said.state != answer.state:
        return Finding("remembers", False, f"It called back {answer.state}, and says {now_said.state} when asked.")
    return finding


def _unknown_step(bench: Bench) -> Finding:
    """Ask for a step that nobody does; it may say no at once or call back with it."""
    request_id = new_id()
    said = bench.send("POST", "/requests", bench.request(request_id, "no.such_step"), number=str(request_id))
    if _status(said) in (400, 404, 422):
        return Finding("unknown-step", True)
    finding, answer = taken("unknown-step", _status(said), said.content if said is not None else b"")
    if answer and answer.state == "accepted":
        _until(bench, lambda: bool(bench.listener.of(str(request_id))))
        finding, answer = _one_call(bench, "unknown-step", str(request_id))
    if answer and answer.state == "done":
        return Finding("unknown-step", False, "It says that it did a step that does not exist.")
    return finding


def _next_key(bench: Bench) -> Finding:
    if not bench.next_key:
        return Finding("next-key", None, "Give --next-key to test a change of keys.")
    status = _status(bench.send("GET", f"/requests/{new_id()}", key=bench.next_key))
    if status == 404:
        return Finding("next-key", True)
    return Finding("next-key", False, f"It answered {status}. Believe both keys while one is changed.")
