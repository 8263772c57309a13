"""
Measure two hundred people who book one slot of a hundred places at once, over the barest booking: CPU of both in turn.

    python -m benchmarks.book [--rounds 5] [--connections 40]

Each burst has a slot of its own and the same threads and connections. Ours holds a place as the page does: for a case,
in its own scope under row security, with the fact and the job that tell of it. The floor counts a place up while there
is one and writes a row. Exits 1 when either ends with anything but a hundred places taken, or beyond 8 times the
floor's CPU. Prints one JSON object; times are a booker's share of the burst.
"""

import argparse
import itertools
import sys
import threading
import time
from collections.abc import Callable
from uuid import uuid4

import psutil
import psycopg

from benchmarks.ground import Taken, compare, in_turn, memory_mb, server_process, statements, world

BOOKERS, PLACES, LIMIT = 200, 100, 8
FLOOR = """
create table floor_slot (id int primary key, capacity int not null, taken int not null default 0);
create table floor_booking (id uuid primary key, slot int not null references floor_slot);"""


class Burst:
    """Bookers in threads with a connection each; told to book a slot, they all begin at once."""

    def __init__(self, connections: int, book: Callable[[int], bool]):
        self.book, self.connections, self.won, self.wrong = book, connections, 0, []
        self.gate, self.done = threading.Barrier(connections + 1), threading.Barrier(connections + 1)
        self.left, self.slot, self.lock = iter(()), None, threading.Lock()
        for _ in range(connections):
            threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            self.gate.wait()
            for _ in iter(lambda: next(self.left, None), None):
                try:
                    booked = self.book(self.slot)
                except Exception as error:
                    self.wrong.append(error)
                    continue
                with self.lock:
                    self.won += booked
            self.done.wait()

    def __call__(self, slot: int) -> int:
        """Let all bookers book this slot; return how many got a place."""
        self.left, self.slot, self.won = iter(range(BOOKERS)), slot, 0
        self.gate.wait()
        self.done.wait()
        if self.wrong:
            raise self.wrong[0]
        return self.won


def ours(bursts: int) -> tuple[Callable[[int], bool], list[int]]:
    """Return how one booker holds a place as the pages do, and the slots of a diary that the tests' Ashby keeps."""
    import datetime as dt

    from tests.world import ASHBY

    from moothall.booking import actions, queries
    from moothall.booking.rules import Window
    from moothall.core.actor import Actor
    from moothall.core.clock import now
    from moothall.core.scope import Scope, scoped

    by, at, kind = Actor("contact"), now(), "bench"
    starts = [at + dt.timedelta(days=2, minutes=number) for number in range(bursts)]
    with scoped(Scope(bodies=(ASHBY,), purpose="bench")):
        actions.keep_diary(body_id=ASHBY, kind=kind, name="Measurement", at=at, by=by)
        windows = [Window(start, start + dt.timedelta(hours=1), PLACES) for start in starts]
        actions.add_slots(body_id=ASHBY, kind=kind, windows=windows, at=at, by=by)

    def book(slot: int) -> bool:
        case_id = uuid4()
        try:
            with scoped(Scope(case=case_id, purpose="front door", actor=by)):
                actions.hold(slot_id=slot, case_id=case_id, at=at, by=by)
        except actions.SlotTaken:
            return False
        return True

    return book, [slot.id for slot in queries.free(ASHBY, kind, at=at, limit=bursts)]


def floor(conninfo: str, bursts: int) -> tuple[Callable[[int], bool], list[int]]:
    """Return how one booker books on the barest table, and its slots."""
    slots, mine = list(range(1, bursts + 1)), threading.local()
    with psycopg.connect(conninfo, autocommit=True) as owner:
        owner.execute(FLOOR)
        owner.cursor().executemany("insert into floor_slot values (%s, %s)", [(slot, PLACES) for slot in slots])

    def book(slot: int) -> bool:
        if not hasattr(mine, "connection"):
            mine.connection = psycopg.connect(conninfo, autocommit=True)
        with mine.connection.transaction():
            free = "update floor_slot set taken = taken + 1 where id = %s and taken < capacity returning id"
            got = mine.connection.execute(free, [slot]).fetchone() is not None
            if got:
                mine.connection.execute("insert into floor_booking values (%s, %s)", [uuid4(), slot])
        return got

    return book, slots


def one_booker(taken: Taken) -> Taken:
    """Return the figures of a burst as those of one booker."""
    return Taken([t / BOOKERS for t in taken.times], [c / BOOKERS for c in taken.cpu])


def main() -> int:
    """Measure; 1 when places were sold twice or left, or when a booking costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=40)
    given = parser.parse_args()
    with world(durable=True) as place:
        ways = {"ours": ours(given.rounds + 2), "floor": floor(place.conninfo(), given.rounds + 1)}
        held, slot = ways["ours"][0], ways["ours"][1].pop()
        count = statements(lambda: held(slot))
        sold = []
        ask = {}
        for name, (book, slots) in ways.items():
            burst, coming = Burst(given.connections, book), itertools.cycle(slots)
            ask[name] = lambda burst=burst, coming=coming: sold.append(burst(next(coming)))
        me = (psutil.Process(), server_process(place))
        began = time.perf_counter()
        taken = in_turn(ask, {"ours": me, "floor": me}, rounds=given.rounds, each=1, warm=1)
        took = time.perf_counter() - began
        told = {"statements": count, "memory_mb": memory_mb(me[0]), "seconds": round(took, 1), "bookers": BOOKERS}
        told["connections"] = given.connections
        kept = compare("book", one_booker(taken["ours"]), one_booker(taken["floor"]), limit=LIMIT, **told)
        if set(sold) != {PLACES}:
            print(f"places sold of {PLACES}: {sorted(set(sold))}", file=sys.stderr)
        return 0 if kept and set(sold) == {PLACES} else 1


if __name__ == "__main__":
    sys.exit(main())
