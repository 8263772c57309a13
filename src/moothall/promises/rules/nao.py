"""The National Audit Office's tests of a saving: green, amber or red, each with its reason.

Source: NAO, *The Efficiency Programme: A Second Review of Progress*, HC 156-I of Session 2006-07, February 2007: of
£13.3 bn reported, £3.5 bn fairly represented efficiencies made (green), £6.7 bn carried measurement issues and
uncertainties (amber), £3.1 bn did not yet demonstrate efficiency or might be substantially incorrect (red).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from moothall.promises.rules.savings import Base, Year
from moothall.promises.rules.thresholds import Threshold

TESTS = ("net", "baseline", "elsewhere", "quality", "cash", "cause", "once", "ledger")
LEVELS = ("pass", "doubt", "fail")


@dataclass(frozen=True)
class Known:
    """What the tests look at.

    `kept_before` and `kept_after` are (kept, of how many) promises of the service in the year before it was made and
    since; None where too few or unknown. `recharged` are the pence of backing entries that partners charge each other.
    `others` are the references of savings of the same service and years; `differs` says how this one differs.
    """

    kind: str
    years: Sequence[Year]
    baselines: Sequence[Base]
    cause: str
    quality: str
    kept_before: tuple[int, int] | None = None
    kept_after: tuple[int, int] | None = None
    recharged: int = 0
    others: tuple[str, ...] = ()
    differs: str = ""


@dataclass(frozen=True)
class Judged:
    """The outcome of one test: its key, pass, doubt or fail, which of the reasons, and the figures of the reason."""

    key: str
    level: str
    reason: str
    values: dict = field(default_factory=dict)


def judge(known: Known, limits: dict[str, Threshold]) -> tuple[Judged, ...]:
    """Run every test on what is known of a saving."""
    return (
        _net(known), _baseline(known), _elsewhere(known), _quality(known, limits["degraded"].value), _cash(known),
        _cause(known), _once(known), _ledger(known),
    )  # fmt: skip


def colour(judged: Sequence[Judged]) -> str:
    """Return green where every test is passed, red where one is failed, else amber.

    >>> colour([Judged("net", "pass", ""), Judged("cash", "doubt", "avoided")])
    'amber'
    """
    levels = {one.level for one in judged}
    return "red" if "fail" in levels else "amber" if "doubt" in levels else "green"


def _net(known: Known) -> Judged:
    said = [year.realised or year.expected for year in known.years if year.realised or year.expected]
    costs = sum(one.cost for one in said)
    if not said:
        return Judged("net", "fail", "unsaid")
    return Judged("net", "pass" if costs else "doubt", "net" if costs else "free", {"pence": costs})


def _baseline(known: Known) -> Judged:
    if known.kind == "non-cash":
        return Judged("baseline", "pass", "counted")
    if not known.baselines:
        return Judged("baseline", "fail", "none")
    values = {"source": known.baselines[0].source, "number": len(known.baselines)}
    chosen = next((one for one in known.baselines if one.chosen), None)
    if len(known.baselines) > 1 and chosen is None:
        return Judged("baseline", "doubt", "disputed", values)
    return Judged("baseline", "pass", "stated", values | {"source": (chosen or known.baselines[0]).source})


def _elsewhere(known: Known) -> Judged:
    if known.recharged:
        return Judged("elsewhere", "fail", "recharged", {"pence": known.recharged})
    if any(year.verified is not None for year in known.years):
        return Judged("elsewhere", "pass", "clear")
    return Judged("elsewhere", "doubt", "unseen")


def _quality(known: Known, limit: int) -> Judged:
    if known.kept_before and known.kept_after:
        before, after = shares(known.kept_before, known.kept_after)
        level = "fail" if before - after > limit else "pass"
        return Judged("quality", level, "worse" if level == "fail" else "held", {"before": before, "after": after})
    return Judged("quality", "doubt", "unmeasured" if known.quality else "unsaid")


def shares(*counts: tuple[int, int]) -> tuple[int, ...]:
    """Return the share of promises kept in whole per cent, rounded down, for each (kept, of how many).

    >>> shares((50, 50), (39, 50))
    (100, 78)
    """
    return tuple(100 * kept // total for kept, total in counts)


def _cash(known: Known) -> Judged:
    return Judged("cash", "pass" if known.kind == "cash" else "doubt", known.kind)


def _cause(known: Known) -> Judged:
    return Judged("cause", "pass", "said") if known.cause else Judged("cause", "fail", "unsaid")


def _once(known: Known) -> Judged:
    values = {"others": ", ".join(known.others)}
    if not known.others:
        return Judged("once", "pass", "alone")
    return Judged("once", "pass", "apart", values) if known.differs else Judged("once", "fail", "twice", values)


def _ledger(known: Known) -> Judged:
    verified = [year.verified for year in known.years if year.verified is not None]
    if not verified:
        reported = any(year.realised for year in known.years)
        return Judged("ledger", "doubt", "reported" if reported else "nothing")
    left = sum(year.unverified or 0 for year in known.years if year.verified is not None)
    values = {"pence": sum(verified), "left": left}
    return Judged("ledger", "doubt", "partly", values) if left > 0 else Judged("ledger", "pass", "shown", values)
