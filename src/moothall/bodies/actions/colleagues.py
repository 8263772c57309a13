"""Bring somebody into a body, with the account they sign in with, and let them go."""

from datetime import date, datetime

from django.conf import settings

from moothall.bodies.models import Body, Staff, Team
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.refusal import NotYours, Refusal

from .organisation import appoint, end_appointment

WELCOME = (
    "{name} has given you work on Moothall: {roles}.\n\n"
    "Set a password and a second factor at {address}/sign-in/password/reset/ with this address.\n\n"
    "If you do not know why you get this, tell {name}."
)


class ResidentsAddress(Refusal):
    """Somebody signs in as a resident with that address. Use a work address, so that the two stay apart."""


class NotOneself(Refusal):
    """Nobody gives themself work or takes it from themself. Ask a colleague who may."""

    status = 403


def bring_in(
    *,
    body_id: int,
    email: str,
    name: str,
    roles: list[str],
    team_id: int | None,
    starts: date,
    ends: date | None = None,
    at: datetime,
    by: Actor,
) -> int:
    """Appoint somebody by their work address, making their account if it is new, tell them, and return the appointment.

    A new account has no password: whoever reads that mailbox sets one, and a second factor before any work.
    Raises ResidentsAddress, NotOneself, UnknownRole, NotYours for another body's team.
    """
    account = Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        account = Account.objects.create_user(email.strip(), name=name, is_staff_account=True)
    elif not account.is_staff_account:
        raise ResidentsAddress(field="email")
    if str(account.pk) == by.id and by.kind == "staff":
        raise NotOneself
    if team_id is not None and not Team.objects.filter(pk=team_id, body_id=body_id).exists():
        raise NotYours
    told = {"at": at, "by": by}
    appointment = appoint(
        account_id=account.pk,
        body_id=body_id,
        name=name,
        roles=roles,
        team_id=team_id,
        starts=starts,
        ends=ends,
        **told,
    )
    messages.send(
        body_id=body_id,
        channel="email",
        to=account.email,
        template="staff-welcome",
        subject="You can now work on Moothall",
        text=WELCOME.format(
            name=Body.objects.get(pk=body_id).name,
            roles=", ".join(sorted(role.replace("-", " ") for role in roles)),
            address=settings.MOOTHALL_ADDRESS,
        ),
        **told,
    )
    return appointment


def let_go(*, staff_id: int, ends: date, at: datetime, by: Actor) -> None:
    """End an appointment; `ends` is the first day without it. Raises NotOneself, AlreadyEnded, NotYours.

    From that day the person sees nothing of the body's; what they did stays theirs in the records.
    """
    row = Staff.objects.filter(pk=staff_id).first()
    if row is None:
        raise NotYours
    if str(row.account_id) == by.id and by.kind == "staff":
        raise NotOneself
    end_appointment(staff_id=staff_id, ends=ends, at=at, by=by)
