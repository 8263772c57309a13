"""Reading a case: from its YAML text to figures, pages and tables, without a database or a web server."""

from moothall.appraisal.rules import data, page, pdf, replays, words
from moothall.appraisal.rules import report as reports
from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.reading import fingerprint_of, loaded, read
from moothall.appraisal.rules.report import Report


def appraise(text: str) -> Report:
    """Return the result of the case in a YAML text. Raises CaseRefused (NotOnOneBasis: options cannot be compared)."""
    return reports.appraise(read(text))


def outputs(report: Report) -> dict[str, bytes]:
    """Return {file name: bytes} of a result: page, data, table, and tagged PDF where WeasyPrint is installed.

    The same case gives the same bytes.
    """
    html = page.as_html(report)
    found = {"report.html": html, "result.json": data.as_json(report), "figures.csv": data.as_csv(report)}
    return found | ({"report.pdf": pdf.as_pdf(html)} if pdf.can_write_pdf() else {})


def summary(report: Report) -> str:
    """Return the result in a few lines of text: finding, basis, and a line for each option."""
    case = report.case
    width = max(len(option.title) for option in case.options.values())
    lines = [words.headline(report), words.claims_words(report), f"Basis {report.basis}.", ""]
    for option in report.order:
        found, chances = report.money[option], report.chances[option]
        gain = "" if option == case.now else f"  gain {words.pounds(found.gain):>13}"
        sure = f"  cheapest in {words.in_a_hundred(chances.best)}"
        lines.append(f"{case.options[option].title:<{width}}  {words.pounds(found.present_cost):>13}{gain:<20}{sure}")
    return "\n".join(lines)


def seal(text: str) -> str:
    """Return the fingerprint of a case's scales and weights, to be written under `criteria.seal.hash`."""
    return fingerprint_of(text)


def schema() -> dict:
    """Return the JSON Schema of a case, for editors."""
    return Case.model_json_schema()


def replay_of(text: str) -> str | None:
    """Return the figures and refusals of a deal as it was published, in lines of text; None where a text is a case."""
    data = loaded(text)
    return _told(replays.replay(data, "")) if replays.is_replay(data) else None


def replayed() -> str:
    """Return known deals in lines of text: figures worked out again beside the published ones, and what is not told."""
    return "\n\n".join(_told(deal) for deal in replays.replays())


def _told(deal: replays.Replay) -> str:
    lines = [deal.title, f"  Source: {deal.source}."]
    lines += [f"  {one['what']}: {replays.said(one['value'], one['unit'])}" for one in deal.given.values()]
    for figure in deal.figures:
        lines.append(f"  {figure.what}: {figure.formula} = {replays.said(figure.value, figure.unit)}.")
        if figure.published is not None:
            lines[-1] += f" Published: {replays.said(figure.published, figure.unit)}. {figure.differs}".rstrip()
    untold = deal.untold()
    lines.append(f"  It cannot be appraised. Our sources do not tell {sum(map(len, untold.values()))} things:")
    for heading, rows in untold.items():
        lines.append(f"    {heading}")
        for fault, options in rows:
            of = f" ({'; '.join(options)})" if options else ""
            lines.append(f"      {fault.field}: {fault.what}{of}")
    return "\n".join(lines)
