"""What leaving costs, worked out from partnerships' terms and from the terms by which work is paid for."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.money import pounds
from moothall.leaving.rules.cost import LOST, ONCE, OTHERS, UNTIL, Notice, Sum, for_days, without
from moothall.settlement import queries as settlement
from moothall.sharing import queries as sharing

YEAR = dt.timedelta(days=365)
SHARING = ("full-cost", "by-head", "step-down")


def notices(body_id: int, decided: dt.date, today: dt.date) -> list[Notice]:
    """Return what notice each partnership of a body asks, were it given on the day of the decision."""
    found = []
    for one in _partnerships(body_id, today):
        months = one.terms.exit.notice_months if one.terms.exit else 0
        until = one.members[body_id][1]
        found.append(Notice(one.name, one.slug, months, sharing.may_leave_on(decided, months), until))
    return found


def _partnerships(body_id: int, today: dt.date) -> list:
    running = [one for one in sharing.partnerships(today, body_id) if one.state == "running"]
    return [one for one in running if body_id in one.member_ids]


def sums(body_id: int, leaves: dt.date, today: dt.date) -> list[Sum]:
    """Return what leaving on a day costs and changes, sum by sum: exit sums, what runs until then, and who bears on."""
    found = []
    for one in _partnerships(body_id, today):
        found += _of_partnership(one, body_id, leaves, today)
    for terms in sharing.terms_of(body_id, today):
        found += _of_terms(terms, body_id, leaves, today)
    return found


def _of_partnership(one, body_id: int, leaves: dt.date, today: dt.date) -> list[Sum]:
    said = one.terms.exit
    known = said is not None and said.cost_pence is not None
    formula = said.words if known else "Nobody has worked out what leaving costs: agree it with the other members."
    found = [Sum(ONCE, "The exit sum", one.name, formula, said.cost_pence if known else None)]
    for row in one.terms.contributions or ():
        if row.body_id == body_id and row.pence_a_year:
            pence, days = for_days(row.pence_a_year, today, leaves)
            formula = f"{pounds(row.pence_a_year)} a year × {days} of 365 days"
            found.append(Sum(UNTIL, f"Our contribution: {row.what}", one.name, formula, pence))
    return found


def _of_terms(terms, body_id: int, leaves: dt.date, today: dt.date) -> list[Sum]:
    """Return what terms of a service mean: what is paid until the day, what is lost, what falls to the others."""
    service = catalogue.titles([terms.service_id])[terms.service_id].en
    paid = terms.body_id == body_id
    other = bodies.body(terms.provider_id if paid else terms.body_id).name
    price = f"{service}: {sharing.price_words(terms.price)}"
    yearly, source = _yearly(terms, today)
    if not paid:
        formula = f"{source} We would no longer be paid from that day."
        return [Sum(LOST, f"What {other} pays us", price, formula, yearly)]
    if yearly is None:
        return [Sum(UNTIL, f"What we pay {other}", price, source, None)]
    pence, days = for_days(yearly, today, leaves)
    formula = f"{source} {pounds(yearly)} × {days} of 365 days."
    found = [Sum(UNTIL, f"What we pay {other}", price, formula, pence)]
    if settlement.needs_cost(terms.price):
        found.append(Sum(OTHERS, f"Our share of what the work costs {other}", price, _falls(terms, yearly), yearly))
    return found


def _yearly(terms, today: dt.date) -> tuple[int | None, str]:
    """Return (pence of a year or None, where the figure comes from)."""
    charged = settlement.charged_lately(terms.pk, today - YEAR, today)
    if charged is not None:
        return charged, f"Statements of the last twelve months charged {pounds(charged)}."
    pence, words = sharing.cost_on_volumes(terms.price, sharing.volume(terms.body_id, terms.service_id, today))
    return pence, f"{words[:1].upper()}{words[1:]}."


def _falls(terms, yearly: int) -> str:
    """Return to whom the body's share of a cost falls once its weight is gone."""
    code, rule = bodies.body(terms.body_id).code, terms.price
    if rule.method == "step-down":
        weights = [without(step.to, code) for step in rule.steps]
        if not all(any(left.values()) for left in weights):
            return f"{pounds(yearly)}: a cost centre then has nobody else to pass on to, so the provider bears it."
        steps = [step.model_copy(update={"to": left}) for step, left in zip(rule.steps, weights, strict=True)]
        names = sorted({name for left in weights for name in left} - {step.centre for step in rule.steps})
        before, after = (
            {n: sharing.price_of_year(r, sharing.Work(receiver=n)) for n in names}
            for r in (rule, rule.model_copy(update={"steps": tuple(steps)}))
        )
        return "Stepped down without us: " + ", ".join(_more(n, before[n], after[n]) for n in names) + " a year."
    left = without(rule.shares, code)
    if not any(left.values()):
        return f"{pounds(yearly)}: there is nobody else to share it, so the provider bears it."
    parts = sharing.shared_out(yearly, left)
    weights = ", ".join(f"{name} {weight}" for name, weight in left.items())
    said = ", ".join(f"{name} {pounds(pence)}" for name, pence in parts.items())
    return f"{pounds(yearly)} shared without us ({weights}): {said} a year."


def _more(name: str, before: int, after: int) -> str:
    return f"{name} {pounds(after)} instead of {pounds(before)}"
