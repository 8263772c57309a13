"""What the ledger's tests share: a practice provider, and Ashby's books open."""

import pytest
from tests.world import ASHBY

from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, provider
from moothall.ledger.tests.paying import AT, BY, Practice, raise_charge


@pytest.fixture
def practice(tmp_path, settings, monkeypatch):
    """The practice provider, in place of any other, keeping its messages."""
    practice = Practice(tmp_path)
    settings.PAY = practice.settings()
    monkeypatch.setattr(provider, "the_standin", lambda: practice.standin)
    return practice


@pytest.fixture
def owed(practice, db):
    """A charge of Ashby, seen by nobody until a scope is set."""
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        actions.open_books(body_id=ASHBY, month=AT.date(), months=2, at=AT, by=BY)
        return raise_charge(body_id=ASHBY)
