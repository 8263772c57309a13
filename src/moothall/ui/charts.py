"""
Charts drawn as SVG by the server: they work without scripts, print, and follow the reader's colours.

A chart never stands alone: `Chart` carries the sentence that says what was found, the picture, the table of the same
figures, and where to download them; `ui/parts/chart.html` shows them in that order. All text is escaped here.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 400  # in the picture's own units: text is 14 of them, which reads at 320 px and does not shout at 1280
LINE = 46
PLOT = 150


@dataclass(frozen=True)
class Chart:
    """What `ui/parts/chart.html` shows: the finding first, then picture, table and download."""

    finding: str
    svg: SafeString
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple, ...]
    csv_url: str = ""
    how: str = ""

    @property
    def cells(self) -> list[list[tuple[str, object]]]:
        """Return each row's cells beside their headings, for tables that become cards."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def _picture(height: float, title: str, description: str, inside: SafeString, hatch: str = "") -> SafeString:
    name = "c" + sha256(f"{title}{description}".encode()).hexdigest()[:10]
    defs = format_html(
        '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" class="mh-chart__missed"/><line x1="0" y1="0" x2="0" y2="6" '
        'class="mh-chart__hatch"/></pattern></defs>',
        hatch,
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}{}</svg>',
        *(WIDTH, round(height), name, name, name, title, name, description, defs if hatch else "", inside),
    )


def bars(rows: list[tuple[str, float]], *, title: str, description: str, words=str) -> SafeString:
    """
    Draw horizontal bars, one for each (name, amount), in the order given.

    `words` says an amount as text (for example `pounds`). Amounts are not negative. Names may be long: each stands
    above its bar.
    """
    most = max((amount for _name, amount in rows), default=0) or 1
    parts = []
    for line, (name, amount) in enumerate(rows):
        top = line * LINE
        width = round(300 * amount / most, 1)
        parts.append((top + 15, name, top + 21, width, width + 8, top + 34, words(amount)))
    inside = format_html_join(
        "",
        '<text x="0" y="{}" class="mh-chart__text">{}</text><rect x="0" y="{}" width="{}" height="16" '
        'class="mh-chart__bar"/><text x="{}" y="{}" class="mh-chart__text mh-chart__text--quiet">{}</text>',
        parts,
    )
    return _picture(max(LINE * len(rows), LINE), title, description, inside)


def kept_and_missed(
    months: list[tuple[str, int | None, int | None, int]],
    *,
    title: str,
    description: str,
    kept: str,
    missed: str,
    unsaid: str,
) -> SafeString:
    """
    Draw one stacked bar for each (short name, kept, missed, unsaid): kept below, missed above and hatched.

    `unsaid` counts those of which it is not said whether they were kept; they stand on top, as an outline. None stands
    for a count too small to publish and is drawn as a dash. The words of the same names stand in the key.
    """
    hatch = "h" + sha256(title.encode()).hexdigest()[:10]
    most = max(((good or 0) + (bad or 0) + rest for _name, good, bad, rest in months), default=0) or 1
    step = WIDTH / max(len(months), 1)
    width = round(min(step * 0.7, 48), 1)
    floor = 30 + PLOT
    parts = []
    for index, (name, good, bad, rest) in enumerate(months):
        middle = step * index + step / 2
        if good is None or bad is None:
            parts.append(_mark(middle, floor - 6, "–"))
        else:
            heights = (good / most * PLOT, bad / most * PLOT, rest / most * PLOT)
            parts.append(_stack(middle - width / 2, floor, width, heights, hatch))
        parts.append(_mark(middle, floor + 18, name))
    key = format_html(
        '<rect x="0" y="4" width="14" height="14" class="mh-chart__kept"/><text x="20" y="16" class="mh-chart__text">{}'
        '</text><rect x="150" y="4" width="14" height="14" fill="url(#{})"/><text x="170" y="16" '
        'class="mh-chart__text">{}</text><line x1="0" x2="{}" y1="{}" y2="{}" class="mh-chart__axis"/>',
        *(kept, hatch, missed, WIDTH, floor, floor),
    )
    if any(rest for _name, _good, _bad, rest in months):
        key += format_html(
            '<rect x="301" y="5" width="12" height="12" class="mh-chart__unsaid"/>'
            '<text x="320" y="16" class="mh-chart__text">{}</text>',
            unsaid,
        )
    inside = format_html("{}{}", key, format_html_join("", "{}", ((part,) for part in parts)))
    return _picture(floor + 26, title, description, inside, hatch)


