"""
Messages out: one to each recipient, written in the caller's transaction, sent by a job.

Before a message is handed to a carrier its attempt is written down and committed; so after a lost acknowledgement the
carrier is asked by our reference whether it has the message, and only then is it sent again.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.mail.backends.base import BaseEmailBackend

from moothall.core import audit, queue
from moothall.core.actor import Actor
from moothall.core.carriers import Parcel, Undeliverable, carrier_for
from moothall.core.clock import now
from moothall.core.events import Event, publish
from moothall.core.formats import WORKING_DAYS, format_of
from moothall.core.ids import new_id
from moothall.core.models import Outgoing, OutgoingWords
from moothall.core.scope import Scope, current_scope, scoped
from moothall.core.together import Together
from moothall.core.workdays import england
from moothall.core.writing import Written, contact_changed, recipient, write

SEND = "core.message"
WAITING = (Outgoing.State.TO_PRINT, Outgoing.State.TO_MAKE)
PLATFORM = 0  # says what no body says: sign-in codes


@dataclass(frozen=True)
class MessageFailed(Event):
    """A message could not be delivered: somebody has to reach the person in another way."""

    outgoing_id: UUID
    case_id: UUID | None
    channel: str
    code: str


def send(
    *,
    body_id: int,
    channel: str,
    to: str,
    template: str,
    subject: str,
    text: str,
    at: dt.datetime,
    by: Actor,
    values: dict | None = None,
    case_id: UUID | None = None,
    person_id: UUID | None = None,
    language: str = "en",
    never: tuple[str, ...] = (),
    only_team: str = "",
    made_as: str = "",
) -> UUID:
    """
    Queue one message to one recipient, in the caller's transaction, and return its id. `channel` is email, sms or
    letter; `template` a code for what is said; `subject` and `text` may have ((gaps)) that `values` fill; `never` are
    values that it must not give away; `only_team` the team that alone may read it here; `made_as` one of
    `formats.FORMATS` for a letter: what machines cannot make waits in a list for people, who have five working days.
    Raises NotAnEmailAddress, NotAPhoneNumber or NotAnAddress; ValueError for a template or a format at fault.
    """
    words = write(subject=subject, text=text, values=values or {}, never=never)
    row = Outgoing(
        id=new_id(),
        body_id=body_id,
        case_id=case_id,
        person_id=person_id,
        channel=channel,
        template=template,
        language=language,
        only_team=only_team,
        made_as=format_of(channel, made_as),
        at=at,
    )
    if row.by_hand:
        row.make_by = england().due(at, working_days=WORKING_DAYS)
    return _queue(row, to, words)


def _queue(row: Outgoing, to: str, words: Written) -> UUID:
    one = recipient(row.channel, to)
    together = Together()
    together.row(row)
    together.job(SEND, {"body": row.body_id, "key": f"message:{row.pk}", "outgoing_id": str(row.pk)})
    together.write()
    OutgoingWords(outgoing=row, recipient=one, subject=words.subject, text=words.text).save(force_insert=True)
    return row.pk


def announce_contact_change(
    *,
    body_id: int,
    kind: str,
    old: str,
    new: str,
    protected: bool,
    at: dt.datetime,
    by: Actor,
    person_id: UUID | None = None,
) -> UUID | None:
    """
    Tell somebody at their old address that it was changed: never the new value, and nothing at all to a protected
    person (then returns None). `kind` is email, phone or post.
    """
    said = contact_changed(kind, protected=protected)
    if said is None or not old:
        return None
    channel = {"email": "email", "phone": "sms", "post": "letter"}[kind]
    subject, text = said
    return send(
        body_id=body_id,
        channel=channel,
        to=old,
        template="contact-changed",
        subject=subject,
        text=text,
        never=(new,),
        person_id=person_id,
        at=at,
        by=by,
    )


def _failed(*, body: int, error: Exception, attempt: int, last: bool, outgoing_id: str, at, by) -> None:
    """Write down why an attempt failed; after the last one, give up in public."""
    row = Outgoing.objects.select_for_update().get(pk=outgoing_id)
    if row.state in (Outgoing.State.SENT, Outgoing.State.TO_PRINT, Outgoing.State.TO_MAKE):
        return
    if last:
        _give_up(row, type(error).__name__, at=at, by=by)
    else:
        row.error = type(error).__name__[:200]
        row.save(update_fields=["error"])


@queue.task(SEND, whole=False, on_failure=_failed, deadline=dt.timedelta(minutes=2))
def deliver(*, body: int, outgoing_id: str, at: dt.datetime, by: Actor) -> None:
    """Hand one message to its carrier: begin (committed), then hand over and end, with the message locked.

    A worker that stood still in between finds that another has begun since, and leaves the message to it.
    """
    scope = Scope(bodies=(body,), purpose="message", actor=by)
    with scoped(scope):
        row = Outgoing.objects.select_for_update().get(pk=outgoing_id)
        if row.state not in (Outgoing.State.QUEUED, Outgoing.State.SENDING):
            return
        if row.by_hand:
            _waits(row, Outgoing.State.TO_MAKE)
            return
        carrier = carrier_for(row.channel)
        if carrier.name == "outbox":
            _ended(row, carrier.name, at)
            return
        attempt = row.attempts + 1
        Outgoing.objects.filter(pk=row.pk).update(state="sending", carrier=carrier.name, attempts=attempt)
        packed = parcel(row)
    with scoped(scope):
        row = Outgoing.objects.select_for_update().get(pk=outgoing_id)
        if (row.state, row.attempts) != (Outgoing.State.SENDING, attempt):
            return
        try:
            if not (attempt > 1 and carrier.known(packed.reference)):
                carrier.send(packed)
        except Undeliverable as error:
            _give_up(row, str(error), at=at, by=by)
        else:
            _ended(row, carrier.name, at)


def _ended(row: Outgoing, carrier: str, at: dt.datetime) -> None:
    if carrier == "outbox" and row.channel == "letter":
        _waits(row, Outgoing.State.TO_PRINT)
        return
    row.state, row.carrier, row.error, row.sent_at = Outgoing.State.SENT, carrier, "", at
    row.save(update_fields=["state", "carrier", "error", "sent_at"])


def _waits(row: Outgoing, state: str) -> None:
    """Put a letter into a list of those that staff print, or have made by hand."""
    row.state, row.carrier, row.error, row.sent_at = state, "outbox", "", None
    row.save(update_fields=["state", "carrier", "error", "sent_at"])


def _give_up(row: Outgoing, code: str, *, at: dt.datetime, by: Actor) -> None:
    row.state, row.error = Outgoing.State.FAILED, code[:200]
    row.save(update_fields=["state", "error"])
    failed = MessageFailed(
        body_id=row.body_id, outgoing_id=row.pk, case_id=row.case_id, channel=row.channel, code=row.error
    )
    publish(failed, at=at, by=by)


def not_delivered(*, outgoing_id: UUID, code: str, at: dt.datetime, by: Actor) -> bool:
    """Write down that a message that we sent did not arrive, as its carrier said later; return whether that is news."""
    row = Outgoing.objects.select_for_update().filter(pk=outgoing_id).exclude(state=Outgoing.State.FAILED).first()
    if row is None:
        return False
    _give_up(row, code, at=at, by=by)
    return True


def mark_posted(*, outgoing_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Write down that staff printed a letter, or had it made by hand, and posted it; one that waits for neither stays.

    Of one made by hand it stands in the trail: somebody promised it by a day.
    """
    row = Outgoing.objects.select_for_update().filter(pk=outgoing_id, state__in=WAITING).first()
    if row is None:
        return
    row.state, row.sent_at, row.carrier = Outgoing.State.SENT, at, "post"
    row.save(update_fields=["state", "sent_at", "carrier"])
    if row.by_hand:
        audit.record(action="letter.made-by-hand", object=f"message:{row.pk}", body_id=row.body_id, at=at, by=by)


