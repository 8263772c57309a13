"""The money once more, in plain Python from the formulas alone: no numpy, no code shared with the engine's sums."""

RATES = ((30, 0.035), (75, 0.03), (125, 0.025), (200, 0.02), (300, 0.015), (10**9, 0.01))
SIGNS = {"income": -1, "saving": -1, "benefit": -1}
NO_CASH = {"benefit", "harm", "asset"}
UPFRONT = {"transition", "transaction", "investment"}
UPPER = {("equipment", "capital"): (2.0, 0.1), ("outsourcing", "operating"): (0.41, 0.0)}


def factors(years):
    """Return discount factors by the Green Book's schedule of 2022."""
    found, factor = [], 1.0
    for year in range(years):
        if year:
            factor /= 1 + next(rate for until, rate in RATES if year <= until)
        found.append(factor)
    return found


def bias(line):
    """Return a line's optimism bias."""
    if not line.bias:
        return 0.0
    upper, lower = UPPER[line.bias.type, line.bias.measure]
    return max(lower, upper * (1 - sum(f.contribution * f.managed for f in line.bias.factors.values())))


def costs(case, option_id, values):
    """Return (society's cost, cash, cash spent up front) of each year as three lists."""
    option, years = case.options[option_id], case.years
    first, base, inflation = case.basis.horizon.first_year, case.basis.prices.year, case.basis.prices.inflation
    social, cash, spent = [0.0] * years, [0.0] * years, [0.0] * years
    for line in option.lines.values():
        amount = 1.0
        for name in line.times:
            amount *= values[name]
        profile = [1.0] * years if line.profile == "every" else line.profile
        bodies = sum(s for p, s in line.paid_by.items() if p in case.bodies) if line.paid_by else 1.0
        others = 1 - line.paid_by.get(option.provider, 0.0)
        left = 0.0
        for year in range(years):
            paid = amount * profile[year]
            if line.growth:
                paid *= (1 + values[line.growth]) ** (first + year - base)
            if line.prices == "nominal":
                paid /= (1 + inflation) ** (first + year - base)
            if line.life:
                left += paid * max(0.0, 1 - (years - year) / line.life)
            paid *= SIGNS.get(line.kind, 1) * (1 + bias(line))
            social[year] += 0.0 if line.kind == "tax" else paid * others
            cash[year] += 0.0 if line.kind in NO_CASH else paid * bodies
            spent[year] += paid * bodies if line.kind in UPFRONT else 0.0
        social[-1] -= left * others
    for risk in option.risks.values():
        if risk.chance:
            for year in range(years):
                price = values[risk.chance] * values[risk.cost]
                social[year] += price if risk.in_fact not in ("provider", "nobody") else 0.0
                cash[year] += price if risk.in_fact == "bodies" else 0.0
    for leaving in option.exit.values():
        price = leaving.by_year[-1]
        for name in leaving.times:
            price *= values[name]
        social[-1] += price
        cash[-1] += price
    return social, cash, spent


def present_cost(case, option_id, values):
    """Return society's present cost of an option."""
    social = costs(case, option_id, values)[0]
    return sum(cost * factor for cost, factor in zip(social, factors(case.years), strict=True))


def payback(case, option_id, values):
    """Return the year in which an option has paid back for good."""
    _social, now, _now_spent = costs(case, case.now, values)
    _social, cash, _spent = costs(case, option_id, values)
    total, year = 0.0, None
    for index, (before, after) in enumerate(zip(now, cash, strict=True)):
        total += before - after
        year = None if total < 0 else year or index + 1
    return year
