"""Fit tests and health of partnerships: for everybody to read, for members to run and to measure."""

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
from moothall.core.refusal import Refusal
from moothall.promises import actions, queries
from moothall.promises.forms.partnerships import MeasureForm, PutInForm, TimeForm
from moothall.promises.rules import contributions, outside, saying
from moothall.promises.rules import health as healthy
from moothall.promises.rules.fit import fit as fit_of
from moothall.promises.rules.thresholds import thresholds
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
    form = MeasureForm(found.terms.aims, request.POST or None, initial={"day": local(request.at).date()})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.measure(
                body_id=request.acting_body.id, partnership_id=found.id, **form.cleaned_data,
                at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
            status = refusal.status
        else:
            messages.success(request, "Recorded and published.")
            return redirect("promises:health", slug)
    return _measuring(request, found, form=form, status=status)


def _measuring(request: HttpRequest, found, *, form=None, time_form=None, put_form=None, status=200) -> HttpResponse:
    """Show the page with its three forms, one of them as it was sent."""
    slug, latest, today = found.slug, queries.last_run(found.id), local(request.at).date()
    form = form or MeasureForm(found.terms.aims, initial={"day": today})
    time_form, put_form = time_form or _time_form(found, today), put_form or _put_form(request, found)
    said = {
        "one": found, "form": form, "time_form": time_form, "put_form": put_form, "latest": latest,
        "is_due": queries.due(latest, today),
        "back_url": reverse("sharing:our", args=[slug]), "back_text": found.name,
    }  # fmt: skip
    return render(request, "promises/measure.html", said, status=status)


def _time_form(found, day, given=None) -> TimeForm | None:
    """Return the form for staff's time, or None where the partnership shares no service of the platform."""
    services = {one.service_id: one.title for one in found.terms.services if one.service_id}
    won = {row.service for row in queries.outside(found, day - queries.YEAR, day)} - set(services)
    services |= {key: title.en for key, title in catalogue.titles(won).items()}
    return TimeForm(list(services.items()), given, initial={"timed_on": day}) if services else None


@require_POST
@members
def time(request: HttpRequest, slug: str) -> HttpResponse:
    """Record how long one request of a shared service takes our staff."""
    found = _own(request, slug)
    form = _time_form(found, local(request.at).date(), request.POST)
    if form is None:
        raise sharing.UnknownPartnership
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.time_requests(
                body_id=request.acting_body.id, service_id=given["service"], minutes=given["minutes"],
                day=given["timed_on"], source=given["timed_source"], at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("timed_on", refusal.message)
        else:
            messages.success(request, "Recorded and published.")
            return redirect("promises:health", slug)
    return _measuring(request, found, time_form=form, status=422)


def _put_form(request: HttpRequest, found, given=None) -> PutInForm | None:
    """Return the form for what our body puts in, or None where the terms hold no contribution of it."""
    today = local(request.at).date()
    shown = found.terms.contributions if queries.shows_contributions(found, today) else ()
    own = [one for one in shown if one.body_id == request.acting_body.id]
    return PutInForm(own, given, initial={"put_in_day": today}) if own else None


@require_POST
@members
def put_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what our body put in of its contribution."""
    found = _own(request, slug)
    form = _put_form(request, found, request.POST)
    if form is None:
        raise actions.NotYourContribution
    if form.is_valid():
        given = {name: form.cleaned_data[f"put_in_{name}"] for name in ("figure", "day", "source")}
        try:
            actions.put_in(
                body_id=request.acting_body.id, partnership_id=found.id, what=form.cleaned_data["put_in"], **given,
                at=request.at, by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("put_in_day", refusal.message)
        else:
            messages.success(request, "Recorded and published.")
            return redirect("promises:health", slug)
    return _measuring(request, found, put_form=form, status=422)


def _hours(minutes: int | None) -> int:
    """Return whole hours, rounded half up; 0 where nothing is measured."""
    return (minutes + 30) // 60 if minutes else 0


def _own(request: HttpRequest, slug: str):
    """Return a partnership of one's own body; others' have public pages only."""
    found = _found(request, slug)
    if not found.concerns(request.acting_body.id):
        raise sharing.UnknownPartnership
    return found
