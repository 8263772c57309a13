"""What a hole in the road is, how much it matters, and where it lies: plain rules, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import ceil, hypot
from typing import NamedTuple

#: Reports at most this many metres apart are one defect (issue 1.6). The distance is always measured to where
#: the first report put the hole, so a chain of reports cannot creep along the road.
JOIN_METRES = 15

#: No piece of carriageway is longer than this, so that "the same stretch" means something to a contractor.
SEGMENT_METRES = 50

#: A report further than this from every known carriageway belongs to no segment.
SEGMENT_REACH_METRES = 25


class Point(NamedTuple):
    """A place in whole metres east and north."""

    easting: int
    northing: int


def apart(a: Point, b: Point) -> float:
    """Return the metres between two points.

    >>> apart(Point(100, 100), Point(109, 112))
    15.0
    """
    return hypot(a.easting - b.easting, a.northing - b.northing)


def joins(place: Point, defects: Mapping[str, Point], within: int = JOIN_METRES) -> str | None:
    """Return the key of the open defect a new report belongs to, or None when it is a new hole.

    The nearest defect within `within` metres wins; at equal distance the one listed first (the oldest).

    >>> joins(Point(0, 0), {"old": Point(0, 15), "new": Point(16, 0)})
    'old'
    >>> joins(Point(0, 0), {"far": Point(16, 0)}) is None
    True
    """
    near = [(apart(place, where), order, key) for order, (key, where) in enumerate(defects.items())]
    near = [found for found in near if found[0] <= within]
    return min(near)[2] if near else None


@dataclass(frozen=True)
class Piece:
    """One stretch of carriageway: `start` and `end` are metres from the beginning of the street's line."""

    start: int
    end: int
    points: tuple[tuple[float, float], ...]


