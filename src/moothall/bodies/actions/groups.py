"""Let an organisation's own sign-in say who works for a body: what each of its groups may do here."""

from datetime import date, datetime, timedelta

from django.db import connection

from moothall.bodies.models import Group, Staff, Team
from moothall.bodies.queries.organisation import expect_staff_change
from moothall.bodies.rules.kinds import Role
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.models import Account
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import Scope, scoped

from .organisation import UnknownRole, appoint, end_appointment

GIVEN = "select id, body_id, roles, team_id, kept_by from bodies_groups_given(%s)"


class NoGroup(Refusal):
    """Write the name of a group as your organisation's sign-in tells it."""

    status = 422


def keep_group(*, body_id: int, name: str, roles: list[str], team_id: int | None, at: datetime, by: Actor) -> int:
    """Let whoever is in a group of the organisation's sign-in work for a body in these roles; the same name changes it.

    Raises NoGroup, UnknownRole, NotYours for another body's team.
    """
    if not name.strip():
        raise NoGroup(field="name")
    if not roles or not set(roles) <= set(Role):
        raise UnknownRole(field="roles")
    if team_id is not None and not Team.objects.filter(pk=team_id, body_id=body_id).exists():
        raise NotYours
    said = {"roles": sorted(set(roles)), "team_id": team_id, "kept_by": str(by)}
    row, _ = Group.objects.update_or_create(body_id=body_id, name=name.strip(), ended_at=None, defaults=said)
    audit.record(action="group.kept", object=f"group:{row.pk}", body_id=body_id, at=at, by=by, data={"roles": roles})
    return row.pk


def drop_group(*, group_id: int, at: datetime, by: Actor) -> None:
    """Let a group say nothing any more; the appointments that came of it end tonight. Raises NotYours."""
    row = Group.objects.filter(pk=group_id, ended_at=None).first()
    if row is None:
        raise NotYours
    tomorrow = local(at).date() + timedelta(days=1)
    for one in Staff.objects.filter(body_id=row.body_id, group_id=row.pk, ends=None):
        end_appointment(staff_id=one.pk, ends=tomorrow, at=at, by=by)
    Group.objects.filter(pk=group_id).update(ended_at=at)
    audit.record(action="group.dropped", object=f"group:{row.pk}", body_id=row.body_id, at=at, by=by)


def welcome_groups(
    *, account: Account | None, email: str, name: str, groups: list[str], at: datetime, by: Actor
) -> Account | None:
    """Appoint whoever signs in by what their organisation's groups give, and end what they no longer give.

    `account` is theirs if it is known, else `email` was verified by the organisation. Returns the staff account, made
    here if a group gives it work, else None. Nobody is given work by a group that they themselves keep, and a
    resident's account stays a resident's.
    """
    given = _given(groups)
    if account is None and given and not Account.objects.filter(email=email.strip().lower()).exists():
        account = Account.objects.create_user(email.strip(), name=name, is_staff_account=True)
    if account is None or not account.is_staff_account:
        return None
    today = local(at).date()
    for group_id, body_id, roles, team_id, kept_by in given:
        if kept_by != str(Actor("staff", str(account.pk))):
            _appointed(account, group_id, body_id, roles, team_id, name, today, at)
    _ended(account, {row[0] for row in given}, today, at)
    return account


def _given(groups: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(GIVEN, [groups])
        return cursor.fetchall()


def _appointed(account, group_id, body_id, roles, team_id, name: str, today: date, at: datetime) -> None:
    with _as(body_id) as scope:
        held = Staff.objects.filter(account=account, body_id=body_id, group_id=group_id, ends=None).first()
        if held and (set(held.roles), held.team_id) == (set(roles), team_id):
            return
        if held:
            end_appointment(staff_id=held.pk, ends=max(today, held.starts + timedelta(days=1)), at=at, by=scope.actor)
        number = appoint(
            account_id=account.pk, body_id=body_id, name=name or account.name, roles=list(roles), team_id=team_id,
            starts=today, at=at, by=scope.actor,
        )  # fmt: skip
        Staff.objects.filter(pk=number).update(group_id=group_id)


def _ended(account, given: set[int], today: date, at: datetime) -> None:
    """End the appointments that came of groups in which somebody is no more: at once, or tonight if begun today."""
    with scoped(Scope(account=account.pk, purpose="sign-in")):
        over = list(Staff.objects.filter(account=account, ends=None, group__isnull=False).exclude(group_id__in=given))
    for row in over:
        with _as(row.body_id) as scope:
            end_appointment(staff_id=row.pk, ends=max(today, row.starts + timedelta(days=1)), at=at, by=scope.actor)
    expect_staff_change()


def _as(body_id: int):
    by = Actor.system("bodies.groups", body_id)
    return scoped(Scope(bodies=(body_id,), purpose="sign-in", actor=by))