def side_by_side(rows: list[tuple], *, title: str, description: str, keys: tuple[str, ...], words=str) -> SafeString:
    """
    Draw two or three bars beside each other for each (short name, amount, ...): outlined what was promised, solid what
    is proved or took place, and between them, hatched, what is reported.

    Amounts may be negative and then hang below the line; None stands for nothing said, and is drawn as a dash.
    `keys` are the words of the bars; `words` says the largest amount at the side of its line.
    """
    hatch = "h" + sha256(title.encode()).hexdigest()[:10]
    looks = [format_html(look, hatch) if "{}" in look else SafeString(look) for look in LOOKS[len(keys)]]
    amounts = [amount for _name, *row in rows for amount in row if amount is not None]
    most, least = max([*amounts, 0]), min([*amounts, 0])
    scale = PLOT / ((most - least) or 1)
    zero, step = 40 + most * scale, WIDTH / max(len(rows), 1)
    width, floor = round(min(step / (len(keys) + 1), 34), 1), 40 + PLOT
    parts = []
    for index, (name, *row) in enumerate(rows):
        left = step * index + step / 2 - len(keys) / 2 * width
        parts += [_bar(left + n * width, zero, width, amount, scale, looks[n]) for n, amount in enumerate(row)]
        parts.append(_mark(step * index + step / 2, floor + 22, name))
    key = format_html_join(
        "", "{}", ((_key(left, word, look),) for left, word, look in zip(PLACES, keys, looks, strict=False))
    )
    line = format_html(
        '<line x1="0" x2="{}" y1="{}" y2="{}" class="mh-chart__axis"/>', WIDTH, round(zero, 1), round(zero, 1)
    )
    tip = _mark(WIDTH - 30, 36, words(most)) if most else SafeString("")
    inside = format_html("{}{}{}{}", key, line, tip, format_html_join("", "{}", ((part,) for part in parts)))
    return _picture(floor + 30, title, description, inside, hatch)


OUTLINED, HATCHED, SOLID = 'class="mh-chart__unsaid"', 'fill="url(#{})"', 'class="mh-chart__kept"'
LOOKS = {2: (OUTLINED, SOLID), 3: (OUTLINED, HATCHED, SOLID)}
PLACES = (0, 130, 280)
"""Where the words of the key begin."""


def _key(left: int, word: str, look: SafeString) -> SafeString:
    return format_html(
        '<rect x="{}" y="4" width="13" height="13" {}/><text x="{}" y="16" class="mh-chart__text">{}</text>',
        *(left + 1, look, left + 20, word),
    )


def _bar(left: float, zero: float, width: float, amount: int | None, scale: float, look: SafeString) -> SafeString:
    if amount is None:
        return _mark(left + width / 2, zero - 4, "–")
    height = max(abs(amount) * scale, 1)
    top = zero - height if amount >= 0 else zero
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" {}/>',
        *(round(left + 1, 1), round(top, 1), round(width - 2, 1), round(height, 1), look),
    )


def _mark(middle: float, bottom: float, text: str) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="middle" class="mh-chart__text mh-chart__text--quiet">{}</text>',
        *(round(middle, 1), round(bottom, 1), text),
    )


def _stack(left: float, floor: float, width: float, heights: tuple[float, ...], hatch: str) -> SafeString:
    left, (good, bad, rest) = round(left, 1), (round(height, 1) for height in heights)
    drawn = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="mh-chart__kept"/>'
        '<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{})"/>',
        *(left, round(floor - good, 1), width, good, left, round(floor - good - bad, 1), width, bad, hatch),
    )
    if rest:
        top = round(floor - good - bad - rest, 1)
        drawn += format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" class="mh-chart__unsaid"/>', left, top, width, rest
        )
    return drawn


def sparkline(values: list[float], *, title: str) -> SafeString:
    """Draw a line the size of a word, its last value a dot; the title says in words what it shows."""
    name = "s" + sha256(f"{title}{values}".encode()).hexdigest()[:10]
    low, high = min(values, default=0), max(values, default=0)
    spread = (high - low) or 1
    step = 88 / max(len(values) - 1, 1)
    points = [(round(4 + step * i, 1), round(20 - 16 * (value - low) / spread, 1)) for i, value in enumerate(values)]
    line = " ".join(f"{x},{y}" for x, y in points)
    end = points[-1] if points else (4, 20)
    return format_html(
        '<svg class="mh-spark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 24" role="img" aria-labelledby="{}">'
        '<title id="{}">{}</title><polyline points="{}" class="mh-chart__line"/>'
        '<circle cx="{}" cy="{}" r="3" class="mh-chart__dot"/></svg>',
        *(name, name, title, line, *end),
    )
