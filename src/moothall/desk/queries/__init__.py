"""What an adviser asks: who is calling and about what, who was in touch before, and what that costs."""

from moothall.desk.queries.call_backs import call_backs, call_backs_due, calls_of, rung_in_time
from moothall.desk.queries.contacts import (
    About,
    contacts_of_case,
    contacts_of_person,
    held_about,
    unit_cost_in,
    unit_costs,
)
from moothall.desk.queries.counting import Counted, counted
from moothall.desk.queries.points import Opening, Queue, opening, own_point, point, points, queue_of
from moothall.desk.queries.searching import LIVE, Found, cases_of_person, search

__all__ = [
    "LIVE",
    "About",
    "Counted",
    "Found",
    "Opening",
    "Queue",
    "call_backs",
    "call_backs_due",
    "calls_of",
    "cases_of_person",
    "contacts_of_case",
    "contacts_of_person",
    "counted",
    "held_about",
    "opening",
    "own_point",
    "point",
    "points",
    "queue_of",
    "rung_in_time",
    "search",
    "unit_cost_in",
    "unit_costs",
]
