"""Let bodies promise savings, and let become of each what the file says."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.core.years import year_of
from moothall.promises import actions as promises
from moothall.promises import queries
from moothall.promises.queries import Amount, Part
from moothall.sharing import queries as partnerships
from moothall.simulation.queries import post as officer
from moothall.simulation.rules.savings import Promised, promised


@dataclass(frozen=True)
class _Times:
    """When things happen: each a part of the way from the beginning to now."""

    began: dt.datetime
    now: dt.datetime

    def at(self, part: float) -> dt.datetime:
        return self.began + (self.now - self.began) * part


def promise_savings(*, began: dt.datetime, at: dt.datetime, by: Actor) -> int:
    """Let every saving of the file be promised after a moment and come as far as it does; return how many."""
    times = _Times(began, at)
    for one in promised():
        with scoped(Scope(bodies=(one.body,), purpose="savings", actor=by)):
            _play(one, times)
    return len(promised())


def _play(one: Promised, times: _Times) -> None:
    day, manager = local(times.began).date(), officer(one.body, "manager", times.began)
    found = partnerships.partnership(one.partnership, local(times.now).date()).id if one.partnership else None
    scale = 1 if one.kind == "non-cash" else 100
    row = promises.promise(
        body_id=one.body, title=one.title, title_cy=one.title_cy, kind=one.kind, unit=one.unit, service_id=one.service,
        partnership_id=found, starts=day, source=one.source, figures=_figures(one.figures, times, scale),
        at=times.at(0.02), by=manager,
    )  # fmt: skip
    if one.cause:
        _write_down(one, row, manager, times, scale)
    told = {"saving_id": row.pk, "by": manager}
    if one.reach == "promised":
        return
    if one.reach == "given-up":
        promises.give_up(who=one.given_up.by, words=one.given_up.why, at=times.at(0.4), **told)
        return
    promises.propose(words="The cabinet is asked to approve it.", at=times.at(0.1), **told)
    if one.reach == "blocked":
        promises.block(blocked_by=one.blocked.by, why=one.blocked.why, at=times.at(0.3), **told)
        return
    _approve(one, row, manager, times, scale)
    if one.reach == "approved-in-dispute":
        _state(one.dispute, row, times.at(0.5), manager)
    if one.reported:
        _come_true(one, row, manager, times, scale)


def _write_down(one: Promised, row, manager: Actor, times: _Times, scale: int) -> None:
    told = {"saving_id": row.pk, "at": times.at(0.05), "by": manager}
    promises.name_owner(owner_id=int(manager.id), **told)
    promises.say_how(cause=one.cause, quality=one.quality, **told)
    if one.baseline:
        _state(one.baseline, row, times.at(0.05), manager)
    if one.parts:
        names = bodies.names()
        parts = [Part(names.get(who, who), part, who if isinstance(who, int) else None) for who, part in one.parts]
        promises.divide(parts=parts, **told)


def _state(stated, row, at: dt.datetime, by: Actor) -> None:
    promises.state_baseline(
        saving_id=row.pk, stated_by=stated.by, pence=stated.pounds * 100, prices=local(at).date(),
        source=stated.source, because=stated.because, at=at, by=by,
    )  # fmt: skip


def _approve(one: Promised, row, manager: Actor, times: _Times, scale: int) -> None:
    at = times.at(0.2)
    councillor = bodies.staff(one.body, local(at).date(), "councillor").first().name
    promises.approve(
        saving_id=row.pk, decided_by="Cabinet", decided_on=local(at).date(), minute="Minute 41", councillor=councillor,
        figures=_figures(one.approved or one.figures, times, scale), at=at, by=manager,
    )  # fmt: skip


def _come_true(one: Promised, row, manager: Actor, times: _Times, scale: int) -> None:
    """Carry it out, report on it up to the end of last month, and verify it by the entries there are."""
    first, last = _days(times.now)
    promises.implement(saving_id=row.pk, day=local(times.at(0.25)).date(), words="Done as approved.", at=times.at(0.25),
                       by=manager)  # fmt: skip
    promises.report(
        saving_id=row.pk, year=first, amount=Amount(one.reported.gross * scale, one.reported.cost * scale), until=last,
        source=one.reported.source, at=times.now, by=manager,
    )  # fmt: skip
    entries = queries.entries_in(one.body, f"{one.body}:actual:{one.centre}", first, last) if one.centre else []
    if entries:
        first = max(first, entries[0].day.replace(day=1))  # a short demonstration has taken in fewer months
        base = queries.saving_of(row.pk).bases[0]
        own_prices = base.prices == year_of(first)[0]
        promises.verify(
            saving_id=row.pk, first=first, last=last, entries=[entry.key for entry in entries],
            baseline_pence=None if own_prices else queries.for_days(base.pence, first, last),
            working="" if own_prices else "Day by day; prices stood still in this invented year.", at=times.now,
            by=officer(one.body, "finance", times.now),
        )  # fmt: skip


def _days(now: dt.datetime) -> tuple[dt.date, dt.date]:
    """Return the first day of the financial year that last month lies in, and last month's last day."""
    last = local(now).date().replace(day=1) - dt.timedelta(days=1)
    return year_of(last)[0], last


def _figures(rows, times: _Times, scale: int) -> dict[dt.date, Amount]:
    first = _days(times.now)[0]
    return {dt.date(first.year + n, 4, 1): Amount(gross * scale, cost * scale) for n, (gross, cost) in enumerate(rows)}


def warn_of_savings(*, at: dt.datetime, by: Actor) -> int:
    """Let every partner's morning watch look after its savings and plans; return how many warnings were sent."""
    sent = 0
    for body in bodies.bodies(partner=True, on=local(at).date()):
        with scoped(Scope(bodies=(body.id,), purpose="savings", actor=by)):
            sent += promises.watch_savings(body_id=body.id, at=at, by=by)
            sent += promises.watch_plans(body_id=body.id, at=at, by=by)
    return sent
