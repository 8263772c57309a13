"""Play days of the county's life through the doors that people use, with `at` in the past."""

import datetime as dt
import heapq
from collections.abc import Callable
from functools import partial
from itertools import count
from random import Random

from django.db import connection

from moothall.bodies import queries as bodies
from moothall.booking import queries as slots
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.simulation.actions import callers, hands
from moothall.simulation.actions.crowd import Crowd
from moothall.simulation.rules.county import SEED
from moothall.simulation.rules.year import HABITS, Request, done_at, in_working_hours, requests_on

LATE = "casework.late"
TIMES = 4
SIMULATION = Actor.system("simulation")
HABIT_OF = {"inspect": "inspect", "repair": "repair", "quality_check": "check"}


class Player:
    """Keeps what is still to happen at some bodies, in order of time."""

    def __init__(self, crowd: Crowd, bodies: tuple[int, ...]):
        self.crowd, self.bodies = crowd, bodies
        self.coming: list[tuple] = []
        self.known: set = set()
        self.looked = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
        self.now = self.looked
        self.tie = count()
        self.opened = self.refused = 0

    def plan(self, when: dt.datetime, happening: Callable[..., None]) -> None:
        """Let something happen at a moment, or now if that is over: what was left undone before is begun today."""
        heapq.heappush(self.coming, (max(when, self.now), next(self.tie), happening))

    def until(self, end: dt.datetime) -> None:
        """Let everything happen that is due before a moment, each with the jobs and the work that follow from it."""
        while self.coming and self.coming[0][0] < end:
            when, _, happening = heapq.heappop(self.coming)
            self.now = when
            happening(at=when)
            queue.run_pending(at=when, bodies=self.bodies)
            self.see_new_work(when)
        self.now = max(self.now, end)
        queue.run_pending(at=end, bodies=self.bodies)
        self.see_new_work(end)

    def ask(self, request: Request) -> None:
        """Plan that somebody asks for something, if it is these bodies that do it."""
        asked = self.crowd.asks(request)
        if asked.doer not in self.bodies:
            return

        def happening(at: dt.datetime) -> None:
            scope = Scope(
                purpose="front door", bodies=asked.bodies, account=asked.account, person=asked.person, actor=asked.by
            )
            try:
                with scoped(scope):
                    opened = casework.open_case(**asked.words, at=at, by=asked.by)
                self.opened += 1
                callers.came(player=self, request=request, asked=asked, case_id=opened.case_id, at=at, by=SIMULATION)
                if request.service_id in self.crowd.chosen_or_paid:
                    for minutes in (2, 5):
                        going_on = partial(hands.go_on, case_id=opened.case_id, luck=request.luck, by=asked.by)
                        self.plan(at + dt.timedelta(minutes=minutes), going_on)
            except Refusal:
                self.refused += 1

        self.plan(request.at, happening)

    def plan_work(self, task, *, at: dt.datetime, times: int, booked: dt.datetime | None = None) -> None:
        """Plan when somebody does a task; what is not done then is tried again, at most four times.

        What a day is `booked` for is done when that is over.
        """
        performs = task.step.performs if task.step else "casework.read"
        function, _, verb = performs.partition(".")
        habit = HABITS[HABIT_OF.get(verb, "waste" if function == "waste" else "office")]
        due = task.due_at if task.due_at.year < 9999 else None
        luck = Random(f"{task.reference}/{task.step.name if task.step else task.title}/{times}").random()  # noqa: S311

        def doing(at: dt.datetime) -> None:
            done = hands.work(task=task, performs=performs, luck=luck, at=at, by=SIMULATION)
            if not done and times < TIMES:
                self.plan_work(task, at=at, times=times + 1)
            elif done and task.step and task.service_id in self.crowd.chosen_or_paid:
                going_on = partial(hands.go_on, case_id=task.case_id, luck=luck, by=Actor("contact"))
                self.plan(at + dt.timedelta(days=1), going_on)

        when = done_at(habit, at, due, luck) if times == 0 else in_working_hours(at + dt.timedelta(days=2))
        self.plan(max(when, booked or when), doing)

    def _booked(self, task) -> dt.datetime | None:
        """Return when what somebody booked ends, for a task that is done on a day that was chosen."""
        if task.step is None or task.service_id not in self.crowd.chosen_or_paid:
            return None
        mine = slots.of_case(task.case_id)
        return mine and slots.times(mine.id)[1]

    def see_new_work(self, at: dt.datetime) -> None:
        """Plan when people will do the tasks that have newly come to them."""
        with scoped(Scope(bodies=self.bodies, purpose="simulation", actor=SIMULATION)):
            for task in cases.open_work(opened_since=self.looked):
                if task.id in self.known:
                    continue
                self.known.add(task.id)
                self.plan_work(task, at=task.opened_at, times=0, booked=self._booked(task))
        self.looked = at - dt.timedelta(hours=1)


def play(
    *,
    first: dt.date,
    days: int,
    scale: float = 1.0,
    seed: int = SEED,
    only: tuple[int, ...] | None = None,
    tell: Callable[[float, str], None] = lambda done, note: None,
    at: dt.datetime,
    by: Actor,
) -> int:
    """Play `days` from `first` on, never past `at`; return how many cases were opened.

    People ask, jobs run, staff do their work in time or late, promises are kept or missed: all through actions.
    `only` plays what these bodies do, and leaves the others' requests and jobs to somebody else: bodies' days
    do not meet, so two processes can play two halves of a county.
    """
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    mine = only or tuple(body.id for body in bodies.bodies(partner=True, on=first))
    player = Player(Crowd(seed=seed, at=dt.datetime.combine(first, dt.time(8), dt.UTC), by=by), mine)
    for n in range(days):
        day = first + dt.timedelta(days=n)
        for request in requests_on(day, seed, scale):
            player.ask(request)
        evening = min(dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC), at)
        player.until(evening)
        queue.fan(LATE, f"played:{day}", bodies=mine)
        queue.run_pending(at=evening, bodies=mine)
        tell(n + 1, f"{day:%B %Y}: {player.opened} cases")
    with connection.cursor() as cursor:
        cursor.execute("reset synchronous_commit")
    return player.opened
