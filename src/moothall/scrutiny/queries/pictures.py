"""A service's year in pictures: how many promises were kept, and in how many days what was promised was done."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.scrutiny.queries.figures import series
from moothall.scrutiny.rules.figures import Published, days_sentence, days_words, period, sentence
from moothall.ui import charts
from moothall.ui.charts import Chart


def pictures(service_id: str, body_id: int, on: dt.date) -> list[Chart]:
    """Return the charts of a body's service in the year up to a day, in the language of the page; none without figures.

    Promises kept and missed, and, where days were promised, the days promised beside those that it took.
    """
    rows, quarterly = series(service_id=service_id, body_id=body_id, on=on)
    if not any(row.total for row in rows):
        return []
    lang, body = "cy" if (get_language() or "").startswith("cy") else "en", bodies.body(body_id)
    titles = catalogue.titles({service_id})
    title = titles[service_id].in_(lang) if service_id in titles else service_id
    names = [period(row.start, quarterly, lang) for row in rows]
    address = reverse("scrutiny:service_csv", args=[body.slug, service_id])
    found = [_kept(title, body, rows, names, quarterly, lang, address)]
    if any(row.days and row.days[0] for row in rows):
        found.append(_days(title, body, rows, names, quarterly, lang, address))
    return found


def _kept(title: str, body, rows: list[Published], names: list[str], quarterly: bool, lang: str, address: str) -> Chart:
    finding, shows = sentence(title, rows, lang, quarterly), any(row.kept or row.missed or row.at_least for row in rows)
    drawn = [(_mark(name), *_drawn(row)) for name, row in zip(names, rows, strict=True)]
    return Chart(
        finding=finding, caption=_("Promises kept, by quarter") if quarterly else _("Promises kept, by month"),
        svg=charts.kept_and_missed(
            drawn, title=f"{title}, {body.name}", description=finding, kept=_("Kept"), missed=_("Missed"),
            unsaid=_("not shown"),
        ) if shows else "",
        heads=(_("When"), _("Promises"), _("Kept"), _("Missed")),
        rows=tuple((name, *_cells(row)) for name, row in zip(names, rows, strict=True)), csv_url=address,
    )  # fmt: skip


def _days(title: str, body, rows: list[Published], names: list[str], quarterly: bool, lang: str, address: str) -> Chart:
    finding = days_sentence(title, rows, lang, quarterly)
    said = [row.days or (None, None) for row in rows]
    return Chart(
        finding=finding, caption=_("Days promised and days it took, on average"),
        svg=charts.side_by_side(
            [(_mark(name), *days) for name, days in zip(names, said, strict=True)],
            title=_("%(service)s, %(body)s, in days") % {"service": title, "body": body.name}, description=finding,
            keys=(_("promised"), _("took")), words=lambda days: days_words(days, lang),
        ),
        heads=(_("When"), _("Days promised"), _("Days it took")),
        rows=tuple(
            (name, *(_("not shown") if one is None else days_words(one, lang) for one in days))
            for name, days in zip(names, said, strict=True)
        ),
        csv_url=address,
        how=_("Calendar days from the day it was asked for, of what ended in that time, in time or late. While we wait "
              "for the person who asked, both go on."),
    )  # fmt: skip


def _mark(name: str) -> str:
    return name.split()[0][:3]


def _drawn(row: Published) -> tuple[int | None, int | None, int]:
    """Return how many were kept, how many missed, and of how many it is not said which."""
    if row.total and row.kept is None:
        return row.at_least or 0, 0, row.total - (row.at_least or 0)
    return row.kept, row.missed, 0


def _cells(row: Published) -> tuple:
    """Return what the table says of a row."""
    if row.withheld:
        return _("not shown"), "–", "–"
    at_least = _("at least %(n)s") % {"n": row.at_least} if row.at_least else _("fewer than five")
    return (row.total, at_least if row.kept is None else row.kept,
            _("not shown") if row.missed is None else row.missed)  # fmt: skip
