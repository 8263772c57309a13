"""Which systems do what for whom, and the keys shared with them."""

import datetime as dt
import hashlib
import hmac

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.kept import Kept
from moothall.core.refusal import NotYours
from moothall.core.scope import current_scope
from moothall.core.steps import registry
from moothall.functions.links import rules
from moothall.functions.links.models import System

#: Seconds for which another process's change may go unseen here.
FRESH = 1.0


def system_for(*, body_id: int, performs: str, at: dt.datetime, part: str = "") -> System | None:
    """Return the system that performs a step for a body at a moment, or None when the function here does.

    `part` is the step by its service, "complaint/stage_one". One that names it comes before one that names what
    performs it, and that before one that does the whole function. Asked before every step, so kept in the process; only
    for the bodies in scope, whose systems are all seen.
    """
    known = (_systems if body_id in current_scope().bodies else _read_systems)(body_id)
    open_now = [one for one in known if one.on and one.since <= at]
    for named in (part, performs):
        for one in open_now:
            if named and named in one.steps:
                return one
    return next((one for one in open_now if _takes_all(one, performs)), None)


def _takes_all(one: System, performs: str) -> bool:
    """Tell whether a system does all of a function; one linked by Open311 those of its steps that its terms name."""
    by_name = one.protocol != "open311" or rules.open311.performs(one.terms, performs)
    return not one.steps and one.function == performs.split(".")[0] and by_name


def _read_systems(body_id: int) -> list[System]:
    return list(System.objects.filter(body_id=body_id))


_systems = Kept(_read_systems, fresh=FRESH)


def changed() -> None:
    """Say that this transaction changes a system: what is kept is forgotten when it commits."""
    _systems.changed()


def system(*, body_id: int, function: str) -> System:
    """Return a body's system for a function; refuses what is not there or not yours to see."""
    found = System.objects.filter(body_id=body_id, function=function).first()
    if found is None:
        raise NotYours("There is no such system. Check its address.")
    return found


def systems() -> list[System]:
    """Return the systems of the bodies in scope, by body and function."""
    return list(System.objects.select_related("body").order_by("body_id", "function"))


def by_folder(body_id: int) -> list[System]:
    """Return a body's systems that are linked by files, also those that finish what they have."""
    return list(System.objects.filter(body_id=body_id, protocol="folder"))


def is_step(name: str) -> bool:
    """Tell whether something performs a step of this name, or a service has it as its own: "complaint/stage_one"."""
    service_id, _, part = name.partition("/")
    if not part:
        return name in registry
    try:
        return part in catalogue.current(service_id).definition.steps
    except catalogue.UnknownService:
        return False


def key(found: System, version: int | None = None) -> str:
    """Return the key shared with a system: derived from this installation's secret, never stored."""
    said = f"link:{found.body_id}:{found.function}:{version or found.key_version}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def keys(found: System, at: dt.datetime) -> list[str]:
    """Return the keys that are good now, ours to sign with first: two while one is being changed."""
    if not found.has_two_keys(at):
        return [key(found)]
    both = [key(found), key(found, found.key_version - 1)]
    return both if found.new_key_from is None or found.new_key_from <= at else both[::-1]


def their_key(found: System) -> str:
    """Return the api_key that another system gave us for its Open311; "" where it asks for none."""
    return settings.OPEN311_KEYS.get(f"{bodies.body(found.body_id).slug}.{found.function}", "")
