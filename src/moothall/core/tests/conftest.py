"""What the tests of the trail share: a small sealed trail of two bodies."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.urls import resolve

from moothall.core import audit, sealing
from moothall.core.actor import Actor
from moothall.core.models import AuditEntry
from moothall.core.scope import Scope, scoped

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
COUNTY, DISTRICT = 901, 902  # nobody in the tests' world: their trails begin empty
BY = Actor("staff", "12", COUNTY)
SECOND = dt.timedelta(seconds=1)


def scope(*bodies, **more):
    return scoped(Scope(bodies=bodies or (COUNTY,), purpose="test", actor=BY, **more))


def write(count, *, body_id=COUNTY, start=0):
    return [
        audit.record(
            action="case.noted", object=f"case:{n}", body_id=body_id, at=AT, by=BY, data={"note": f"Mr Ŵ, hole {n}"}
        )
        for n in range(start, start + count)
    ]


def sealed(*sizes, body_id=COUNTY):
    """Write entries and seal them in batches of these sizes."""
    for number, size in enumerate(sizes):
        with scope(body_id):
            write(size, body_id=body_id, start=100 * number)
            sealing.seal(body_id=body_id, at=dt.datetime.now(dt.UTC) + number * SECOND)


def open_page(url, who, *, roles=(), method="get", **data):
    """Ask for an address as somebody whose scope and roles are given, the way the middleware does."""
    request = getattr(RequestFactory(), method)(url, data)
    user = SimpleNamespace(is_authenticated=bool(roles or who.account), is_anonymous=not roles, pk=who.account)
    request.scope, request.actor, request.at, request.user = who, who.actor, AT, user
    request.roles = frozenset(roles)
    path = url.partition("?")[0]
    with scoped(who):
        found = resolve(path)
        return found.func(request, *found.args, **found.kwargs)


@pytest.fixture
def trail(real_db, owner, settings):
    sealed(5, 1, 7, 3)
    sealed(4, 4, body_id=DISTRICT)
    with scope():
        erased = AuditEntry.objects.filter(body_id=COUNTY).order_by("id")[3].pk
        audit.erase(entry_ids=[erased], body_id=COUNTY, because="asked for", at=AT, by=BY)
        sealing.seal(body_id=COUNTY, at=dt.datetime.now(dt.UTC) + 9 * SECOND)
    return owner, settings.MOOTHALL_DATA
