"""Reading contacts: of a case, of a person on their one timeline; and what one costs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from moothall.core.channels import CHANNELS
from moothall.desk.models import CallBack, Contact, UnitCost
from moothall.desk.rules.contact import KINDS, OUTCOMES
from moothall.people import queries as people


@dataclass(frozen=True)
class About:
    """A contact in words, as a line of a timeline."""

    id: UUID
    at: dt.datetime
    channel: str
    kind: str
    outcome: str
    note: str
    case_id: UUID | None
    #: Who was in touch for the person; empty where they were themself.
    helper: str = ""


def contacts_of_case(case_id: UUID) -> list[About]:
    """Return who was in touch about a case, newest first, as far as the scope shows it."""
    return _lines(Contact.objects.filter(case_id=case_id))


def contacts_of_person(person_ids: Iterable[UUID]) -> list[About]:
    """Return the contacts of a person, whatever way they came, newest first, as far as the scope shows them."""
    return _lines(Contact.objects.filter(person_id__in=list(person_ids)))


def unit_costs(body_id: int) -> list[UnitCost]:
    """Return all that a body has said of what a contact costs, the latest first. One statement."""
    return list(UnitCost.objects.filter(body_id=body_id).order_by("-starts", "channel"))


def unit_cost_in(known: list[UnitCost], channel: str, on: dt.date) -> UnitCost | None:
    """Return the unit cost of a channel on a day, of those that `unit_costs` gave; None where there is none."""
    return next((one for one in known if one.channel == channel and one.starts <= on), None)


def held_about(person_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return, in words for the person, when and how they were in touch and what was noted."""
    rows = Contact.objects.filter(person_id__in=person_ids).order_by("at", "id")
    rung = CallBack.objects.filter(person_id__in=person_ids).order_by("due_at", "id")
    return {
        "Calls that we promised you": [
            {"by when": one.due_at.isoformat(), "number": one.phone, "about": one.about, "rung": one.state == "rung"}
            for one in rung
        ],
        "When you were in touch": [
            {
                "when": row.at.isoformat(),
                "how": CHANNELS[row.channel],
                "about": KINDS.get(row.kind, ""),
                "service": row.service_id,
                "what came of it": OUTCOMES.get(row.outcome, ""),
                "noted": row.note,
                **({"by somebody who helps you": True} if row.acts_for_id else {}),
            }
            for row in rows
        ],
    }


def _lines(found) -> list[About]:
    rows = list(found.order_by("-at", "-id")[:200])
    helped = {row.acts_for_id for row in rows if row.acts_for_id}
    names = {one: people.mandate(one) for one in helped}
    return [_line(row, getattr(names.get(row.acts_for_id), "agent_name", "")) for row in rows]


def _line(row: Contact, helper: str) -> About:
    kind, outcome = KINDS.get(row.kind, ""), OUTCOMES.get(row.outcome, "")
    return About(row.pk, row.at, CHANNELS[row.channel], kind, outcome, row.note, row.case_id, helper)
