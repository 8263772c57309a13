"""Charts as SVG, drawn without scripts: each stands between a sentence that says what it shows and a table of it."""

from hashlib import sha256
from html import escape

import numpy as np

from moothall.appraisal.rules.words import signed

WIDTH, LINE, SIDE = 420, 44, 120  # text of 14 units reads at 320 px and does not shout at 1280

PAINT = {  # as attributes, because WeasyPrint applies no style sheet of the page to a picture in it
    "text": 'fill="#18222d"',
    "text quiet": 'fill="#495663"',
    "on": 'fill="#ffffff"',
    "bar": 'fill="#1d4f5f"',
    "rank": 'fill="#1d4f5f"',
    "loss": 'fill="#b02a20"',
    "band": 'fill="#b9d0d7"',
    "line": 'fill="none" stroke="#1d4f5f" stroke-width="3"',
    "axis": 'stroke="#495663" stroke-width="1"',
    "whisker": 'stroke="#18222d" stroke-width="3"',
}
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, DejaVu Sans, sans-serif"


def _picture(height: float, title: str, description: str, inside: str) -> str:
    for kind, paint in PAINT.items():
        inside = inside.replace(f'class="{kind}"', f'class="{kind}" {paint}')
    name = "c" + sha256(f"{title}{description}".encode()).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'font-family="{FONT}" font-size="14" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>{inside}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", quiet: bool = False) -> str:
    kind = "text quiet" if quiet else "text"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{escape(words)}</text>'


def bars(rows: list[tuple[str, float, str]], title: str, description: str) -> str:
    """Draw a bar for each (name, amount, amount in words); amounts below nothing reach left of the line."""
    low, high = min(0.0, *(amount for _n, amount, _w in rows)), max(0.0, *(amount for _n, amount, _w in rows))
    left_side = SIDE if low < 0 else 0
    scale = (WIDTH - SIDE - left_side) / ((high - low) or 1)
    zero = left_side - low * scale
    parts = []
    for line, (name, amount, words) in enumerate(rows):
        top, width = line * LINE, abs(amount) * scale
        left = zero - width if amount < 0 else zero
        kind = "loss" if amount < 0 else "bar"
        parts.append(_text(0, top + 15, name))
        parts.append(f'<rect x="{left:.1f}" y="{top + 21}" width="{width:.1f}" height="16" class="{kind}"/>')
        x, anchor = (left - 6, "end") if amount < 0 else (left + width + 6, "start")
        parts.append(_text(x, top + 34, words, anchor, quiet=True))
    height = LINE * len(rows)
    parts.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="18" y2="{height}" class="axis"/>')
    return _picture(height, title, description, "".join(parts))


