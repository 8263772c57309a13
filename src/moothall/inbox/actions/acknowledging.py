"""Say that a letter came: once in a conversation, to people only, in the language they wrote."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.workdays import england
from moothall.inbox import queries
from moothall.inbox.models import Arrival
from moothall.inbox.rules import doubts
from moothall.inbox.rules.automatic import silent
from moothall.ui.rules import date_words

WORKING_DAYS = 2
"""Working days within which somebody answers what came in writing, unless the service that it becomes promises less."""
WORDS = {
    "en": (
        "We have your email",
        """Thank you for writing to ((body)).

An adviser reads your email and answers by ((day)).

If you reported something or asked for a service, we make a request of it and send you its reference. With the reference
you can follow it on our website.

You need not write again. If somebody is in danger, ring 999.""",
    ),
    "cy": (
        "Mae eich e-bost wedi cyrraedd",
        """Diolch am ysgrifennu at ((body)).

Bydd cynghorydd yn darllen eich e-bost ac yn ateb erbyn ((day)).

Os ydych wedi rhoi gwybod am rywbeth neu wedi gofyn am wasanaeth, byddwn yn gwneud cais ohono ac yn anfon ei gyfeirnod
atoch. Gallwch ei ddilyn ar ein gwefan gyda'r cyfeirnod.

Nid oes angen i chi ysgrifennu eto. Os oes rhywun mewn perygl, ffoniwch 999.""",
    ),
}


def acknowledge(*, arrival: Arrival, at: dt.datetime, by: Actor) -> None:
    """Write to who sent an e-mail that we have it, or write down on it why we do not. Nothing of theirs is repeated:
    who did not write it learns nothing and is sent nothing that others chose.
    """
    if arrival.channel != "email":
        return
    found = silent(
        automatic=arrival.automatic,
        doubtful=doubts.doubtful(arrival.signs),
        sender=arrival.sender,
        own=arrival.sender.endswith(f"@{queries.own_domain()}"),
        threaded=arrival.thread != arrival.pk and queries.written_in_thread(arrival.body_id, arrival.thread),
        today=queries.acknowledged_today(arrival.body_id, arrival.sender_digest, at),
    )
    arrival.silence = found.because if found else _send(arrival, at, by)
    arrival.save(update_fields=["silence", "written"])


def _send(arrival: Arrival, at: dt.datetime, by: Actor) -> str:
    """Send it; return what stands against it, or nothing."""
    subject, text = WORDS[arrival.language]
    values = {
        "body": bodies.names(arrival.language)[arrival.body_id],
        "day": date_words(england().due(at, working_days=WORKING_DAYS), arrival.language),
    }
    try:
        sent = messages.send(
            body_id=arrival.body_id, channel="email", to=arrival.sender, template="inbox.acknowledged", subject=subject,
            text=text, values=values, language=arrival.language, at=at, by=by,
        )  # fmt: skip
    except Refusal as no:
        return no.message[:120]
    arrival.written = [*arrival.written, sent]
    return ""
