"""Why something is done: no change of a case stands without it."""

from moothall.core.refusal import Refusal


class WhyMissing(Refusal):
    """Write why: it stands in the history beside what was changed, for everybody who reads the case."""

    status = 422


def reason(why: str) -> str:
    """Return why something is done, as it is kept. Raises WhyMissing where nothing was written."""
    if not why.strip():
        raise WhyMissing(field="why")
    return why.strip()[:500]
