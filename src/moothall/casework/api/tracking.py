"""The JSON API for one case: how it stands, what happened, and what the resident has still to do.

Who may read a case shows it as on the tracking page, by a contact it was opened with, in a header.
"""

import datetime as dt
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Header, Path
from pydantic import BaseModel, ConfigDict, Field

from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions, queries
from moothall.casework.api.cases import WRONG, api, enter
from moothall.casework.rules.states import LIVE
from moothall.core import rate
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import Scope, rescope
from moothall.ledger import queries as money

MOST_DAYS = 200


class Step(BaseModel):
    """A piece of the work."""

    name: str
    title: str
    state: str
    due: dt.datetime | None
    ended: dt.datetime | None


class Slot(BaseModel):
    """A time that can be booked, or is."""

    id: int = Field(description="What to send when it is chosen")
    starts: dt.datetime
    ends: dt.datetime


class ToPay(BaseModel):
    """What is owed before the work goes on. A card is never told to us: its holder opens the address and pays there."""

    pence: int
    address: str


class Case(BaseModel):
    """How a case stands."""

    reference: str
    service: str
    body: str = Field(description="Who answers for it")
    state: str
    outcome: str
    outcome_title: str = Field(description="How it ended, in the language it was asked in; empty while it is open")
    opened: dt.datetime
    closed: dt.datetime | None
    promise_due: dt.datetime | None
    promise_kept: bool | None
    late: bool
    place: str
    day: Slot | None = Field(description="The time that is kept or booked for it")
    day_to_choose: bool = Field(description="Whether it waits until somebody chooses a time: see its days")
    to_pay: ToPay | None
    steps: list[Step]


class Event(BaseModel):
    """Something that happened in a case."""

    at: dt.datetime
    kind: str


class Chosen(BaseModel):
    """The time that is chosen."""

    model_config = ConfigDict(extra="forbid")
    slot: int = Field(ge=1, le=2**31 - 1, description="The id of one of the case's days")


class ContactMissing(Refusal):
    """Say how you know this case: put the email, phone or postcode it was opened with into the Contact header."""

    status = 401


class NoDayToChoose(Refusal):
    """This case waits for no day. See how it stands, and whether its day can still be changed."""


ContactHeader = Annotated[
    str | None,
    Header(alias="Contact", max_length=200, description="An email address, phone number or postcode of the case"),
]
Reference = Annotated[str, Path(max_length=40, description="As MAR-0012-345K, however it is typed")]


def _read(request: HttpRequest, reference: str, contact: str | None):
    """Return (the page of a case that reference and contact open, who asks).

    Wrong ones are answered as if it did not exist.
    """
    by = enter(request)
    if not contact:
        raise ContactMissing()
    rate.limit(rate.TRACK, reference.upper(), at=request.at)
    case_id = queries.track(reference, contact)
    if case_id is None:
        raise NotYours()
    rescope(Scope(case=case_id, purpose="api", actor=by))
    return queries.case(case_id, at=request.at), by


def _told(page, at: dt.datetime) -> dict:
    case, definition = page.case, page.file.definition
    asked = queries.day_to_choose(page, at)
    return {
        "reference": case.reference,
        "service": case.service_id,
        "body": page.file.body.slug,
        "state": case.state if case.state in (*LIVE, "cancelled") else "closed",
        "outcome": case.outcome,
        "outcome_title": queries.outcome_title(page.file),
        "opened": case.opened_at,
        "closed": case.closed_at,
        "promise_due": case.promise_due,
        "promise_kept": case.promise_kept,
        "late": page.late,
        "place": case.place_label,
        "day": _day(case.pk),
        "day_to_choose": asked is not None and not asked.again,
        "to_pay": _to_pay(case.pk),
        "steps": [
            {
                "name": step.name,
                "title": definition.steps[step.name].title.in_(case.language),
                "state": step.state,
                "due": step.due_at,
                "ended": step.ended_at,
            }
            for step in page.file.steps.values()
        ],
    }


def _day(case_id) -> dict | None:
    mine = places.of_case(case_id)
    if mine is None:
        return None
    starts, ends = places.times(mine.id)
    return {"id": mine.slot_id, "starts": starts, "ends": ends}


def _to_pay(case_id) -> dict | None:
    owed = next((charge for charge in money.charges_for(case_id) if charge.state == "due"), None)
    if owed is None:
        return None
    return {"pence": owed.pence, "address": settings.MOOTHALL_ADDRESS + reverse("ledger:pay", args=[owed.id])}


@api.get("/cases/{reference}", response={200: Case} | WRONG, tags=["cases"], operation_id="get_case")
def get_case(request: HttpRequest, reference: Reference, contact: ContactHeader = None):
    """Show how a case stands, to who knows a contact it was opened with."""
    page, _by = _read(request, reference, contact)
    return _told(page, request.at)


@api.get("/cases/{reference}/events", response={200: list[Event]} | WRONG, tags=["cases"], operation_id="list_events")
def list_events(request: HttpRequest, reference: Reference, contact: ContactHeader = None):
    """List what happened in a case, oldest first."""
    page, _by = _read(request, reference, contact)
    return [{"at": line.at, "kind": line.kind} for line in page.timeline if line.kind not in INSIDE]


#: What staff note among themselves.
INSIDE = ("note-added", "task-assigned", "task-moved", "task-done", "person-linked")


@api.get("/cases/{reference}/days", response={200: list[Slot]} | WRONG, tags=["cases"], operation_id="list_days")
def list_days(request: HttpRequest, reference: Reference, contact: ContactHeader = None):
    """List the times that a case can have, soonest first: to choose one, or another in place of the one it has."""
    page, _by = _read(request, reference, contact)
    asked = queries.day_to_choose(page, request.at)
    if asked is None:
        return []
    free = places.free(asked.body_id, asked.kind, at=request.at, ahead=asked.ahead, limit=MOST_DAYS)
    return [{"id": one.id, "starts": one.starts, "ends": one.ends} for one in free]


@api.put("/cases/{reference}/day", response={200: Case} | WRONG, tags=["cases"], operation_id="choose_day")
def choose_day(request: HttpRequest, reference: Reference, chosen: Chosen, contact: ContactHeader = None):
    """Choose one of a case's days, or change to it. The same again changes nothing."""
    page, by = _read(request, reference, contact)
    asked = queries.day_to_choose(page, request.at)
    if asked is None:
        raise NoDayToChoose()
    told = {"slot_id": chosen.slot, "case_id": page.case.pk, "at": request.at, "by": by}
    if not asked.again:
        _among(asked, chosen.slot, request.at)
        booking.hold(**told)
    elif asked.mine.slot_id != chosen.slot:
        _among(asked, chosen.slot, request.at)
        actions.move_day(**told)
    return _told(queries.case(page.case.pk, at=request.at), request.at)


def _among(asked, slot: int, at: dt.datetime) -> None:
    """Refuse a slot of another diary, or one that is not left."""
    free = places.free(asked.body_id, asked.kind, at=at, ahead=asked.ahead, limit=MOST_DAYS)
    offered = [asked.offer] if asked.offer else []
    if slot not in {one.id for one in (*free, *offered)}:
        raise booking.SlotTaken()
