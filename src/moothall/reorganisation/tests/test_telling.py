"""Residents with open requests are told once that their council has become another; by the command line here."""

import io

import pytest
from django.core.management import CommandError, call_command
from tests.world import ASHBY, BORLEY, as_staff

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core import kept, operations, queue
from moothall.core.clock import local, now
from moothall.core.scope import scoped
from moothall.reorganisation import queries
from moothall.reorganisation.tests import lives

pytestmark = pytest.mark.timeout(300)
SLUG = "west-march"


def ask(*words) -> str:
    """Run `moothall reorganise`, and return what it says."""
    out = io.StringIO()
    call_command("reorganise", *words, stdout=out)
    expect_change()
    kept.forget_all()
    return out.getvalue()


@pytest.fixture
def lived(real_db):
    """Ann asks both councils for something, Bob one of them; a plan is for today."""
    expect_change()
    asked = {
        "ann": [lives.complained(ASHBY, at=now()), lives.complained(BORLEY, at=now())],
        "bob": [lives.complained(BORLEY, at=now(), email="bob@example.org")],
    }
    lives.two_districts(vesting=local(now()).date(), at=now())
    return asked


def letters(owner) -> list[tuple]:
    """Return (to, subject, words) of each letter that says that a council has become another."""
    found = "select recipient, subject, text from core_outgoingwords where subject like %s order by 1"
    return owner.execute(found, ["%has taken the place%"]).fetchall()


def test_each_resident_gets_one_letter_for_all_requests_once_it_is_confirmed_and_never_again(lived, owner, client):
    assert f"{SLUG}: Ashby and Borley become Westmarch" in ask()
    page = f"/staff/reorganisations/{_plan().row.pk}/letters/"
    shown = as_staff(client, BORLEY, "monitoring-officer").get(page).content.decode()
    assert "has taken the place of Borley" in shown
    assert "sydd wedi cymryd lle" in shown
    assert "carried out, not yet confirmed" in ask(SLUG, "carry-out")
    queue.run_pending(at=now())
    assert letters(owner) == [], "it can still be undone"
    later = lives.complained(bodies.body("westmarch").id, at=now(), email="eve@example.org")
    assert "2 letters to residents" in ask(SLUG, "confirm")
    queue.run_pending(at=now())
    (ann, bob) = letters(owner)
    assert (ann[0], bob[0]) == ("ann@example.org", "bob@example.org")
    assert all(one.reference in ann[2] for one in lived["ann"])
    assert "stay the same" in ann[2]
    assert "/your-council/west-march/" in ann[2]
    assert later.reference not in "".join(words for _, _, words in letters(owner))
    with scoped(lives.staff(ASHBY)):
        told = next(one for one in queries.operations_of(_plan()) if one.kind.endswith(".tell"))
        again = operations.ask("reorganisation.tell", body_id=ASHBY, subject=told.subject, at=now(), by=lives.RESIDENT)
    operations.run(again)
    queue.run_pending(at=now())
    assert len(letters(owner)) == 2
    with pytest.raises(CommandError, match="carried out already"):
        ask(SLUG, "confirm")


def test_the_command_undoes_and_says_before_and_after(lived):
    assert "carried out, not yet confirmed" in ask(SLUG, "carry-out")
    told = ask(SLUG)
    assert "Cases, open: 3 before, 3 after" in told
    assert "DIFFERS" not in told
    assert ": undone" in ask(SLUG, "undo")
    with pytest.raises(CommandError, match="no such plan"):
        ask("nowhere", "undo")


def _plan():
    with scoped(lives.staff(ASHBY)):
        return queries.by_slug(SLUG)
