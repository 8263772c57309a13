"""Fit tests and health of partnerships: for everybody to read, for members to run and to measure."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import anyone, staff
from moothall.core.ports import work_between
from moothall.promises import actions, queries
from moothall.promises.forms.partnerships import MeasureForm, PutInForm, TimeForm
from moothall.promises.rules import contributions, outside, saying
from moothall.promises.rules import health as healthy
from moothall.promises.rules.fit import fit as fit_of
from moothall.promises.rules.thresholds import thresholds
from moothall.promises.views.asking import tried
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

EVERYONE = anyone("how partnerships of public bodies fare is public")
members = staff("partnership-office", "manager", "monitoring-officer", "scrutiny-officer")


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"


def _found(request: HttpRequest, slug: str):
    return sharing.partnership(slug, local(request.at).date())


def _name(found) -> str:
    return (found.name_cy if _language() == "cy" else "") or found.name


def _told(findings) -> list[dict]:
    """Return findings by question: {"question", "rows": [{"level", "says", "change", "is"}]}."""
    lang, groups = _language(), {}
    for one in findings:
        groups.setdefault(one.question, []).append({"is": one.level, **saying.told(one, lang)})
    return [{"question": saying.question(number, lang), "rows": rows} for number, rows in sorted(groups.items())]


@require_safe
@EVERYONE
def fit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest fit test, each finding with its figure and what would change it, and the runs before it."""
    found, lang = _found(request, slug), _language()
    runs = queries.runs(found.id)
    chosen = next((one for one in runs if str(one.pk) == request.GET.get("run")), runs[0] if runs else None)
    findings = queries.findings(chosen) if chosen else []
    said = {
        "one": found, "name": _name(found), "run": chosen, "runs": runs, "groups": _told(findings),
        "sentence": saying.sentence(findings, lang) if findings else "",
        "by": bodies.body(chosen.body_id) if chosen else None,
        "limits": [one.told(lang) for one in thresholds(chosen.day).values()] if chosen else [],
    }  # fmt: skip
    return render(request, "promises/fit.html", said)


@require_safe
@EVERYONE
def replays(request: HttpRequest) -> HttpResponse:
    """Show the test on published cases as they stood at their start, and on two invented healthy ones."""
    lang, limits = _language(), thresholds(local(request.at).date())
    cases = [
        {
            "case": case,
            "warnings": [saying.told(one, lang) for one in fit_of(case.evidence, limits) if one.level == "warning"],
            "true": next(
                (saying.told(one, lang)["says"] for one in fit_of(case.evidence, limits)
                 if case.came_true and one.key == case.came_true.finding), ""
            ),
        }
        for case in (*queries.replays("replays"), *queries.replays("healthy"))
    ]  # fmt: skip
    return render(request, "promises/replays.html", {"cases": cases})


