"""How a case stands, in the words of its resident: the promise, what was done, what comes now and next."""

import datetime as dt
import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moothall.bodies import queries as bodies
from moothall.casework.queries import CaseFile, CasePage
from moothall.casework.rules.promise import late
from moothall.casework.rules.states import ACTIVE
from moothall.catalogue import queries as catalogue
from moothall.ui import rules as words


def promise_box(page: CasePage, lang: str, at: dt.datetime) -> dict | None:
    """Return the promise as its box shows it: {"words", "more", "state"}; a late case says so first."""
    case = page.case
    if case.promise_due is None:
        return None
    day = words.day_words(case.promise_due, lang, at)
    if case.state == "cancelled":
        return None
    if case.closed_at:
        closed = words.day_words(case.closed_at, lang, at)
        if case.promise_kept:
            return {
                "words": _("We finished this on %(day)s.") % {"day": closed},
                "state": "kept",
                "more": _in_time(day),
            }
        said = _("We finished this on %(day)s. That was late.") % {"day": closed}
        return {
            "words": said,
            "state": "late",
            "more": _("We had promised it by %(day)s. We are sorry.") % {"day": day},
        }
    if case.paused_at:
        return {
            "words": _("The clock has stopped: we are waiting for an answer."),
            "state": "paused",
            "more": _reason(page),
        }
    if late(case.promise_due, case.paused_at, at):
        more = _("We promised to finish by %(day)s and did not. It is now among the first things we do.") % {"day": day}
        return {"words": _("This is late. We are sorry."), "state": "late", "more": more}
    return {"words": promise_words(case.promise_due, lang, at), "state": "", "more": ""}


def _in_time(day: str) -> str:
    return _("In time: we had promised it by %(day)s.") % {"day": day}


def promise_words(due: dt.datetime, lang: str, at: dt.datetime) -> str:
    """Return the promise as a sentence with a day in it."""
    return _("We will finish this by %(day)s.") % {"day": words.day_words(due, lang, at)}


def _reason(page: CasePage) -> str:
    return next((line.text for line in reversed(page.timeline) if line.kind == "paused"), "")


def entries(page: CasePage, lang: str, at: dt.datetime) -> list[dict]:
    """Return the lines of the timeline: what happened, what is being done, what comes next, each with its day."""
    case, file = page.case, page.file
    told = [_told(line, case.closed_at) for line in page.timeline]
    done = [*filter(None, told), *_earlier_rounds(page, lang), *_steps_ended(file, lang)]
    done.sort(key=lambda entry: entry["when"])
    if case.closed_at:
        return [*done, _ending(page, lang)]
    now = [
        {"title": _title(file, step.name, lang), "state": "now", "when": _by(step.due_at, lang, at)}
        for step in file.steps.values()
        if step.state in ACTIVE
    ]
    return [*done, *now, *upcoming(file, lang, at)]


HAPPENED = {
    "opened": lambda: _("You sent this"),
    "information-added": lambda: _("You added something"),
    "day-moved": lambda: _("The day was changed"),
    "paused": lambda: _("We asked for something and stopped the clock"),
    "resumed": lambda: _("The clock runs again"),
    "reopened": lambda: _("Opened again"),
    "promise-missed": lambda: _("The promised day passed"),
    "cancelled": lambda: _("Cancelled"),
    "closed": lambda: _("Finished"),
    "handed-over": lambda: _("Given to another team"),
    "succeeded": lambda: _("A new council took this over"),
    "given-back": lambda: _("The council before deals with this again"),
}


#: How a case ended is told last, with its outcome; here are the ends that did not last.
ENDINGS = ("cancelled", "closed")


