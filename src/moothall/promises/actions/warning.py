"""Warn whoever answers for a saving: its owner and its councillor, once for each finding."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.promises import queries
from moothall.promises.models import Warning
from moothall.promises.queries import Told
from moothall.promises.rules.told import alarm_words
from moothall.ui.rules import date_words


def watch_savings(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Look after a body's savings: send what newly warns to owner and councillor; return how many warnings there were.

    Where nobody owns one, or no councillor answers for it yet, the body's finance officers are told instead.
    """
    day, told = local(at).date(), 0
    for one in queries.savings(body_id=body_id):
        known = queries.sent(one.row.pk, body_id)
        for alarm in (found for found in queries.alarms(one, day) if found.key not in known):
            _send(one, alarm_words(alarm, date_words, one.row.unit), body_id, day, at, by)
            Warning.objects.create(body_id=body_id, about_id=one.row.pk, finding=alarm.key, sent_at=at)
            told += 1
    return told


def _send(one: Told, says: str, body_id: int, day: dt.date, at: dt.datetime, by: Actor) -> None:
    row = one.row
    address = settings.MOOTHALL_ADDRESS + reverse("promises:saving", args=[row.reference])
    for to in _accountable(row, body_id, day):
        messages.send(
            body_id=body_id, channel="email", to=to, template="saving-warning",
            subject=f"A warning about saving {row.reference}", text=f"{row.title}: {says}\n\n{address}\n", at=at, by=by,
        )  # fmt: skip


def _accountable(row, body_id: int, day: dt.date) -> list[str]:
    """Return the work addresses of owner and councillor; of finance officers too where one of these is missing."""
    staff = list(bodies.staff(body_id, day).select_related("account"))
    owner = [post for post in staff if post.account_id == row.owner_id]
    councillor = [post for post in staff if "councillor" in post.roles and post.name == row.councillor]
    instead = [] if owner and councillor else [post for post in staff if "finance" in post.roles]
    return sorted({post.account.email for post in (*owner, *councillor, *instead)})
