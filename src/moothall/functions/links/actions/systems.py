"""Which systems do what for whom."""

import datetime as dt

import httpx

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.links import queries, rules
from moothall.functions.links.models import System

OLD_KEY_DAYS = 7


class NoAnswer(Refusal):
    """The other system does not answer. If it was stopped, start it again; then try once more."""

    status = 502


class TermsWrong(Refusal):
    """The terms of the link will not do. Mend what is listed and connect it again."""

    status = 422


def connect(
    *, body_id: int, function: str, name: str, address: str, terms: dict | None = None, at: dt.datetime, by: Actor
) -> System:
    """Let another system do a body's function from now on; the same again changes what is said of it.

    With `terms` it speaks Open311, and does the steps that the terms name; without, our signed messages. Refuses
    TermsWrong.
    """
    if terms is not None and (wrong := rules.open311.check_terms(terms, function)):
        raise TermsWrong(" ".join(wrong))
    queries.changed()
    said = {"name": name, "address": address, "protocol": "moothall" if terms is None else "open311",
            "terms": terms or {}, "on": True}  # fmt: skip
    row, _ = System.objects.update_or_create(
        body_id=body_id, function=function, defaults=said, create_defaults=said | {"since": at}
    )
    audit.record(action="link.connected", object=f"system:{row.pk}", body_id=body_id, at=at, by=by,
                 data={"function": function, "protocol": row.protocol})  # fmt: skip
    return row


def disconnect(*, system: System, at: dt.datetime, by: Actor) -> System:
    """Give new steps back to the function here. Steps the other system has accepted stay with it."""
    queries.changed()
    system.on = False
    system.save(update_fields=["on"])
    audit.record(action="link.disconnected", object=f"system:{system.pk}", body_id=system.body_id, at=at, by=by)
    return system


def change_key(*, system: System, at: dt.datetime, by: Actor) -> str:
    """Give a system a new key and return it; the old one is believed for seven more days."""
    queries.changed()
    system.key_version += 1
    system.old_key_until = at + dt.timedelta(days=OLD_KEY_DAYS)
    system.save(update_fields=["key_version", "old_key_until"])
    audit.record(action="link.key_changed", object=f"system:{system.pk}", body_id=system.body_id, at=at, by=by)
    return queries.key(system)


def set_mode(*, system: System, mode: str, at: dt.datetime, by: Actor) -> None:
    """Tell a demonstration system how to behave: ok, stop, twice or break. Raises NoAnswer.

    Only stand-ins understand this; no system that does real work has such an address.
    """
    body = rules.canonical({"mode": mode})
    headers = rules.headers(
        queries.key(system), message_id=f"mode:{at.isoformat()}", sent_at=int(at.timestamp()), body=body
    )
    try:
        httpx.post(f"{system.address}/mode", content=body, headers=headers, timeout=3).raise_for_status()
    except httpx.HTTPError as error:
        raise NoAnswer() from error
    audit.record(action="link.mode", object=f"system:{system.pk}", body_id=system.body_id, at=at, by=by,
                 data={"mode": mode})  # fmt: skip
