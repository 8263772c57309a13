"""Whether a definition holds together: every name known, every condition decidable, every letter there."""

import difflib
from dataclasses import dataclass

from moothall.catalogue.rules import again, urgency
from moothall.catalogue.rules import letters as letters_of
from moothall.catalogue.rules.checks import matcher
from moothall.catalogue.rules.flow import heard_here
from moothall.catalogue.rules.guards import GuardError, check, guard
from moothall.catalogue.rules.kinds import Kind, known
from moothall.catalogue.rules.steps import DECIDES, ENDED
from moothall.catalogue.rules.texts import LANGUAGES
from moothall.catalogue.rules.wording import blanks, question_blanks

RESERVED = ("answers", "body", "case", "dates", "state")
BOOKS = "booking.choose"
BODY_KINDS = (
    *("county", "district", "unitary", "parish", "fire", "police", "health", "school-trust", "company"),
    *("strategic-authority", "landlord", "road-operator"),
)


@dataclass(frozen=True)
class Fault:
    """What does not hold together, where in the definition, and what to write. `file` and `line` for letters."""

    path: tuple
    what: str
    write: str
    file: str | None = None
    line: int | None = None


def faults(definition, world):
    """Return every fault of a well-formed definition. `world` is what exists outside it (`load.Known`)."""
    found = [
        *_names(definition, world),
        *_questions(definition, world),
        *_steps(definition, world),
        *_decisions(definition),
    ]
    if found:  # the rest would only repeat them
        return found
    found = [f for name, step in definition.steps.items() for f in _conditions(definition, world, name, step)]
    kinds = everything(definition, world.performers)
    return [
        *found,
        *(Fault(*found) for found in (*urgency.faults(definition), *again.faults(definition, kinds))),
        *_money(definition),
        *_clock(definition),
        *_outcomes(definition, kinds),
        *_messages(definition, kinds),
        *_letters(definition, kinds),
    ]


def nearest(name, names):
    """Return the name that was meant, or the first few that exist."""
    close = difflib.get_close_matches(str(name), [str(n) for n in names], n=1)
    return f"`{close[0]}`" if close else "one of " + ", ".join(f"`{n}`" for n in sorted(names)[:12])


def outputs(step, performers):
    """Return {name: Kind} of what a step puts out; its `with: options` are the options of `decision`."""
    declared = {n: known(k) for n, k in (performers or {}).get(step.performs, {}).items()}
    options = step.using.get("options")
    if isinstance(options, dict) and "decision" in declared:
        declared["decision"] = Kind("choice", tuple(options), may_be_empty=True)
    return {"state": Kind("choice", ENDED, may_be_empty=True), "due": Kind("date", may_be_empty=True)} | declared


def everything(definition, performers):
    """Return the kinds of all that can be known when every step has ended."""
    kinds = dict(definition.kinds)
    for name, step in definition.steps.items():
        kinds |= {f"{name}.{leaf}": kind for leaf, kind in outputs(step, performers).items()}
    return kinds


def used_outputs(definition, performers):
    """Return what conditions use of each step's outputs, so that a version knows how each looks when it is missing.

    {step: {output: its type, or its options}}.
    """
    used = {tuple(path.split(".")[:2]) for source in _sources(definition) for path in guard(source).paths}
    found = {}
    for name, step in definition.steps.items():
        kinds = {leaf: kind for leaf, kind in outputs(step, performers).items() if leaf not in ("state", "due")}
        if told := {leaf: kind.options or kind.type for leaf, kind in kinds.items() if (name, leaf) in used}:
            found[name] = told
    return found


def _sources(definition):
    parts = [*definition.steps.values(), *definition.outcomes.values(), *definition.messages]
    parts += [definition.again] if definition.again else []
    sources = [part.when for part in parts]
    for step in definition.steps.values():
        clock = step.within or (step.wait and step.wait.for_)
        sources += [step.wait and step.wait.until, clock and isinstance(clock.amount, str) and clock.amount]
    return [source for source in sources if source]


def _condition(path, source, kinds, expect, where):
    try:
        check(source, kinds, expect, where)
    except GuardError as error:
        yield Fault(path, error.what, error.write)


