"""How each figure is made: its formula with the figures in it, the inputs behind it and the facts it rests on.

Every figure in the tables of a result has an entry here under "option.figure", and every entry ends at inputs with a
source and an author, or at a fact with a source and a date.
"""

from dataclasses import dataclass

from moothall.appraisal.rules import money as sums
from moothall.appraisal.rules.report import Report
from moothall.appraisal.rules.words import in_a_hundred, percent, pounds


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, its value, how it is written, its formula, its inputs and its facts by name."""

    id: str
    what: str
    value: float | None
    text: str
    formula: str
    inputs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def figures(report: Report) -> dict[str, Figure]:
    """Return every figure of the result's tables by id."""
    found: list[Figure] = []
    for option in report.case.options:
        found += _cost_figures(report, option) + _chance_figures(report, option) + _once_figures(report, option)
        if report.servicing:
            found += _debt_figures(report, option)
    return {figure.id: figure for figure in found}


def inputs_of(report: Report, option: str) -> tuple[str, ...]:
    """Return the names of all inputs an option's cost is made of."""
    names: dict[str, None] = {}
    for strand in report.money[option].strands:
        names |= dict.fromkeys(strand.inputs)
        names |= {strand.growth: None} if strand.growth else {}
    return tuple(names)


def _cost_figures(report: Report, option: str) -> list[Figure]:
    now, found = report.money[report.case.now], report.money[option]
    inputs, schedule = inputs_of(report, option), (report.case.basis.discount, "optimism")
    by_kind = " + ".join(f"{pounds(amount)} ({kind})" for kind, amount in sums.by_kind(report.case, found).items())
    five = min(sums.TEST_YEARS, report.case.years)
    row = " + ".join(pounds(amount) for amount in found.saving[:five])
    spent = " + ".join(pounds(amount) for amount in found.upfront[:five])
    path = ", ".join(pounds(amount) for amount in found.cumulative)
    told = [
        ("cost", "Present cost to society", found.present_cost, f"Each year's cost x its discount factor: {by_kind}"),
        ("cash", "Present cost in cash to the bodies", found.present_cash, "Cash of each year x its discount factor"),
        ("gain", "Gain over now", found.gain, f"{pounds(now.present_cost)} (now) - {pounds(found.present_cost)}"),
        ("saving5", "Saved in five years", found.five_year_saving, f"Running cash now less then, by year: {row}"),
        ("spent5", "Spent to get it in five years", found.five_year_upfront, f"Moving, agreeing, investing: {spent}"),
    ]
    figures_ = [Figure(f"{option}.{n}", w, v, pounds(v), f, inputs, schedule) for n, w, v, f in told]
    text = f"year {found.payback_year}" if found.payback_year else "never"
    formula = f"The first year from whose end savings less spending, added up, stay above nothing: {path}"
    figures_.append(Figure(f"{option}.payback", "Has paid back in", found.payback_year, text, formula, inputs))
    passed = "passes" if found.passes_five_years else "fails"
    formula = f"{pounds(found.five_year_saving)} saved against {pounds(found.five_year_upfront)} spent"
    figures_.append(Figure(f"{option}.five", "Savings exceed spending in five years", None, passed, formula, inputs))
    for elasticity, cost in found.weighted.items():
        formula = f"As present cost, with each group's pound x (median / its income) ^ {elasticity}"
        name = f"{option}.weighted{elasticity:g}"
        figures_.append(
            Figure(
                name, f"Present cost weighted {elasticity:g}", cost, pounds(cost), formula, inputs, ("distribution",)
            )
        )
    return figures_


