"""Change how a body calls itself and looks, and let it begin to work on this platform."""

from datetime import datetime

from django.db.models import Q

from moothall.bodies.actions.land import _mark_changed
from moothall.bodies.actions.organisation import NameTaken, TooPale
from moothall.bodies.models import Body
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import current_scope
from moothall.ui.rules import LEAST_CONTRAST, WHITE, channels, contrast


class NotAColour(Refusal):
    """That is not a colour. Write it as # and six digits from 0 to 9 and a to f, such as #1d4f5f."""

    status = 422


class NowhereToSend(Refusal):
    """Give the body's own web address or phone number: people are sent there until it works on this platform."""

    status = 422


def rename(
    *, body_id: int, name: str, name_cy: str, wordmark: str, signpost_url: str, signpost_phone: str, at: datetime,
    by: Actor,
) -> None:  # fmt: skip
    """Change how a body is called and where people reach it elsewhere; its code and its web address stay.

    References and links carry those. Raises NameTaken, NowhereToSend, NotYours.
    """
    _own(body_id)
    if Body.objects.filter(~Q(id=body_id), name=name).exists():
        raise NameTaken(field="name")
    if not (signpost_url or signpost_phone):
        raise NowhereToSend(field="signpost_url")
    said = {"name": name, "name_cy": name_cy, "wordmark": wordmark or name[:60]}
    _change("body.renamed", body_id, said | {"signpost_url": signpost_url, "signpost_phone": signpost_phone}, at, by)


def restyle(*, body_id: int, colour: str, accent: str, at: datetime, by: Actor) -> None:
    """Give a body's pages their two colours, each "#rrggbb". Raises NotAColour, TooPale, NotYours."""
    _own(body_id)
    for name, value in (("colour", colour), ("accent", accent)):
        try:
            channels(value)
        except ValueError:
            raise NotAColour(field=name) from None
    if contrast(colour, WHITE) < LEAST_CONTRAST:
        raise TooPale(field="colour")
    _change("body.restyled", body_id, {"colour": colour.lower(), "accent": accent.lower()}, at, by)


def admit(*, body_id: int, at: datetime, by: Actor) -> None:
    """Let a body work on this platform from now on: people are no longer sent elsewhere. Again, nothing changes."""
    _own(body_id)
    if Body.objects.filter(pk=body_id, partner=False).exists():
        _change("body.admitted", body_id, {"partner": True}, at, by)


def _own(body_id: int) -> None:
    """Refuse who does not act for the body: bodies are published, so row security does not."""
    if body_id not in current_scope().bodies:
        raise NotYours


def _change(action: str, body_id: int, values: dict, at: datetime, by: Actor) -> None:
    Body.objects.filter(pk=body_id).update(**values)
    _mark_changed()
    audit.record(action=action, object=f"body:{body_id}", body_id=body_id, at=at, by=by, data=values)
