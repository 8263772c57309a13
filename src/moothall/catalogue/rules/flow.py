"""How a case moves through its steps: what comes next, by when, and how it ends."""

import itertools
from datetime import date, datetime, timedelta

from moothall.catalogue.rules.answers import variables
from moothall.catalogue.rules.guards import guard
from moothall.catalogue.rules.kinds import known as known_kind
from moothall.catalogue.rules.steps import ENDED
from moothall.core.clock import LONDON, end_of, local, months_after


def seen(definition, answers, outputs, states, parameters=None, case=None, dues=None):
    """Return what a guard sees: answers, body, case, and for each step its outputs, its `state` and when it is `due`.

    `outputs`, `states` and `dues` are dicts by step name. What a step did not put out is empty in a guard.
    """
    known = variables(definition, answers, parameters, case)
    for name in definition.steps:
        used = definition.outputs.get(name, {})
        empty = {leaf: known_kind(kind).unanswered() for leaf, kind in used.items()}
        given = {leaf: value for leaf, value in (outputs.get(name) or {}).items() if value is not None}
        known[name] = {"state": states.get(name, ""), "due": (dues or {}).get(name)} | empty | given
    return known


def settle(definition, states, guarded):
    """Return the steps that can now be settled, as {name: "ready" or "skipped"}.

    `states` maps the steps already begun or ended to their state; `guarded` is what `seen` gives. A step is looked
    at once everything in its `after` has ended. Its condition alone decides whether it is done or skipped; without a
    condition it is done if anything that it follows was done.
    """
    settled = {}
    changed = True
    while changed:
        changed = False
        for name, step in definition.steps.items():
            now = {**states, **settled}
            if name in now or any(now.get(before) not in ENDED for before in step.after):
                continue
            settled[name] = "ready" if _goes_on(step, now, _with_states(guarded, settled)) else "skipped"
            changed = True
    return settled


def _with_states(guarded, settled):
    return {**guarded, **{name: {**guarded.get(name, {}), "state": state} for name, state in settled.items()}}


def _goes_on(step, states, guarded):
    if step.when is not None:
        return guard(step.when).true(guarded)
    return not step.after or any(states[before] == "done" for before in step.after)


def needed(definition, step, guarded):
    """Say whether a step to come will be done: True or False where the answers decide it, None where earlier work does.

    Without a condition it follows what comes before it, as hoped for: True. However earlier work ends, a condition that
    cannot hold with these answers is False.
    """
    if step.when is None:
        return True
    condition = guard(step.when)
    open_ = [path for path in condition.paths if _to_come(definition, path, guarded)]
    if not open_:
        return condition.true(guarded)
    ways = [_ways(definition, path) for path in open_]
    if None in ways:
        return None
    for values in itertools.islice(itertools.product(*ways), 200):
        seen = {**guarded}
        for path, value in zip(open_, values, strict=True):
            root, leaf = path.split(".", 1)
            seen[root] = {**seen[root], leaf: value}
        if condition.true(seen):
            return None
    return False


def _to_come(definition, path, guarded):
    """Say whether a name in a condition is of a step that has not ended."""
    root = path.partition(".")[0]
    return root in definition.steps and guarded[root]["state"] not in ENDED


def _ways(definition, path):
    """Return how what a step puts out, or its state, may come out; None where it may be anything."""
    root, leaf = path.split(".", 1)
    if leaf == "state":
        return ENDED
    kind = known_kind(definition.outputs.get(root, {}).get(leaf, "text"))
    options = definition.steps[root].using.get("options") if leaf == "decision" else kind.options
    if kind.type == "yes-no":
        return (True, False)
    return (*options, None) if options else None


def ended(definition, states):
    """Say whether every step that keeps the case open has ended, so that it can be closed."""
    return all(states.get(name) in ENDED for name, step in definition.steps.items() if not step.aside)


def outcome(definition, guarded):
    """Return the name of the first outcome whose condition holds. The last one has none, so there is always one."""
    return next(n for n, o in definition.outcomes.items() if o.when is None or guard(o.when).true(guarded))


def message(definition, moment, guarded):
    """Return the name of the letter to send at a moment ("acknowledged", "inspect.done", "closed"), or None."""
    fitting = (m for m in definition.messages if m.at == moment)
    return next((m.letter for m in fitting if m.when is None or guard(m.when).true(guarded)), None)


def until(within, start, guarded, calendar):
    """Return the moment by which something is due: the end of the last day, in London, or the hour itself.

    `start` is an aware datetime; `calendar` is a `core.workdays.Calendar` of the body. The first working day is
    the one after the start, as the Ombudsman's code and the Interpretation Act's clear days count.
    """
    amount = within.amount
    if isinstance(amount, str):
        amount = guard(amount).value(guarded)
    if within.unit == "by":
        return end_of(date.fromisoformat(amount)) if amount else None
    if within.unit == "hours":
        return start + timedelta(hours=amount)
    day = local(start).date()
    if within.unit == "working_days":
        return end_of(calendar.add_working_days(day, amount))
    return end_of(day + timedelta(days=amount) if within.unit == "days" else months_after(day, amount))


def due(step, start, guarded, calendar):
    """Return when a step that became ready at `start` must have ended, or None when it has no clock.

    For a wait this is the moment at which it ends by itself; None then means at once.
    """
    if step.wait and step.wait.until:
        day = guard(step.wait.until).value(guarded)
        moment = datetime.fromisoformat(day).replace(hour=9, tzinfo=LONDON) if day else None
        return max(start, moment - timedelta(days=step.wait.before or 0)) if moment else None
    within = step.wait.for_ if step.wait else step.within
    return until(within, start, guarded, calendar) if within else None


def promised(definition, start, guarded, calendar):
    """Return the moment by which the promise to the resident must be kept; a review has a promise of its own."""
    case, review, within = guarded.get("case", {}), definition.review, definition.promise.done_within
    if review and case.get("appealed") and heard_here(review):
        within = review.then.done_within
    elif review and case.get("reopened"):
        within = review.done_within
    return until(within, start, guarded, calendar)


def heard_here(review):
    """Say whether an appeal against what was decided on looking again is a second stage of the same case."""
    return bool(review and review.then and review.then.done_within)


def review_days(definition, closed, guarded, calendar):
    """Return until when a decision of a day may be disputed: {"review_by": a moment} or {"appeal_by": a moment}.

    A first decision may be looked at again by us (a moment of None: at any time); what we decided on looking again goes
    to whoever hears appeals. Empty where the service has no review, and once an appeal was heard here.
    """
    review = definition.review
    if review is None:
        return {}
    name, within = ("review_by", review.within) if not guarded["case"]["reopened"] else ("appeal_by", None)
    if name == "appeal_by":
        if review.then is None or (guarded["case"].get("appealed") and heard_here(review)):
            return {}
        within = review.then.within
    return {name: until(within, closed, guarded, calendar) if within else None}
