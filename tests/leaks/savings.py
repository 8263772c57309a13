"""Planted savings of Ashby, one in each state, so that every form is shown; all of it is published."""

from tests.leaks.words import staff_account
from tests.terms import as_body
from tests.world import ASHBY

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.years import year_of


def plant() -> None:
    """Promise six savings and take each a state further than the last; one is blocked, one has two baselines."""
    from moothall.promises import actions
    from moothall.promises.rules.savings import Amount
    from moothall.settlement import actions as settlement

    manager, finance = (_by(role) for role in ("manager", "finance"))
    at, day = now(), now().date()
    year, by = year_of(day)[0], {"at": at, "by": manager}
    with as_body(ASHBY):
        settlement.take_centres(body_id=ASHBY, content="code,title,parent\nSTR10,Rounds,\n", **by)
        settlement.take_costs(
            body_id=ASHBY, kind="actual", title="ledger.csv", control_rows=2, control_pence=300,
            content=f"entry,date,centre,account,amount\n1,{day},STR10,4000,1.00\n2,{day},STR10,4000,2.00\n", **by,
        )  # fmt: skip
        for steps in range(5):
            row = actions.promise(
                body_id=ASHBY, title=f"Saving {steps}", kind="cash", starts=year, source="Budget",
                figures={year: Amount(9_000, 100)}, **by,
            )  # fmt: skip
            _move(actions, row, steps, year, day, manager, at)
        row = actions.promise(body_id=ASHBY, title="Blocked", kind="cash", starts=year, source="Budget",
                              figures={year: Amount(9, 1)}, **by)  # fmt: skip
        actions.block(saving_id=row.pk, blocked_by="Cabinet", why="Too dear", **by)
        last = row.__class__.objects.get(title="Saving 4")
        actions.verify(saving_id=last.pk, first=day, last=day, entries=[f"{last.body_id}:actual:1"], at=at, by=finance,
                       working="The other entry is of a lorry that was lent out.")  # fmt: skip


def _move(actions, row, steps, year, day, manager, at) -> None:
    from moothall.promises.rules.savings import Amount

    told = {"saving_id": row.pk, "at": at, "by": manager}
    actions.name_owner(owner_id=int(manager.id), **told)
    actions.say_how(cause="Fewer rounds", quality="No bin missed", **told)
    base = actions.state_baseline(stated_by="Finance", pence=90_000, prices=year, source="Book", **told)
    figures = {year: Amount(9_000, 100)}
    moves = (
        lambda: actions.propose(**told),
        lambda: actions.approve(decided_by="Cabinet", decided_on=day, minute="1", councillor="A Councillor",
                                figures=figures, **told),
        lambda: actions.implement(day=day, words="Done", **told),
        lambda: actions.report(year=year, amount=figures[year], until=day, source="Report", **told),
    )  # fmt: skip
    for move in moves[:steps]:
        move()
    if steps == 0:
        actions.state_baseline(stated_by="The union", pence=80_000, prices=year, source="Payroll", because="Overtime",
                               **told)  # fmt: skip
        actions.choose_baseline(baseline_id=base.pk, because="Audited", **told)


def _by(role: str) -> Actor:
    return Actor("staff", str(staff_account(ASHBY, role).pk), ASHBY)


def plans() -> None:
    """Plant a draft and an adopted plan of Ashby, its fund, and two ideas of which one is tried."""
    from moothall.bodies import queries as bodies
    from moothall.promises import actions

    manager, finance, adviser = (_by(role) for role in ("manager", "finance", "adviser"))
    day = now().date()
    year, told = year_of(day)[0], {"at": now(), "by": manager}
    with as_body(ASHBY):
        councillor = bodies.staff(ASHBY, day, "councillor").first().name
        for service_id in ("garden-waste", "missed-bin"):
            row = actions.begin_plan(body_id=ASHBY, service_id=service_id, year=year, **told)
            plan = {"plan_id": row.pk, **told}
            actions.set_priorities(priorities="Fewer missed bins", **plan)
            actions.put_action(title="Plan anew", owner_id=int(manager.id), starts=day, due=day, costs=(1, 0, 0),
                               effect="Fewer", **plan)  # fmt: skip
            for group in ("users", "community", "staff", "unions"):
                actions.hear(group=group, asked="An evening", said="More", answer="Yes", **plan)
        actions.adopt_plan(adopted_by="Cabinet", minute="1", adopted_on=day, councillor=councillor, **plan)
        fund = {"body_id": ASHBY, "pence": 90_000, "most": 9_000, "decided_by": "Cabinet", "minute": "1"}
        actions.set_fund(year=year, **fund, at=now(), by=finance)
        ideas = [
            actions.propose_idea(body_id=ASHBY, title=f"Idea {n}", words="Try it", origin="staff", at=now(), by=adviser)
            for n in range(2)
        ]
        actions.grant_idea(idea_id=ideas[0].pk, pence=100, decided_by="Board", reason="Cheap", shows="Less", ends=day,
                           **told)  # fmt: skip
