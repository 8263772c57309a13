"""References that people can read out: body code, number, check character.

`MAR-0012-345K`: the check character is the weighted sum of the characters before it modulo 31, written in an
alphabet without look-alikes (no 0 1 I O U). Any one wrong digit and any two neighbouring digits swapped are found.
"""

import re

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
SHAPE = re.compile(r"^([A-Z]{3})-?(\d{4})-?(\d{3})([0-9A-Z])$")


def _check(payload: str) -> str:
    total = sum((i + 2) * int(char, 36) for i, char in enumerate(payload))
    return ALPHABET[total % 31]


def make_reference(code: str, number: int) -> str:
    """Return the reference of a body's numbered case; `code` is three capital letters, number under ten million.

    >>> make_reference("MAR", 12345)
    'MAR-0012-345K'
    """
    if not re.fullmatch(r"[A-Z]{3}", code) or not 0 < number < 10_000_000:
        raise ValueError(f"no reference can be made of {code!r} and {number!r}")
    digits = f"{number:07d}"
    return f"{code}-{digits[:4]}-{digits[4:]}{_check(code + digits)}"


def check_reference(text: str) -> str | None:
    """Return the reference in its proper form however it was typed, or None if it cannot be one.

    >>> check_reference(" mar0012 345k "), check_reference("MAR-0012-354K")
    ('MAR-0012-345K', None)
    """
    match = SHAPE.match(re.sub(r"[\s\u2010-\u2015.]+", "", text.upper()))
    if not match or _check("".join(match.groups()[:3])) != match[4]:
        return None
    return f"{match[1]}-{match[2]}-{match[3]}{match[4]}"
