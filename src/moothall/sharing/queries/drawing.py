"""Draw-downs of one's own body: what is set, what is written down, and what is still missing."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import ports
from moothall.core.refusal import Refusal
from moothall.sharing.models import DrawDown, Evidence, Offer
from moothall.sharing.queries import offering
from moothall.sharing.rules import gates
from moothall.sharing.rules.ways import OWN


class UnknownDrawDown(Refusal):
    """There is no such draw-down, or it is another body's. Look for it in your list."""

    status = 404


@dataclass
class Drawing:
    """A draw-down, its offer (None: own provision), what was written down last for each gate, and what rules say."""

    row: DrawDown
    offer: Offer | None
    evidence: dict[str, Evidence]

    @cached_property
    def case(self) -> gates.Case:
        """Return what the gates' rules look at."""
        row = self.row
        settings = {"offer": str(row.offer_id or OWN), "version": str(row.version_id), "parameters": row.parameters}
        given = {code: gates.Given(e.given, e.signer, e.digest) for code, e in self.evidence.items()}
        return gates.Case(self.way, bodies.body(row.body_id).kind, row.begun_by, settings, given)

    @property
    def way(self) -> str:
        """Return the code of the way (`rules.ways`) in which it is to be done."""
        return self.offer.provision if self.offer else OWN

    @property
    def provider_id(self) -> int:
        """Return who is to do the work."""
        return self.offer.body_id if self.offer else self.row.body_id

    @property
    def clock(self) -> int | None:
        """Return the soonest that the provider promises; None where nobody else promises anything."""
        return self.offer.clock if self.offer else None

    @property
    def definition(self):
        return catalogue.definition(self.row.version_id)

    def still_open(self, on: dt.date) -> list[gates.Open]:
        """Return the gates not passed on a day."""
        return gates.still_open(self.case, on)


def draw_down(draw_id: UUID) -> Drawing:
    """Return a draw-down of the scope's body; raises UnknownDrawDown."""
    row = DrawDown.objects.filter(pk=draw_id).first()
    if row is None:
        raise UnknownDrawDown()
    last = {e.gate: e for e in Evidence.objects.filter(drawdown_id=row.pk).order_by("id")}
    return Drawing(row, offering.offer(row.offer_id) if row.offer_id else None, last)


def history(draw_id: UUID) -> list[Evidence]:
    """Return all that was written down for a draw-down, newest first."""
    return list(Evidence.objects.filter(drawdown_id=draw_id).order_by("-id"))


def draw_downs(body_id: int) -> list[DrawDown]:
    """Return a body's draw-downs, newest first."""
    return list(DrawDown.objects.filter(body_id=body_id).order_by("-begun_at", "id"))


def draft_of(body_id: int, service_id: str) -> DrawDown | None:
    """Return the draft that a body has of a service, or None."""
    return DrawDown.objects.filter(body_id=body_id, service_id=service_id, state="draft").first()


def check_settings(definition, parameters: dict, clock: int | None) -> dict[str, str]:
    """Return {name: what is wrong} of settings: what the definition says of each, and the provider's clock of all.

    Under the name "" stands what no single setting is to blame for.
    """
    problems = dict(catalogue.check_parameters(definition, parameters))
    soonest = None if problems else catalogue.soonest(definition, parameters)
    if clock is not None and soonest is not None and soonest < clock:
        promise = definition.promise.done_within.amount
        to_blame = next((name for name in definition.leaves_open if f"body.{name}" in str(promise)), "")
        problems[to_blame] = (
            f"The provider promises {clock} at the soonest. Set {clock} or more, or choose another offer."
        )
    return problems


def closed_appraisals(body_id: int) -> list[dict]:
    """Return the appraisals that a body has closed and published here, as `core.ports.closed_appraisals` says."""
    return [one for answer in ports.closed_appraisals for one in answer.give(body_id)]
