"""Promising to ring somebody back or to write to them, doing so, and reminding the desk before the time is up."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import audit, messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.writing import recipient
from moothall.desk.models import CallBack, Contact
from moothall.desk.models.call_backs import RUNG
from moothall.desk.queries.call_backs import calls_of
from moothall.desk.rules.wrapping import REMIND_BEFORE, TRIES
from moothall.people import queries as people

SUBJECT = {"en": "Our answer to what you asked", "cy": "Ein hateb i'r hyn a ofynnoch"}
REMINDER = """Somebody waits to be rung back by {by}.

Who, and what about, stands in the list of call-backs:
{address}
"""


class NoNumber(Refusal):
    """Write the number that we ring back."""

    status = 422


class NoSuchCallBack(Refusal):
    """We know of no such call-back, or somebody has rung already. The list shows what is left."""

    status = 404


class CannotBeRung(Refusal):
    """They cannot use the phone. Promise an email or a text message instead."""

    status = 422


class NothingWritten(Refusal):
    """Write what we answer them."""

    status = 422


def promise_call_back(
    *, contact_id: UUID, phone: str, about: str, due_at: dt.datetime, way: str = "phone", at: dt.datetime, by: Actor
) -> CallBack:
    """Promise whoever a contact was with that we ring or write by a moment; return the CallBack.

    `phone` is the number, or the address where `way` is "email". Who uses the phone by Relay UK is rung that way.
    Refuses NoNumber; CannotBeRung where they said that they cannot use the phone; NotAnEmailAddress, NotAPhoneNumber.
    """
    if not phone.strip():
        raise NoNumber(field="phone")
    contact = Contact.objects.get(pk=contact_id)
    calls = calls_of(case_id=contact.case_id, person_id=contact.person_id)
    if calls == "none" and way in RUNG:
        raise CannotBeRung(field="way")
    way = "relay" if way == "phone" and calls == "relay" else way
    if way not in RUNG:
        phone = recipient(way, phone)
    promised = CallBack.objects.create(
        body_id=contact.body_id, contact=contact, case_id=contact.case_id, person_id=contact.person_id,
        phone=phone.strip(), about=about.strip(), promised_at=at, due_at=due_at, way=way,
    )  # fmt: skip
    _write("call-back.promised", promised, at, by)
    return promised


def ring_back(*, call_back_id: UUID, reached: bool, at: dt.datetime, by: Actor) -> CallBack:
    """Say that somebody was rung back; who was not reached TRIES times is given up. Refuses NoSuchCallBack."""
    found = CallBack.objects.select_for_update().filter(pk=call_back_id, state="open").first()
    if found is None:
        raise NoSuchCallBack()
    found.tries += 1
    if reached or found.tries >= TRIES:
        found.state, found.ended_at = "rung" if reached else "given-up", at
    found.save(update_fields=["tries", "state", "ended_at"])
    _write("call-back.rung" if reached else "call-back.not-reached", found, at, by)
    return found


def write_back(*, call_back_id: UUID, text: str, at: dt.datetime, by: Actor) -> CallBack:
    """Answer in writing whom we promised that, and so keep the promise. Refuses NoSuchCallBack, NothingWritten."""
    found = CallBack.objects.select_for_update().filter(pk=call_back_id, state="open").first()
    if found is None or not found.in_writing:
        raise NoSuchCallBack()
    if not text.strip():
        raise NothingWritten(field="text")
    language = people.language_of(found.person_id) if found.person_id else "en"
    body = bodies.body(found.body_id)
    messages.send(
        body_id=found.body_id, channel=found.way, to=found.phone, template="call-back-written",
        subject=SUBJECT["cy" if language == "cy" else "en"], text=f"{text.strip().replace('((', '( (')}\n\n{body.name}",
        case_id=found.case_id, person_id=found.person_id,
        language="cy" if language == "cy" else "en", at=at, by=by,
    )  # fmt: skip
    return ring_back(call_back_id=call_back_id, reached=True, at=at, by=by)


def remind(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Write to a body's advisers of each call-back that is due soon, once; return of how many."""
    soon = CallBack.objects.select_for_update().filter(
        body_id=body_id, state="open", reminded_at=None, due_at__lte=at + REMIND_BEFORE
    )
    due = list(soon.order_by("due_at"))
    if not due:
        return 0
    advisers = bodies.staff(body_id, local(at).date(), "adviser").select_related("account")
    text = REMINDER.format(
        by=f"{local(due[0].due_at):%H:%M}", address=settings.MOOTHALL_ADDRESS + reverse("desk:call_backs")
    )
    for address in sorted({post.account.email for post in advisers}):
        messages.send(
            body_id=body_id, channel="email", to=address, template="call-back-due", subject="A call-back is due",
            text=text, at=at, by=by,
        )  # fmt: skip
    return CallBack.objects.filter(pk__in=[one.pk for one in due]).update(reminded_at=at)


def _write(action: str, one: CallBack, at: dt.datetime, by: Actor) -> None:
    audit.record(action=action, object=f"call-back:{one.pk}", body_id=one.body_id, at=at, by=by)