def _names(definition, world):
    if world.folder and world.folder != definition.id:
        yield Fault(
            ("id",), f"the folder is called `{world.folder}` and the service `{definition.id}`", f"id: {world.folder}"
        )
    if world.works is not None and definition.work not in world.works:
        yield Fault(
            ("done_by", "work"), f"no kind of work is called `{definition.work}`", nearest(definition.work, world.works)
        )
    for i, kind in enumerate(definition.done_by.bodies):
        if kind not in BODY_KINDS:
            yield Fault(("done_by", "bodies", i), f"no kind of body is called `{kind}`", nearest(kind, BODY_KINDS))
    for i, topic in enumerate(definition.topics):
        if world.topics is not None and topic not in world.topics:
            yield Fault(("topics", i), f"there is no topic `{topic}`", nearest(topic, world.topics))
    for i, other in enumerate(definition.related):
        if world.services is not None and other not in world.services:
            yield Fault(("related", i), f"there is no service `{other}`", nearest(other, world.services))


def _questions(definition, world):
    body = {k: v for k, v in definition.kinds.items() if k.startswith("body.")}
    for i, need in enumerate(definition.needs):
        if need.when:
            yield from _condition(("needs", i, "when"), need.when, body, bool, "what to have ready (it sees body)")
    asked = {k: v for k, v in _before_it_begins(definition).items() if not k.startswith("answers.")}
    for name, question in definition.ask.items():
        path = ("ask", name)
        if question.when:
            yield from _condition((*path, "when"), question.when, asked, bool, "an earlier question")
        asked[f"answers.{name}"] = question.kind
        for i, stop in enumerate(question.stop):
            yield from _condition((*path, "stop", i, "when"), stop.when, asked, bool, "this or an earlier question")
            if stop.service and world.services is not None and stop.service not in world.services:
                yield Fault(
                    (*path, "stop", i, "service"),
                    f"there is no service `{stop.service}`",
                    nearest(stop.service, world.services),
                )
        yield from _limits(path, question)
        yield from _own_words(definition, path, question)
    places = [n for n, q in definition.ask.items() if q.type in ("place", "address")]
    if definition.duplicates and not places:
        yield Fault(
            ("duplicates",), "nothing says where it is, so nothing can be near it", "a question with `type: place`"
        )


def _limits(path, question):
    least, most = getattr(question, "least", None), getattr(question, "most", None)
    if least is not None and most is not None and least > most:
        yield Fault((*path, "least"), f"`least: {least}` is more than `most: {most}`", f"least: {most} or less")
    if getattr(question, "pattern", None):
        try:
            matcher(question.pattern.matches)
        except ValueError as error:
            yield Fault(
                (*path, "pattern", "matches"), f"this pattern cannot be used: {error}", r"matches: '[A-Z]{3}-\d{4}'"
            )


def _own_words(definition, path, question):
    """A question's text takes in only what the body sets for itself."""
    names = [f"body.{name}" for name in definition.leaves_open]
    for text, lang, blank in question_blanks(question):
        if blank not in names:
            what = f"`{{{{ {blank} }}}}` is not left open to the body, and a question knows nothing else"
            yield Fault((*path, text, lang), what, nearest(blank, names or ["body.…, left open under `leaves_open`"]))


def _decisions(definition):
    """Tell what does not hold together in decisions, and in what is said of looking at them again."""
    for name, step in definition.steps.items():
        path, told = ("steps", name, "with"), step.using
        grants, options = told.get("grants"), told.get("options")
        if wrong := [one for one in grants or () if one not in (options or {})]:
            yield Fault((*path, "grants"), f"`{wrong[0]}` is not among the options", nearest(wrong[0], options or {}))
        needs = next((word for word in ("check", "amount", "until") if word in told and not grants), None)
        if needs and step.performs == DECIDES:
            yield Fault((*path, needs), "nothing says which decisions give what is asked for", "grants: [yes]")
        if "until_months" in told and "until" not in told:
            what = "a time that it lasts at most, and nothing says until when"
            yield Fault((*path, "until_months"), what, "until: {en: Valid until, cy: Yn ddilys tan}")
        for other in told.get("not_by", ()):
            if other not in definition.steps or not definition.steps[other].human:
                people = [n for n, s in definition.steps.items() if s.human and n != name]
                yield Fault((*path, "not_by"), f"`{other}` is not a step that a person ends", nearest(other, people))
    if definition.review:
        yield from _review(definition)


