"""Which systems do what for whom."""

import datetime as dt

import httpx

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.links import queries, rules
from moothall.functions.links.models import System

NEW_KEY_AFTER = dt.timedelta(days=1)
"""How long after a key was changed we sign with the new one, so that its other end has time to learn it."""
OLD_KEY_FOR = dt.timedelta(days=7)
"""How long the old key is believed from then on."""


class NoAnswer(Refusal):
    """The other system does not answer. If it was stopped, start it again; then try once more."""

    status = 502


class TermsWrong(Refusal):
    """The terms of the link will not do. Mend what is listed and connect it again."""

    status = 422


class StepsWrong(Refusal):
    """There is no such step. Name what performs it, as waste.clear, or one service's step, as complaint/stage_one."""

    status = 422


class KeyChanging(Refusal):
    """Its key is being changed already. Stop believing the old one first, or wait until that is over."""


class KeyNotChanging(Refusal):
    """Its key is not being changed now. Look at the page again: it says which key is good."""


def connect(
    *,
    body_id: int,
    function: str,
    name: str,
    address: str = "",
    terms: dict | None = None,
    steps: tuple[str, ...] = (),
    at: dt.datetime,
    by: Actor,
) -> System:
    """Let another system do a body's function from now on; the same again changes what is said of it.

    With `terms` it speaks Open311, and does the steps that the terms name; with no `address` it is linked by files in a
    folder; otherwise by our signed messages. With `steps` it does those alone, of whatever function and service, and
    `function` is what the link is called. Refuses TermsWrong, StepsWrong.
    """
    if terms is not None and (wrong := rules.open311.check_terms(terms, function)):
        raise TermsWrong(" ".join(wrong))
    for unknown in (one for one in steps if not queries.is_step(one)):
        raise StepsWrong(f"There is no step “{unknown[:80]}”. {StepsWrong.__doc__.split('. ', 1)[1]}")
    queries.changed()
    protocol = "open311" if terms is not None else "moothall" if address else "folder"
    said = {"name": name, "address": address, "protocol": protocol,
            "terms": terms or {}, "steps": list(steps), "on": True}  # fmt: skip
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
    """Give a system a new key and return it. Both are believed from now on, and we sign with the new one a day later.

    The old one is believed for seven more days from then. Raises KeyChanging while one is being changed already.
    """
    if system.has_two_keys(at):
        raise KeyChanging
    system.key_version += 1
    system.new_key_from = at + NEW_KEY_AFTER
    system.old_key_until = system.new_key_from + OLD_KEY_FOR
    _keep_key(system, "link.key_changed", at, by)
    return queries.key(system)


def sign_with_new_key(*, system: System, at: dt.datetime, by: Actor) -> None:
    """Sign with the new key from now on, where its other end knows it before the day is over. Raises KeyNotChanging."""
    if not (system.new_key_from and at < system.new_key_from):
        raise KeyNotChanging
    system.new_key_from, system.old_key_until = at, at + OLD_KEY_FOR
    _keep_key(system, "link.key_in_use", at, by)


def end_old_key(*, system: System, at: dt.datetime, by: Actor) -> None:
    """Believe the old key no longer, and sign with the new one at once, as where the old one was lost.

    Raises KeyNotChanging.
    """
    if not system.has_two_keys(at):
        raise KeyNotChanging
    system.new_key_from, system.old_key_until = min(system.new_key_from or at, at), at
    _keep_key(system, "link.old_key_ended", at, by)


def _keep_key(system: System, what: str, at: dt.datetime, by: Actor) -> None:
    queries.changed()
    system.save(update_fields=["key_version", "new_key_from", "old_key_until"])
    audit.record(action=what, object=f"system:{system.pk}", body_id=system.body_id, at=at, by=by,
                 data={"key": system.key_version})  # fmt: skip


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
