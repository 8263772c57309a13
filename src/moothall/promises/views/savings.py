"""Savings for everybody: what was promised, what came of it, and the ledger entries that prove it."""

import datetime as dt
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.sheets import plain, sheet
from moothall.core.years import named
from moothall.promises import queries
from moothall.promises.queries import Told
from moothall.promises.rules import nao, told
from moothall.promises.rules.savings import Total, by_other, divided, leaves, totals
from moothall.promises.rules.thresholds import thresholds
from moothall.sharing import queries as sharing
from moothall.ui import charts
from moothall.ui.rules import date_words

EVERYONE = anyone("what public bodies promised to save, and what came of it, is public")
STATES = ("promised", "proposed", "approved", "implemented", "realised", "verified", "blocked", "given-up")
TAGS = {
    "verified": "green", "realised": "yellow", "blocked": "red", "given-up": "grey", "implemented": "blue",
    "approved": "blue", "proposed": "light-blue", "promised": "light-blue",
}  # fmt: skip
COLOURS = {"green": "green", "amber": "yellow", "red": "red"}
LEVELS = {"pass": "green", "doubt": "yellow", "fail": "red"}


def language() -> str:
    """Return the language of the page."""
    return "cy" if (get_language() or "").startswith("cy") else "en"


@require_safe
@EVERYONE
def savings(request: HttpRequest) -> HttpResponse:
    """Show savings page by page, the year's outcome first; `?body=` and `?state=` narrow, misses as large as hits."""
    lang, day, given = language(), local(request.at).date(), request.GET
    whose = sorted({bodies.stands_for(one) for one in queries.whose()})
    chosen = next((one for one in whose if bodies.body(one).slug == given.get("body")), None)
    state = given["state"] if given.get("state") in STATES else ""
    page = queries.page(body_id=chosen, state=state, after=given.get("after", ""))
    shared = queries.shared_with(chosen) if chosen and not given.get("after") else []
    known, years = queries.states(body_id=chosen), queries.yearly(body_id=chosen)
    colours = queries.colours(page.rows, day)
    asked = {"body": bodies.body(chosen).slug if chosen else "", "state": state, "after": page.next}
    said = {
        "sentence": told.sentence(queries.this_year(years, day), lang),
        "chart": chart(years, reverse("promises:savings_csv")), "leaving": _leaving(chosen, lang),
        "rows": [_row(one, colours, lang) for one in page.rows if one.row.kind == "cash"],
        "apart": [_row(one, colours, lang) for one in page.rows if one.row.kind != "cash"],
        "shared": [share(one, chosen, lang) for one in shared if state in ("", one.state)],
        "bodies": [bodies.body(one) for one in whose], "chosen": bodies.body(chosen) if chosen else None,
        "any": bool(whose), "state": state, "page": {"older_url": _query(asked) if page.next else ""},
        "states": [(key, told.word("states", key, lang)) for key in STATES if key in known],
        "limits": [one.told(lang) for one in thresholds(day, queries.LIMITS).values()],
    }  # fmt: skip
    return render(request, "promises/savings.html", said)


def _query(asked: dict) -> str:
    return "?" + urlencode({key: value for key, value in asked.items() if value})


def _leaving(chosen: int | None, lang: str) -> str:
    """Return how much of the money that is expected leaves the public bodies here; "" where none does."""
    pence = sum(
        leaves(year.expected.net, one.parts)
        for one in queries.leaving(body_id=chosen) for year in one.years if year.expected
    )  # fmt: skip
    return told.amount(pence, "", lang) if pence else ""


def share(one: Told, body_id: int, lang: str) -> dict:
    """Return another's saving as the list of a body shows it that gets a part of it."""
    ours, unit = bodies.lineage(body_id), one.row.unit
    expected = sum(year.expected.net for year in one.years if year.expected)
    mine = [(part.weight, amount) for part, amount in divided(expected, one.parts) if part.body_id in ours]
    return {
        "row": one.row, "title": title_of(one, lang), "body": bodies.names(lang)[one.row.body_id],
        "state": told.word("states", one.state, lang), "tag": TAGS[one.state],
        "percent": sum(weight for weight, _ in mine), "expected": told.amount(sum(a for _, a in mine), unit, lang),
    }  # fmt: skip


def _row(one: Told, colours: dict[UUID, str], lang: str) -> dict:
    row, unit = one.row, one.row.unit
    expected = sum(year.expected.net for year in one.years if year.expected)
    left = sum(year.unverified or 0 for year in one.years) if one.state != "given-up" else 0
    return {
        "one": one, "row": row, "title": title_of(one, lang), "body": bodies.names(lang)[row.body_id],
        "state": told.word("states", one.state, lang), "tag": TAGS[one.state],
        "expected": told.amount(expected, unit, lang), "left": told.amount(left, unit, lang),
        "verified": told.amount(one.total, unit, lang) if one.total is not None else "–",
        "colour": _colour(colours[row.pk], lang), "kind": told.word("kinds", row.kind, lang),
    }  # fmt: skip


