"""Answers to what the chapters above ask of all."""

from moothall.bodies import queries
from moothall.core import personal, ports
from moothall.core.belongings import Share, published


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


@ports.belongings.answer("bodies_body", "bodies_area", "bodies_street", "bodies_dwelling")
def goes_along() -> dict[str, Share]:
    """Bodies, land and teams are published: all of them go, and only the body that leaves works at the new place."""
    land = "the map: what is published, so that places are found at the new place too"
    return {
        "bodies_body": published("bodies and their names; the others do not work there", partner="id = %(body)s"),
        **dict.fromkeys(("bodies_area", "bodies_street", "bodies_dwelling", "bodies_dutyexception"), published(land)),
        "bodies_edition": published(land),
        "bodies_team": published("the names of teams"),
    }
