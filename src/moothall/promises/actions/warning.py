"""Warn whoever answers for a saving, a plan or a trial: its owner and its councillor, once for each finding."""

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
from moothall.promises.rules.ideas import alarms as trial_alarms
from moothall.promises.rules.told import alarm_words
from moothall.ui.rules import date_words


def watch_savings(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Look after a body's savings: send what newly warns to owner and councillor; return how many warnings there were.

    Where nobody owns one, or no councillor answers for it yet, the body's finance officers are told instead.
    """
    day, told = local(at).date(), 0
    found = queries.savings(body_id=body_id)
    alarms, known = queries.alarms(found, day), queries.sent([one.row.pk for one in found], body_id)
    for one in found:
        for alarm in (alarm for alarm in alarms[one.row.pk] if (one.row.pk, alarm.key) not in known):
            _send(one, alarm_words(alarm, date_words, one.row.unit), body_id, day, at, by)
            Warning.objects.create(body_id=body_id, about_id=one.row.pk, finding=alarm.key, sent_at=at)
            told += 1
    return told


def watch_plans(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Look after a body's plans and trials: send what newly warns; return how many warnings there were.

    Of a plan the owner of the action and the plan's councillor are told, of a trial whoever wrote the idea down.
    """
    day, told = local(at).date(), 0
    for one in queries.plans(body_id=body_id):
        owners = {str(action.pk)[-12:]: action.owner_id for action in one.actions}
        for alarm in queries.plan_alarms(one, day):
            says = alarm_words(alarm, date_words, group="plan_alarms")
            about = (one.row.pk, one.row.reference, reverse("promises:plan", args=[one.row.reference]))
            owner = owners.get(alarm.key.partition(":")[2])
            told += _once(body_id, about, alarm.key, says, (owner, one.row.councillor), at, by)
    for row in queries.ideas(body_id=body_id):
        for alarm in trial_alarms(row.state, row.ends, day):
            says = alarm_words(alarm, date_words, group="plan_alarms")
            about = (row.pk, row.reference, reverse("promises:ideas"))
            told += _once(body_id, about, alarm.key, says, (row.proposed_by, ""), at, by)
    return told


def _once(body_id: int, about: tuple, key: str, says: str, who: tuple, at: dt.datetime, by: Actor) -> int:
    """Send one finding if it was not sent before; return how many were sent."""
    about_id, reference, address = about
    if (about_id, key) in queries.sent([about_id], body_id):
        return 0
    for to in _accountable(*who, body_id, local(at).date()):
        messages.send(
            body_id=body_id, channel="email", to=to, template="plan-warning", subject=f"A warning about {reference}",
            text=f"{reference}: {says}\n\n{settings.MOOTHALL_ADDRESS}{address}\n", at=at, by=by,
        )  # fmt: skip
    Warning.objects.create(body_id=body_id, about_id=about_id, finding=key, sent_at=at)
    return 1


def _send(one: Told, says: str, body_id: int, day: dt.date, at: dt.datetime, by: Actor) -> None:
    row = one.row
    address = settings.MOOTHALL_ADDRESS + reverse("promises:saving", args=[row.reference])
    for to in _accountable(row.owner_id, row.councillor, body_id, day):
        messages.send(
            body_id=body_id, channel="email", to=to, template="saving-warning",
            subject=f"A warning about saving {row.reference}", text=f"{row.title}: {says}\n\n{address}\n", at=at, by=by,
        )  # fmt: skip


def _accountable(owner_id: int | None, name: str, body_id: int, day: dt.date) -> list[str]:
    """Return the work addresses of owner and councillor; of finance officers too where one of these is missing."""
    staff = list(bodies.staff(body_id, day).select_related("account"))
    owner = [post for post in staff if post.account_id == owner_id]
    councillor = [post for post in staff if "councillor" in post.roles and post.name == name]
    instead = [] if owner and councillor else [post for post in staff if "finance" in post.roles]
    return sorted({post.account.email for post in (*owner, *councillor, *instead)})
