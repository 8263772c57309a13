"""The result as a page that stands alone: no scripts, no other files, the same bytes for the same case."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from moothall.appraisal.rules import charts, money, words
from moothall.appraisal.rules.closing import obstacles
from moothall.appraisal.rules.completeness import named_values
from moothall.appraisal.rules.data import FACTS
from moothall.appraisal.rules.explain import figures
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.kinds import KINDS
from moothall.appraisal.rules.principles import answers, listed
from moothall.appraisal.rules.report import Report

MOST_BARS = 8


@cache
def _template():
    folder = files("moothall.appraisal").joinpath("page")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"pounds": words.pounds, "percent": words.percent, "chance": words.in_a_hundred}
    environment.globals |= {"amount": words.amount, "css": Markup(folder.joinpath("report.css").read_text("utf-8"))}  # noqa: S704
    return environment.from_string(folder.joinpath("report.html").read_text("utf-8"))


def as_html(report: Report) -> bytes:
    """Return the result as one HTML page in UTF-8."""
    case, made = report.case, figures(report)

    def figure(option: str, name: str) -> Markup:
        found = made[f"{option}.{name}"]
        return Markup('<a class="figure" href="#{}">{}</a>').format(found.id, found.text)

    page = _template().render(
        report=report,
        case=case,
        figure=figure,
        figures=made,
        names={option: given.title for option, given in case.options.items()},
        headline=words.headline(report),
        claims_words=words.claims_words(report),
        payback_words=words.payback_words,
        facts={name: fact(name) for name in FACTS},
        sums=money,
        kinds=kind_rows(report),
        inputs=input_rows(report),
        lines=line_rows(report),
        charts=drawn(report),
        obstacles=obstacles(case),
        principles=listed(case),
        groups=answers(case),
    )
    return page.encode()


def kind_rows(report: Report) -> list[tuple[str, dict[str, float]]]:
    """Return [(kind in words, {option: present cost})] of the kinds that occur."""
    by_option = {option: money.by_kind(report.case, found) for option, found in report.money.items()}
    kinds = list(dict.fromkeys(kind for found in by_option.values() for kind in found))
    told = {kind: given.name for kind, given in KINDS.items()}
    told |= {"remainder": "worth of assets at the end", "risk": "risks, priced", "exit": "leaving at the end"}
    return [(told[kind], {option: by_option[option].get(kind, 0.0) for option in by_option}) for kind in kinds]


def input_rows(report: Report) -> list[dict]:
    """Return each figure the sums may use: what it is, its value and where it comes from."""
    blank = {"unit": "", "source": "The basis", "spread": "", "evidence": "", "replaced": None, "reference_class": ""}
    case, rows = report.case, []
    for name, value in named_values(case).items():
        row = blank | {"name": name, "what": "Of the basis, the same for all", "filed": value}
        if given := case.inputs.get(name):
            spread = given.spread
            row |= {
                "what": given.what,
                "unit": given.unit,
                "source": f"{given.source}; {given.author}, {given.on}",
                "spread": f"{spread.shape}: {spread_words(spread)}; {spread.source}" if spread else "",
                "evidence": "; ".join(given.evidence),
                "replaced": report.claims.get(name),
                "reference_class": given.reference_class or "",
            }
        rows.append(row)
    return rows


def spread_words(spread) -> str:
    """Return the bounds of a spread in words."""
    if spread.values:
        pairs = zip(spread.values, spread.chances, strict=True)
        return ", ".join(f"{value:g} ({100 * chance:g} in 100)" for value, chance in pairs)
    return f"{spread.low:,g} to {spread.high:,g}" if spread.low is not None else f"sd {spread.sd:g}"


def line_rows(report: Report) -> dict[str, list[dict]]:
    """Return for each option its flows: how the amount is made and what it comes to, present and undiscounted."""
    told = {}
    for option, found in report.money.items():
        told[option] = [
            {
                "what": strand.what,
                "inputs": strand.inputs,
                "growth": strand.growth,
                "bias": strand.bias,
                "amount": float(strand.amount),
                "total": float(strand.amount * strand.factor.sum()),
                "present": float(money.present(strand.amount * strand.factor * strand.social, report.case)),
                "cash": strand.cash,
            }
            for strand in found.strands
        ]
    return told


def drawn(report: Report) -> dict[str, Markup]:
    """Return the charts by name as SVG."""
    case, found = report.case, report.money
    title = {option: given.title for option, given in case.options.items()}
    rows = [(title[o], found[o].gain, words.millions(found[o].gain)) for o in report.order if o != case.now]
    pictures = {"gains": charts.bars(rows, "Gain over continuing as now", "A bar for each option, in pounds today")}
    for option, chances in report.chances.items():
        if option == case.now:
            continue
        name = f"Cumulative cash: {title[option]}"
        about = "Savings less spending, added up year by year; the band holds nine futures in ten"
        pictures[f"band.{option}"] = charts.band(*chances.band, case.labels(), name, about)
        top = report.influence[option][:MOST_BARS]
        if top:
            bars = [(case.inputs[i.input].what, i.total, *i.total_between) for i in top]
            name = f"What moves the answer: {title[option]}"
            about = "Share of the variance of the gain in which each input has a hand, with its 95 % interval"
            pictures[f"tornado.{option}"] = charts.tornado(bars, name, about)
    for version, judged in report.judged.items():
        strips = [(title[option], shares) for option, shares in judged.acceptability.items()]
        about = "Share of all possible weights that put the option first, second and so on"
        pictures[f"ranks.{version}"] = charts.ranks(strips, f"Acceptability, {version}", about)
    return {name: Markup(picture) for name, picture in pictures.items()}  # noqa: S704 - escaped where it is drawn