@require_safe
@EVERYONE
def health(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a partnership fares: the honest sentence, the matrix, aims, promises kept, and what warns."""
    found, lang, day = _found(request, slug), _language(), local(request.at).date()
    how, limits = queries.health(found, day), thresholds(day)
    names = bodies.names(lang)
    money = {
        (provider, receiver): pence
        for answer in work_between
        for provider, receiver, _cases, pence in answer.give(list(how.members), how.first, how.on)
    }
    said = {
        "one": found, "name": _name(found), "health": how,
        "sentence": healthy.sentence(how, names, limits["reciprocity"].value, date_words, lang),
        "alarms": [healthy.alarm_words(one, names, date_words, lang) for one in how.alarms],
        "members": [names[b] for b in how.members],
        "matrix": [
            (names[b], [
                (names[c], None if b == c else cases, money.get((b, c)), _hours(how.minutes[b][c]))
                for c, cases in row.items()
            ])
            for b, row in how.matrix.items()
        ],
        "has_money": bool(money),
        "aims": [(one, (one.words_cy if lang == "cy" else "") or one.words, *_figures(one, lang)) for one in how.aims],
        "systems": [(names[one.body_id], one) for one in found.terms.systems],
        "kept": [(names[one.body_id], one) for one in how.kept],
        "outside": outside.sentence(how.outside, how.aims, _span(how, lang), date_words, lang),
        "put_in": _put_in_words(how.put_in, names, lang),
        "outside_rows": _outside_rows(how.outside, names, lang),
        "limits": [one.told(lang) for one in limits.values()],
    }  # fmt: skip
    return render(request, "promises/health.html", said)


def _put_in_words(rows, names: dict[int, str], lang: str) -> list[dict] | None:
    """Return what members put in as the page tells it; None where it is withheld."""
    if rows is None:
        return None
    told = [(row, contributions.in_words(row, date_words, lang)) for row in rows]
    return [{"who": names[row.body_id], "row": row, "words": words} for row, words in told]


def _figures(aim, lang: str) -> tuple[str, str]:
    """Return what was counted here for an aim, and what is wanted, in words; "" for what members measure."""
    if not aim.counts or aim.figure is None:
        return "", ""
    return outside.in_words(aim.figure, aim.counts, lang), outside.in_words(aim.target, aim.counts, lang)


def _span(how, lang: str) -> tuple[str, str]:
    return date_words(how.first, lang), date_words(how.on, lang)


def _outside_rows(rows, names: dict[int, str], lang: str) -> list[dict]:
    """Return the work won outside as the table shows it."""
    titles = catalogue.titles({row.service for row in rows})
    return [
        {
            "row": row, "provider": names[row.provider], "receiver": names[row.receiver],
            "title": titles[row.service].in_(lang), "hours": _hours(row.minutes),
        }
        for row in rows
    ]  # fmt: skip


@require_POST
@members
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Run the fit test now and store it."""
    found = _own(request, slug)
    actions.run_fit(body_id=request.acting_body.id, partnership_id=found.id, at=request.at, by=request.actor)
    messages.success(request, "The fit test was run on what is on record today, and is published.")
    return redirect("promises:fit", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@members
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what was measured of an aim; run the fit test from here too."""
    found = _own(request, slug)
    if request.method != "POST":
        return _measuring(request, found)
    return _recorded(request, found, "form", partial(actions.measure, partnership_id=found.id))


@require_POST
@members
def time(request: HttpRequest, slug: str) -> HttpResponse:
    """Record how long one request of a shared service takes our staff."""
    return _recorded(request, _own(request, slug), "time_form", actions.time_requests)


@require_POST
@members
def put_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what our body put in of its contribution."""
    found = _own(request, slug)
    return _recorded(request, found, "put_form", partial(actions.put_in, partnership_id=found.id))


def _recorded(request: HttpRequest, found, name: str, act: Callable) -> HttpResponse:
    """Record what one of the page's forms was sent with; where it cannot be, show the page with what is wrong."""
    form = _forms(request, found, {name: request.POST})[name]
    if form is None:
        raise NOTHING_TO_RECORD[name]
    _, status = tried(request, form, partial(act, body_id=request.acting_body.id))
    if status != 200:
        return _measuring(request, found, {name: form}, status)
    messages.success(request, "Recorded and published.")
    return redirect("promises:health", found.slug)


NOTHING_TO_RECORD = {"time_form": sharing.UnknownPartnership, "put_form": actions.NotYourContribution}
"""Refused where the partnership shares no service of the platform, or its terms hold no contribution of our body."""


def _measuring(request: HttpRequest, found, sent: dict | None = None, status: int = 200) -> HttpResponse:
    """Show the page with its three forms, one of them as it was sent."""
    latest = queries.last_run(found.id)
    said = {
        "one": found, "latest": latest, "is_due": queries.due(latest, local(request.at).date()),
        "back_url": reverse("sharing:our", args=[found.slug]), "back_text": found.name,
        **_forms(request, found), **(sent or {}),
    }  # fmt: skip
    return render(request, "promises/measure.html", said, status=status)


def _forms(request: HttpRequest, found, given: dict | None = None) -> dict:
    """Return the page's forms by name, each with what it was sent with, if anything; None where it has no place."""
    given, day = given or {}, local(request.at).date()
    services = {one.service_id: one.title for one in found.terms.services if one.service_id}
    won = {row.service for row in queries.outside(found, day - queries.YEAR, day)} - set(services)
    services |= {key: title.en for key, title in catalogue.titles(won).items()}
    shown = found.terms.contributions if queries.shows_contributions(found, day) else ()
    own = [one for one in shown if one.body_id == request.acting_body.id]
    today = {"day": day}
    return {
        "form": MeasureForm(found.terms.aims, given.get("form"), initial=today),
        "time_form": TimeForm(list(services.items()), given.get("time_form"), initial=today) if services else None,
        "put_form": PutInForm(own, given.get("put_form"), initial=today) if own else None,
    }


def _hours(minutes: int | None) -> int:
    """Return whole hours, rounded half up; 0 where nothing is measured."""
    return (minutes + 30) // 60 if minutes else 0


def _own(request: HttpRequest, slug: str):
    """Return a partnership of one's own body; others' have public pages only."""
    found = _found(request, slug)
    if not found.concerns(request.acting_body.id):
        raise sharing.UnknownPartnership
    return found