def _told(line, ended: dt.datetime | None) -> dict | None:
    """Return a line of history that concerns the resident."""
    if line.kind not in HAPPENED or (line.kind in ENDINGS and line.at == ended):
        return None
    state = "bad" if line.kind == "promise-missed" else "done"
    body = line.text if line.kind in ("information-added", "paused", "reopened") else ""
    if line.kind == "day-moved":
        body = words.day_words(dt.date.fromisoformat(line.data["day"]), "cy" if get_language() == "cy" else "en")
    if line.kind == "succeeded":
        names = bodies.names("cy" if get_language() == "cy" else "en")
        body = _("It was %(before)s and is now %(now)s. Your reference and the promised day are as they were.") % {
            "before": names[line.data["from_body"]],
            "now": names[line.data["to_body"]],
        }
    return {"title": HAPPENED[line.kind](), "when": line.at, "state": state, "body": body}


def _steps_ended(file: CaseFile, lang: str) -> list[dict]:
    return [
        {
            "title": _title(file, step.name, lang),
            "when": step.ended_at,
            "state": "done" if step.state == "done" else "bad",
            "body": step.reason if step.state == "refused" else "",
        }
        for step in file.steps.values()
        if step.state in ("done", "refused") and not _silent(file, step.name)
    ]


def _earlier_rounds(page: CasePage, lang: str) -> list[dict]:
    """Return what was done before the case was opened again: its history still tells."""
    states = {"step-done": "done", "step-refused": "bad"}
    return [
        {"title": _title(page.file, line.data["step"], lang), "when": line.at, "state": states[line.kind], "body": ""}
        for line in page.timeline
        if line.kind in states
        and line.data.get("round", 1) < page.case.round
        and not _silent(page.file, line.data["step"])
    ]


def _silent(file: CaseFile, name: str) -> bool:
    """A wait is nothing that anybody did."""
    defined = file.definition.steps.get(name)
    return defined is not None and defined.wait is not None


def _ending(page: CasePage, lang: str) -> dict:
    case = page.case
    if case.state == "cancelled":
        return {"title": _("Cancelled"), "when": case.closed_at, "state": "done"}
    outcome = page.file.definition.outcomes.get(case.outcome)
    return {"title": outcome.title.in_(lang) if outcome else _("Finished"), "when": case.closed_at, "state": "done"}


def _title(file: CaseFile, name: str, lang: str) -> str:
    defined = file.definition.steps.get(name)
    return defined.title.in_(lang) if defined else name


def _by(due: dt.datetime | None, lang: str, at: dt.datetime) -> str:
    if due is None:
        return ""
    said = words.by_words(due, lang, at)
    return _("late: it was due %(by)s") % {"by": said} if due < at else said


def upcoming(file: CaseFile, lang: str, at: dt.datetime) -> list[dict]:
    """Return the steps still to come on the way to the outcome hoped for, each with the day it is due at the latest."""
    found, due_by = [], {name: step.due_at or at for name, step in file.steps.items()}
    guarded = file.guarded()
    for name in _hoped_for(file.definition):
        if name in file.steps:
            continue
        defined = file.definition.steps[name]
        needed = catalogue.needed(file.definition, defined, guarded)
        if needed is False:
            guarded[name] = {**guarded[name], "state": "skipped"}
            continue
        start = max([due_by.get(before) or at for before in defined.after], default=at)
        due_by[name] = due = _latest(file, defined, start, guarded)
        title = defined.title.in_(lang)
        if needed is None:
            title = _("%(step)s, if it is needed") % {"step": title}
        found.append({"title": title, "state": "next", "when": _by(due, lang, at) if due else ""})
    return found


def _latest(file: CaseFile, defined, start: dt.datetime, guarded: dict) -> dt.datetime | None:
    due = catalogue.due(defined, start, guarded, file.calendar)
    promised = file.case.promise_due
    return min(due, promised) if due and promised else due


def _hoped_for(definition) -> list[str]:
    """Return the names of the steps on the way to the first outcome, in the definition's order.

    A definition names the outcome that people hope for first; its condition names the steps that lead there.
    """
    first = next(iter(definition.outcomes.values()))
    named = {name for name in definition.steps if re.search(rf"\b{name}\.", first.when or "")}
    if not named:
        return [name for name, step in definition.steps.items() if step.when is None and step.wait is None]
    wanted, waiting = set(), list(named)
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            waiting += definition.steps[name].after
    return [name for name in definition.steps if name in wanted and definition.steps[name].wait is None]
