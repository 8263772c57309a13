"""What happened in a case, as staff read it."""

import datetime as dt

from django.utils.text import capfirst

from moothall.bodies import queries as bodies
from moothall.casework.queries import CasePage
from moothall.ui.rules import day_words

FILTERS = {"all": "Everything", "said": "Messages and notes", "work": "Steps"}
SAID = ("message-in", "message-out", "information-added", "note-added")
TITLES = {
    "opened": "Case opened",
    "taken-over": "Taken over from another system",
    "message-in": "The resident wrote",
    "message-out": "We wrote",
    "information-added": "The resident added something",
    "note-added": "Note",
    "paused": "Clock stopped",
    "resumed": "Clock runs again",
    "reopened": "Opened again",
    "cancelled": "Cancelled",
    "closed": "Closed",
    "closed-by-hand": "Closed by hand",
    "promise-missed": "Promised day passed",
    "handed-over": "Handed over",
    "succeeded": "Taken over by the new body",
    "given-back": "Given back: the succession was undone",
    "part-begun": "Another body's part",
    "part-taken-back": "Another body's part taken back",
    "file-attached": "File added",
    "person-linked": "Person linked",
    "related": "Related case",
    "day-moved": "Day changed",
    "waiting-for-day": "Put on the waiting list for a day",
    "day-offered": "A day came free and was offered",
    "day-declined": "The day offered was declined",
    "waiting-no-more": "Left the waiting list",
    "day-reminded": "Reminded of the day",
    "task-assigned": "Given to somebody",
    "task-moved": "Moved to another team",
    "task-done": "Task done",
}
STEP = {
    "step-done": "Done",
    "step-waiting": "Waits",
    "step-refused": "Could not be done",
    "step-failed": "Failed",
    "step-retried": "Tried again",
}


def lines(page: CasePage, colleagues: dict[int, str], only: str) -> list[dict]:
    """Return the lines of the timeline, newest first, narrowed by one of FILTERS."""
    notes = {str(note.pk): note.text for note in page.notes}
    found = [_line(page, line, colleagues, notes) for line in reversed(page.timeline)]
    return [line for line in found if only == "all" or line["said"] == (only == "said")]


def _line(page: CasePage, line, colleagues: dict, notes: dict) -> dict:
    step = page.file.definition.steps.get(line.data.get("step", ""))
    if line.kind in STEP:
        title = f"{STEP[line.kind]}: {step.title.en if step else line.data.get('step', '')}"
    else:
        title = TITLES.get(line.kind, capfirst(line.kind.replace("-", " ")))
    body = notes.get(line.data.get("note", ""), line.text)
    if line.kind in ("succeeded", "given-back"):
        body = f"From {bodies.body(line.data['from_body']).name} to {bodies.body(line.data['to_body']).name}."
    if line.kind == "day-moved":
        before, day = (day_words(dt.date.fromisoformat(line.data[key])) for key in ("before", "day"))
        body = f"From {before} to {day}, as {'the resident asked' if line.data['wanted'] else 'we asked'}."
    if line.kind == "handed-over":
        body = f"To {bodies.body(line.data['to_body']).name}. {body}"
    if line.kind == "part-begun":
        body = f"{bodies.body(line.data['to_body']).name}: {step.title.en if step else line.data['step']}."
    bad = line.kind in ("promise-missed", "step-failed", "step-refused")
    by_itself = line.kind == "message-out" and line.data.get("letter")
    return {
        "title": title,
        "when": line.at,
        "by": "by itself" if by_itself else _who(line.by, colleagues),
        "body": body,
        "template": "casework/letter.html" if by_itself else "",
        "state": "bad" if bad else "done",
        "said": line.kind in SAID,
    }


def _who(by: str, colleagues: dict[int, str]) -> str:
    kind, _colon, number = by.partition(":")
    if kind == "staff":
        return colleagues.get(int(number), "a colleague at another body") if number.isdigit() else "staff"
    others = {"resident": "the resident", "contact": "the resident", "system": "by itself", "api": "by the API"}
    return others.get(kind, number or kind)
