"""Let bodies charge each other for the quarters that were played, as their finance officers would."""

import datetime as dt
from contextlib import suppress

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions as ledger
from moothall.settlement import actions as settlement
from moothall.settlement import queries as recharges
from moothall.sharing import actions as offers
from moothall.sharing import queries as sharing
from moothall.simulation.rules import costs

DOUBT = "This bin went to an address on the other side of the boundary, in the provider's own area"


def charge_quarters(*, at: dt.datetime, by: Actor) -> int:
    """Draw up every quarter that is over for whoever worked on terms; return how many statements there are.

    All but the newest are approved by both bodies and in their books; of the newest, the payer disputes one line.
    """
    today = at.date()
    over = recharges.quarters_over(today)
    pairs = set()
    for body in bodies.bodies(partner=True, on=today):
        with scoped(Scope(bodies=(body.id,), purpose="charging")):
            pairs |= {(body.id, payer_id) for payer_id in recharges.payers(body.id, today)}
    drawn = 0
    for provider_id, payer_id in sorted(pairs):
        for place, (first, last) in reversed(list(enumerate(over))):
            with suppress(settlement.NoTerms, settlement.NothingOwed, settlement.NoBudget, settlement.DaysCharged):
                _charge(provider_id, payer_id, {"first": first, "last": last}, newest=place == 0)
                drawn += 1
    return drawn


def propose_next_price(*, at: dt.datetime, by: Actor) -> int:
    """Let each provider that charges by the case propose a price by bands from next April; return how many wait."""
    proposed, april = 0, dt.date(at.year + (at.month > 3), 4, 1)
    for body in bodies.bodies(partner=True, on=at.date()):
        with scoped(Scope(bodies=(body.id,), purpose="charging")):
            held = [row for row in sharing.terms_of(body.id, at.date()) if row.provider_id == body.id]
        for row in (row for row in held if row.price.method in ("per-case", "per-unit") and row.ends is None):
            provider = _officer(body.id, at)
            bands = ({"up_to": 50, "pence": row.price.pence}, {"pence": row.price.pence * 9 // 10})
            with _as(provider):
                offers.propose_recharge(
                    payer_id=row.body_id, provider_id=body.id, service_id=row.service_id, vat=row.vat, starts=april,
                    rule={"method": "by-band", "bands": bands}, basis="Budget for the coming year, draft",
                    post="Section 151 officer", at=at, by=provider,
                )  # fmt: skip
            proposed += 1
    return proposed


def _charge(provider_id: int, payer_id: int, days: dict, *, newest: bool) -> None:
    """Draw up and send a statement; approve and post it, or dispute a line of the newest."""
    at = dt.datetime.combine(days["last"] + dt.timedelta(days=6), dt.time(10), dt.UTC)
    provider, payer = _officer(provider_id, at), _officer(payer_id, at)
    with _as(provider):
        row = settlement.draw_up(provider_id=provider_id, payer_id=payer_id, **days, at=at, by=provider)
        settlement.send(statement_id=row.pk, at=at, by=provider)
        settlement.approve(statement_id=row.pk, at=at, by=provider)
    later = at + dt.timedelta(days=3)
    with _as(payer):
        if newest:
            line = recharges.lines(row.pk).lines[0]
            settlement.dispute(line_id=line.pk, reason=DOUBT, at=later, by=payer)
            return
        settlement.approve(statement_id=row.pk, at=later, by=payer)
        with suppress(ledger.BooksNotOpen):  # a time before the county began to keep its books here
            settlement.post(statement_id=row.pk, at=later, by=payer)


def _officer(body_id: int, at: dt.datetime) -> Actor:
    with scoped(Scope(bodies=(body_id,), purpose="charging")):
        found = bodies.staff(body_id, at.date(), "section-151-officer").first()
    return Actor("staff", str(found.account_id), body_id)


def _as(officer: Actor):
    return scoped(Scope(bodies=(officer.body_id,), purpose="charging", actor=officer))


def keep_costs(*, first: dt.date, at: dt.datetime, by: Actor) -> int:
    """Let the provider take in its ledger from a day on, and districts note their residents; return how many lines."""
    with scoped(Scope(bodies=(costs.PROVIDER,), purpose="taking in costs", actor=by)):
        told = {"body_id": costs.PROVIDER, "at": at, "by": by}
        settlement.take_centres(content=costs.STRUCTURE, **told)
        for centre, service_id in costs.MAPS.items():
            settlement.map_centre(centre=centre, service_id=service_id, starts=first.replace(day=1), **told)
        content, rows, pence = costs.ledger_file(first, at.date().replace(day=1) - dt.timedelta(days=1))
        settlement.take_costs(
            kind="actual", title=f"ledger-to-{at:%Y-%m}.csv", content=content, control_rows=rows, control_pence=pence,
            **told,
        )  # fmt: skip
    for body_id, residents in costs.RESIDENTS.items():
        with scoped(Scope(bodies=(body_id,), purpose="taking in costs", actor=by)):
            settlement.note_residents(
                body_id=body_id, starts=first, residents=residents, source=costs.ESTIMATE, at=at, by=by
            )
    return rows