def _review(definition):
    again = [s for s in definition.steps.values() if "case.reopened" in (s.when or "") and s.using.get("not_by")]
    if not again:
        what = "nobody else looks at it again"
        yield Fault(("review",), what, "a step with `when: case.reopened` and `with: {not_by: [decide], ...}`")
    appealed = [s for s in definition.steps.values() if "case.appealed" in (s.when or "") and s.using.get("not_by")]
    if heard_here(definition.review) and not appealed:
        what = "nobody hears the appeal"
        yield Fault(("review",), what, "a step with `when: case.appealed` and `with: {not_by: [decide], ...}`")
    if not any(m.at == "reopened" for m in definition.messages):
        yield Fault(
            ("review",), "nothing is sent when a review is asked for", "- {at: reopened, letter: looking-again}"
        )
    review = definition.review
    times = {("within",): review.within, ("done_within",): review.done_within}
    if review.then:
        times |= {("then", "within"): review.then.within, ("then", "done_within"): review.then.done_within}
    for path, within in times.items():
        if within and not isinstance(within.amount, int):
            yield Fault(("review", *path), "a review has the same time for everybody", "{working_days: 20}")


def _steps(definition, world):
    for name, step in definition.steps.items():
        path = ("steps", name)
        if name in RESERVED:
            yield Fault(path, f"`{name}` has a meaning of its own in conditions", "another name for this step")
        if step.by and world.performers is not None and step.by not in world.performers:
            yield Fault((*path, "by"), f"nobody performs `{step.by}`", nearest(step.by, world.performers))
        if step.work:
            yield from _part(definition, world, path, step)
        for i, before in enumerate(step.after):
            if before not in definition.steps:
                yield Fault((*path, "after", i), f"there is no step `{before}`", nearest(before, definition.steps))
            elif name in _before(definition, before) | {before}:
                yield Fault((*path, "after", i), f"`{name}` would wait for itself", "steps that end before it")


def _part(definition, world, path, step):
    path = (*path, "work")
    if world.works is not None and step.work not in world.works:
        yield Fault(path, f"no kind of work is called `{step.work}`", nearest(step.work, world.works))
    if step.wait or step.performs.startswith("payments."):
        yield Fault(path, "a wait or a payment is nobody else's part", "the step without `work`")
    if not any(q.type in ("place", "address") for q in definition.ask.values()):
        yield Fault(path, "nothing says where it is, so nobody can be found", "a question with `type: place`")


def _conditions(definition, world, name, step):
    kinds = dict(definition.kinds)
    for before in _before(definition, name):
        if before in definition.steps:
            kinds |= {f"{before}.{k}": v for k, v in outputs(definition.steps[before], world.performers).items()}
    where = f"the step `{name}` (it sees answers, body, case and the steps before it)"
    if step.when:
        yield from _condition(("steps", name, "when"), step.when, kinds, bool, where)
    clock = step.within or (step.wait and step.wait.for_)
    if clock and isinstance(clock.amount, str):
        part = "within" if step.within else "wait"
        expect = str if clock.unit == "by" else int
        yield from _condition(("steps", name, part, clock.unit), clock.amount, _given(kinds), expect, where)
    if step.wait and step.wait.until:
        yield from _condition(("steps", name, "wait", "until"), step.wait.until, _given(kinds), str, where)


def _given(kinds):
    """Return the kinds with days as given: a step that puts out a day is taken to have put one out."""
    return {k: Kind(v.type, v.options) if v.type == "date" else v for k, v in kinds.items()}


def _before(definition, name):
    """Return every step that must have ended before this one."""
    found, waiting = set(), list(definition.steps[name].after)
    while waiting:
        step = waiting.pop()
        if step in found or step not in definition.steps:
            continue
        found.add(step)
        waiting += definition.steps[step].after
    return found


