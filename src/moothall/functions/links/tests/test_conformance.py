"""A system that keeps the protocol passes the conformance test; one with a fault fails by the name of that fault."""

import doctest
import os
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command

from moothall.functions.links import queries
from moothall.functions.links.rules import conformance
from moothall.functions.links.rules.conformance import CHECKS, Finding, called, refused, report, taken
from moothall.functions.links.tests.conftest import EXAMPLE, free_port
from moothall.functions.links.tests.faulty import CLIENT, KEY, NEXT, Faulty

CALLS = {"calls-back", "after-500", "after-silence", "while-slow"}
FAULTS = {
    "": set(),
    "believes anything": {"unsigned", "wrong-key", "another-body", "old"},
    "believes what is old": {"old"},
    "breaks over nonsense": {"no-json", "no-request"},
    "knows everything": {"unknown", "wrong-key", "next-key"},
    "slow to take": {"takes", "no-json", "no-request", "unknown-step"},
    "does it twice": {"twice"},
    "never calls back": CALLS | {"unknown-step"},
    "calls once": {"after-500", "after-silence"},
    "signs with another key": CALLS | {"unknown-step"},
    "calls nonsense back": CALLS | {"unknown-step"},
    "puts out nonsense": {"fits"},
    "one thread": {"while-slow"},
    "never stops calling": {"stops"},
    "forgets how it ended": {"remembers"},
    "does what nobody knows": {"unknown-step"},
    "one key": {"next-key"},
}


QUICK = {
    "slow to take": {"answer_within": 0.3},
    "never calls back": {"wait": 0.4},
    "calls once": {"wait": 0.4},
    "one thread": {"answer_within": 0.5},
}
"""Faults that are seen by waiting in vain: how long, in seconds."""


def asked_of(address, *, slow=0.1, **changes):
    """Return what came of each check."""
    listener = queries.Listener("127.0.0.1", 0, slow=slow)
    given = {"next_key": NEXT, "wait": 8, "settle": 0.2, "client": CLIENT} | changes
    bench = queries.Bench(address, KEY, "waste.clear", listener, f"http://127.0.0.1:{listener.port}/", **given)
    try:
        return list(queries.conformance(bench))
    finally:
        listener.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_by_its_name_and_nothing_else_does(fault):
    system = Faulty(fault)
    try:
        found = asked_of(system.address, slow=0.9 if fault == "one thread" else 0.1, **QUICK.get(fault, {}))
    finally:
        system.close()
    assert {one.name for one in found if one.holds is False} == FAULTS[fault], report(system.address, found)
    assert {one.name for one in found} == set(CHECKS)


def test_our_own_stand_in_passes_with_every_check_asked(tmp_path):
    port = free_port()
    env = os.environ | {"EXTERNAL_KEY": KEY, "EXTERNAL_KEY_NEXT": NEXT}
    process = subprocess.Popen([sys.executable, str(EXAMPLE), str(port), str(tmp_path / "book.json"), "0.3"], env=env)
    try:
        found = [Finding("answers", False)]
        for _ in range(200):
            if found[0].holds:
                break
            time.sleep(0.05)
            found = asked_of(f"http://127.0.0.1:{port}", wait=15)
        assert [one for one in found if not one.holds] == []
    finally:
        process.kill()
        process.wait()


def test_the_command_says_in_words_what_fails_and_ends_with_how_much(capsys):
    system = Faulty("puts out nonsense")
    try:
        with pytest.raises(CommandError, match="1 of its answers will not do"):
            call_command("conformance", system.address, "--key", KEY, "--wait", "2", "--show")
    finally:
        system.close()
    said = capsys.readouterr().out
    assert f"{system.address}: 18 of 19 hold. It does not conform yet." in said
    assert "not asked  It believes the next key as well as the present one. (next-key)" in said
    assert "FAILS      What it says was done has what the step puts out. (fits)" in said
    assert "cleared: Input should be a valid boolean" in said
    assert 'we: POST /requests {"answers"' in said
    with pytest.raises(CommandError, match="Give the key"):
        call_command("conformance", system.address, "--key", "")


def test_where_nothing_answers_that_is_all_that_is_said():
    [only] = asked_of(f"http://127.0.0.1:{free_port()}")
    assert (only.name, only.holds) == ("answers", False)


def test_what_cannot_be_read_says_what_to_send():
    assert "Send JSON with state" in taken("takes", 200, b"[]")[0].said
    assert "within five seconds" in taken("takes", None, b"")[0].said
    assert refused("old", None).said == "It did not answer. Answer 401 or 403."
    assert called(["k"], {}, b"", now=0)[0].startswith("Send Moothall-Message-Id")
    assert report("a", [Finding("fits", None, "It did nothing.")]).splitlines()[0] == "a: 0 of 0 hold. It conforms."


def test_the_examples_of_the_rules_hold():
    assert doctest.testmod(conformance).failed == 0
