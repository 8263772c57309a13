"""The style guide: every template and component in its states, with invented content. Not served in production."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from moothall.core import guard
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.ui import charts
from moothall.ui.forms import DayField, PlaceField

BODY = SimpleNamespace(name="Cyngor Sir Gorllewin y Gororau Marchshire", slug="mar", colour="#1d4f5f", accent="#e3a62f")
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
CHOICES = [("plate", "A dinner plate"), ("lid", "A dustbin lid"), ("larger", "Larger than that")]


class OneQuestion(forms.Form):
    """One question a page."""

    width = forms.ChoiceField(
        label="How wide is the hole?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        help_text="A guess is fine.",
        error_messages={"required": "Choose how wide the hole is."},
    )


class EveryField(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Your e-mail address", help_text="We only use it to tell you how it goes.")
    bags = forms.IntegerField(label="How many bags?", widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}))
    amount = forms.CharField(
        label="How much?", widget=forms.TextInput(attrs={"prefix": "£", "class": "govuk-input--width-5"})
    )
    when = DayField(label="When did you see it?", help_text="For example, 24 11 2026.")
    rounds = forms.MultipleChoiceField(
        label="Which bins were missed?",
        choices=[("black", "Rubbish (black)"), ("green", "Recycling (green)"), ("brown", "Garden (brown)")],
        widget=forms.CheckboxSelectMultiple,
    )
    danger = forms.ChoiceField(
        label="Is anybody in danger?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    street = forms.ChoiceField(
        label="Street", choices=[("", "Choose a street"), ("1", "Mill Lane"), ("2", "Bridge End")]
    )
    words = forms.CharField(label="Tell us more", widget=forms.Textarea, max_length=500, required=False)
    photo = forms.FileField(label="A photo", required=False, help_text="It may help the crew find it.")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    true = forms.BooleanField(label="What I wrote is true as far as I know")


class Where(forms.Form):
    """A place."""

    place = PlaceField(label="Where is it?", help_text="Type a street, an address or a postcode.")


def _timeline() -> list[dict]:
    def day(days: int) -> datetime:
        return AT + timedelta(days=days)

    return [
        {"title": "You told us", "when": day(-4), "state": "done"},
        {"title": "We looked at it", "when": day(-1), "state": "done", "body": "It is deep and on a bend: high risk."},
        {"title": "We are mending it", "when": "by Tuesday 24 November", "state": "now"},
        {"title": "We check the work and tell you", "when": "by Friday 27 November", "state": "next"},
    ]


def _operation(state: str) -> SimpleNamespace:
    stages = [
        {"name": "rows", "words": "Writing rows", "done": 74, "total": 74, "state": "done"},
        {"name": "files", "words": "Copying files", "done": 1200, "total": 5000, "state": "running"},
    ]
    if state == "done":
        stages = stages[:1]
    ended, error = state in ("done", "failed"), "The disk is full. Make room, then start it again."
    return SimpleNamespace(
        id=state, state=state, stages=stages if state != "waiting" else [], ended=ended, ended_at=AT, error=error
    )


def _rows() -> list[dict]:
    places = ["outside 14 Mill Lane, Ashby", "Bridge End, by the long stone wall opposite the school, Coveham", "Ford"]
    return [
        {
            "id": number,
            "due": AT + timedelta(days=days, hours=hours),
            "what": "Inspect a pothole",
            "where": places[number % 3],
            "who": "Rhiannon Featherstonehaugh-Llewellyn" if number == 1 else "Sam Okafor",
            "step": "Inspect",
            "since": AT - timedelta(days=3 + number),
        }
        for number, (days, hours) in enumerate([(-2, 0), (0, 6), (1, 0), (5, 0), (12, 0)])
    ]


def _filters() -> list[dict]:
    links = [
        {"title": "Mine", "url": "?mine", "count": 4, "current": True},
        {"title": "My team's", "url": "?team", "count": 31, "current": False},
        {"title": "Everything open", "url": "?all", "count": None, "current": False},
    ]
    return [{"title": "Show", "links": links}]


def _answers() -> list[dict]:
    rows = [
        {"question": "Where is it?", "answer": "outside 14 Mill Lane, Ashby", "change_url": "#where"},
        {"question": "How wide is the hole?", "answer": "A dustbin lid", "change_url": "#width"},
        {"question": "A photo", "answer": "", "change_url": "#photo"},
    ]
    return [{"title": "The hole", "rows": rows}]


def _promise(state: str) -> dict:
    words = {
        "": "We will mend it by Tuesday 24 November.",
        "kept": "We mended it on Monday 23 November, a day before we promised.",
        "late": "We said Tuesday 24 November. We are 2 days late, and we are sorry.",
        "paused": "We are waiting for your answer. The clock stands still until then.",
    }
    return {"words": words[state], "state": state, "more": "We keep this promise 87 times out of 100."}


def _question(form: forms.Form) -> dict:
    return {"form": form, "back_url": "#back", "progress": "Question 2 of 5"}


def _charts() -> dict:
    names = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
    months = [(name, 20 + 3 * (number % 5), number % 4 * 3, 0) for number, name in enumerate(names)]
    months[3], months[6] = ("Mar", None, None, 0), ("Jun", 24, 0, 4)
    by_month = charts.Chart(
        finding="Potholes: 87 of 100 mended in time this quarter, 4 more than last.",
        svg=charts.kept_and_missed(
            months,
            title="Potholes mended in time, by month",
            description="Between 20 and 32 a month were mended in time, between none and nine were not.",
            kept="In time",
            missed="Late",
            unsaid="Not shown",
        ),
        caption="Potholes by month",
        heads=("Month", "In time", "Late"),
        rows=tuple(
            (name, "fewer than 5" if kept is None else kept, "" if late is None else late)
            for name, kept, late, _unsaid in months
        ),
        csv_url="#csv",
        how="A pothole counts in the month its promise fell due. Counts under 5 are not shown.",
    )
    rows = [("Marchshire", 1204), ("Ashby, Borley and the whole of the valley between them", 310), ("Coveham", 0)]
    by_body = charts.Chart(
        finding="Marchshire paid the most for work that came back: £12.04.",
        svg=charts.bars(rows, title="Paid, by body", description="Marchshire £12.04, Ashby £3.10.", words=pounds),
        caption="Paid by body",
        heads=("Body", "Paid"),
        rows=tuple((name, pounds(pence)) for name, pence in rows),
    )
    spark = charts.sparkline([80, 82, 81, 85, 87], title="Kept in time: from 80 to 87 of 100 in five quarters")
    return {"charts": [by_month, by_body], "spark": spark}


def _contexts() -> dict[str, tuple[str, dict]]:
    """Return page -> (template, context)."""
    bad = EveryField(data={"email": "nobody", "when-day": "31", "when-month": "2", "when-year": "2026"})
    track = {"heading": "Pothole outside 14 Mill Lane", "reference": "MAR-0012-345K", "timeline": _timeline()}
    pages = {
        "components": (
            "ui/styleguide/components.html",
            {
                "states": [_promise(s) for s in ("", "kept", "late", "paused")],
                "operations": [_operation(s) for s in ("waiting", "running", "done", "failed")],
            },
        ),
        "question": ("ui/question.html", _question(OneQuestion())),
        "question-error": ("ui/question.html", _question(OneQuestion(data={}))),
        "fields": ("ui/question.html", _question(EveryField()) | {"heading": "Tell us about it"}),
        "fields-error": ("ui/question.html", _question(bad) | {"heading": "Tell us about it"}),
        "place": ("ui/styleguide/place.html", _question(Where())),
        "place-error": ("ui/styleguide/place.html", _question(Where(data={}))),
        "check": ("ui/check.html", {"sections": _answers(), "back_url": "#back"}),
        "confirm": ("ui/styleguide/confirm.html", {"heading": "Thank you: we have it", "reference": "MAR-0012-345K"}),
        "track": ("ui/track.html", track | {"promise": _promise("")}),
        "track-late": ("ui/track.html", track | {"promise": _promise("late")}),
        "service": ("ui/styleguide/service.html", {"heading": "Report a pothole", "start_url": "#start"}),
        "tasks": ("ui/styleguide/tasks.html", {"heading": "Apply for a skip permit"}),
        "queue": ("ui/styleguide/queue.html", {"rows": _rows(), "filters": _filters()}),
        "queue-empty": ("ui/styleguide/queue.html", {"rows": [], "filters": _filters()}),
        "case": ("ui/styleguide/case.html", {"timeline": _timeline(), "promise": _promise("")}),
        "charts": ("ui/styleguide/charts.html", _charts()),
        "refusal": ("ui/refusal.html", {"refusal": Refusal("That slot has just been taken. Choose another.")}),
    }
    return pages | {code: (f"{code}.html", {}) for code in ("400", "403", "403_csrf", "404", "429", "500")}


def _only_for_builders(request: HttpRequest) -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise Http404


@guard.anyone("invented content, for builders")
def index(request: HttpRequest) -> HttpResponse:
    """List the pages of the style guide."""
    _only_for_builders(request)
    return render(request, "ui/styleguide/index.html", {"pages": list(_contexts())})


@guard.anyone("invented content, for builders")
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Show one template with invented content."""
    _only_for_builders(request)
    found = _contexts().get(page)
    if not found:
        raise Http404
    template, context = found
    request.front_body = request.acting_body = BODY
    request.acting_as = "highways inspector"
    request.at = AT
    request.staff_pages = [
        {"title": "Queue", "url": "#queue", "active": True},
        {"title": "Desk", "url": "#desk", "active": False},
        {"title": "Links", "url": "#links", "active": False},
    ]
    return render(request, template, context)
