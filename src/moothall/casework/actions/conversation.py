"""What is said about a case: messages both ways, what the resident adds, notes, files, and sending it all."""

import datetime as dt
from uuid import UUID

from moothall.casework import events
from moothall.casework.actions.work import Work
from moothall.casework.models import Message, Note, Task
from moothall.casework.queries.file import CaseFile, case_file
from moothall.casework.queries.people import (
    concerned_addresses,
    follower_addresses,
    paper_address,
    resident_address,
)
from moothall.casework.rules.contact import may_write
from moothall.casework.rules.states import LIVE
from moothall.core import files, messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal


class NothingSaid(Refusal):
    """Write something first."""

    status = 422


class CaseEnded(Refusal):
    """This case is closed. Reopen it first, or start a new one."""


class NotSafeToWrite(Refusal):
    """They did not say that it is safe to write to them. Ring them as they asked, or wait until they ring."""


#: Letters that go to those who follow a case as well as to the resident.
FOR_FOLLOWERS = ("closed",)
#: Moments of a booked day that is near, or kept for some hours.
NEAR = ("reminded", "offered")


def send_message(*, case_id: UUID, subject: str, text: str, at: dt.datetime, by: Actor) -> UUID:
    """Write to the resident about their case; return the message's id. It is sent by a job. Refuses NotSafeToWrite."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    if work.case.only_team and not may_write(work.file.contact):
        raise NotSafeToWrite()
    message = _message(work, "out", _said(text), subject=subject.strip()[:200] or work.case.title)
    work.changes.send(message)
    work.changes.happened("message-sent", message=str(message.pk))
    work.write()
    return message.pk


def receive_message(*, case_id: UUID, text: str, at: dt.datetime, by: Actor) -> UUID:
    """Take a message from the resident about their case; whoever works on it gets a task to answer."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    message = _message(work, "in", _said(text))
    work.changes.add(message)
    work.changes.happened("message-received", message=str(message.pk))
    work.changes.tell(events.MessageReceived(**work.case_fact(), message_id=message.pk))
    work.add_task("Answer a message from the resident", team=None, due=_soon(work))
    work.write()
    return message.pk


def add_information(
    *, case_id: UUID, text: str = "", file_ids: tuple[UUID, ...] = (), at: dt.datetime, by: Actor
) -> UUID:
    """Add what the resident wants us to know to an open case; return the payload's id. Refuses CaseEnded."""
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    if work.case.state not in LIVE:
        raise CaseEnded()
    if not text.strip() and not file_ids:
        raise NothingSaid(field="text")
    payload = work.keep("information", text.strip(), "information-added", files=[str(f) for f in file_ids])
    for file_id in file_ids:
        work.attach(files.find(file_id), "information")
    work.changes.tell(events.InformationAdded(**work.case_fact(), payload_id=payload.pk))
    if work.case.paused_at is None:
        work.add_task("Read what the resident added", team=None, due=_soon(work))
    else:
        work.add_task("The resident answered: read it and let the clock run again", team=None, due=_soon(work))
    work.write()
    return payload.pk


def add_note(*, case_id: UUID, text: str, at: dt.datetime, by: Actor) -> UUID:
    """Write a note for colleagues; the resident sees it only in a subject-access pack."""
    work = Work(case_file(case_id), at=at, by=by)
    note = Note(
        id=new_id(),
        case_id=work.case.pk,
        body_id=by.body_id or work.case.body_id,
        at=at,
        by=str(by),
        text=_said(text),
    )
    work.changes.add(note)
    work.changes.happened("note-added", note=str(note.pk))
    work.write()
    return note.pk


def attach(*, case_id: UUID, file_id: UUID, kind: str = "document", at: dt.datetime, by: Actor) -> UUID:
    """Put a kept file on a case: "document" by staff, "before" and "after" by crews, "answer" with a submission.

    One that is "issued" is the resident's to take away.
    """
    work = Work(case_file(case_id), at=at, by=by)
    attached = work.attach(files.find(file_id), kind)
    work.changes.happened("file-attached", file=str(file_id), kind_of_file=kind)
    work.write()
    return attached.pk


def deliver_message(*, message_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Hand a message over for sending: to the resident however they can be reached, and to the case's followers.

    Who needs another format than ordinary print, and said where to, has it on paper in that format besides.
    """
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        return
    file = case_file(message.case_id)
    addresses = concerned_addresses(file, local(at).date())
    first, paper = resident_address(file), paper_address(file)
    if paper and first in addresses and (paper[0] == first or message.letter not in _too_late_on_paper(file)):
        addresses += [paper[0]] * (paper[0] != first)
    else:
        paper = None
    if message.letter and message.letter in _closing_letters(file):
        addresses += follower_addresses(file)
    for address in addresses:
        messages.send(
            body_id=message.body_id,
            channel=address.channel,
            to=address.to,
            template=f"{file.case.service_id}.{message.letter or 'message'}",
            subject=message.subject,
            text=message.text.replace("((", "( ("),
            case_id=file.case.pk,
            person_id=address.person_id,
            language=file.case.language,
            only_team=file.case.only_team,
            made_as=paper[1] if paper and address == paper[0] else "",
            at=at,
            by=by,
        )


def reach_another_way(*, case_id: UUID, channel: str, at: dt.datetime, by: Actor) -> bool:
    """Put the task of reaching a resident whom our message did not reach into the queue, unless it is there."""
    what = {"email": "email", "sms": "text message", "letter": "letter"}[channel]
    title = f"Reach the resident in another way: our {what} did not arrive"
    if Task.objects.filter(case_id=case_id, title=title, state="open").exists():
        return False
    work = Work(case_file(case_id, lock=True), at=at, by=by)
    work.add_task(title, team=None, due=_soon(work))
    work.write()
    return True


def _too_late_on_paper(file: CaseFile) -> set[str]:
    """Return the letters about a day that is near: who has an e-mail or a text message of it needs no letter later."""
    return {*NEAR, *(m.letter for m in file.definition.messages if m.at in NEAR)}


def _closing_letters(file: CaseFile) -> set[str]:
    return {m.letter for m in file.definition.messages if m.at in FOR_FOLLOWERS}


def _message(work: Work, direction: str, text: str, subject: str = "") -> Message:
    return Message(
        id=new_id(),
        case_id=work.case.pk,
        body_id=work.case.body_id,
        direction=direction,
        subject=subject,
        text=text,
        at=work.at,
        by=str(work.by),
    )


def _said(text: str) -> str:
    if not text.strip():
        raise NothingSaid(field="text")
    return text.strip()


def _soon(work: Work) -> dt.datetime:
    """Return when somebody should have read what came in: the end of the second working day after it."""
    return work.file.calendar.due(work.at, working_days=2)
