"""The resident of the stories: her account, and who she is."""

import datetime as dt

from allauth.account.models import EmailAddress

from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people
from moothall.simulation.rules.personas import RESIDENT


def settle_resident(*, at: dt.datetime, by: Actor) -> int:
    """Give the resident of the stories an account with a verified address, and her person; return the account's id."""
    account = Account.objects.filter(email=RESIDENT.email).first()
    if account is None:
        account = Account.objects.create_user(RESIDENT.email, name=RESIDENT.name)
        EmailAddress.objects.create(user=account, email=RESIDENT.email, verified=True, primary=True)
    resident = Actor("resident", str(account.pk))
    with scoped(Scope(account=account.pk, purpose="front door", actor=resident)):
        people.welcome(account_id=account.pk, email=RESIDENT.email, name=RESIDENT.name, at=at, by=resident)
    return account.pk
