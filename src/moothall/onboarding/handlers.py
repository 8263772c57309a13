"""Answers the house's questions about the rows of bodies that join."""

from moothall.core import personal, ports, succession
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


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """How a body joined is its own history; what others still bring goes on with their host's successor."""
    joined = succession.stays("how that body joined; its successor begins with what it had")
    return succession.Chapter(
        fates={
            "onboarding_joining": succession.moves(
                "whoever invited a body that still joins", "t.live_at is null", by="host_id", body_id="t.body_id"
            ),
            "onboarding_trial": joined,
            "onboarding_import": joined,
        }
    )