def _chance_figures(report: Report, option: str) -> list[Figure]:
    found, count = report.chances[option], report.case.points
    inputs = tuple(name for name in inputs_of(report, option) if _varies(report, name))
    drawn = f"of {count:,} scrambled Sobol draws, seed {report.case.seed}, the same for all options"
    told = [
        ("low", "Gain, one in twenty is below", found.gain[0], f"5th percentile {drawn}"),
        ("middle", "Gain, half are below", found.gain[1], f"Middle {drawn}"),
        ("high", "Gain, one in twenty is above", found.gain[2], f"95th percentile {drawn}"),
    ]
    shares = [
        ("best", "Cheapest for society", found.best, f"Share {drawn} in which no option costs less"),
        ("soon", "Paid back after five years", found.pays_back_in_five, f"Share {drawn} with savings above spending"),
        ("dearer", "Costs the bodies more than now", found.dearer_than_now, f"Share {drawn} with more present cash"),
    ]
    return [Figure(f"{option}.{n}", w, v, pounds(v), f, inputs) for n, w, v, f in told] + [
        Figure(f"{option}.{n}", w, v, in_a_hundred(v), f, inputs) for n, w, v, f in shares
    ]


def _varies(report: Report, name: str) -> bool:
    given = report.case.inputs.get(name)
    return bool(given and given.spread) and name not in report.claims


def _once_figures(report: Report, option: str) -> list[Figure]:
    case, values, found = report.case, report.values, report.money[option]
    figures_ = []
    stated = case.options[option].profit
    if stated:
        earned = sums.profit(case, found, values)
        formula = f"{percent(values[stated.rate])} of the present price of {', '.join(stated.on)}; part of the price"
        figures_.append(Figure(f"{option}.profit", "Profit", earned, pounds(earned), formula, (stated.rate,)))
    worth = sums.assets(case, option, values)
    if worth:
        total = sum(worth.values())
        formula = " + ".join(f"{pounds(amount)} ({asset})" for asset, amount in worth.items())
        inputs = tuple({name: 0 for s in found.strands if s.kind == "asset" for name in s.inputs})
        figures_.append(Figure(f"{option}.assets", "Assets handed over", total, pounds(total), formula, inputs))
    leaving = sums.leaving(case, option, values)
    inputs = tuple({name: 0 for given in case.options[option].exit.values() for name in given.times})
    path = ", ".join(f"{label} {pounds(amount)}" for label, amount in zip(case.labels(), leaving, strict=True))
    formula = f"Product of the inputs x each year's share, added up over what leaving covers: {path}"
    last = float(leaving[-1])
    figures_.append(Figure(f"{option}.leaving", "Leaving at the end", last, pounds(last), formula, inputs))
    return figures_


def _debt_figures(report: Report, option: str) -> list[Figure]:
    account = report.case.borrowing
    found = report.servicing[option][account.method]
    inputs = (account.interest_rate, *inputs_of(report, option))
    verdict = "can service the debt" if found.can else "cannot service the debt"
    share = found.decides.startswith("in ")
    figure = percent(found.figure, 2) if share else pounds(found.figure)
    rate = percent(found.break_even_rate, 2) if found.break_even_rate is not None else "none"
    dear = int(found.band_d.argmax())
    label = report.case.labels()[dear]
    told = [
        ("debt", "Verdict", None, verdict, f"{found.decides}: {figure}" if found.figure else found.decides),
        (
            "breakeven",
            "Break-even interest rate",
            found.break_even_rate,
            rate,
            "Where savings just pay interest and provision",
        ),
        (
            "owed",
            "Owed after the last year",
            found.debt_left,
            pounds(found.debt_left),
            "Spending less provision, added up",
        ),
        (
            "bandd",
            "Dearest year for a band D home",
            float(found.band_d[dear]),
            f"{pounds(found.band_d[dear], 2)} in {label}",
            f"(interest + provision - saving) / {account.band_d_dwellings:,.0f} band D dwellings",
        ),
        (
            "ratio",
            "Highest financing to net revenue stream",
            float(found.ratio.max()),
            percent(found.ratio.max(), 2),
            "(financing cost today + interest + provision) / net revenue stream, the highest year",
        ),
    ]
    return [Figure(f"{option}.{n}", w, v, t, f, inputs, ("provision",)) for n, w, v, t, f in told]