def length(line: Sequence[tuple[float, float]]) -> float:
    """Return the length of a line in metres."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line))


def pieces(line: Sequence[tuple[float, float]], longest: int = SEGMENT_METRES) -> list[Piece]:
    """Cut a carriageway into equal pieces of at most `longest` metres; each keeps the bends inside it.

    A street of 120 m is cut into three of 40 m rather than 50, 50 and a stub of 20:

    >>> [(p.start, p.end) for p in pieces([(0, 0), (120, 0)])]
    [(0, 40), (40, 80), (80, 120)]
    """
    total = length(line)
    if total == 0:
        return []
    count = ceil(total / longest)
    cuts = [total * i / count for i in range(count + 1)]
    return [Piece(round(a), round(b), _between(line, a, b)) for a, b in pairwise(cuts)]


def _between(line, start, end):
    """Return the part of a line between two distances along it, both ends included."""
    found, walked = [], 0.0
    for a, b in pairwise(line):
        span = hypot(b[0] - a[0], b[1] - a[1])
        if span == 0:
            continue
        for at in (max(start, walked), min(end, walked + span)):
            if walked <= at <= walked + span and start <= at <= end:
                share = (at - walked) / span
                point = (
                    round(a[0] + (b[0] - a[0]) * share, 2),
                    round(a[1] + (b[1] - a[1]) * share, 2),
                )
                if not found or found[-1] != point:
                    found.append(point)
        walked += span
    return tuple(found)


def distance_to(place: Point, line: Sequence[tuple[float, float]]) -> float:
    """Return the metres from a place to the nearest point of a line.

    >>> distance_to(Point(50, 3), [(0, 0), (100, 0)])
    3.0
    """
    return min(_to_span(place, a, b) for a, b in pairwise(line))


def _to_span(place, a, b):
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    share = 0 if square == 0 else ((place.easting - a[0]) * dx + (place.northing - a[1]) * dy) / square
    share = min(1, max(0, share))
    return hypot(place.easting - a[0] - share * dx, place.northing - a[1] - share * dy)


def segment_of(place: Point, lines: Mapping[str, Sequence[tuple[float, float]]]) -> str | None:
    """Return the key of the carriageway segment a place lies on, or None when none is within reach."""
    near = [(distance_to(place, line), key) for key, line in lines.items() if len(line) > 1]
    near = [found for found in near if found[0] <= SEGMENT_REACH_METRES]
    return min(near)[1] if near else None


@dataclass(frozen=True)
class Response:
    """What a risk asks for: its name, and the days in which the road is made safe (None: recorded, not mended)."""

    risk: str
    days: int | None


#: An inspector who finds nothing gives no impact and no likelihood.
NOTHING = Response("none", None)


@dataclass(frozen=True)
class Scheme:
    """A highway authority's dated risk matrix.

    `lowest` gives, from the highest down, the smallest product of impact and likelihood (each 1 to 4) for each
    response. Source of the method: *Well-managed Highway Infrastructure: a code of practice* (UK Roads Liaison
    Group, 2016), recommendation 7: a risk-based approach, set by each authority for itself. The response times
    are that authority's own policy and belong to its data, not to this program.
    """

    starts: date
    source: str
    lowest: tuple[tuple[int, Response], ...]

    def respond(self, impact: int, likelihood: int) -> Response:
        """Return the response for an impact and a likelihood, each from 1 (least) to 4 (most).

        Two noughts say that nothing was there. Raises ValueError for anything else.

        A deep hole in a busy cycle lane, impact 4 and likelihood 3, scores 12:

        >>> two_days, month, none = Response("high", 2), Response("medium", 28), Response("low", None)
        >>> scheme = Scheme(date(2026, 4, 1), "policy", ((12, two_days), (6, month), (1, none)))
        >>> scheme.respond(4, 3).risk
        'high'
        >>> scheme.respond(2, 2).days is None
        True
        """
        if impact == 0 and likelihood == 0:
            return NOTHING
        if impact not in range(1, 5) or likelihood not in range(1, 5):
            raise ValueError("impact and likelihood are each 1, 2, 3 or 4")
        score = impact * likelihood
        return next(response for least, response in self.lowest if score >= least)


def scheme_from(data: Mapping, starts: date, source: str) -> Scheme:
    """Read a risk matrix as stored; raises ValueError when a score between 1 and 16 would have no answer."""
    bands = [(int(b["at_least"]), Response(b["risk"], b["days"])) for b in data["bands"]]
    bands.sort(key=lambda band: -band[0])
    if not bands or bands[-1][0] > 1:
        raise ValueError("the lowest band must begin at a score of 1, or some defects would have no answer")
    if len({least for least, _ in bands}) < len(bands):
        raise ValueError("two bands begin at the same score")
    return Scheme(starts, source, tuple(bands))


def explain(risk: str, impact: int, likelihood: int) -> str:
    """Return why a defect is (not) mended, as a sentence for the resident."""
    if risk == NOTHING.risk:
        return "We went there and found nothing that needs mending."
    score = f"Our inspector rated it {impact * likelihood} out of 16 (impact {impact}, likelihood {likelihood})"
    return f"{score}, which is a {risk} risk."


def mend_by(found: datetime, response: Response) -> datetime | None:
    """Return the moment by which a defect is made safe, counted from its inspection; None when it is only recorded."""
    return None if response.days is None else found + timedelta(days=response.days)


#: What may follow what for a defect; anything else is refused.
FOLLOWS = {
    "reported": {"inspected", "recorded", "withdrawn"},
    "inspected": {"repaired", "recorded", "withdrawn"},
    "repaired": {"checked", "inspected"},
    "recorded": {"inspected"},
    "checked": set(),
    "withdrawn": set(),
}

#: States in which a new report of the same hole joins the defect instead of opening another.
OPEN = ("reported", "inspected")


def may_follow(state: str, new: str) -> bool:
    """Say whether a defect in one state may pass to another."""
    return new in FOLLOWS.get(state, ())


def nearest_first(here: Point, jobs: Iterable[tuple[str, Point, datetime | None]], late: datetime) -> list[str]:
    """Return job keys in the order a crew should drive: overdue ones first (longest overdue ahead), then nearest.

    `late` is the moment against which a job's deadline is judged.
    """

    def key(job):
        _, where, due = job
        overdue = due is not None and due < late
        return (0, (due - late).total_seconds(), 0.0) if overdue else (1, apart(here, where), 0.0)

    return [job[0] for job in sorted(jobs, key=key)]
