"""Planted recharges: Borley is paid by Ashby, with a statement in each state, so that every form is shown."""

import datetime as dt

from tests.leaks.words import PROVIDED, as_body, canary, told
from tests.world import ASHBY, BORLEY

from moothall.core.clock import now


def plant() -> None:
    """Draw up a draft, one that was sent, one with a dispute, and one that both approved; the newest days are free."""
    from moothall.settlement import actions
    from moothall.settlement.forms import periods
    from moothall.sharing import actions as sharing

    word = canary(PROVIDED)
    with as_body(BORLEY):
        sharing.agree_terms(
            payer_id=ASHBY, provider_id=BORLEY, service_id="fly-tipping", rule={"method": "fixed", "pence": 120_000},
            vat="standard", basis="Joint decision", payer_post="Finance", provider_post="Finance",
            starts=dt.date(2020, 4, 1), **told(BORLEY),
        )  # fmt: skip
        actions.take_centres(body_id=BORLEY, content="code,title,parent\nW10,Street care,\n", **told(BORLEY))
        sharing.propose_recharge(
            payer_id=ASHBY, provider_id=BORLEY, service_id="fly-tipping", rule={"method": "fixed", "pence": 130_000},
            vat="standard", basis=f"{word} budget", post="Finance", starts=dt.date(2030, 4, 1), **told(BORLEY),
        )  # fmt: skip
    days = [value.split("/")[1:] for value, _ in periods(now().date()) if value.startswith("work/")]
    draft, sent, disputed, approved = (_drawn(first, last) for first, last in days[1:5])
    assert draft
    for row in (sent, disputed, approved):
        with as_body(BORLEY):
            actions.send(statement_id=row.pk, **told(BORLEY))
    line_id = _line(disputed)
    with as_body(ASHBY):
        actions.dispute(line_id=line_id, reason=f"{word} was ours", **told(ASHBY))
    for body_id in (ASHBY, BORLEY):
        with as_body(body_id):
            actions.approve(statement_id=approved.pk, **told(body_id))


def _drawn(first, last):
    from moothall.settlement import actions

    days = {"first": dt.date.fromisoformat(first), "last": dt.date.fromisoformat(last)}
    with as_body(BORLEY):
        return actions.draw_up(provider_id=BORLEY, payer_id=ASHBY, **days, **told(BORLEY))


def _line(row):
    from moothall.settlement import queries

    with as_body(BORLEY):
        return queries.lines(row.pk).lines[0].pk