def try_again(*, outgoing_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Queue a failed message once more. Does nothing to one that did not fail."""
    row = Outgoing.objects.select_for_update().filter(pk=outgoing_id, state=Outgoing.State.FAILED).first()
    if row:
        row.state = Outgoing.State.QUEUED
        row.save(update_fields=["state"])
        key = f"message:{row.pk}:again:{at.timestamp()}"
        queue.defer(SEND, body=row.body_id, key=key, outgoing_id=str(row.pk))


def parcel(row: Outgoing) -> Parcel:
    """Return a message as it is handed to a carrier."""
    words = row.words
    return Parcel(str(row.pk), row.channel, words.recipient, words.subject, words.text, row.language, row.made_as)


def find(outgoing_id: UUID) -> Outgoing | None:
    """Return a message that the scope may see, with its words."""
    return Outgoing.objects.select_related("words").filter(pk=outgoing_id).first()


def newest(*, before: UUID | None = None, limit: int = 50) -> list[Outgoing]:
    """Return the newest messages that the scope may see, with their words; `before` continues below a message's id."""
    rows = Outgoing.objects.select_related("words")
    return list((rows.filter(pk__lt=before) if before else rows).order_by("-id")[:limit])


def of_case(case_id: UUID) -> list[Outgoing]:
    """Return a case's messages, oldest first, with their words."""
    return list(Outgoing.objects.select_related("words").filter(case_id=case_id).order_by("id"))


def keep_to(*, case_id: UUID, team: str, at: dt.datetime, by: Actor) -> int:
    """Let one team alone, by its code, read what was written about a case; return how many messages."""
    return Outgoing.objects.filter(case_id=case_id).exclude(only_team=team).update(only_team=team)


def to_print(*, body_id: int) -> list[Outgoing]:
    """Return a body's letters that wait to be printed and posted, oldest first."""
    waiting = Outgoing.objects.select_related("words").filter(body_id=body_id, state=Outgoing.State.TO_PRINT)
    return list(waiting.order_by("id"))


def to_make(*, body_id: int) -> list[Outgoing]:
    """Return a body's letters that people must make by hand, the one that is due first at the top."""
    waiting = Outgoing.objects.select_related("words").filter(body_id=body_id, state=Outgoing.State.TO_MAKE)
    return list(waiting.exclude(made_as="").order_by("make_by", "id"))  # what was erased has no format


def erase_of_cases(*, case_ids: list[UUID], at: dt.datetime) -> int:
    """Erase the recipient and words of all messages about some cases; returns how many were erased."""
    return erase(outgoing_ids=list(Outgoing.objects.filter(case_id__in=case_ids).values_list("pk", flat=True)), at=at)


def erase(*, outgoing_ids: list[UUID], at: dt.datetime) -> int:
    """Erase the recipient and words of messages, and in which format they were made; the rows stay.

    Returns how many were erased.
    """
    Outgoing.objects.filter(pk__in=outgoing_ids).exclude(made_as="").update(made_as="")
    rows = OutgoingWords.objects.filter(outgoing_id__in=outgoing_ids, erased_at=None)
    return rows.update(recipient=None, subject=None, text=None, erased_at=at)


class OutboxBackend(BaseEmailBackend):
    """Django's way to send mail (sign-in codes and the like), led into our own queue of messages."""

    def send_messages(self, email_messages):
        """Queue each message to each of its recipients apart, in the transaction that is open; return how many."""
        scope = current_scope()
        with scoped(scope.narrowed(bodies=(PLATFORM,), purpose="sign-in message")):
            for message in email_messages:
                for one in message.recipients():
                    row = Outgoing(id=new_id(), body_id=PLATFORM, channel="email", template="sign-in", at=now())
                    _queue(row, one, Written(message.subject, message.body))
        return sum(len(message.recipients()) for message in email_messages)
