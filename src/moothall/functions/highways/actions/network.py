"""The policy a highway authority works by, and its roads in pieces."""

import datetime as dt
from collections.abc import Sequence

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.highways import rules
from moothall.functions.highways.models import Policy, Segment


class PolicyUnsound(Refusal):
    """That policy cannot be used."""

    status = 422


def adopt_policy(*, body_id: int, starts: dt.date, source: str, data: dict, at: dt.datetime, by: Actor) -> Policy:
    """Adopt a dated policy: `data` has "bands" (the risk matrix) and "methods" (code, title, pence, and for which
    kinds of defect, if not for all).

    The same day again replaces nothing: it is refused unless it says the same. Raises PolicyUnsound.
    """
    try:
        rules.scheme_from(data, starts, source)
        prices = [one["pence"] for one in data["methods"] if one["code"] and one["title"]]
    except (KeyError, ValueError) as fault:
        raise PolicyUnsound(f"That policy cannot be used: {fault}.") from fault
    if not prices or any(not isinstance(pence, int) or pence < 0 for pence in prices):
        raise PolicyUnsound("That policy cannot be used: give each way of mending its price in whole pence.")
    row, made = Policy.objects.get_or_create(body_id=body_id, starts=starts, defaults={"source": source, "data": data})
    if not made and (row.data, row.source) != (data, source):
        raise PolicyUnsound("A different policy begins on that day. Give the new one a later day.")
    if made:
        audit.record(action="highways.policy_adopted", object=f"policy:{row.pk}", body_id=body_id, at=at, by=by)
    return row


def lay_street(
    *, body_id: int, usrn: str, street: str, line: Sequence[tuple[float, float]], at: dt.datetime, by: Actor
) -> int:
    """Cut a street into stretches of at most 50 metres and keep them; return how many are new.

    Stretches are keyed by the street's number and the metres they start at: laying the same street again changes
    nothing, so history stays where it was.
    """
    known = set(Segment.objects.filter(body_id=body_id, usrn=usrn).values_list("key", flat=True))
    rows = [_segment(body_id, usrn, street, piece) for piece in rules.pieces(line)]
    new = [row for row in rows if row.key not in known]
    Segment.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def lay_around(*, body_id: int, place: rules.Point, at: dt.datetime, by: Actor) -> int:
    """Lay the streets within reach of a place that are not laid yet; return how many stretches are new."""
    reach = rules.SEGMENT_REACH_METRES
    near = bodies.streets_within(
        place.easting - reach, place.northing - reach, place.easting + reach, place.northing + reach
    )
    laid = set(Segment.objects.filter(body_id=body_id, usrn__in=[s.usrn for s in near]).values_list("usrn", flat=True))
    return sum(
        lay_street(body_id=body_id, usrn=street.usrn, street=street.name, line=street.line, at=at, by=by)
        for street in near
        if street.usrn not in laid
    )


def _segment(body_id, usrn, street, piece):
    points = [(round(e), round(n)) for e, n in piece.points]
    eastings, northings = [e for e, _ in points], [n for _, n in points]
    return Segment(
        body_id=body_id, key=f"{usrn}/{piece.start}", usrn=usrn, street=street,
        start_metres=piece.start, end_metres=piece.end, line=points,
        west=min(eastings), east=max(eastings), south=min(northings), north=max(northings),
    )  # fmt: skip
