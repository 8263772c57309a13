"""What day a case may have: which step asks for one, from whose diary, and what is there already."""

import datetime as dt
from dataclasses import dataclass

from moothall.booking import queries as places
from moothall.casework.rules.states import ACTIVE, LIVE

CHOOSE, CONFIRM = "booking.choose", "booking.confirm"


@dataclass(frozen=True)
class DayToChoose:
    """A day that can be chosen: by which step, from whose diary, and what one has now (None: nothing yet)."""

    body_id: int
    kind: str
    ahead: int | None
    mine: object | None
    offer: object | None = None
    waits: bool = False
    keeps_list: bool = False

    @property
    def again(self) -> bool:
        return self.mine is not None


def day_to_choose(page, at: dt.datetime) -> DayToChoose | None:
    """Return the day to choose: for the first time, another one in place of what one has, or after a hold ran out."""
    steps = page.file.steps.values()
    step = active_step(page, CHOOSE)
    if step is None and page.case.state in LIVE:
        step = next((s for s in reversed(steps) if s.performs == CHOOSE and s.state == "done"), None)
    if step is None:
        return None
    told = page.file.definition.steps[step.name].using
    kind = told.get("slots") or page.case.service_id
    mine = places.of_case(page.case.pk, kind)
    if step.state == "done":
        lost = mine is None and active_step(page, CONFIRM)
        if not lost and (mine is None or places.times(mine.id)[0] <= at):
            return None
    about = places.diary(step.body_id, kind)
    waiting = {
        "offer": places.offer_to(page.case.pk, kind, at=at),
        "waits": places.wish(page.case.pk, kind) is not None,
        "keeps_list": about is not None and about.offer_hours > 0,
    }
    return DayToChoose(step.body_id, kind, told.get("ahead"), mine, **waiting)


def active_step(page, performs: str):
    """Return the step of a live case that is performed by this and has not ended, or None."""
    if page.case.state not in LIVE:
        return None
    steps = page.file.steps.values()
    return next((s for s in steps if s.performs == performs and s.state in ACTIVE), None)
