"""Improvement plans and ideas for everybody: what is to get better, who was heard, what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.sheets import plain, sheet
from moothall.core.years import named
from moothall.promises import queries
from moothall.promises.queries import Written
from moothall.promises.rules import told
from moothall.promises.views.savings import language

EVERYONE = anyone("what public bodies plan to do better, and whom they heard, is public")
TAGS = {"planned": "light-blue", "begun": "blue", "done": "green", "dropped": "grey"}
IDEA_TAGS = {"proposed": "light-blue", "granted": "blue", "declined": "grey", "ended": "green"}
RESULT_TAGS = {"worked": "green", "partly": "yellow", "not": "red"}


def titles(lang: str) -> dict[str, str]:
    """Return every service's title in a language."""
    return {one.service_id: one.definition.title.in_(lang) for one in catalogue.services()}


@require_safe
@EVERYONE
def plans(request: HttpRequest) -> HttpResponse:
    """Show every adopted plan, newest first, with how far it has come."""
    lang, names = language(), titles(language())
    found = queries.plans()
    done, whole = (sum(one.progress[n] for one in found) for n in (0, 1))
    rows = [
        {"row": one.row, "service": names.get(one.row.service_id, one.row.service_id),
         "body": bodies.names(lang)[one.row.body_id], "years": _years(one), "done": one.progress[0],
         "whole": one.progress[1], "pence": sum(one.costs)}
        for one in found
    ]  # fmt: skip
    return render(request, "promises/plans.html", {"rows": rows, "done": done, "whole": whole})


def _years(one: Written) -> str:
    return f"{named(one.years[0])} – {named(one.years[-1])}"


@require_safe
@EVERYONE
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one plan: how far it has come, each action, who was heard and what was answered, what it taught."""
    one, lang = queries.plan(reference), language()
    own = request.acting_body and one.row.body_id in bodies.lineage(request.acting_body.id)
    return render(request, "promises/plan.html", shown(one, lang, local(request.at).date()) | {"own": own})


def shown(one: Written, lang: str, day) -> dict:
    """Return what the page of a plan shows."""
    return {
        "one": one, "row": one.row, "service": titles(lang).get(one.row.service_id, one.row.service_id),
        "body": bodies.names(lang)[one.row.body_id], "years": _years(one),
        "actions": [
            {"row": action, "state": told.word("action_states", action.state, lang), "tag": TAGS[action.state],
             "costs": [(named(year), pence) for year, pence in zip(one.years, action.costs, strict=True)
                       if pence and action.state != "dropped"]}
            for action in one.actions
        ],
        "voices": [(told.word("groups", voice.group, lang), voice) for voice in one.voices],
        "costs": [(named(year), pence) for year, pence in zip(one.years, one.costs, strict=True)],
        "kept": [(named(first), kept, total) for first, kept, total in queries.kept_by_year(one, day)],
        "kept_charts": queries.over_time(one.row.body_id, one.row.service_id, day),
        "done": one.progress[0], "whole": one.progress[1],
    }  # fmt: skip


@require_safe
@EVERYONE
def plan_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Return a plan's actions as a table for a spreadsheet."""
    one = queries.plan(reference)
    heads = ("action", "owner", "begins", "due", *(named(year) for year in one.years), "effect", "saving", "state",
             "outcome")  # fmt: skip
    rows = [
        (action.title, action.owner_post, action.starts, action.due, *map(plain, action.costs), action.effect,
         action.saving.reference if action.saving else "", action.state, action.outcome)
        for action in one.actions
    ]  # fmt: skip
    return sheet(reference, heads, rows)


@require_safe
@EVERYONE
def ideas(request: HttpRequest) -> HttpResponse:
    """Show the register of ideas and what is left of the funds that let them be tried."""
    lang, names, services = language(), bodies.names(language()), titles(language())
    rows = [idea_told(row, lang, names, services) for row in queries.ideas()]
    ended = [row for row in rows if row["row"].state == "ended"]
    said = {
        "rows": rows, "tried": len(ended), "worked": sum(row["row"].result == "worked" for row in ended),
        "funds": [(names[one.row.body_id], named(one.row.year), one) for one in queries.funds()],
    }  # fmt: skip
    return render(request, "promises/ideas.html", said)


def idea_told(row, lang: str, names: dict, services: dict) -> dict:
    """Return an idea as lists show it."""
    return {
        "row": row, "body": names[row.body_id], "service": services.get(row.service_id, ""),
        "origin": told.word("groups", row.origin, lang), "state": told.word("idea_states", row.state, lang),
        "tag": IDEA_TAGS[row.state], "result": told.word("results", row.result, lang) if row.result else "",
        "result_tag": RESULT_TAGS.get(row.result, ""),
    }  # fmt: skip


@require_safe
@EVERYONE
def ideas_csv(request: HttpRequest) -> HttpResponse:
    """Return the register of ideas as a table for a spreadsheet."""
    heads = ("reference", "body", "idea", "words", "whose", "service", "state", "grant", "spent", "trial ends",
             "result", "learnt", "reason")  # fmt: skip
    names = bodies.names()
    rows = [
        (row.reference, names[row.body_id], row.title, row.words, row.origin, row.service_id, row.state,
         plain(row.grant), "" if row.spent is None else plain(row.spent), row.ends or "", row.result, row.learnt,
         row.reason)
        for row in queries.ideas()
    ]  # fmt: skip
    return sheet("ideas", heads, rows)
