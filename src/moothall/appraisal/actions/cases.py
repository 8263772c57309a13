"""Begin a case, change it at many places at once, let others write it, seal its scales, close and freeze it."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.text import slugify

from moothall.appraisal.models import Case
from moothall.appraisal.queries import cases as kept
from moothall.appraisal.queries import workings
from moothall.appraisal.rules import draft, outline
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.case import Case as Whole
from moothall.appraisal.rules.closing import obstacles
from moothall.appraisal.rules.draft import Path
from moothall.appraisal.rules.reasons import reason
from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing


class TitleTaken(Refusal):
    """There is a case of that title already. Choose another title, or go on with that one."""


class NotAnAuthor(Refusal):
    """Your body does not write this case. Ask the body that began it to let yours in."""

    status = 403


class ChangedMeanwhile(Refusal):
    """Somebody else has changed the same place since you opened it. Both are shown below: choose what is to stand."""


class Frozen(Refusal):
    """This case is frozen. Take it up again before you change it."""


class Sealed(Refusal):
    """Scales and weights were sealed. Write it under “Changes after the seal”: the result is shown under both."""


class NotSealedYet(Refusal):
    """Nobody scores before scales and weights are sealed. Seal them first."""


class StillOpen(Refusal):
    """The case cannot close yet. Mend what is named first."""


class Incomplete(Refusal):
    """The case is not complete yet. Work through the list of what is missing first."""


class NotYourStop(Refusal):
    """Another body said stop. Ask its staff: only they alter that word or withdraw it."""

    status = 403


class NotWritten(Refusal):
    """That is not written but done. Seal, close, freeze or reopen the case, or take the figure from live data."""

    status = 422


class NothingChanged(Refusal):
    """What you wrote is what stands there already. Change something, or go back."""

    status = 422


class AlreadyThere(Refusal):
    """There is an entry of that name already. Choose another name."""

    status = 422


TAKEN = {"appraisal_case_slug": TitleTaken}


def begin(*, body_id: int, document: dict, why: str, at: dt.datetime, by: Actor) -> Case:
    """Begin a case of a body from a document (rules/starting.py). Refuses TitleTaken, WhyMissing."""
    document = draft.plain(document)
    title = str(document.get("title") or "").strip()
    row = Case(
        body_id=body_id, author_ids=[body_id], slug=f"{bodies.body(body_id).slug}-{slugify(title)[:70]}",
        title=title[:200], document=document, begun_at=at, changed_at=at,
    )  # fmt: skip
    why = reason(why)
    with refusing(TAKEN, hidden=NotAnAuthor):
        row.save(force_insert=True)
        row.keep(document, [((), None, document)], why, by.body_id or body_id, str(by), at)
    audit.record(action="appraisal.begun", object=f"appraisal:{row.pk}", body_id=body_id, at=at, by=by)
    return row


def change(
    *, case_id: UUID, changes: Sequence[tuple[Path, object]], why: str, seen: int, at: dt.datetime, by: Actor
) -> Case:
    """Change a case at one or more places: (path, what is to stand there; None takes it out).

    `seen` is the version that the writer looked at. Refuses ChangedMeanwhile where somebody else changed the same
    place since (details: `theirs`, as [(path, what stands there, who, why)]), Frozen, Sealed, NotSealedYet,
    NotWritten, NotYourStop, NothingChanged, WhyMissing.
    """
    row = kept.locked(case_id)
    steps, document = _taken(row, changes)
    for path, _before, _after in steps:
        _allowed(row.document, path)
    for path in draft.written_over(row.document, document):
        steps, document = _and(steps, document, path, None)
    state, seal_, read = draft.of_acts(document)
    before = draft.of_acts(row.document)
    if (state, seal_) != before[:2] or any(before[2].get(name) != place for name, place in read.items()):
        raise NotWritten()
    return _change(row, steps, document, why, seen, at, by)


def change_read(*, case_id: UUID, name: str, given: dict, why: str, seen: int, at: dt.datetime, by: Actor) -> Case:
    """Put a figure that the platform has read into a case, with where it was read. Refuses what `change` refuses."""
    row = kept.locked(case_id)
    return _change(row, *_taken(row, [(("inputs", name), given)]), why, seen, at, by)


def _taken(row: Case, changes: Sequence[tuple[Path, object]]) -> tuple[list, dict]:
    """Return (the steps that change something, the document after them)."""
    steps: list = []
    document = row.document
    for path, value in changes:
        steps, document = _and(steps, document, path, draft.plain(value))
    return steps, document


def _and(steps: list, document: dict, path: Path, after) -> tuple[list, dict]:
    """Return steps and document with one more change; as they were where it changes nothing."""
    before = draft.get(document, path)
    if before == after:
        return steps, document
    return [*steps, (path, before, after)], draft.put(document, path, after)


def _change(row: Case, steps: list, document: dict, why: str, seen: int, at: dt.datetime, by: Actor) -> Case:
    """Keep what was changed, with why, unless something stands against it."""
    why = reason(why)
    if row.state == "frozen":
        raise Frozen()
    if not steps:
        raise NothingChanged()
    _not_stale(row, [path for path, _before, _after in steps], seen)
    for path, body_id in _said_by(row.document, document):
        steps, document = _and(steps, document, path, body_id)
    _own_stops(row, document, by)
    return _put(row, document, steps, why, at, by)


def seal(*, case_id: UUID, who: str, why: str, at: dt.datetime, by: Actor) -> Case:
    """Seal the scales and weights of a case, before anybody scores. Raises CaseRefused where they are not whole."""
    row = kept.locked(case_id)
    if draft.get(row.document, ("criteria", "seal")):
        raise Sealed()
    sealed = {"on": local(at).date().isoformat(), "who": who.strip(), "hash": draft.seal_of(row.document)}
    steps = [(("criteria", "seal"), None, sealed)]
    return _put(row, draft.put(row.document, ("criteria", "seal"), sealed), steps, reason(why), at, by)


def close(*, case_id: UUID, why: str, at: dt.datetime, by: Actor) -> Case:
    """Say that a case is closed. Refuses StillOpen, naming each voice, harm, subject and stop that keeps it open."""
    row = kept.locked(case_id)
    found = _whole(row)
    if faults := obstacles(found):
        raise StillOpen(problems=[str(fault) for fault in faults])
    return _put(
        row, row.document | {"state": "closed"}, [(("state",), row.document.get("state"), "closed")], reason(why),
        at, by,
    )  # fmt: skip


def reopen(*, case_id: UUID, why: str, at: dt.datetime, by: Actor) -> Case:
    """Open a closed or frozen case again, to be changed."""
    row = kept.locked(case_id)
    before = row.document.get("state")
    row.state = "draft"
    return _put(row, row.document | {"state": "open"}, [(("state",), before, "open")], reason(why), at, by)


def freeze(*, case_id: UUID, why: str, at: dt.datetime, by: Actor) -> Case:
    """Freeze a complete case, so that what is published is what was looked at. Refuses Incomplete."""
    row = kept.locked(case_id)
    _whole(row)
    row.state = "frozen"
    state = row.document.get("state")
    return _put(row, row.document, [(("state",), state, f"{state}, frozen")], reason(why), at, by)


def let_in(*, case_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> Case:
    """Let another body's staff write a case. Refuses NotAnAuthor: only the body that began it does."""
    row = kept.locked(case_id)
    if row.body_id != by.body_id and by.kind == "staff":
        raise NotAnAuthor()
    row.author_ids = sorted({*row.author_ids, bodies.body(body_id).id})
    row.save(update_fields=["author_ids"])
    audit.record(
        action="appraisal.shared", object=f"appraisal:{row.pk}", body_id=row.body_id, data={"with": body_id}, at=at,
        by=by,
    )  # fmt: skip
    return row


