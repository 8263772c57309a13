"""All ways of sharing a cost side by side, on the work of the last year, with each partner's change from now."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.casework import queries as cases
from moothall.core.money import share
from moothall.settlement.queries import costs
from moothall.settlement.rules.ways import Year, cost_of, ways
from moothall.sharing import queries as sharing

METHODS = ("per-case", "per-unit", "by-head", "by-band", "fixed", "full-cost", "step-down")


@dataclass(frozen=True)
class Way:
    """One way of sharing: its rule in words, pence by body code, and each one's change from now."""

    method: str
    price: str
    pence: dict[str, int]
    change: dict[str, int]


@dataclass(frozen=True)
class Compared:
    """The ways side by side. `now` is what each bears by the terms in force; the provider bears what others do not."""

    first: dt.date
    last: dt.date
    provider: str
    year: Year
    now: dict[str, int]
    ways: tuple[Way, ...]


def shared_services(provider_id: int, day: dt.date) -> list[str]:
    """Return the services that a body does for others on terms on a day."""
    return sorted({row.service_id for row in sharing.terms_of(provider_id, day) if row.provider_id == provider_id})


def compare(provider_id: int, service_id: str, day: dt.date, *, unit: str = "", cost: int | None = None) -> Compared:
    """Compare the ways of sharing on the work of the twelve months before a day.

    The cost is what the provider's ledger says, unless one is told, in pence. Per unit the cost is shared by what the
    cases counted under the name `unit`; with no name each counts one, and it is the price of a case. Only the provider
    can ask: costs and others' cases are not for the payers to see.
    """
    first, last = day - dt.timedelta(days=365), day - dt.timedelta(days=1)
    own = bodies.body(provider_id).code
    terms = {bodies.body(row.body_id).code: row for row in sharing.terms_of(provider_id, day)
             if row.provider_id == provider_id and row.service_id == service_id}  # fmt: skip
    partners = {own: provider_id, **{code: row.body_id for code, row in terms.items()}}
    done = {
        code: cases.done_for(provider_id, body_id, service_id, first, last, unit=unit)
        for code, body_id in partners.items()
    }
    counted, units = ({code: of(found) for code, found in done.items()} for of in (len, _units))
    spent = costs.cost(provider_id, service_id, "actual", first, last)
    overheads = _overheads(provider_id, service_id, spent, first, last)
    year = Year(counted, costs.heads(day), spent if cost is None else cost, overheads)
    now = {code: sharing.price_of_year(row.price, _work(code, year, units)) for code, row in terms.items()}
    now = {own: year.cost - sum(now.values()), **now}
    rules = ways(year) if year.cost else {}
    if sum(units.values()) and year.cost:
        rules["per-unit"] = {"method": "per-unit", "pence": year.cost // sum(units.values()), "unit": unit or "case"}
    found = (_way(method, rules[method], own, year, units, now) for method in METHODS if method in rules)
    return Compared(first, last, own, year, now, tuple(found))


def _units(found) -> int:
    return sum(one.units for one in found)


def _work(code, year, units, method=""):
    return sharing.Work(
        receiver=code, cases=year.cases[code], units=units[code], heads=year.heads, cost_pence=cost_of(method, year)
    )


def _way(method, data, own, year, units, now) -> Way:
    """Return what each partner would pay; the provider bears what the others do not, of what this way shares."""
    rule = sharing.PriceRule.model_validate(data)
    paid = {code: sharing.price_of_year(rule, _work(code, year, units, method)) for code in year.cases if code != own}
    pence = {own: cost_of(method, year) - sum(paid.values()), **paid}
    return Way(method, sharing.price_words(rule), pence, {code: pence[code] - now[code] for code in pence})


def _overheads(provider_id, service_id, spent, first, last) -> int:
    """Return a service's part, by its cost, of what was spent in cost centres that belong to no single service."""
    loose, others = costs.unmapped(provider_id, first, last), costs.mapped(provider_id, first, last) - spent
    return share(loose, [spent, max(others, 0)])[0] if loose > 0 and spent > 0 else 0
