"""Play days of the county's life through the doors that people use, with `at` in the past."""

import datetime as dt
import heapq
from collections.abc import Callable
from functools import partial
from itertools import count
from random import Random

from django.db import connection

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.simulation.actions import hands
from moothall.simulation.actions.crowd import Crowd
from moothall.simulation.rules.county import SEED
from moothall.simulation.rules.year import HABITS, done_at, requests_on

LATE = "casework.late"
SIMULATION = Actor.system("simulation")
HABIT_OF = {"inspect": "inspect", "repair": "repair", "quality_check": "check"}


class Player:
    """Keeps what is still to happen, in order of time."""

    def __init__(self, crowd: Crowd, partners: tuple[int, ...]):
        self.crowd, self.partners = crowd, partners
        self.coming: list[tuple] = []
        self.known: set = set()
        self.looked = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
        self.tie = count()
        self.opened = self.refused = 0

    def plan(self, when: dt.datetime, happening: Callable[..., None]) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self.coming, (when, next(self.tie), happening))

    def until(self, end: dt.datetime) -> None:
        """Let everything happen that is due before a moment, each with the jobs and the work that follow from it."""
        while self.coming and self.coming[0][0] < end:
            when, _, happening = heapq.heappop(self.coming)
            happening(at=when)
            queue.run_pending(at=when)
            self.see_new_work(when)
        queue.run_pending(at=end)
        self.see_new_work(end)

    def ask(self, request) -> Callable[..., None]:
        """Return the happening of somebody asking for something."""

        def happening(at: dt.datetime) -> None:
            asked = self.crowd.asks(request)
            scope = Scope(
                purpose="front door", bodies=asked.bodies, account=asked.account, person=asked.person, actor=asked.by
            )
            try:
                with scoped(scope):
                    opened = casework.open_case(**asked.words, at=at, by=asked.by)
                self.opened += 1
                if request.service_id in ("bulky-waste", "garden-waste"):
                    for minutes in (2, 5):
                        going_on = partial(hands.go_on, case_id=opened.case_id, luck=request.luck, by=asked.by)
                        self.plan(at + dt.timedelta(minutes=minutes), going_on)
            except Refusal:
                self.refused += 1

        return happening

    def see_new_work(self, at: dt.datetime) -> None:
        """Plan when people will do the tasks that have newly come to them."""
        with scoped(Scope(bodies=self.partners, purpose="simulation", actor=SIMULATION)):
            for task in cases.open_work(opened_since=self.looked):
                if task.id in self.known:
                    continue
                self.known.add(task.id)
                luck = Random(f"{task.reference}/{task.step.name if task.step else task.title}").random()  # noqa: S311
                performs = task.step.performs if task.step else "casework.read"
                function, _, verb = performs.partition(".")
                habit = HABITS[HABIT_OF.get(verb, "waste" if function == "waste" else "office")]
                due = task.due_at if task.due_at.year < 9999 else None
                doing = partial(hands.work, task=task, performs=performs, luck=luck, by=SIMULATION)
                self.plan(done_at(habit, at, due, luck), doing)
        self.looked = at - dt.timedelta(hours=1)


def play(
    *,
    first: dt.date,
    days: int,
    scale: float = 1.0,
    seed: int = SEED,
    tell: Callable[[float, str], None] = lambda done, note: None,
    at: dt.datetime,
    by: Actor,
) -> int:
    """Play `days` from `first` on, never past `at`; return how many cases were opened.

    People ask, jobs run, staff do their work in time or late, promises are kept or missed: all through actions.
    """
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    partners = tuple(body.id for body in bodies.bodies(partner=True, on=first))
    player = Player(Crowd(seed=seed, at=dt.datetime.combine(first, dt.time(8), dt.UTC), by=by), partners)
    for n in range(days):
        day = first + dt.timedelta(days=n)
        for request in requests_on(day, seed, scale):
            player.plan(request.at, player.ask(request))
        evening = dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)
        player.until(min(evening, at))
        queue.fan(LATE, f"played:{day}")
        queue.run_pending(at=min(evening, at))
        tell(n + 1, f"{day:%B %Y}: {player.opened} cases")
    with connection.cursor() as cursor:
        cursor.execute("reset synchronous_commit")
    return player.opened