def _colour(name: str, lang: str) -> dict:
    return {"words": told.word("colours", name, lang), "tag": COLOURS[name]}


def title_of(one: Told, lang: str) -> str:
    """Return a saving's title in a language, in English where it has no other."""
    return (one.row.title_cy if lang == "cy" else "") or one.row.title


@require_safe
@EVERYONE
def saving(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one saving: the sentence, the chart of promise and outcome, the tests with their reasons, how it came."""
    one, lang, day = queries.saving(reference), language(), local(request.at).date()
    row, names = one.row, bodies.names(lang)
    judged = queries.judged(one, day)
    partnership = sharing.partnership_of(row.partnership_id, day) if row.partnership_id else None
    mine = _total(one)
    said = {
        "one": one, "row": row, "title": title_of(one, lang), "body": names[row.body_id],
        "state": told.word("states", one.state, lang), "tag": TAGS[one.state],
        "service": _service(row.service_id, lang), "kind": told.word("kinds", row.kind, lang),
        "colour": _colour(nao.colour(judged), lang),
        "tests": [_test(item, lang) for item in judged],
        "chart": chart(mine, f"{reverse('promises:savings_csv')}?reference={reference}", row.unit,
                       tuple(_year(year, row.unit, lang) for year in one.years)),
        "sentence": _sentence(one, mine, day, lang), "bases": _bases(one, lang), "parts": _parts(one, names, lang),
        "partnership": partnership and _either(partnership.name, partnership.name_cy, lang), "found": partnership,
        "kept_charts": queries.over_time(row.body_id, row.service_id, day),
        "events": [_event(event, lang) for event in queries.events(row.pk)],
        "proofs": [
            (proof, [(line, "" if line.body_id == row.body_id else names[line.body_id]) for line in lines],
             posts().get(proof.post, proof.post))
            for proof, lines in queries.lines_of(row.pk)
        ],
        "own": request.acting_body and request.acting_body.id == row.body_id,
    }  # fmt: skip
    return render(request, "promises/saving.html", said)


def _either(english: str, welsh: str, lang: str) -> str:
    return (welsh if lang == "cy" else "") or english


def _service(service_id: str, lang: str) -> str:
    if not service_id:
        return ""
    found = {one.service_id: one.definition.title.in_(lang) for one in catalogue.services()}
    return found.get(service_id, service_id)


def _test(item: nao.Judged, lang: str) -> dict:
    return {"asks": told.question(item.key, lang), "says": told.reason(item, lang), "tag": LEVELS[item.level],
            "level": told.word("levels", item.level, lang)}  # fmt: skip


def _total(one: Told) -> list[Total]:
    """Return one saving's years as totals, in its own unit."""
    return totals(one.years)


def _sentence(one: Told, mine: list[Total], day: dt.date, lang: str) -> str:
    if one.row.kind != "cash":
        return _("It frees no money out of a budget, so it is not added to sums of money, and no ledger can show it.")
    year = next((row for row in reversed(mine) if row.first <= day), mine[0] if mine else Total(day))
    return told.sentence(year, lang)


def _year(year, unit: str, lang: str) -> tuple:
    """Return a year's row of the table, with the days up to which its outcome and its proof go."""

    def said(number, until=None):
        words = "–" if number is None else told.amount(number, unit, lang)
        return words if until is None else _("%(amount)s up to %(day)s") % {
            "amount": words, "day": date_words(until, lang)}  # fmt: skip

    nets = [one.net if one else None for one in (year.promised, year.approved, year.realised)]
    return (named(year.first), said(nets[0]), said(nets[1]), said(nets[2], year.realised_until),
            said(year.verified, year.verified_until))  # fmt: skip


def _bases(one: Told, lang: str) -> list[dict]:
    """Return every baseline, with what the verified saving would be by each of the others."""
    chosen = next((base for base in one.bases if base.chosen), None)
    found = []
    for base, row in zip(one.bases, one.baselines, strict=True):
        other = None
        if chosen and not base.chosen and one.verifications:
            other = sum(
                by_other(v.baseline_pence, chosen, base, v.pence) if v.baseline_id else v.pence
                for v in one.verifications
            )
        found.append({"row": row, "base": base, "prices": named(base.prices), "other": other})
    return found


def _parts(one: Told, names: dict[int, str], lang: str) -> dict:
    """Return who gets which part, in per cent and of what is verified or expected, and how much leaves the area."""
    expected = sum(year.expected.net for year in one.years if year.expected)
    whole = one.total if one.total is not None else expected
    rows = [
        {"name": names.get(part.body_id, part.name), "percent": part.weight,
         "amount": told.amount(pence, one.row.unit, lang), "leaves": part.body_id is None}
        for part, pence in divided(whole, one.parts)
    ]  # fmt: skip
    return {"rows": rows, "leaves": told.amount(leaves(whole, one.parts), one.row.unit, lang),
            "any_leaves": any(row["leaves"] for row in rows), "of_verified": one.total is not None}  # fmt: skip


def posts() -> dict[str, str]:
    """Return the posts in which savings are verified, in the language of the page."""
    return {"Section 151 officer": _("Section 151 officer"), "Finance officer": _("Finance officer")}


def _event(event, lang: str) -> dict:
    kinds = {
        "promised": _("Promised"), "owner": _("Given an owner"), "explained": _("What brings it about was said"),
        "divided": _("Divided"), "baseline": _("A baseline was stated"), "baseline-chosen": _("A baseline was chosen"),
        "proposed": _("Proposed"), "approved": _("Approved"), "implemented": _("Carried out"),
        "reported": _("Reported on"), "blocked": _("Blocked"), "freed": _("Free again"), "given-up": _("Given up"),
        "verified": _("Verified"), "withdrawn": _("A verification was taken back"),
    }  # fmt: skip
    return {"kind": kinds[event.kind], "row": event}


def chart(found: list[Total], csv_url: str, unit: str = "", rows: tuple = ()) -> charts.Chart | None:
    """Return the chart of promise against outcome, year by year, with its sentence and table; None without years.

    `rows` are those of the table where it says more than the sums: up to which day an outcome goes.
    """
    if not found:
        return None
    lang = language()

    def said(number):
        return told.amount(number, unit, lang)

    plain_rows = [(named(t.first), *map(said, (t.promised, t.approved, t.realised, t.verified))) for t in found]
    drawn = [(named(t.first), t.promised, t.realised or None, t.verified or None) for t in found[:8]]
    finding = _("Over all years %(promised)s was promised; ledger entries show %(verified)s.") % {
        "promised": said(sum(t.promised for t in found)), "verified": said(sum(t.verified for t in found))}  # fmt: skip
    return charts.Chart(
        finding=finding, caption=_("Promise and outcome, by financial year"),
        svg=charts.side_by_side(
            drawn, title=_("Promise and outcome"), description=finding,
            keys=(_("promised"), _("reported"), _("verified")), words=said,
        ),
        heads=(_("Year"), _("Promised"), _("Approved"), _("Reported"), _("Verified")),
        rows=tuple(rows or plain_rows), csv_url=csv_url,
        how=_("All sums are net: what is saved less what making it costs in that year. A net cost is below nothing, "
              "and stays so."),
    )  # fmt: skip


@require_safe
@EVERYONE
def savings_csv(request: HttpRequest) -> HttpResponse:
    """Return every year of every saving, or of the one that is asked for, as a table for a spreadsheet."""
    heads = ("reference", "body", "title", "kind", "unit", "state", "year", "promised", "approved", "reported",
             "verified", "colour")  # fmt: skip
    day, rows, only = local(request.at).date(), [], request.GET.get("reference")
    found = [queries.saving(only)] if only else queries.savings()
    colours = queries.colours(found, day)
    for one in found:
        row, colour = one.row, colours[one.row.pk]
        for year in one.years:
            nets = [_cell(part.net if part else None, row.unit)
                    for part in (year.promised, year.approved, year.realised)]  # fmt: skip
            rows.append((row.reference, bodies.body(row.body_id).name, row.title, row.kind, row.unit or "pounds",
                         one.state, named(year.first), *nets, _cell(year.verified, row.unit), colour))  # fmt: skip
    return sheet("savings", heads, rows)


def _cell(number: int | None, unit: str) -> str:
    return "" if number is None else str(number) if unit else plain(number)


@require_safe
@EVERYONE
def entries_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the ledger entries behind a saving as a table for a spreadsheet, with the baseline they are taken off."""
    one = queries.saving(reference)
    heads = ("from", "until", "baseline", "body", "books", "entry", "day", "cost centre", "account", "pounds",
             "verified")  # fmt: skip
    rows = [
        (proof.first, proof.last, plain(proof.baseline_pence), bodies.body(line.body_id).name, line.books, line.entry,
         line.day, line.centre, line.account, plain(line.pence), plain(proof.pence))
        for proof, lines in queries.lines_of(one.row.pk) for line in lines
    ]  # fmt: skip
    return sheet(reference, heads, rows)
