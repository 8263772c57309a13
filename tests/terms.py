"""An invented partnership of Ashby and Borley, as data and agreed; tests change what they are about."""

import datetime as dt
from itertools import count, islice

from tests.world import ASHBY, BORLEY

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped

NUMBERS = count(80_000)
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
BY = Actor("staff", "1", ASHBY)
SECRET = {"part": "costs", "reason": "Prices are being negotiated.", "owner": "Ashby's monitoring officer",
          "test": "Harm to the price outweighs the interest until it is settled.", "expires": "2999-01-01"}  # fmt: skip


def terms(councillor: str = "Ada Example", **changes) -> dict:
    """Return terms by which Ashby does Borley's garden waste, Borley Ashby's large items."""
    return {
        "name": "Ashby and Borley waste",
        "name_cy": "Gwastraff Ashby a Borley",
        "purpose": "Empty more bins with the lorries there are.",
        "starts": "2026-12-01",
        "model": "lead-authority",
        "lead": ASHBY,
        "members": [{"body_id": ASHBY, "starts": "2026-12-01"}, {"body_id": BORLEY, "starts": "2026-12-01"}],
        "aims": [
            {"words": "Fewer missed bins", "when": "near", "measure": "missed bins a month", "unit": "bins",
             "direction": "at-most", "target": "40", "due": "2027-12-01"},
            {"words": "One round across the border", "words_cy": "Un rownd ar draws y ffin", "when": "far",
             "measure": "rounds shared", "target": "6", "due": "2030-04-01"},
        ],
        "services": [
            {"title": "Garden waste", "service_id": "garden-waste", "accountable": ASHBY, "councillor": councillor,
             "provider": ASHBY, "receivers": [BORLEY]},
        ],
        "powers": [{"what": "The yearly price", "who": "Both cabinets"}],
        "interests": [{"body_id": ASHBY, "what": "None"}, {"body_id": BORLEY, "what": "None"}],
        "costs": [{"service": "Garden waste", "method": "per-case", "words": "£4.20 a bin"}],
        "exit": {"notice_months": 6, "cost_pence": 250000, "words": "Lorries stay with their owner."},
    } | changes  # fmt: skip


def as_body(*ids):
    """Return the scope of the staff of some bodies."""
    return scoped(Scope(bodies=ids, purpose="tests", actor=BY))


def councillor(body_id=ASHBY):
    """Return the name of a body's councillor."""
    from moothall.bodies import queries as bodies

    with as_body(body_id):
        return bodies.staff(body_id, AT.date(), "councillor").first().name


def propose(body_id=ASHBY, partnership_id=None, at=AT, **changes):
    """Propose the terms above, from today on, with changes."""
    from moothall.sharing import actions

    said = terms(councillor(), **{"starts": at.date().isoformat()} | changes)
    with as_body(body_id):
        return actions.propose(body_id=body_id, terms=said, partnership_id=partnership_id, at=at, by=BY)


def decide(body_id, row, agree=True, at=AT, **more):
    """Record a body's decision on a version."""
    from moothall.sharing import actions

    words = {"decided_by": "Cabinet", "minute": "C/26/114", "decided_on": at.date(), "reason": ""} | more
    with as_body(body_id):
        return actions.decide(
            body_id=body_id, partnership_id=row.partnership_id, number=row.number, agree=agree, **words, at=at, by=BY
        )


def running(at=AT, **changes):
    """Propose the terms above and let every member agree to them."""
    row = propose(at=at, **changes)
    for member in row.member_ids:
        decide(member, row, at=at)
    return row


def cases(body_id, number, provider_id, service_id="garden-waste", days_ago=1):
    """Put plain requests in, done by a provider; what is counted is rows, whatever is in them."""
    from moothall.casework.models import Case
    from moothall.sharing import queries as sharing

    mine = sharing.adoption(body_id, service_id, AT.date())
    with as_body(body_id):
        Case.objects.bulk_create(
            Case(
                body_id=body_id, number=one, reference=f"T-{one}", service_id=service_id,
                version_id=mine.version_id, provider_id=provider_id, seen_by=sorted({body_id, provider_id}),
                channel="web", title="A request", opened_at=AT - days_ago * dt.timedelta(days=1), state="closed",
                closed_at=AT,
            )
            for one in islice(NUMBERS, number)
        )  # fmt: skip
