"""Answers to what the chapters above ask of all."""

from moothall.bodies import queries
from moothall.core import ports


@ports.body_ids.answer("bodies_body")
def partners() -> list[int]:
    """Return the ids of the bodies that work on this platform."""
    return [body.id for body in queries.bodies(partner=True)]
