"""Fill an empty database with Marchshire and a year of its life."""

import datetime as dt
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import django
from django.conf import settings
from django.db import connection

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.simulation.actions.appraisals import weigh_options
from moothall.simulation.actions.callers import count_callers, price_contacts
from moothall.simulation.actions.county import lay_out_marchshire, open_counters
from moothall.simulation.actions.departing import give_notice
from moothall.simulation.actions.editing import write_a_service
from moothall.simulation.actions.equip import equip_functions
from moothall.simulation.actions.helping import let_people_help
from moothall.simulation.actions.joining import begin_joining
from moothall.simulation.actions.keys import give_keys
from moothall.simulation.actions.lately import ask_lately
from moothall.simulation.actions.merging import plan_merger, set_fees_apart
from moothall.simulation.actions.needs import post_letters
from moothall.simulation.actions.offers import offer_services
from moothall.simulation.actions.partnerships import end_partnership, form_partnerships, look_after_partnerships
from moothall.simulation.actions.parts import begin_parts
from moothall.simulation.actions.plans import plan_and_try
from moothall.simulation.actions.play import play
from moothall.simulation.actions.points import receive_people
from moothall.simulation.actions.recharges import charge_quarters, keep_costs, propose_next_price
from moothall.simulation.actions.registers import fill_registers
from moothall.simulation.actions.resident import settle_resident
from moothall.simulation.actions.returning import bake_at_home, keep_returns
from moothall.simulation.actions.savings import promise_savings, warn_of_savings
from moothall.simulation.actions.share import share_services
from moothall.simulation.actions.writers import let_letters_come
from moothall.simulation.rules.county import SEED

DAYS = 365
HALF = "half-laid-out"
"""A file in the data folder, for as long as the county is being laid out."""
Tell = Callable[[float, float, str], None]


class HalfLaidOut(Refusal):
    """Laying the invented county out was stopped half-way. `moothall up --afresh` throws it away and begins again."""


def _silent(done: float, total: float, note: str) -> None:
    """Tell nobody."""


def fill(
    *, days: int = DAYS, scale: float = 1.0, seed: int = SEED, tell: Tell = _silent, at: dt.datetime, by: Actor
) -> str:
    """Lay out the county, share its services, equip its bodies and play `days` up to yesterday; say what was done.

    A database with bodies in it is left alone. Raises HalfLaidOut where an earlier call did not come to its end.
    """
    half = settings.MOOTHALL_DATA / HALF
    if bodies.bodies():
        if half.exists():
            raise HalfLaidOut()
        return "there already"
    half.parent.mkdir(parents=True, exist_ok=True)
    half.touch()
    said = _fill(days, scale, seed, tell, at, by)
    half.unlink(missing_ok=True)
    return said


def _fill(days: int, scale: float, seed: int, tell: Tell, at: dt.datetime, by: Actor) -> str:
    first = at.date() - dt.timedelta(days=days)
    began = dt.datetime.combine(first - dt.timedelta(days=30), dt.time(9), dt.UTC)
    tell(0, days + 20, "streets and homes")
    lay_out_marchshire(seed=seed, at=began, by=by)
    tell(8, days + 20, "services")
    share_services(at=began, by=by)
    set_fees_apart(at=began + dt.timedelta(days=1), by=by)
    tell(12, days + 20, "rounds, books and contracts")
    open_counters(first=began.date().replace(day=1), last=at.date() + dt.timedelta(days=150), at=began, by=by)
    equip_functions(at=began, by=by)
    fill_registers(seed=seed, at=began, by=by)
    settle_resident(at=began, by=by)
    bake_at_home(today=at.date(), at=began, by=by)
    price_contacts(at=began, by=by)
    offer_services(at=began, by=by)
    form_partnerships(at=began, by=by)
    end_partnership(at=began + (at - began) / 2, by=by)
    told = partial(_played, tell, days)
    counted = play_halves(first=first, tell=told, at=at, by=by, days=days, scale=scale, seed=seed)
    post_letters(at=at, by=by)
    count_callers(since=first.replace(day=1), at=at, by=by)
    let_letters_come(at=at, by=by)
    counted += ask_lately(seed=seed, at=at, by=by)
    begin_parts(at=at, by=by)
    let_people_help(at=at, by=by)
    receive_people(seed=seed, at=at, by=by)
    keep_returns(at=max(at - dt.timedelta(days=40), began + dt.timedelta(days=1)), by=by)
    give_keys(at=at - dt.timedelta(days=40), by=by)
    begin_joining(at=at - dt.timedelta(days=3), by=by)
    charged = charge_quarters(at=at, by=by)
    propose_next_price(at=at, by=by)
    if days >= 31:  # a whole month has passed
        keep_costs(first=began.date(), at=at, by=by)
    promise_savings(began=began + dt.timedelta(days=1), at=at, by=by)
    plan_and_try(began=began + dt.timedelta(days=2), at=at, by=by)
    look_after_partnerships(at=at, by=by)
    warn_of_savings(at=at, by=by)
    weigh_options(at=at, by=by)
    write_a_service(at=at - dt.timedelta(hours=2), by=by)
    give_notice(at=at, by=by)
    plan_merger(at=at, by=by)
    return f"{counted} cases, {charged} recharge statements"


def _played(tell: Tell, days: int, done: float, note: str) -> None:
    tell(20 + done, days + 20, note)


def play_halves(*, first: dt.date, tell: Callable[[float, str], None], at: dt.datetime, by: Actor, **lived) -> int:
    """Play the county's roads here and everyone else's days in a second process, where there is a second core."""
    roads = tuple(body.id for body in bodies.bodies(partner=True, on=first) if body.kind == "county")
    others = tuple(body.id for body in bodies.bodies(partner=True, on=first) if body.id not in roads)
    if (os.cpu_count() or 1) < 2 or connection.in_atomic_block:
        return play(first=first, tell=tell, at=at, by=by, **lived)
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=django.setup) as second:
        elsewhere = second.submit(play, first=first, only=others, at=at, by=by, **lived)
        return play(first=first, only=roads, tell=tell, at=at, by=by, **lived) + elsewhere.result()