def band(low: np.ndarray, middle: np.ndarray, high: np.ndarray, labels: list[str], title: str, description: str) -> str:
    """Draw a line with the band around it, year by year, with the line of nothing."""
    top, floor, left = 14.0, 190.0, 62.0
    ends = np.concatenate([low, high, [0.0]])
    least, most = float(ends.min()), float(ends.max())
    rise = (floor - top) / ((most - least) or 1)
    step = (WIDTH - left - 20) / max(len(labels) - 1, 1)
    xs = [left + step * i for i in range(len(labels))]

    def path(series) -> str:
        return " ".join(f"{x:.1f},{floor - (y - least) * rise:.1f}" for x, y in zip(xs, series, strict=True))

    zero = floor + least * rise
    around = path(high) + " " + " ".join(reversed(path(low).split()))
    parts = [
        f'<polygon points="{around}" class="band"/>',
        f'<line x1="{left}" x2="{WIDTH - 20}" y1="{zero:.1f}" y2="{zero:.1f}" class="axis"/>',
        f'<polyline points="{path(middle)}" class="line"/>',
        _text(left - 8, zero + 5, "£0", "end", quiet=True),
    ]
    for value in (least, most):
        y = floor - (value - least) * rise
        if abs(y - zero) > 16:
            parts.append(_text(left - 8, y + 5, signed(value, f"£{abs(value) / 1e6:.1f}m"), "end", quiet=True))
    every = max(1, -(-len(labels) // 5))
    parts += [
        _text(x, floor + 20, label, "middle", quiet=True) for x, label in list(zip(xs, labels, strict=True))[::every]
    ]
    return _picture(floor + 28, title, description, "".join(parts))


def tornado(rows: list[tuple[str, float, float, float]], title: str, description: str) -> str:
    """Draw a bar for each (name, share, low end, high end) of influence, with a whisker for its interval."""
    parts, scale = [], WIDTH - 60
    for line, (name, share, low, high) in enumerate(rows):
        top = line * LINE
        share, low, high = (min(max(value, 0.0), 1.0) for value in (share, low, high))
        parts.append(_text(0, top + 15, name))
        parts.append(f'<rect x="0" y="{top + 21}" width="{share * scale:.1f}" height="16" class="bar"/>')
        parts.append(
            f'<line x1="{low * scale:.1f}" x2="{high * scale:.1f}" y1="{top + 29}" y2="{top + 29}" class="whisker"/>'
        )
        parts.append(_text(high * scale + 8, top + 34, f"{100 * share:.0f}%", quiet=True))
    return _picture(LINE * len(rows), title, description, "".join(parts))


def ranks(rows: list[tuple[str, tuple[float, ...]]], title: str, description: str) -> str:
    """Draw a strip for each option: the share of all weights that put it first, second and so on, darker is better."""
    parts, scale = [], WIDTH - 10
    for line, (name, shares) in enumerate(rows):
        top, left = line * LINE, 0.0
        parts.append(_text(0, top + 15, name))
        for rank, share in enumerate(shares):
            width = share * scale
            shade = 1 - 0.85 * rank / max(len(shares) - 1, 1)
            parts.append(
                f'<rect x="{left:.1f}" y="{top + 21}" width="{width:.1f}" height="18" class="rank" '
                f'fill-opacity="{shade:.2f}"/>'
            )
            if width > 22:
                parts.append(
                    f'<text x="{left + width / 2:.1f}" y="{top + 35}" text-anchor="middle" '
                    f'class="{"on" if shade > 0.55 else "text"}">{rank + 1}</text>'
                )
            left += width
    return _picture(LINE * len(rows), title, description, "".join(parts))


def paths(rows: list[tuple[str, list[float], str]], labels: list[str], title: str, description: str) -> str:
    """Draw a line for each (name, figure a year, last figure in words), all to one scale, one below the other."""
    tall, left, right = 84, 0, 90
    most = max((max(series) for _name, series, _words in rows if series), default=1.0) or 1.0
    parts = []
    for line, (name, series, said) in enumerate(rows):
        top = line * tall
        step = (WIDTH - left - right) / max(len(series) - 1, 1)
        floor = top + tall - 10
        spots = [(left + step * i, floor - 50 * value / most) for i, value in enumerate(series)]
        parts.append(_text(0, top + 15, name))
        parts.append(f'<line x1="{left}" x2="{WIDTH - right}" y1="{floor}" y2="{floor}" class="axis"/>')
        parts.append(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in spots)}" class="line"/>')
        parts.append(_text(spots[-1][0] + 8, spots[-1][1] + 5, said, quiet=True))
    ends = _text(left, tall * len(rows) + 14, labels[0], quiet=True)
    ends += _text(WIDTH - right, tall * len(rows) + 14, labels[-1], "end", quiet=True)
    return _picture(tall * len(rows) + 22, title, description, "".join(parts) + ends)


def matrix(heads: list[str], rows: list[tuple[str, list[tuple[str, bool]]]], title: str, description: str) -> str:
    """Draw a grid: for each row its name, and below it a box for each (letters, whether it stands out)."""
    wide = WIDTH / max(len(heads), 1)
    parts = [_text(wide * i + wide / 2, 15, head, "middle", quiet=True) for i, head in enumerate(heads)]
    for line, (name, cells) in enumerate(rows):
        top = 28 + line * 50
        parts.append(_text(0, top + 13, name))
        for column, (letters, loud) in enumerate(cells):
            left = column * wide
            parts.append(
                f'<rect x="{left + 1:.1f}" y="{top + 19}" width="{wide - 2:.1f}" height="22" '
                f'class="{"loss" if loud else "band"}"/>'
                f'<text x="{left + wide / 2:.1f}" y="{top + 35}" text-anchor="middle" '
                f'class="{"on" if loud else "text"}">{escape(letters)}</text>'
            )
    return _picture(28 + 50 * len(rows), title, description, "".join(parts))
