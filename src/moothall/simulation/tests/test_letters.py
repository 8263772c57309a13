"""The letters that an adviser of the example county finds."""

import datetime as dt

from tests.world import ASHBY, MARCHSHIRE

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.inbox import queries as inbox
from moothall.simulation.actions.writers import let_letters_come

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)


def test_letters_wait_for_an_adviser_and_a_doubtful_one_is_put_aside(db, settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path
    let_letters_come(at=AT, by=Actor.system("test"))
    likely = {}
    for body_id in (MARCHSHIRE, ASHBY):
        with scoped(Scope(bodies=(body_id,), purpose="test")):
            for row in inbox.waiting(body_id):
                likely[row.sender_name] = row.guesses[0][0] if row.guesses else ""
            aside = [row.sender_name for row in inbox.waiting(body_id, "doubtful")]
            assert aside == (["Marchshire Payments"] if body_id == MARCHSHIRE else [])
    assert likely.pop("Priti Lowick") is not None
    assert likely == {
        "Rosa Whitlow": "report-pothole", "Siân Prydderch": "street-light", "Tom Harcastle": "missed-bin"
    }  # fmt: skip
