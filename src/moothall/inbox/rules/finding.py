"""What somebody's own words hold that a form would ask for: references, a phone number, an address. Plain Python."""

import re

from moothall.core.reference import check_reference

REFERENCE = re.compile(r"\b[A-Za-z]{3}[-\u2010-\u2015. ]?\d{4}[-\u2010-\u2015. ]?\d{3}[0-9A-Za-z]\b")
#: National significant numbers have nine or ten digits (Ofcom, National Telephone Numbering Plan).
PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|0)[1-378](?:[ -]?\d){8,9}(?![\w-])")
POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[0-9A-Za-z]? ?\d[A-Za-z]{2}\b")
WAYS = (
    "street|road|lane|avenue|close|drive|way|crescent|terrace|place|court|gardens|grove|row|square|hill|green|walk|rise"
    "|mews|yard|wharf|parade|end|st|rd|ln|ave|cl|dr|cres|gdns|stryd|ffordd|heol|lôn"
)
STREET = re.compile(
    rf"(?:\b\d{{1,4}}[A-Za-z]?,? )?(?:\b[A-Z][\w'’]+ ){{1,4}}(?i:{WAYS})\b(?:, ?[A-Z][\w'’]+(?: [A-Z][\w'’]+)?)?"
)
OPENING = {"the", "on", "in", "at", "near", "outside", "along", "from", "opposite", "by", "of", "my", "our", "is", "it"}


def references(*texts: str) -> list[str]:
    """Return the references in some texts in their proper form, each once, in order; mistyped ones are none.

    >>> references("Re: your report MAR-0012-345K", "see mar0012345k and ABC-0000-0000")
    ['MAR-0012-345K']
    """
    found = (check_reference(m[0]) for text in texts for m in REFERENCE.finditer(text[:20_000]))
    return list(dict.fromkeys(reference for reference in found if reference))


def phone(text: str) -> str:
    """Return the last phone number in a text, as people sign with theirs; empty if there is none.

    >>> phone("Ring the office on 01632 960 999. Mine is +44 7700 900 123.")
    '+44 7700 900 123'
    """
    numbers = PHONE.findall(text[:20_000])
    return numbers[-1].strip() if numbers else ""


def places(text: str) -> list[str]:
    """Return what may be addresses in a text, best first: with a postcode, with a house number, streets; at most four.

    >>> places("There is a hole outside 14 Mill Lane, Ashby. I live at ZM1 2AB.")
    ['ZM1 2AB', '14 Mill Lane, Ashby']
    """
    text = text[:5000]
    streets = []
    for match in STREET.finditer(text):
        words = match[0].split(" ")
        while len(words) > 2 and words[0].lower() in OPENING:
            words.pop(0)
        streets.append(" ".join(words).strip(" ,"))
    streets.sort(key=lambda street: not street[0].isdigit())
    codes = [match[0].upper() for match in POSTCODE.finditer(text)]
    found: list[str] = []
    for one in [*codes, *streets]:
        if not any(one in longer for longer in found):
            found.append(one)
    return found[:4]


def same_phone(number: str) -> str:
    """Return a phone number in the form that people here write it, for comparing: "07700900123" of +44 7700 900123.

    >>> same_phone("+44 (0)7700 900123"), same_phone("447700900123"), same_phone("01632 960 001")
    ('07700900123', '07700900123', '01632960001')
    """
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    digits = digits.removeprefix("00") if digits.startswith("0044") else digits
    return f"0{digits.removeprefix('44')}" if digits.startswith("44") and len(digits) > 10 else digits
