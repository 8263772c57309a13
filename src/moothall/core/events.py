"""The one way up: a lower chapter tells the chapters above it what happened.

A fact is stored in the transaction of what it tells of, with one dispatch job. Each handler then runs in its
own transaction, scope and receipt, so a broken listener never undoes what was accepted. Events hold ids and codes.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from moothall.core.actor import Actor

_types: dict[str, type["Event"]] = {}
_handlers: dict[str, list[Callable]] = defaultdict(list)


@dataclasses.dataclass(frozen=True)
class Event:
    """A fact, in the past tense. Subclasses are frozen dataclasses and carry at least `body_id`."""

    body_id: int

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        _types[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        """Return "casework.CaseOpened" for moothall.casework.events.CaseOpened."""
        module = cls.__module__.removeprefix("moothall.").split(".events")[0]
        return f"{module}.{cls.__name__}"

    def payload(self) -> dict:
        """Return the fields as plain JSON values."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @classmethod
    def load(cls, payload: dict) -> "Event":
        """Return the event that `payload()` wrote."""
        hints = typing.get_type_hints(cls)
        names = {f.name for f in dataclasses.fields(cls)}
        return cls(**{key: _typed(hints[key], value) for key, value in payload.items() if key in names})


def _plain(value):
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _typed(hint, value):
    if value is None:
        return None
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    if typing.get_origin(hint) is tuple:
        return tuple(_typed(typing.get_args(hint)[0], v) for v in value)
    if hint in (dt.datetime, dt.date):
        return hint.fromisoformat(value)
    if hint in (UUID, Decimal):
        return hint(value)
    return value


def on(*event_types: type[Event]) -> Callable:
    """Register the decorated function, `(event, *, at, by)`, to hear about these types of event."""

    def register(handler: Callable) -> Callable:
        for event_type in event_types:
            if handler not in _handlers[event_type.name()]:
                _handlers[event_type.name()].append(handler)
        return handler

    return register


def handlers_of(name: str) -> list[Callable]:
    """Return the handlers of an event's name, in the order they registered."""
    return list(_handlers[name])


def event_type(name: str) -> type[Event]:
    """Return the type of event that has this name; KeyError when there is none."""
    return _types[name]


def publish(event: Event, *, at: dt.datetime, by: Actor) -> None:
    """Store a fact and, where anyone listens, one dispatch job, in the caller's transaction."""
    from moothall.core.together import Together  # its jobs dispatch events: a plain import would be a ring

    together = Together()
    together.fact(event, at=at, by=by)
    together.write()
