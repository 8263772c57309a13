"""Run the fit test, record what was measured of an aim or of staff's time, and warn those who answer for a service."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import audit, messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.promises import queries
from moothall.promises.models import CaseTime, FitRun, Measurement, Warning
from moothall.promises.rules.contributions import key
from moothall.promises.rules.fit import fit
from moothall.promises.rules.health import alarm_words
from moothall.promises.rules.thresholds import thresholds
from moothall.sharing import queries as sharing
from moothall.sharing.queries import Partnership
from moothall.ui.rules import date_words


class NotAMember(Refusal):
    """Your body takes no part in this partnership. Its members run its test and measure its aims."""

    status = 403


class NoSuchAim(Refusal):
    """The terms in force hold no such aim. Choose one of theirs."""

    status = 422


class CountedHere(Refusal):
    """This aim is counted here, from the work that is on record. Choose one that you measure yourselves."""

    status = 422


class NotYourContribution(Refusal):
    """The terms hold no such contribution of your body. Choose one of your own."""

    status = 422


class StillWithheld(Refusal):
    """The terms do not show yet who puts in what, and what is recorded is published. Record it once they do."""


class MeasuredInTheFuture(Refusal):
    """Give a day on which it was measured: today or earlier."""

    status = 422


class TimeWrong(Refusal):
    """Give the minutes that one request takes, 1 or more."""

    status = 422


class SourceMissing(Refusal):
    """Say where the figure stands, so that anybody can look it up."""

    status = 422


def run_fit(*, body_id: int, partnership_id: UUID, at: dt.datetime, by: Actor) -> FitRun:
    """Run the fit test of a partnership today, and store what was on record and what was found."""
    day = local(at).date()
    found = _of_member(body_id, partnership_id, day)
    evidence = queries.evidence_of(found, day)
    told = [one.model_dump(mode="json") for one in fit(evidence, thresholds(day))]
    run = FitRun.objects.create(
        body_id=body_id, partnership_id=found.id, day=day, evidence=evidence.model_dump(mode="json"), findings=told,
        ran_at=at,
    )  # fmt: skip
    audit.record(action="partnership.fit_tested", object=f"partnership:{found.id}", body_id=body_id, at=at, by=by)
    return run


def measure(
    *, body_id: int, partnership_id: UUID, aim: str, figure: Decimal, day: dt.date, source: str, at: dt.datetime,
    by: Actor,
) -> Measurement:  # fmt: skip
    """Record what was measured of an aim on a day, and where that stands."""
    today = local(at).date()
    found = _of_member(body_id, partnership_id, today)
    chosen = next((one for one in found.terms.aims if one.words == aim), None)
    if chosen is None:
        raise NoSuchAim(field="aim")
    if chosen.counts:
        raise CountedHere(field="aim")
    return _measured(body_id, found, aim, figure, day, source, at, by)


def put_in(
    *, body_id: int, partnership_id: UUID, what: str, figure: Decimal, day: dt.date, source: str, at: dt.datetime,
    by: Actor,
) -> Measurement:  # fmt: skip
    """Record what a member put in of its own contribution over the year to a day.

    `figure` is pounds where money was promised, else per cent of what was. Raises NotAMember, NotYourContribution,
    MeasuredInTheFuture, SourceMissing, and StillWithheld: what is recorded is published.
    """
    found = _of_member(body_id, partnership_id, local(at).date())
    if not queries.shows_contributions(found, local(at).date()):
        raise StillWithheld()
    if (body_id, what) not in {(one.body_id, one.what) for one in found.terms.contributions or ()}:
        raise NotYourContribution(field="what")
    return _measured(body_id, found, key(body_id, what), figure, day, source, at, by)


def _measured(body_id, found: Partnership, what: str, figure, day: dt.date, source: str, at, by) -> Measurement:
    if day > local(at).date():
        raise MeasuredInTheFuture(field="day")
    if not source.strip():
        raise SourceMissing(field="source")
    row = Measurement.objects.create(
        body_id=body_id, partnership_id=found.id, aim=what, figure=figure, day=day, source=source.strip(),
        recorded_at=at,
    )  # fmt: skip
    audit.record(action="partnership.measured", object=f"partnership:{found.id}", body_id=body_id, at=at, by=by)
    return row


def time_requests(
    *, body_id: int, service_id: str, minutes: int, day: dt.date, source: str, at: dt.datetime, by: Actor
) -> CaseTime:
    """Record how many minutes of its staff's time one request of a service takes a body, measured up to a day.

    Raises TimeWrong, MeasuredInTheFuture, SourceMissing.
    """
    if minutes < 1:
        raise TimeWrong(field="minutes")
    if day > local(at).date():
        raise MeasuredInTheFuture(field="day")
    if not source.strip():
        raise SourceMissing(field="source")
    row = CaseTime.objects.create(
        body_id=body_id, service_id=service_id, minutes=minutes, day=day, source=source.strip(), recorded_at=at
    )
    told = {"service": service_id, "minutes": minutes}
    audit.record(action="service.timed", object=f"service:{service_id}", body_id=body_id, data=told, at=at, by=by)
    return row


def watch(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Look after a member's partnerships: run what is due of the yearly test, send new warnings; return how many.

    Each finding is told once to the body's councillors who answer for a shared service and to its partnership office.
    The member with the lowest number runs the test for all.
    """
    day, told = local(at).date(), 0
    for found in sharing.partnerships(day, body_id):
        if found.state != "running" or body_id not in found.member_ids:
            continue
        if body_id == found.member_ids[0] and queries.due(queries.last_run(found.id), day):
            run_fit(body_id=body_id, partnership_id=found.id, at=at, by=by)
        told += _warn(body_id, found, day, at, by)
    return told


def _warn(body_id: int, found: Partnership, day: dt.date, at: dt.datetime, by: Actor) -> int:
    known = queries.sent([found.id], body_id)
    new = [one for one in queries.health(found, day).alarms if (found.id, one.key) not in known]
    for alarm in new:
        says = alarm_words(alarm, bodies.names(), date_words)
        text = f"{found.name}: {says}\n\n{_address(found)}\n"
        for address in _accountable(body_id, found, day):
            messages.send(
                body_id=body_id, channel="email", to=address, template="partnership-warning",
                subject=f"A warning about {found.name}", text=text, at=at, by=by,
            )  # fmt: skip
        Warning.objects.create(body_id=body_id, about_id=found.id, finding=alarm.key, sent_at=at)
    return len(new)


def _address(found: Partnership) -> str:
    return settings.MOOTHALL_ADDRESS + reverse("promises:health", args=[found.slug])


def _accountable(body_id: int, found: Partnership, day: dt.date) -> list[str]:
    """Return the work addresses of a body's councillors who answer for a service, and of its partnership office."""
    named = {one.councillor for one in found.terms.services if one.accountable == body_id}
    councillors = bodies.staff(body_id, day, "councillor").select_related("account")
    office = bodies.staff(body_id, day, "partnership-office").select_related("account")
    chosen = [post for post in councillors if post.name in named] + list(office)
    return sorted({post.account.email for post in chosen})


def _of_member(body_id: int, partnership_id: UUID, day: dt.date) -> Partnership:
    found = sharing.partnership_of(partnership_id, day)
    if not found.concerns(body_id):
        raise NotAMember()
    return found
