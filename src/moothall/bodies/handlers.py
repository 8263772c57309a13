"""Answers to what the chapters above ask of all."""

from moothall.bodies import queries
from moothall.core import personal, ports


@ports.body_ids.answer("bodies_body")
def partners() -> list[int]:
    """Return the ids of the bodies that work on this platform."""
    return [body.id for body in queries.bodies(partner=True)]


personal.declare(
    "bodies_staff",
    "name",
    "roles",
    purpose="know who may do what in a body",
    basis="contract",
    keep="6 years after the appointment ended (Limitation Act 1980 s.5)",
    answered_by="the body as employer",
)
