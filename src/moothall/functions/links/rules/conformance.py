"""What another system must do to take a function's place, in words, and how each answer of it is judged."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from moothall.functions.links.rules import signed

CHECKS = {
    "answers": "It listens at its address.",
    "unsigned": "It refuses what nobody signed.",
    "wrong-key": "It refuses what was signed with another key, and keeps nothing of it.",
    "another-body": "It refuses a signature that belongs to another content.",
    "old": "It refuses a message that was recorded and is played again ten minutes later.",
    "no-json": "It refuses a signed message that is no JSON, and does not break over it.",
    "no-request": "It refuses a signed message that is no request, and does not break over it.",
    "unknown": "It says 404 of a request that it never had.",
    "takes": "It takes a request within five seconds.",
    "twice": "The same request again is the same piece of work.",
    "tells": "It says how a request goes when it is asked.",
    "calls-back": "It calls back with a signed answer that can be read.",
    "fits": "What it says was done has what the step puts out.",
    "after-500": "It sends its answer again after we answered 500.",
    "after-silence": "It sends its answer again after we hung up without one.",
    "while-slow": "It goes on answering while we are slow to take an answer.",
    "stops": "It stops calling once it was heard.",
    "remembers": "Asked afterwards, it says the same as it called back with.",
    "unknown-step": "It says no, with a reason, to a step that it does not know.",
    "next-key": "It believes the next key as well as the present one.",
}
"""{name of a check: what holds where it is passed}"""


@dataclass(frozen=True)
class Finding:
    """What came of a check: it holds, it fails, or None: it could not be asked. `said` is what was seen."""

    name: str
    holds: bool | None
    said: str = ""


def refused(name: str, status: int | None, *, wanted: tuple[int, ...] = (401, 403)) -> Finding:
    """Judge the answer to what must be refused. `status` is None where there was no answer.

    >>> refused("unsigned", 401).holds, refused("unsigned", 202).said
    (True, 'It answered 202 and took it. Answer 401 or 403.')
    """
    should = f"Answer {' or '.join(map(str, wanted))}."
    if status in wanted:
        return Finding(name, True)
    if status is None:
        return Finding(name, False, f"It did not answer. {should}")
    return Finding(name, False, f"It answered {status}{' and took it' if 200 <= status < 300 else ''}. {should}")


def taken(name: str, status: int | None, text: bytes) -> tuple[Finding, signed.Answer | None]:
    """Judge the answer to a good request, and return what it says where it can be read."""
    if status is None:
        return Finding(name, False, "It did not answer within five seconds. Answer 202 first, then do the work."), None
    if not 200 <= status < 300:
        return Finding(name, False, f"It answered {status}. Answer 202 with state accepted, or 200 with the end."), None
    answer = signed.read_answer(status, text)
    if answer.state not in ("accepted", "done", "refused"):
        words = "Send JSON with state accepted, done (with outputs) or refused (with a reason)."
        return Finding(name, False, f"Its answer {text[:80]!r} cannot be read. {words}"), None
    return Finding(name, True), answer


def called(keys: list[str], headers: Mapping[str, str], body: bytes, *, now: int) -> tuple[str, signed.Answer | None]:
    """Return what is wrong with a call-back, empty where nothing is, and what it says where it can be read."""
    checked = signed.check(keys, headers, body, now=now)
    if not checked.good:
        return checked.why, None
    try:
        return "", signed.read_said(json.loads(body))
    except (ValueError, TypeError, AttributeError) as wrong:
        return f"It cannot be read: {wrong}.", None


def report(address: str, findings: list[Finding]) -> str:
    """Return the report in words: what fails comes first.

    >>> print(report("http://a.example", [Finding("old", False, "It answered 202."), Finding("takes", True)]))
    http://a.example: 1 of 2 hold. It does not conform yet.
    <BLANKLINE>
      FAILS      It refuses a message that was recorded and is played again ten minutes later. (old)
                 It answered 202.
      holds      It takes a request within five seconds. (takes)
    """
    asked = [one for one in findings if one.holds is not None]
    good = sum(one.holds for one in asked)
    verdict = "It conforms." if good == len(asked) else "It does not conform yet."
    lines = [f"{address}: {good} of {len(asked)} hold. {verdict}", ""]
    for one in sorted(findings, key=lambda one: (one.holds is None, bool(one.holds))):
        mark = {True: "holds", False: "FAILS", None: "not asked"}[one.holds]
        lines.append(f"  {mark:<10} {CHECKS[one.name]} ({one.name})")
        if one.said:
            lines.append(f"  {'':<10} {one.said}")
    return "\n".join(lines)
