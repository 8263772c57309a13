"""What becomes of the people who do the work: posts year by year, lesser terms, and jobs left in the region.

Posts are full-time equivalents. Leavers who are not replaced while options are weighed are the first loss; a
redeployed post is no job lost; what is lost counts for the region after what people find elsewhere.
"""

from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.flows import Values

CLASS = "transferred-jobs-lost"


@dataclass(frozen=True)
class People:
    """One option's people: posts at the end of each year, share on lesser terms, and the sums over all years."""

    option: str
    start: float
    unreplaced: float
    temporary: float
    posts: np.ndarray
    lesser_terms: np.ndarray
    redundant: float
    redeployed: float
    retrained: float
    leave_region: float
    lost: float
    net_jobs: float
    others_lost: tuple[float, float] | None

    @property
    def lost_share(self) -> float:
        """Return the jobs lost as a share of the posts at the start."""
        return self.lost / self.start


def people(case: Case, option: str, values: Values) -> People | None:
    """Return what becomes of an option's people; None where the option does not say.

    Lost = posts at the start - posts at the end - redeployed + posts that leave the region. Net jobs in the region =
    -lost x (1 - share found elsewhere). `others_lost` is what others lost who transferred staff to a contractor, in
    posts of this case (facts/classes.yaml).
    """
    given = case.options[option].workforce
    if given is None:
        return None
    start, leavers = float(values[given.posts]), float(values[given.leavers])
    unreplaced = start * leavers * given.unreplaced_years
    change = np.array(given.recruited) - np.array(given.redundant) - np.array(given.redeployed)
    posts = start - unreplaced + np.cumsum(change)
    away = float(posts[-1] * values[given.leaves_region]) if given.leaves_region else 0.0
    lost = start - float(posts[-1]) - sum(given.redeployed) + away
    years = np.arange(1, case.years + 1)
    span = fact("classes")[CLASS]["range"]
    return People(
        option=option,
        start=start,
        unreplaced=unreplaced,
        temporary=float(values[given.temporary]) * start if given.temporary else 0.0,
        posts=posts,
        lesser_terms=1 - (1 - leavers) ** years if given.lesser_terms else np.zeros(case.years),
        redundant=sum(given.redundant),
        redeployed=sum(given.redeployed),
        retrained=sum(given.retrained),
        leave_region=away,
        lost=lost,
        net_jobs=-lost * (1 - float(values[given.found_elsewhere])),
        others_lost=(span[0] * start, span[1] * start) if given.moves == "transfer" else None,
    )
