"""Answers the house's questions about the rows of bodies that join."""

from moothall.core import personal, ports
from moothall.core.belongings import Share

personal.free("onboarding_import", "title", why="the name of a file as the body's office gave it")


@ports.belongings.answer("onboarding_joining", "onboarding_trial", "onboarding_import")
def goes_along() -> dict[str, Share]:
    """How a body joined goes with it: which packs, which files, what came of its trials; the files themselves do not.

    They were taken in and then erased.
    """
    own = Share("body_id = %(body)s", "how this body joined")
    return {
        "onboarding_joining": Share("body_id = %(body)s", "how this body joined", {"host_id": "%(body)s"}),
        "onboarding_trial": own,
        "onboarding_import": own,
    }
