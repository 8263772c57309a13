"""Two districts become one: nothing is lost, open work goes on, history stays, and it can be put back."""

import pytest
from tests.world import ASHBY, BORLEY

from moothall.bodies import queries as bodies
from moothall.reorganisation.tests import lives

pytestmark = pytest.mark.timeout(300)
SKIPPED = ("core_operation", "core_receipt", "procrastinate_jobs", "procrastinate_events", "reorganisation_plan")


def everything(owner) -> dict[str, list[str]]:
    """Return every row of every table as text."""
    names = [row[0] for row in owner.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"
    )]  # fmt: skip
    return {
        name: sorted(row[0] for row in owner.execute(f"select to_jsonb(t)::text from {name} t"))
        for name in names
        if name not in SKIPPED
    }


@pytest.fixture
def lived(real_db):
    return lives.live()


def test_two_districts_become_one(lived, owner):
    plan_id = lives.two_districts()
    found = lives.done(plan_id)
    assert (found.error, found.state) == ("", "done")
    print(found.result)


def test_undoing_puts_every_row_back(lived, owner):
    plan_id = lives.two_districts()
    before = everything(owner)
    assert lives.done(plan_id).error == ""
    found = lives.done(plan_id, "undo")
    assert (found.error, found.state) == ("", "done")
    after = everything(owner)
    changed = {
        n: (len(set(before[n]) - set(after[n])), len(set(after[n]) - set(before[n])))
        for n in before
        if before[n] != after[n]
    }
    print(changed)
    assert {n: v for n, v in changed.items() if v[0]} == {}