def _money(definition):
    takes = [n for n, s in definition.steps.items() if s.performs == "payments.take"]
    if definition.fee and not takes:
        yield Fault(("fee",), "there is a fee and no step takes it", "a step with `by: payments.take`")
    if takes and not definition.fee:
        yield Fault(
            ("steps", takes[0]),
            "this step takes a payment and there is no fee",
            "fee: {pence: 4000, per: {en: ..., cy: ...}}",
        )
    if definition.fee and isinstance(definition.fee.pence, str):
        yield from _condition(
            ("fee", "pence"),
            definition.fee.pence,
            _before_it_begins(definition),
            int,
            "a fee (it sees answers and body)",
        )
    text = repr(definition.compiled() | {"leaves_open": {}, "letters": {}})
    blanks = " ".join(t for letter in definition.letters.values() for t in letter.values())
    for name in definition.leaves_open:
        if f"body.{name}" not in text and f"body.{name}" not in blanks:
            yield Fault(
                ("leaves_open", name), f"nothing uses `body.{name}`", f"`body.{name}` where it counts, or leave it out"
            )


def _before_it_begins(definition):
    """Return the kinds of what is known before there is a case: which days come next depends on when it begins."""
    return {name: kind for name, kind in definition.kinds.items() if not name.startswith("dates.")}


def _clock(definition):
    within = definition.promise.done_within
    if isinstance(within.amount, str):
        yield from _condition(
            ("promise", "done_within", within.unit),
            within.amount,
            definition.kinds if within.unit == "by" else _before_it_begins(definition),
            str if within.unit == "by" else int,
            "a promise (it sees answers and body)",
        )


def _outcomes(definition, kinds):
    names = list(definition.outcomes)
    for name, outcome in definition.outcomes.items():
        if outcome.when:
            yield from _condition(("outcomes", name, "when"), outcome.when, kinds, bool, "an outcome")
        if (outcome.when is None) != (name == names[-1]):
            what = (
                "has a condition, so a case might have no outcome"
                if outcome.when
                else "has no condition, so those after it never happen"
            )
            yield Fault(("outcomes", name), f"the outcome `{name}` {what}", "conditions on all outcomes but the last")


def _messages(definition, kinds):
    for i, message in enumerate(definition.messages):
        step = message.at.split(".")[0] if "." in message.at else None
        if step and step not in definition.steps:
            yield Fault(("messages", i, "at"), f"there is no step `{step}`", nearest(step, definition.steps))
        if message.at in ("reminded", "offered") and not any(s.performs == BOOKS for s in definition.steps.values()):
            yield Fault(
                ("messages", i, "at"), "no day is booked, so there is none to write of", f"a step `by: {BOOKS}`"
            )
        if message.when:
            yield from _condition(("messages", i, "when"), message.when, kinds, bool, "a message")
        if message.letter not in definition.letters:
            write = f"letters/{message.letter}.en.md and letters/{message.letter}.cy.md"
            yield Fault(("messages", i, "letter"), f"there is no letter `{message.letter}`", write)
    for moment in ("acknowledged", "late", "closed"):
        if not any(m.at == moment and m.when is None for m in definition.messages):
            yield Fault(
                ("messages",),
                f"nothing is always sent when a case is {moment}",
                f"- {{at: {moment}, letter: {moment}}}",
            )


def _letters(definition, kinds):
    used = {m.letter for m in definition.messages}
    known = {*letters_of.WORDS, *kinds, *(f"body.{name}" for name in definition.leaves_open)}
    for name, by_lang in definition.letters.items():
        if name not in used:
            yield Fault(
                ("messages",),
                f"the letter `{name}` is never sent",
                f"- {{at: closed, letter: {name}}}",
                f"letters/{name}.en.md",
                1,
            )
        for lang in LANGUAGES:
            file = f"letters/{name}.{lang}.md"
            if lang not in by_lang:
                yield Fault(
                    ("messages",),
                    f"the letter `{name}` is not there in {'Welsh' if lang == 'cy' else 'English'}",
                    file,
                    file,
                    1,
                )
                continue
            if letters_of.subject(by_lang[lang]) is None:
                yield Fault(
                    ("messages",),
                    "a letter begins with its subject",
                    "`# We have your report` as the first line",
                    file,
                    1,
                )
            for blank, line in blanks(by_lang[lang]):
                if blank not in known:
                    write = nearest(blank, known)
                    yield Fault(("messages",), f"`{{{{ {blank} }}}}` is not known", write, file, line)
