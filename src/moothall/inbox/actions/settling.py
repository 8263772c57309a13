"""What becomes of what came in: part of a case, a new request, an answer, or nothing."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import audit, files, messages
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import current_scope, scoped
from moothall.inbox.actions.forgetting import forget
from moothall.inbox.events import Settled
from moothall.inbox.models import Arrival
from moothall.inbox.rules.states import CLOSING, may_follow


class NoSuchArrival(Refusal):
    """We do not know of that message, or it was written to another body. Look for it in the inbox."""

    status = 404


class DealtWith(Refusal):
    """Somebody has dealt with this already. Go back to the inbox: it shows what is left."""


class NotForHere(Refusal):
    """This cannot be taken back: its words are the case's now. Go on with the case."""


class NoWayBack(Refusal):
    """It came without an address to answer to. Make a request of it, or write to them by post."""


class NothingSaid(Refusal):
    """Write something first."""

    status = 422


def add_to_case(*, arrival_id: UUID, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Add what came in to a case, with its files: whoever works on it answers. Refuses NoSuchArrival, DealtWith."""
    lay_on_case(arrival=_open(arrival_id), case_id=case_id, at=at, by=by)


def became_case(*, arrival_id: UUID, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Write down that a request was made of what came in; its files are the case's. The scope names the case."""
    arrival = _open(arrival_id)
    only_team = _hand_over_files(arrival, case_id, at, by)
    arrival.case_id = case_id
    end(arrival=arrival, outcome="opened", at=at, by=by)
    if only_team:
        forget(arrivals=[arrival], because="one team's case has it", at=at, by=by)


def answer(*, arrival_id: UUID, text: str, at: dt.datetime, by: Actor) -> UUID:
    """Answer an e-mail or a text message, and be done with it; return the message's id. Refuses NoWayBack."""
    arrival = _open(arrival_id)
    if not text.strip():
        raise NothingSaid(field="text")
    channel = {"email": "email", "sms": "sms"}.get(arrival.channel)
    if channel is None or not arrival.sender:
        raise NoWayBack()
    sent = messages.send(
        body_id=arrival.body_id, channel=channel, to=arrival.sender, template="inbox.answered",
        subject="Re: ((subject))" if arrival.subject else "Your message", text=text.strip().replace("((", "( ("),
        values={"subject": arrival.subject}, language=arrival.language, at=at, by=by,
    )  # fmt: skip
    arrival.written = [*arrival.written, sent]
    end(arrival=arrival, outcome="answered", at=at, by=by)
    return sent


def close(*, arrival_id: UUID, outcome: str, at: dt.datetime, by: Actor) -> None:
    """Be done with what came in without anything following. `outcome` is one of `rules.states.CLOSING`."""
    if outcome not in CLOSING:
        raise ValueError(f"{outcome} is no way to be done with it: use one of {', '.join(CLOSING)}")
    end(arrival=_open(arrival_id), outcome=outcome, at=at, by=by)


def bring_back(*, arrival_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Put what was set aside, or done with in error, among what waits. Refuses NotForHere for what is a case's."""
    arrival = _locked(arrival_id)
    if arrival.erased_at or not may_follow(arrival.state, "waiting", arrival.outcome):
        raise NotForHere()
    arrival.state, arrival.outcome, arrival.ended_at, arrival.ended_by = "waiting", "", None, ""
    arrival.save(update_fields=["state", "outcome", "ended_at", "ended_by"])
    _note(arrival, "brought-back", at, by)


def lay_on_case(*, arrival: Arrival, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Add what came in to a case of whichever body: as a message, with its files."""
    only_team = _hand_over_files(arrival, case_id, at, by)
    text = arrival.text or arrival.subject or "They sent files and wrote nothing."
    with scoped(current_scope().narrowed(case=case_id)):
        casework.receive_message(case_id=case_id, text=text, at=at, by=by)
    arrival.case_id = case_id
    end(arrival=arrival, outcome="added", at=at, by=by)
    if only_team:
        forget(arrivals=[arrival], because="one team's case has it", at=at, by=by)


def end(*, arrival: Arrival, outcome: str, at: dt.datetime, by: Actor) -> None:
    """Be done with what came in, and tell it."""
    arrival.state, arrival.outcome, arrival.ended_at, arrival.ended_by = "done", outcome, max(at, arrival.at), str(by)
    arrival.save()
    _note(arrival, outcome, at, by)
    told = Settled(
        body_id=arrival.body_id,
        arrival_id=arrival.pk,
        channel=arrival.channel,
        outcome=outcome,
        case_id=arrival.case_id,
    )
    publish(told, at=at, by=by)


def _hand_over_files(arrival: Arrival, case_id: UUID, at: dt.datetime, by: Actor) -> str:
    """Let what was enclosed be the case's: a copy for another body's case. Return the one team that sees it, if any."""
    scope = current_scope()
    with scoped(scope.narrowed(case=case_id)):
        case = next(iter(cases.by_ids([case_id])), None)
        if case is None:
            raise NotYours()
    with scoped(scope.narrowed(case=case_id, bodies=(*scope.bodies, case.body_id))):
        for file_id in arrival.files:
            row = files.find(file_id)
            if row.body_id != case.body_id:
                row = files.take_copy(row=row, body_id=case.body_id, at=at, by=by)
            files.give_to_case(row=row, case_id=case_id, seen_by=tuple(case.seen_by), at=at, by=by)
            casework.attach(case_id=case_id, file_id=row.pk, kind="answer", at=at, by=by)
    return case.only_team


def _open(arrival_id: UUID) -> Arrival:
    arrival = _locked(arrival_id)
    if arrival.state not in ("waiting", "doubtful"):
        raise DealtWith()
    return arrival


def _locked(arrival_id: UUID) -> Arrival:
    arrival = Arrival.objects.select_for_update().filter(pk=arrival_id).first()
    if arrival is None:
        raise NoSuchArrival()
    return arrival


def _note(arrival: Arrival, what: str, at: dt.datetime, by: Actor) -> None:
    audit.record(action=f"arrival.{what}", object=f"arrival:{arrival.pk}", body_id=arrival.body_id, at=at, by=by)
