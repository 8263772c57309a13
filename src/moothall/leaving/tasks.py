"""Jobs of leaving: tell those concerned, and carry it out on its day."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import messages
from moothall.core.clock import local
from moothall.core.queue import every, task
from moothall.leaving import actions, queries
from moothall.ui.rules import date_words

TOLD = ("manager", "partnership-office", "monitoring-officer")
LEAVES = """{leaver} leaves this platform on {day}.

What it does for {body}, and what your teams do for it, ends on that day. Look at who does it afterwards:
{address}
"""
UNREADY = """{body} was to leave this platform on {day}, and it is not carried out yet.

{why}
{address}
"""


@task("leaving.tell")
def tell(*, body: int, leaver: int, leaves: str, at: dt.datetime, by) -> None:
    """Tell a body's managers and partnership officers that another, with which it works, leaves."""
    day = date_words(dt.date.fromisoformat(leaves), "en")
    name = bodies.body(leaver).name
    text = LEAVES.format(leaver=name, day=day, body=bodies.body(body).name, address=_address())
    _write(body, "body-leaves", f"{name} leaves on {day}", text, at, by)


@task("leaving.due")
def due(*, body: int, at: dt.datetime, by) -> None:
    """Begin what is due: on the day itself, or on a later one if something was missing; tell whoever can mend it."""
    found = queries.departure(body)
    if found is None or found.state != "planned" or local(at).date() < found.leaves:
        return
    try:
        actions.carry_out(body_id=body, at=at, by=by)
    except actions.Unready as refusal:
        day = date_words(found.leaves, "en")
        text = UNREADY.format(body=bodies.body(body).name, day=day, why=refusal.message, address=_address())
        _write(body, "leaving-unready", "Our leaving is not carried out yet", text, at, by)


def _address() -> str:
    return settings.MOOTHALL_ADDRESS + reverse("leaving:leaving")


def _write(body: int, template: str, subject: str, text: str, at: dt.datetime, by) -> None:
    posts = [post for role in TOLD for post in bodies.staff(body, local(at).date(), role).select_related("account")]
    for address in sorted({post.account.email for post in posts}):
        messages.send(
            body_id=body, channel="email", to=address, template=template, subject=subject, text=text, at=at, by=by
        )


every("10 0 * * *", "leaving.due")
