"""Found a body, form its teams, appoint its staff."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from moothall.bodies.actions.land import _mark_changed
from moothall.bodies.models import Body, Staff, Team
from moothall.bodies.queries.organisation import expect_staff_change
from moothall.bodies.rules.kinds import Role
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours, Refusal
from moothall.core.refusing import refusing
from moothall.ui.rules import LEAST_CONTRAST, WHITE, contrast


class NameTaken(Refusal):
    """A body with that code, address or name exists already. Choose another."""


class FoundedAtOnce(Refusal):
    """Somebody added another body in the same moment. Send it again."""


class TooPale(Refusal):
    """White text on that colour is hard to read. Choose a darker one, with a contrast of at least 4.5 to 1."""


class UnknownRole(Refusal):
    """That is not one of the roles. Choose from the list of roles."""


class AlreadyEnded(Refusal):
    """That appointment has already ended. Make a new appointment instead."""


def found_body(
    *,
    id: int,
    code: str,
    slug: str,
    name: str,
    kind: str,
    partner: bool,
    colour: str,
    accent: str,
    wordmark: str = "",
    name_cy: str = "",
    signpost_url: str = "",
    signpost_phone: str = "",
    starts: date | None = None,
    at: datetime,
    by: Actor,
) -> int:
    """Add a public body and return its id. Raises NameTaken, FoundedAtOnce, TooPale."""
    if contrast(colour, WHITE) < LEAST_CONTRAST:
        raise TooPale(field="colour")
    if Body.objects.filter(Q(id=id) | Q(code=code) | Q(slug=slug) | Q(name=name)).exists():
        raise NameTaken(field="code")
    with refusing({"bodies_body_pkey": FoundedAtOnce}, hidden=NotYours):
        Body.objects.create(
            id=id,
            code=code,
            slug=slug,
            name=name,
            name_cy=name_cy,
            wordmark=wordmark or name,
            kind=kind,
            partner=partner,
            colour=colour,
            accent=accent,
            signpost_url=signpost_url,
            signpost_phone=signpost_phone,
            starts=starts,
        )
    _mark_changed()
    audit.record(action="body.founded", object=f"body:{id}", body_id=id, at=at, by=by, data={"code": code})
    return id


def form_team(*, body_id: int, code: str, name: str, starts: date | None = None, at: datetime, by: Actor) -> int:
    """Form a team in a body, or rename the one with this code, and return its id."""
    expect_staff_change()
    team, _ = Team.objects.update_or_create(
        body_id=body_id, code=code, defaults={"name": name}, create_defaults={"name": name, "starts": starts}
    )
    audit.record(action="team.formed", object=f"team:{team.pk}", body_id=body_id, at=at, by=by, data={"code": code})
    return team.pk


def appoint(
    *,
    account_id: int,
    body_id: int,
    name: str,
    roles: list[str],
    team_id: int | None = None,
    starts: date,
    ends: date | None = None,
    at: datetime,
    by: Actor,
) -> int:
    """Appoint somebody with an account to work for a body in these roles, and return the appointment's id.

    `starts` is the first day, `ends` the day after the last. Raises UnknownRole.
    """
    known = set(Role)
    if not roles or not set(roles) <= known:
        raise UnknownRole(field="roles", unknown=sorted(set(roles) - known))
    expect_staff_change()
    appointment = Staff.objects.create(
        account_id=account_id,
        body_id=body_id,
        team_id=team_id,
        name=name,
        roles=sorted(set(roles)),
        starts=starts,
        ends=ends,
    )
    _noted("staff.appointed", appointment, at, by)
    return appointment.pk


def end_appointment(*, staff_id: int, ends: date, at: datetime, by: Actor) -> None:
    """End an appointment; `ends` is the day after the last. Raises AlreadyEnded."""
    appointment = Staff.objects.filter(pk=staff_id, ends=None, starts__lt=ends).first()
    if appointment is None:
        raise AlreadyEnded
    expect_staff_change()
    Staff.objects.filter(pk=staff_id).update(ends=ends)
    _noted("staff.ended", appointment, at, by)


def leave_platform(
    *, body_id: int, signpost_url: str, signpost_phone: str = "", ends: date, stay_on: tuple[str, ...] = (),
    stay_until: date | None = None, at: datetime, by: Actor,
) -> int:  # fmt: skip
    """Let a body work here no longer: people are sent to its own address, and its staff's appointments end on a day.

    Whoever has one of the roles `stay_on` keeps theirs until `stay_until`. Returns how many appointments end.
    """
    expect_staff_change()
    open_ones = Staff.objects.filter(Q(ends=None) | Q(ends__gt=ends), body_id=body_id)
    ended = 0
    for row in open_ones.order_by("pk"):
        last = stay_until if set(row.roles) & set(stay_on) else ends
        if row.ends and row.ends <= last:
            continue
        Staff.objects.filter(pk=row.pk).update(ends=max(last, row.starts + timedelta(days=1)))
        _noted("staff.ended", row, at, by)
        ended += 1
    phone = signpost_phone or Body.objects.values_list("signpost_phone", flat=True).get(pk=body_id)
    Body.objects.filter(pk=body_id).update(partner=False, signpost_url=signpost_url, signpost_phone=phone)
    _mark_changed()
    audit.record(action="body.left", object=f"body:{body_id}", body_id=body_id, at=at, by=by, data={"staff": ended})
    return ended


def _noted(action: str, appointment: Staff, at: datetime, by: Actor) -> None:
    data = {"account": appointment.account_id, "roles": appointment.roles, "team": appointment.team_id}
    audit.record(action=action, object=f"staff:{appointment.pk}", body_id=appointment.body_id, at=at, by=by, data=data)
