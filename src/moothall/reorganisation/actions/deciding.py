"""Decide what differs, say where staff go, ask for and give consent: everything that must be settled before the day."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.reorganisation import queries
from moothall.reorganisation.models import Consent, Plan, Setting, StaffMove


class NotOneOfThem(Refusal):
    """That is not one of the ways in which it is done now. Choose one from the list."""

    status = 422


class NotInTheList(Refusal):
    """The list names an appointment, a body or a team that is not there. Mend the lines named and send it again."""

    status = 422


class OwnConsent(Refusal):
    """Nobody consents to what their own body asked. Ask somebody of another body of the plan."""

    status = 403


class NotTheirs(Refusal):
    """Only the new council, or one that ends together with the one that asks, answers. Ask one of those."""

    status = 403


class AlreadyAnswered(Refusal):
    """That has been answered already. Ask anew if the matter has changed."""


def decide_setting(
    *, plan_id: UUID, successor_id: int, service_id: str, matter: str, chosen: str, decided_by: str, minute: str,
    at: dt.datetime, by: Actor,
) -> None:  # fmt: skip
    """Decide which predecessor's way of a service, offer or price its successor begins with.

    `matter` and `chosen` are those of a `queries.Differing` and of one of its ways. Raises NotOneOfThem.
    """
    found = queries.editable(plan_id)
    ways = {way.key for one in queries.differing(found, found.row.vesting) for way in one.ways
            if (one.successor.id, one.service_id, one.matter) == (successor_id, service_id, matter)}  # fmt: skip
    if chosen not in ways:
        raise NotOneOfThem(field="way")
    said = {"chosen": chosen, "decided_by": decided_by, "minute": minute, "decided_at": at}
    Setting.objects.update_or_create(
        reorganisation_id=plan_id, body_id=successor_id, service_id=service_id, matter=matter, defaults=said
    )
    told = {"service": service_id, "matter": matter, "chosen": chosen}
    _noted("reorganisation.setting-decided", found.row, at, by, told)


def move_staff(*, plan_id: UUID, body_id: int, rows: list[dict], at: dt.datetime, by: Actor) -> int:
    """Say where a body's appointments go on the day, and return how many differ from the same team.

    Each row: staff_id, successor (a code, or "" for somebody who does not transfer) and team (a code, or "" for the
    team of the same name). Raises NotInTheList with each line that is wrong.
    """
    found = queries.editable(plan_id)
    wrong, kept = queries.check_staff(found, body_id, rows)
    if wrong:
        raise NotInTheList(" ".join(wrong), field="file")
    StaffMove.objects.filter(reorganisation_id=plan_id, body_id=body_id).delete()
    StaffMove.objects.bulk_create(
        StaffMove(reorganisation_id=plan_id, body_id=body_id, changed_at=at, changed_by=str(by), **row) for row in kept
    )
    _noted("reorganisation.staff-listed", found.row, at, by, {"differ": len(kept)}, body_id)
    return len(kept)


def hold_to(
    *, plan_id: UUID, body_id: int, direction: str, held_from: dt.date, counted_after: dt.date, at: dt.datetime,
    by: Actor,
) -> None:  # fmt: skip
    """Write down from which day, and by which direction, the councils of a plan are held to the limits.

    `counted_after`: other contracts signed after that day count together with a new one. The body that runs the plan
    writes it down. Raises NotYours.
    """
    found = queries.editable(plan_id)
    if found.row.body_id != body_id:
        raise NotYours
    said = {"direction": direction, "held_from": held_from, "counted_after": counted_after}
    queries.changed()
    Plan.objects.filter(pk=plan_id).update(**said)
    _noted("reorganisation.direction", found.row, at, by, said)


def ask_consent(
    *, plan_id: UUID, body_id: int, kind: str, reference: str, what: str, pence: int, at: dt.datetime, by: Actor
) -> UUID:  # fmt: skip
    """Ask for consent to a commitment, under the reference by which it will be signed.

    Source: Local Government and Public Involvement in Health Act 2007 s.24 (what an outgoing council may not do
    without consent once a direction names it).
    """
    found = queries.editable(plan_id)
    if body_id not in {one.id for one in found.predecessors}:
        raise NotYours
    row = Consent.objects.create(
        reorganisation_id=plan_id, body_id=body_id, kind=kind, reference=reference.strip(), what=what, pence=pence,
        asked_at=at, asked_by=str(by),
    )  # fmt: skip
    _noted("reorganisation.consent-asked", found.row, at, by, {"consent": str(row.pk)}, body_id)
    return row.pk


def answer_consent(
    *, consent_id: UUID, body_id: int, agreed: bool, because: str, at: dt.datetime, by: Actor
) -> None:  # fmt: skip
    """Agree to what another body of the plan wants to commit, or refuse it with a reason.

    The shadow authority answers, or for it a council that ends together with the one that asks. Raises NotYours,
    OwnConsent, NotTheirs, AlreadyAnswered.
    """
    row = Consent.objects.filter(pk=consent_id).first()
    if row is None or not (found := queries.plan(row.reorganisation_id)).takes_part(body_id):
        raise NotYours
    if row.body_id == body_id or _works_for(by, row.body_id, at):
        raise OwnConsent
    if body_id not in {one.id for one in queries.answerers(found, row.body_id)}:
        raise NotTheirs
    said = {"answer": "agreed" if agreed else "refused", "because": because}
    changed = Consent.objects.filter(pk=consent_id, answer="").update(
        **said, answered_at=at, answered_by=f"{body_id}:{by}"
    )
    if not changed:
        raise AlreadyAnswered
    _noted("reorganisation.consent-answered", row.reorganisation, at, by, said | {"consent": str(consent_id)}, body_id)


def _works_for(by: Actor, body_id: int, at: dt.datetime) -> bool:
    """Tell whether somebody who answers for one body works for another too."""
    if by.kind != "staff" or by.body_id == body_id:
        return by.body_id == body_id
    return queries.holds_a_post(int(by.id), body_id, local(at).date())


def _noted(action: str, row: Plan, at: dt.datetime, by: Actor, data: dict, body_id: int | None = None) -> None:
    audit.record(action=action, object=f"plan:{row.pk}", body_id=body_id or row.body_id, at=at, by=by, data=data)
