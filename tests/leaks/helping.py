"""Carl helps his father, who shares his word, and Ann named somebody who has not confirmed yet."""

import datetime as dt

from tests.leaks.words import ANN, CARL, canary
from tests.world import ASHBY

from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped


def plant(residents) -> None:
    """Let a father name Carl, who confirms, and Ann name a neighbour; `residents` are (account, person) by code."""
    from moothall.core.models import Account
    from moothall.people import actions as people
    from moothall.people import queries as known

    father = Account.objects.create_user(email=f"{canary(CARL).lower()}.father@example.org")
    with scoped(_scope(father)):
        own = people.welcome(
            account_id=father.pk, email=father.email, name=f"{canary(CARL)} Father", at=now(), by=_by(father)
        )
    with scoped(_scope(father, own)):
        code = known.code_of(_named(father, own, CARL))
    carl, person = residents[CARL]
    with scoped(_scope(carl, person)):
        people.take_up_help(code=code, name=f"{canary(CARL)} Example", at=now(), by=_by(carl))
    ann, person = residents[ANN]
    with scoped(_scope(ann, person)):
        _named(ann, person, ANN)


def _by(account) -> Actor:
    return Actor("resident", str(account.pk))


def _scope(account, person=None) -> Scope:
    return Scope(account=account.pk, person=person, purpose="front door", actor=_by(account))


def _named(account, person, code):
    """Let a resident name a helper, in words of their own."""
    from moothall.people import actions as people

    return people.name_helper(
        person_id=person, body_id=ASHBY, kind="friend", may=["ask", "follow", "add"], written="beside",
        person_name=f"{canary(code)} Father", agent_name=f"{canary(code)} Helper",
        ends=local(now()).date() + dt.timedelta(days=90), at=now(), by=_by(account),
    )  # fmt: skip
