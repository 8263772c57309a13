"""What the command line says of services: whether they hold, what they are, and how they are drawn."""

from dataclasses import dataclass
from pathlib import Path

from moothall.catalogue.rules import examples, life
from moothall.catalogue.rules import folder as folder_of
from moothall.catalogue.rules.definition import Definition
from moothall.catalogue.rules.draw import draw, step_clock
from moothall.catalogue.rules.in_words import said
from moothall.catalogue.rules.load import BadDefinition, load, load_all
from moothall.catalogue.rules.reading_age import OLDEST, reading_age, too_long
from moothall.catalogue.rules.saying import cost, promise, review
from moothall.catalogue.rules.texts import all_texts


@dataclass(frozen=True)
class Checked:
    """What is said of a service's files: the Definition (None where it cannot be used), what is wrong, the examples.

    `problems` are `rules.load.Problem`s; `told` is what came of the worked examples, `well` whether all is well.
    """

    definition: Definition | None
    problems: list
    told: list[str]
    well: bool


def check(folder, performers, topics, calendar, works=None):
    """Return (lines to print, whether all is well) for a folder of services, or for one service's folder.

    Loads every definition, then plays its worked examples. A definition without examples is not well.
    """
    folder = Path(folder)
    one = (folder / "service.yaml").exists()
    if not one and not any(folder.glob("*/service.yaml")):
        return [f"{folder} holds no service: give a folder with a service.yaml, or a folder of such folders."], False
    try:
        if one:
            beside = {p.parent.name for p in folder.resolve().parent.glob("*/service.yaml")}
            loaded = [load(folder.resolve(), performers, topics=topics, works=works, services=beside)]
        else:
            loaded = load_all(folder, performers, topics, works)
            if (events := folder / life.FILE).exists():
                life.load_life_events(events.read_text(), {definition.id: definition for definition in loaded})
    except BadDefinition as bad:
        return [*map(str, bad.problems), _count(len(bad.problems), "thing") + " to mend."], False
    lines, well = [], True
    for definition in loaded:
        told, good = played(definition, folder_of.read(folder if one else folder / definition.id), calendar)
        lines, well = lines + told, well and good
    return lines, well


def played(definition, files, calendar):
    """Return (lines, whether all is well) of the worked examples among a service's files, played through."""
    try:
        stories = examples.parse(files)
    except examples.BadExamples as bad:
        return [f"{definition.id}/examples.yaml: {bad}."], False
    if not stories:
        return [f"{definition.id}: no worked examples. Write examples.yaml with at least one."], False
    lines = []
    for story in stories:
        try:
            lines += [f"{definition.id}: {story.name}: {d}" for d in examples.differences(definition, story, calendar)]
        except ValueError as error:
            lines.append(f"{definition.id}: {error}")
        except Exception as error:  # a story may say anything: whatever it breaks on is its author's to mend
            lines.append(f"{definition.id}: {story.name}: cannot be played ({type(error).__name__}: {error})")
    if lines:
        return lines, False
    letters = _count(len(definition.letters), "letter")
    good = f"{definition.id}: good. {_count(len(stories), 'worked example')}, {letters} in two languages."
    return [good, *_hard_to_read(definition)], True


def public_texts(part):
    """Return all that the public reads in English in a definition with its letters, or in any piece of one."""
    return [*all_texts(part), *(letter["en"] for letter in getattr(part, "letters", {}).values())]


def _hard_to_read(definition):
    """Return what to say of sentences that are too long, and of words that are too hard; nothing stops the service."""
    said = public_texts(definition)
    told = [f'{definition.id}: make this sentence two or three: "{sentence}".' for sentence in too_long(said)]
    if (age := reading_age(said)) > OLDEST:
        told.append(f"{definition.id}: reads at age {age:.0f}; use shorter words and sentences, to read at {OLDEST}.")
    return told


def _count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _if(when, definition):
    return str(said(when, definition, begins="if ")) if when else ""


def show(definition):
    """Return a definition in plain lines: promise, cost, questions, steps, outcomes, letters, law."""
    lines = [definition.title.en, definition.summary.en, "", f"Promise: {promise(definition)}"]
    lines += [f"Cost: {cost(definition)}", f"Done by: {', '.join(definition.done_by.bodies)} ({definition.work})"]
    lines += ["", "Asks"]
    for question in definition.questions:
        notes = [question.type, "may be empty" if question.optional else ""]
        notes.append(_if(question.when, definition))
        lines.append(f"  {question.id}: {question.label.en} ({', '.join(n for n in notes if n)})")
    lines += ["", "Steps"]
    for step in definition.steps.values():
        notes = [f"by {step.performs}", f"after {', '.join(step.after)}" if step.after else "", step_clock(step)]
        notes.append(_if(step.when, definition))
        lines.append(f"  {step.id}: {step.title.en} ({'; '.join(n for n in notes if n)})")
    lines += ["", "Ends as"]
    lines += [
        f"  {name}: {o.title.en}" + (f" ({_if(o.when, definition)})" if o.when else "")
        for name, o in definition.outcomes.items()
    ]
    lines += ["", "Tells"]
    lines += [
        f"  {m.at}: {m.letter}" + (f" ({_if(m.when, definition)})" if m.when else "") for m in definition.messages
    ]
    if definition.review:
        lines += ["", f"Review: {review(definition)}"]
    keep = definition.basis.keep
    lines += ["", "Law: " + "; ".join(law.name for law in definition.basis.law)]
    lines.append(f"Kept: {keep.years} years {keep.months} months. {keep.why}")
    return lines


def drawing(definition, lang="en"):
    """Return the workflow as an SVG file's text."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + draw(definition, lang) + "\n"
