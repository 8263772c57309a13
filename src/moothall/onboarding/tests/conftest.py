"""A police force next door that Marchshire invites, and its first person."""

import pytest
from django.test import Client
from tests import world
from tests.world import MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions

OPERATOR = Actor("staff", "1", MARCHSHIRE)
FORCE = {
    "name": "Woldshire Police", "kind": "police", "code": "WPO", "slug": "woldshire-police",
    "signpost_url": "https://www.woldshire-police.example/", "signpost_phone": "",
}  # fmt: skip
FIRST = {"first_name": "Rhian Marlow", "first_email": "rhian.marlow@woldshire-police.example"}


def invited(**changes) -> int:
    """Let Marchshire's operator invite the force; return its id."""
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="staff", actor=OPERATOR)):
        return actions.invite(host_id=MARCHSHIRE, body=FORCE | changes, **FIRST, at=now(), by=OPERATOR)


@pytest.fixture
def force(db) -> int:
    """Return the id of the force that was invited."""
    return invited()


@pytest.fixture
def rhian(force) -> Client:
    """Return the browser of the force's first person."""
    return world.sign_in(Client(), Account.objects.get(email=FIRST["first_email"]))


def as_force(body_id: int):
    """Return the scope of the force's staff."""
    return scoped(Scope(bodies=(body_id,), purpose="staff", actor=told(body_id)["by"]))


def told(body_id: int) -> dict:
    """Return for whom, when and by whom."""
    return {"body_id": body_id, "at": now(), "by": Actor("staff", "2", body_id)}


def body(body_id: int):
    """Return what is known of a body."""
    return bodies.body(body_id)


PAPERS = {
    "own-decision": {"decided_by": "Board", "decided_on": "2026-03-02", "reference": "B/26/4"},
    "staff": {"moves": False},
}
"""What is written down once for all services of a starter pack."""
TYPED = {
    "decided_by": "Board", "decided_on-day": "2", "decided_on-month": "3", "decided_on-year": "2026",
    "reference": "B/26/4", "moves": "no",
}  # fmt: skip
"""The same, as it is typed."""
