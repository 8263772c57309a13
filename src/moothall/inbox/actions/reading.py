"""Read what was taken in, and lead it on: to its case, to an adviser, or aside."""

import datetime as dt
import io
import json
from uuid import UUID

from django.conf import settings

from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core import files, messages
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.core.scan import ScannerAway
from moothall.inbox import queries
from moothall.inbox.actions.acknowledging import acknowledge
from moothall.inbox.actions.settling import end, lay_on_case
from moothall.inbox.actions.taking import MAIL, TEXT_MESSAGE
from moothall.inbox.events import Arrived
from moothall.inbox.models import Arrival
from moothall.inbox.rules import doubts, finding, scans
from moothall.inbox.rules.mail import Enclosed, Mail, read
from moothall.inbox.rules.words import language, line, plain

LIKELY = 4.0
"""What the best service must score to say that somebody may be in danger."""


def read_arrival(*, arrival_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Read what was taken in: who wrote it, what it says, which case it belongs to. Done once."""
    arrival = Arrival.objects.select_for_update().filter(pk=arrival_id, state="received").first()
    if arrival is None:
        return
    raw = files.find(arrival.raw_id)
    letter = _letter(arrival, raw.kind, raw.name, files.path_of(raw).read_bytes())
    _keep_enclosed(arrival, letter.files, at, by)
    _write_down(arrival, letter)
    ours = _our_message(letter)
    found = _case_of(arrival, letter, ours)
    if ours and not arrival.message_key:
        arrival.thread = arrival.pk
    if letter.automatic in ("bounce", "auto-reply", "loop"):
        _machine(arrival, letter, at, by)
    elif doubts.doubtful(arrival.signs):
        arrival.state = "doubtful"
        arrival.save()
    elif found:
        arrival.save()
        lay_on_case(arrival=arrival, case_id=found, at=at, by=by)
    else:
        arrival.state = "waiting"
        arrival.save()
    if arrival.state in ("waiting", "doubtful"):
        acknowledge(arrival=arrival, at=at, by=by)
    guess = arrival.guesses[0][0] if arrival.guesses and arrival.state == "waiting" else ""
    told = Arrived(
        body_id=arrival.body_id, arrival_id=arrival.pk, channel=arrival.channel, state=arrival.state, service_id=guess
    )
    publish(told, at=at, by=by)


def _letter(arrival: Arrival, kind: str, name: str, raw: bytes) -> Mail:
    """Return what came as a letter, whatever way it came."""
    if kind == TEXT_MESSAGE:
        said = json.loads(raw)
        return Mail(sender=finding.same_phone(str(said["source_number"])), text=plain(str(said["message"])))
    if kind != MAIL:
        paper = Enclosed(name, raw)
        return Mail(text=scans.words(raw), files=(paper,))
    letter = read(raw, our_server=settings.MOOTHALL_MAIL["server"], own_domain=queries.own_domain())
    if arrival.channel == "email":
        return letter
    scanned = "\n\n".join(filter(None, (scans.words(paper.content) for paper in letter.files)))
    return Mail(subject=letter.subject, text=scanned or letter.text, files=letter.files, left_out=letter.left_out)


def _keep_enclosed(arrival: Arrival, enclosed: tuple[Enclosed, ...], at: dt.datetime, by: Actor) -> None:
    """Keep what can be kept of what came with it; say of the rest why not."""
    arrival.left_out, arrival.files = [], []
    for paper in enclosed:
        try:
            content = scans.as_pdf(paper.content)
            kept = files.keep(io.BytesIO(content), name=paper.name, body_id=arrival.body_id, at=at, by=by)
        except ScannerAway:
            raise  # tried again when the scanner is back
        except Refusal as no:
            arrival.left_out.append([line(paper.name, 100), no.message])
        else:
            arrival.files.append(kept.pk)


def _write_down(arrival: Arrival, letter: Mail) -> None:
    arrival.sender, arrival.sender_name = letter.sender[:320], letter.name
    arrival.subject, arrival.text = letter.subject, letter.text
    arrival.sender_digest = queries.sender_digest(letter.sender) if letter.sender else None
    arrival.left_out += [list(pair) for pair in letter.left_out]
    arrival.automatic, arrival.signs = letter.automatic, letter.signs
    arrival.language = language(letter.text)
    arrival.found = {
        "references": finding.references(letter.subject, letter.text, letter.quoted),
        "phone": finding.phone(letter.text) or (letter.sender if arrival.channel == "sms" else ""),
        "places": finding.places(f"{letter.subject}. {letter.text}"),
        "checked": letter.checked,
    }
    arrival.guesses = [
        [one.service_id, score, list(words)] for one, score, words in catalogue.suggest(letter.subject, letter.text)
    ]
    best = arrival.guesses[0] if arrival.guesses else None
    arrival.urgent = bool(best and best[1] >= LIKELY and catalogue.current(best[0]).definition.urgent)
    if letter.message_id:
        arrival.message_key = queries.message_key(letter.message_id)
    earlier = queries.earlier(arrival.body_id, [queries.message_key(one) for one in letter.answers])
    if earlier:
        arrival.thread = earlier.thread


def _our_message(letter: Mail):
    """Return the message of ours that a letter answers, if the scope shows it: its Message-ID has its id."""
    for one in letter.answers:
        found = queries.our_id(one)
        message = messages.find(found) if found else None
        if message:
            return message
    return None


def _case_of(arrival: Arrival, letter: Mail, ours) -> UUID | None:
    """Return the case that a letter belongs to, when its sender is known to have to do with it; else None.

    A reference alone is not enough: anybody may have read it. Of several cases a person has to choose one.
    """
    if not letter.sender or letter.checked.get("dmarc") == "fail":
        return None
    found = {
        casework.track(reference, way) for reference in arrival.found["references"] for way in _ways(letter.sender)
    }
    if ours and (ours.words.recipient or "").lower() == letter.sender:
        found |= {ours.case_id} if ours.case_id else queries.cases_written_from(ours.pk, arrival.sender_digest)
    if arrival.thread != arrival.pk:
        found |= queries.cases_of_thread(arrival.body_id, arrival.thread, arrival.sender_digest)
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _ways(sender: str) -> list[str]:
    """Return a sender's address in the ways in which a case may have it."""
    if "@" in sender:
        return [sender]
    return [sender, f"+44{sender[1:]}"] if sender.startswith("0") else [sender, f"+{sender}"]


def _machine(arrival: Arrival, letter: Mail, at: dt.datetime, by: Actor) -> None:
    """End what a machine wrote; a letter of ours that did not arrive is known as such from now on."""
    arrival.save()
    report = letter.not_delivered
    sent = queries.our_id(report.message_id) if report and report.final else None
    if sent:
        messages.not_delivered(outgoing_id=sent, code=f"mail-{report.status}", at=at, by=by)
    end(arrival=arrival, outcome="automatic", at=at, by=by)