def _whole(row: Case) -> Whole:
    """Return the case a row says. Raises Incomplete with all that is missing."""
    try:
        return workings.read(row.document)
    except CaseRefused as refused:
        raise Incomplete(problems=[str(fault) for fault in refused.faults]) from refused


def _allowed(document: dict, path: Path) -> None:
    """Refuse what is no author's to write, and what the seal does not allow: weights after it, scores before it."""
    if not outline.writable(path):
        raise NotWritten()
    sealed = draft.get(document, ("criteria", "seal"))
    touched = path[:2]
    if sealed and (touched in (("criteria", "scales"), ("criteria", "weights"), ("criteria",))):
        raise Sealed()
    if not sealed and touched == ("criteria", "scores"):
        raise NotSealedYet()


def _own_stops(row: Case, document: dict, by: Actor) -> None:
    """Refuse NotYourStop where a stop of another body is altered, withdrawn or taken out."""
    ours = bodies.lineage(by.body_id or row.body_id)
    for stop in draft.stops_undone(row.document, document):
        owner = stop.get("body") or _partner(stop["partner"]) or row.body_id
        if owner not in ours:
            said, name = stop["partner"], bodies.body(owner).name
            raise NotYourStop(f"{said} said stop. Only staff of {name} alter that word or withdraw it: ask them.")


def _said_by(before: dict, after: dict) -> list[tuple[Path, int | None]]:
    """Return for each stop that was written the path and number of the body that its partner is, if one here.

    A stop whose partner is called as before stays that body's, whatever the body is called by then.
    """
    known = {stop.get("partner"): stop["body"] for stop in before.get("stops") or () if stop.get("body")}
    return [
        (("stops", place, "body"), known.get(stop["partner"]) or _partner(stop["partner"]))
        for place, stop in enumerate(after.get("stops") or ())
        if stop.get("partner") and stop not in (before.get("stops") or ())
    ]


def _partner(name: str) -> int | None:
    """Return the body of a partner's name; None for one that is no body here: words are all there is of it."""
    said = slugify(name)
    known = bodies.names().items()
    return next((one for one, full in known if said in (slugify(full), bodies.body(one).slug)), None)


def _not_stale(row: Case, paths: list[Path], seen: int) -> None:
    theirs = [
        one
        for one in row.changes.filter(version__gt=seen).order_by("version", "number")
        if any(draft.overlap(tuple(one.path), path) for path in paths)
    ]
    if theirs:
        raise ChangedMeanwhile(theirs=[(tuple(one.path), one.after, one.body_id, one.by, one.why) for one in theirs])


def _put(row: Case, document: dict, steps, why: str, at: dt.datetime, by: Actor) -> Case:
    row.keep(document, steps, why, by.body_id or row.body_id, str(by), at)
    return row
