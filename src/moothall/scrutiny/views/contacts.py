"""How people reach a body: by which channel, what it costs, how long it takes, and how much could have been spared."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.channels import CHANNELS
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.money import pounds
from moothall.scrutiny import queries
from moothall.scrutiny.rules.contacts import GROUPS, share
from moothall.scrutiny.rules.figures import FEWEST
from moothall.scrutiny.views.performance import found_body, language
from moothall.ui import charts
from moothall.ui.charts import Chart
from moothall.ui.rules import month_words

EVERYONE = anyone("how people reach public bodies, and what that costs, is public")
TOGETHER = {
    "self": gettext_lazy("Serve themselves"), "phone": gettext_lazy("Phone"), "other": gettext_lazy("Visit or write"),
}  # fmt: skip
COLUMNS = ["body", "table", "what", "contacts", "avoidable", "repeated", "minutes each", "unit cost in pence",
           "cost in pence"]  # fmt: skip


@EVERYONE
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Show of each body in a sentence how people reach it."""
    today = local(request.at).date()
    found = [(bodies.body(body_id), queries.contacts(body_id=body_id, on=today))
             for body_id in queries.contact_bodies(today)]  # fmt: skip
    rows = [(body, _finding(body, told)) for body, told in sorted(found, key=lambda pair: pair[0].name)]
    return render(request, "scrutiny/contacts.html", {"rows": rows})


@EVERYONE
@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Show of one body who reached it how, month by month, what it cost, and about which services people came twice."""
    one = found_body(slug)
    told = queries.contacts(body_id=one.id, on=local(request.at).date())
    address = reverse("scrutiny:contacts_csv", args=[slug])
    words = {
        "body": one,
        "finding": _finding(one, told),
        "charts": [_channels(told, address), _months(told, address), _services(told, address)] if told.total else [],
        "costs": [(_(CHANNELS[name]), cost) for name, cost in sorted(told.costs.items()) if cost],
        "fewest": FEWEST,
    }
    return render(request, "scrutiny/contacts_of.html", words)


@EVERYONE
@require_safe
def body_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the same figures as a table for a spreadsheet; what is withheld is empty."""
    one = found_body(slug)
    told = queries.contacts(body_id=one.id, on=local(request.at).date())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="contacts-{slug}.csv"'
    answer["Access-Control-Allow-Origin"] = "*"
    sheet = csv.writer(answer)
    sheet.writerow(COLUMNS)
    for row in told.channels:
        minutes = "" if row.tenths is None else f"{row.tenths / 10:.1f}"
        cost = told.costs.get(row.channel)
        sheet.writerow(
            [one.name, "channel", row.channel, row.contacts, "", "", minutes, cost and cost.pence, row.pence]
        )
    for month, values in zip(told.months, told.by_month, strict=False):  # none at all where too few are told
        for group, value in zip(GROUPS, values, strict=True):
            sheet.writerow([one.name, f"month {month:%Y-%m}", group, value, "", "", "", "", ""])
    for row in told.services:
        sheet.writerow(
            [one.name, "service", row.service_id or "none", row.contacts, row.avoidable, row.repeat] + [""] * 3
        )
    return answer


def _finding(one, told: queries.Contacts) -> str:
    name = bodies.names(language())[one.id]
    until = month_words(told.months[-1], language())
    if told.total is None:
        return _("%(name)s: too few contacts to publish in the year to %(until)s.") % {"name": name, "until": until}
    words = {"name": name, "until": until, "self": told.self_share, "spared": told.avoidable_share}
    if told.avoidable_share is None:
        return _("%(name)s: in the year to %(until)s, %(self)s of 100 contacts needed no adviser.") % words
    return (
        _(
            "%(name)s: in the year to %(until)s, %(self)s of 100 contacts needed no adviser, "
            "and %(spared)s of 100 could have been spared."
        )
        % words
    )


def _said(value) -> object:
    return _("not shown") if value is None else value


def _channels(told: queries.Contacts, address: str) -> Chart:
    drawn = [(_(CHANNELS[row.channel]), row.contacts) for row in told.channels if row.contacts]
    finding = _("Most used: %(channel)s.") % {"channel": drawn[0][0]} if drawn else _("Too few to publish.")
    rows = []
    for row in told.channels:
        cost = told.costs.get(row.channel)
        minutes = "–" if row.tenths is None else f"{row.tenths / 10:.1f}"
        rows.append((_(CHANNELS[row.channel]), _said(row.contacts), minutes, pounds(cost.pence) if cost else "–",
                     "–" if row.pence is None else pounds(row.pence)))  # fmt: skip
    return Chart(
        finding=finding, caption=_("Contacts in twelve months, by channel"),
        svg=charts.bars(drawn, title=_("Contacts by channel"), description=finding) if drawn else "",
        heads=(_("Channel"), _("Contacts"), _("Minutes each"), _("One costs"), _("Together")),
        rows=tuple(rows), csv_url=address,
        how=_("Minutes are those from the first page an adviser opened to the last, where that is known: of channels, "
              "never of people."),
    )  # fmt: skip


def _months(told: queries.Contacts, address: str) -> Chart:
    lang = language()
    shares = [share(own, own + rest) for own, rest in told.served if own is not None and own + rest]
    if len(shares) > 1:
        finding = _("Of 100 contacts, %(last)s needed no adviser in the latest month that is told; %(first)s in the "
                    "first.") % {"last": shares[-1], "first": shares[0]}  # fmt: skip
    else:
        finding = _("Too few to say how people change their ways.")
    rows = tuple(
        (month_words(month, lang), *(_said(value) for value in values))
        for month, values in zip(told.months, told.by_month, strict=True)
    )
    drawn = [
        (month_words(month, lang)[:3], own, rest, 0)
        for month, (own, rest) in zip(told.months, told.served, strict=True)
    ]
    picture = charts.kept_and_missed(
        drawn, title=_("Contacts by month"), description=finding, kept=_("no adviser"), missed=_("with an adviser"),
        unsaid=_("not shown"),
    ) if shares else ""  # fmt: skip
    heads = (_("Month"), *(str(name) for name in TOGETHER.values()))
    return Chart(finding, picture, _("Contacts by month"), heads, rows, address)


def _services(told: queries.Contacts, address: str) -> Chart:
    titles = {p.service_id: p.definition.title.in_(language()) for p in catalogue.services()}
    named = {"": _("No service in particular")}
    wasted = [(row.avoidable, row.service_id) for row in told.services if row.avoidable]
    if wasted:
        most, service_id = max(wasted)
        name = titles.get(service_id, named.get(service_id, service_id))
        finding = _("Most contacts that could have been spared: %(name)s, %(count)s.") % {"name": name, "count": most}
    else:
        finding = _("Too few contacts could have been spared to say about which service.")
    rows = tuple(
        (titles.get(row.service_id, named.get(row.service_id, row.service_id)), _said(row.contacts),
         _said(row.avoidable), _said(row.repeat)) for row in told.services
    )  # fmt: skip
    return Chart(
        finding=finding, caption=_("Contacts in twelve months, by service"), svg="",
        heads=(_("Service"), _("Contacts"), _("Could have been spared"), _("Again within a week")), rows=rows,
        csv_url=address,
        how=_("A contact could have been spared where somebody asked how it was going, asked again within a week, or "
              "needed somebody else."),
    )  # fmt: skip
