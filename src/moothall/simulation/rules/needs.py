"""What the people of the invented county need from whoever deals with them: a few of them, each something else."""

EVERY = 17
"""One asker in so many needs something."""
SAID = (
    ("format:large-print",),
    ("interpreter:bfi", "calls:none"),
    ("format:braille", "access:sight"),
    ("language:cy",),
    ("access:step-free",),
    ("language:pl", "interpreter:pl"),
    ("format:easy-read", "access:time"),
    ("calls:relay", "access:hearing"),
    ("format:audio",),
    ("format:large-print", "access:hearing"),
)
OF_REGISTER = {
    1: SAID[0], 3: SAID[0], 4: SAID[1], 6: SAID[0], 8: SAID[2], 9: SAID[0], 10: SAID[7], 12: SAID[9], 13: SAID[4],
}  # fmt: skip
"""Of each council's taxpayers, by number: five read large print, so that one count is shown and others withheld."""


def needs_of(who: int) -> tuple[str, ...]:
    """Return what an asker needs, by number; most need nothing.

    >>> needs_of(0), needs_of(3), needs_of(20)
    ((), ('format:large-print',), ('interpreter:bfi', 'calls:none'))
    """
    return SAID[who // EVERY % len(SAID)] if who % EVERY == 3 else ()


def on_paper(needs: tuple[str, ...]) -> bool:
    """Return whether somebody wants letters: they read a format that an email has not."""
    return any(need.startswith("format:") for need in needs)
