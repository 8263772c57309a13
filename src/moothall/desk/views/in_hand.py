"""The contact in hand: begun by the first page that an adviser opens for a caller, ended by wrapping it up.

It stands in the adviser's own session: when it began, how the caller came, and how sure we are of whom.
"""

import datetime as dt
from uuid import UUID

from django.http import HttpRequest

from moothall.catalogue import queries as catalogue
from moothall.desk import actions
from moothall.desk.rules.contact import sure_enough

LONGEST = dt.timedelta(hours=2)
"""A contact that was never wrapped up is forgotten after so long: the next one is another caller."""


def begin(request: HttpRequest) -> dict:
    """Return the contact in hand; begin one if there is none."""
    found = request.session.get("contact")
    if found and request.at - dt.datetime.fromisoformat(found["began"]) < LONGEST:
        return found
    found = {"began": request.at.isoformat(), "identity": "none", "of": ""}
    request.session["contact"] = found
    return found


def identified(request: HttpRequest, level: str, who: UUID) -> None:
    """Note how sure we are that the caller is this person, or is whoever made this case."""
    request.session["contact"] = begin(request) | {"identity": level, "of": str(who)}


def is_sure(request: HttpRequest, definition, *who: UUID | None) -> bool:
    """Tell whether we are sure enough that the caller is one of these to tell them of such a case."""
    if definition.identity == "none":
        return True
    held = begin(request)
    return held["of"] in {str(one) for one in who if one} and sure_enough(held["identity"], definition.identity)


def of_version(request: HttpRequest, case) -> bool:
    """Tell whether the caller may be told of this case, as its service says."""
    return is_sure(request, catalogue.definition(case.version_id), case.person_id, case.pk)


def wrap_up(request: HttpRequest, *, channel: str, **said) -> UUID:
    """Record the contact in hand as ended now, and return its id; the next page begins another."""
    held = request.session.pop("contact", None) or {}
    request.session["came_by"] = channel
    began = dt.datetime.fromisoformat(held["began"]) if held else request.at
    if request.at - began >= LONGEST:
        began = request.at
    return actions.record_contact(
        body_id=request.acting_body.id, channel=channel, identity=held.get("identity", "none"), ended_at=request.at,
        at=began, by=request.actor, **said,
    )  # fmt: skip
