"""The workflow of a service as a picture: SVG with a title and a description that says the same in words."""

from html import escape
from textwrap import wrap

from moothall.catalogue.rules.in_words import said

WIDTH, HEIGHT, GAP, ROW = 250, 112, 30, 170
INK, PAPER, LINE, SOFT = "#0b0c0c", "#ffffff", "#505a5f", "#f3f2f1"
_UNITS = {"working_days": "working days", "days": "days", "hours": "hours", "months": "months"}


def draw(definition, lang="en"):
    """Return the workflow as one SVG element: steps in rows, each below those it follows, then the outcomes."""
    rows = layers(definition)
    widest = max(len(definition.outcomes), *(len(r) for r in rows))
    width = widest * (WIDTH + GAP) + GAP
    height = (len(rows) + 1) * ROW + 50
    spots = {name: _spot(i, len(row), width, y + 1) for y, row in enumerate(rows) for i, name in enumerate(row)}
    parts = [_start(definition, width, lang)]
    parts += [line for name in spots for line in _lines(definition, name, spots, width)]
    parts += [_box(definition, name, spots[name], lang) for name in spots]
    parts += _outcomes(definition, spots, width, len(rows) + 1, lang)
    ident = f"workflow-{definition.id}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{ident}-title {ident}-desc" font-family="sans-serif" font-size="15">'
        f'<title id="{ident}-title">{escape(definition.title.in_(lang))}: how the work goes</title>'
        f'<desc id="{ident}-desc">{escape(describe(definition, lang))}</desc>'
        f'<defs><marker id="{ident}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto"><path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>'
        + "".join(parts).replace("ARROW", f"{ident}-arrow")
        + "</svg>"
    )


def describe(definition, lang="en"):
    """Return the workflow in sentences, one a step: what, by whom, after what, on which condition, how soon."""
    told = [f"Promise: done within {span(definition.promise.done_within)}."]
    for name, step in definition.steps.items():
        after = ", ".join(step.after) or "the request"
        when = f" {_if(step.when, definition, lang)}" if step.when else ""
        soon = f", {step_clock(step)}" if step_clock(step) else ""
        part = f" of whoever is responsible for {step.work} there" if step.work else ""
        told.append(f"{name} ({step.title.in_(lang)}) by {step.performs}{part}, after {after}{when}{soon}.")
    ends = (
        f"{o.title.in_(lang)} " + (_if(o.when, definition, lang) if o.when else "otherwise")
        for o in definition.outcomes.values()
    )
    return " ".join([*told, "Ends as: " + "; ".join(ends) + "."])


def _if(when, definition, lang):
    return str(said(when, definition, lang, "if "))


def span(within):
    """Return a length of time in words: "5 working days"."""
    if within.unit == "by":
        return f"by {within.by}"
    unit = _UNITS[within.unit]
    amount = within.amount
    return f"{amount} {unit[:-1] if amount == 1 else unit}" if isinstance(amount, int) else f"({amount}) {unit}"


def step_clock(step):
    """Return how soon a step must end, or how long it waits, in words; empty when it has no clock."""
    if step.wait and step.wait.until:
        return f"{step.wait.before} days before {step.wait.until}" if step.wait.before else f"until {step.wait.until}"
    within = step.wait.for_ if step.wait else step.within
    return _clock(within) if within else ""


def _clock(within):
    return span(within) if within.unit == "by" else f"within {span(within)}"


def layers(definition):
    """Return the steps in rows, each step one row below the lowest it follows.

    >>> # inspect; then repair and no_work; then check
    """
    depth = {}

    def of(name):
        if name not in depth:
            depth[name] = 1 + max((of(b) for b in definition.steps[name].after), default=-1)
        return depth[name]

    for name in definition.steps:
        of(name)
    return [[n for n in definition.steps if depth[n] == d] for d in range(max(depth.values()) + 1)]


def _spot(i, count, width, row):
    return int(width * (2 * i + 1) / (2 * count) - WIDTH / 2), row * ROW - 60


def _start(definition, width, lang):
    x = width // 2
    return (
        f'<rect x="{x - WIDTH // 2}" y="20" width="{WIDTH}" height="50" rx="25" fill="{INK}"/>'
        f'<text x="{x}" y="51" text-anchor="middle" fill="{PAPER}">{escape(definition.title.in_(lang))}</text>'
    )


def _lines(definition, name, spots, width):
    x, y = spots[name]
    sources = [(spots[b][0] + WIDTH // 2, spots[b][1] + HEIGHT) for b in definition.steps[name].after]
    for from_x, from_y in sources or [(width // 2, 70)]:
        yield _line(from_x, from_y, x + WIDTH // 2, y)


def _line(x1, y1, x2, y2):
    middle = (y1 + y2) // 2
    return (
        f'<path d="M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}" fill="none" stroke="{LINE}" '
        f'stroke-width="2" marker-end="url(#ARROW)"/>'
    )


def _box(definition, name, spot, lang):
    x, y = spot
    step = definition.steps[name]
    dashed = ' stroke-dasharray="6 4"' if step.when or step.wait else ""
    rows = _lines_of(step.title.in_(lang), 2, 26)
    when = _if(step.when, definition, lang) if step.when else ""
    small = [step.performs, step_clock(step), *_lines_of(when, 3 - len(rows))]
    texts = [
        f'<text x="{x + 12}" y="{y + 24 + 19 * i}" font-weight="bold">{escape(t)}</text>' for i, t in enumerate(rows)
    ]
    top = y + 26 + 19 * len(rows)
    texts += [
        f'<text x="{x + 12}" y="{top + 17 * i}" font-size="12" fill="{LINE}">{escape(_short(t))}</text>'
        for i, t in enumerate(s for s in small if s)
    ]
    return (
        f'<g>{f"<title>{escape(when)}</title>" if when else ""}<rect x="{x}" y="{y}" width="{WIDTH}" '
        f'height="{HEIGHT}" rx="4" fill="{PAPER}" stroke="{INK}" stroke-width="2"{dashed}/>{"".join(texts)}</g>'
    )


def _lines_of(text, most, wide=40):
    """Return words cut into lines of a box, the last of them short where there are more."""
    lines = wrap(text, wide)
    return lines if len(lines) <= most else [*lines[: most - 1], _short(" ".join(lines[most - 1 :]), wide)]


def _short(text, most=36):
    return text if len(text) <= most else text[: most - 1] + "…"


def _outcomes(definition, spots, width, row, lang):
    followed = {b for s in definition.steps.values() for b in s.after}
    ends = [(spots[n][0] + WIDTH // 2, spots[n][1] + HEIGHT) for n in spots if n not in followed]
    y = row * ROW - 40
    for x1, y1 in ends:
        yield _line(x1, y1, width // 2, y - 14)
    yield f'<rect x="{GAP}" y="{y - 14}" width="{width - 2 * GAP}" height="4" fill="{LINE}"/>'
    for i, outcome in enumerate(definition.outcomes.values()):
        when = _if(outcome.when, definition, lang) if outcome.when else "otherwise"
        x, _ = _spot(i, len(definition.outcomes), width, row)
        yield (
            f'<g><title>{escape(when)}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="70" rx="35" fill="{SOFT}" '
            f'stroke="{LINE}"/>'
            f'<text x="{x + WIDTH // 2}" y="{y + 32}" text-anchor="middle">'
            f"{escape(_short(outcome.title.in_(lang), 32))}</text>"
            f'<text x="{x + WIDTH // 2}" y="{y + 52}" text-anchor="middle" font-size="12" fill="{LINE}">'
            f"{escape(_short(when))}</text></g>"
        )
