"""A body's own ideas and fund: anybody who works there writes an idea down, a manager decides, the fund pays."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import may, staff
from moothall.promises import actions, queries
from moothall.promises.forms import plans as forms
from moothall.promises.forms.savings import years_from
from moothall.promises.views.asking import ask
from moothall.promises.views.plans import idea_told, titles

DECIDERS = ("manager", "partnership-office")
FINANCE = ("finance", "section-151-officer")
colleagues = staff()
deciders = staff(*DECIDERS)
finance = staff(*FINANCE)


@dataclass(frozen=True)
class Step:
    """What can be done with an idea that stands somewhere."""

    title: str
    button: str
    act: object
    form: type
    state: str


STEPS = {
    "grant": Step("Let it be tried", "Grant it", actions.grant_idea, forms.GrantForm, "proposed"),
    "decline": Step("Say why it is not tried", "Decline it", actions.decline_idea, forms.DeclineForm, "proposed"),
    "result": Step("Say what came of the trial", "Record it", actions.end_trial, forms.ResultForm, "granted"),
}


@require_safe
@colleagues
def ours(request: HttpRequest) -> HttpResponse:
    """Show the body's own ideas, and what is left of this year's fund."""
    body_id = request.acting_body.id
    names, services = bodies.names(), titles("en")
    steps = STEPS if may(request, DECIDERS) else {}
    rows = [
        idea_told(row, "en", names, services)
        | {"steps": [(key, step.title) for key, step in steps.items() if step.state == row.state]}
        for row in queries.ideas(body_id=body_id)
    ]
    funds = queries.funds_for(body_id, local(request.at).date())
    said = {"rows": rows, "funds": funds, "may_decide": bool(steps), "may_fund": may(request, FINANCE)}
    return render(request, "promises/our_ideas.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@colleagues
def new(request: HttpRequest) -> HttpResponse:
    """Write an idea down."""
    return _asked(request, forms.IdeaForm(request.POST or None),
                  partial(actions.propose_idea, body_id=request.acting_body.id), "Write an idea down", "Propose it",
                  "Written down, and published.")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@finance
def fund(request: HttpRequest) -> HttpResponse:
    """Set what may be spent on trying ideas in this financial year or the next, where it is not set yet."""
    body_id = request.acting_body.id
    held = {one.row.year for one in queries.funds(body_id=body_id) if one.row.body_id == body_id}
    open_years = [year for year in years_from(local(request.at).date(), 2) if year not in held]
    if not open_years:
        messages.info(request, "The funds of this financial year and the next are set.")
        return redirect("promises:our_ideas")
    form = forms.FundForm(open_years, request.POST or None)
    act = partial(actions.set_fund, body_id=body_id)
    return _asked(request, form, act, "Set the fund for ideas", "Set it", "Set, and published.")


@require_http_methods(["GET", "HEAD", "POST"])
@deciders
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Grant an idea, decline it, or say what came of its trial."""
    row, chosen = queries.idea(reference), STEPS.get(verb)
    if row.body_id not in bodies.lineage(request.acting_body.id):
        raise queries.UnknownIdea
    if chosen is None:
        raise Http404
    form = chosen.form(request.POST or None, initial={"ends": local(request.at).date()})
    return _asked(request, form, partial(chosen.act, idea_id=row.pk), chosen.title, chosen.button,
                  "Recorded, and published.", caption=f"{row.reference} {row.title}", lead=row.words)  # fmt: skip


def _asked(request: HttpRequest, form, act, heading: str, button: str, done: str, **more) -> HttpResponse:
    back = reverse("promises:our_ideas")
    return ask(request, form, act, heading=heading, button=button, done=done, back=(back, "Ideas"),
               to=lambda _made: back, **more)  # fmt: skip
