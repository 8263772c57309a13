"""Workers that are killed or frozen in the middle of a step: nothing is lost, nothing is done twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from django.db import connections

from moothall.casework.models import Case, Event, Step, Task
from moothall.casework.tests.conftest import MARCH, NOBODY, a_place, open_pothole
from moothall.core import queue
from moothall.core.models import Outgoing
from moothall.core.scope import scoped

pytestmark = pytest.mark.chaos

WORKER = """
import os, sys, time
import django
django.setup()
from django.core.management import call_command
from moothall.core.steps import Performer, Waiting, registry

def inspect(ctx, *, at, by):
    print(ctx.case_id, flush=True)
    time.sleep(float(sys.argv[1]))
    return Waiting(task="Inspect the defect")

known = registry["highways.inspect"]
registry["highways.inspect"] = Performer("highways.inspect", inspect, known.outputs, known.form, known.title)
call_command("worker", alone=True, concurrency=2)
"""


def start_worker(seconds_a_step: float, **settings: str) -> subprocess.Popen:
    """Start a real worker on the test's database whose inspections take so long, with settings of its own."""
    use = connections["default"].settings_dict
    address = "postgresql://{USER}@/{NAME}?host={HOST}&port={PORT}"
    env = os.environ | {
        "DATABASE_URL": address.format(**use),
        "DATABASE_OWNER_URL": address.format(**connections["owner"].settings_dict),
        "DJANGO_SETTINGS_MODULE": "moothall.site.settings",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        **settings,
    }
    words = [sys.executable, "-c", WORKER, str(seconds_a_step)]
    return subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def wait_for(condition, seconds: float = 60.0):
    """Wait until something holds; fail after so long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.2)
    pytest.fail("it did not come to pass in time")


def submit(count: int) -> list:
    place, at = a_place(), dt.datetime.now(dt.UTC)
    made = []
    for _ in range(count):
        with scoped(NOBODY):
            made.append(open_pothole(at=at, place=place).case_id)
    return made


def settled(cases) -> bool:
    with scoped(MARCH):
        return Step.objects.filter(state="waiting").count() == len(cases) and Outgoing.objects.filter(
            state="sent"
        ).count() == len(cases)


def assert_once_each(cases) -> None:
    """Each case exists, has one task, one acknowledgement sent, and a history that says so once."""
    with scoped(MARCH):
        assert set(Case.objects.values_list("pk", flat=True)) == set(cases)
        for case_id in cases:
            assert Task.objects.filter(case_id=case_id).count() == 1
            assert Outgoing.objects.filter(case_id=case_id).count() == 1
            kinds = list(Event.objects.filter(case_id=case_id).order_by("id").values_list("kind", flat=True))
            assert kinds == ["opened", "step-waiting"]


@pytest.fixture
def _impatient(monkeypatch):
    """Let the reconciler step in at once, as if every deadline had passed."""
    for name, task in queue.tasks.items():
        monkeypatch.setitem(queue.tasks, name, replace(task, deadline=dt.timedelta(0)))


def reconcile() -> None:
    queue.reconcile(at=dt.datetime.now(dt.UTC))


@pytest.mark.usefixtures("_impatient")
@pytest.mark.timeout(240)
def test_workers_killed_in_the_middle_of_steps_lose_nothing_and_double_nothing(real_db):
    cases = submit(24)
    for _ in range(3):
        worker = start_worker(0.3)
        worker.stdout.readline()  # it is inside a step now
        time.sleep(0.5)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        reconcile()
    worker = start_worker(0)
    try:
        wait_for(lambda: settled(cases))
    finally:
        worker.kill()
        worker.wait()

    assert_once_each(cases)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.timeout(240)
def test_a_worker_that_freezes_and_wakes_after_its_job_was_given_to_another_doubles_nothing(real_db):
    cases = submit(1)
    frozen = start_worker(1.5)
    frozen.stdout.readline()
    frozen.send_signal(signal.SIGSTOP)
    reconcile()
    other = start_worker(0)
    try:
        time.sleep(4)  # the other takes the job and waits at its receipt
        frozen.send_signal(signal.SIGCONT)
        wait_for(lambda: settled(cases))
        time.sleep(2)
    finally:
        for worker in (frozen, other):
            worker.kill()
            worker.wait()

    assert_once_each(cases)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.timeout(240)
def test_a_worker_that_freezes_for_good_in_a_step_does_not_hold_the_others_up(real_db):
    cases = submit(3)
    frozen = start_worker(3.0, PGOPTIONS="-c idle_in_transaction_session_timeout=6s")
    for _ in range(2):
        frozen.stdout.readline()
    frozen.send_signal(signal.SIGSTOP)  # it holds the receipts of two jobs: were they kept, both the other's hands
    reconcile()
    other = start_worker(0)
    try:
        wait_for(lambda: settled(cases))
    finally:
        for worker in (frozen, other):
            worker.kill()
            worker.wait()

    assert_once_each(cases)
