"""The words of an address, brought to one form so that people can type them as they like."""

import re
import unicodedata

POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})$")
HOUSE_NUMBER = re.compile(r"^(?:flat\s+\w+\s+)?(\d{1,4}[a-z]?)\b\s*(.*)$")

ABBREVIATIONS = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "av": "avenue",
    "ln": "lane",
    "cl": "close",
    "clo": "close",
    "dr": "drive",
    "cres": "crescent",
    "ct": "court",
    "gdns": "gardens",
    "gro": "grove",
    "pl": "place",
    "sq": "square",
    "ter": "terrace",
    "terr": "terrace",
    "pk": "park",
}


def plain(text: str) -> str:
    """Return text in small letters, without accents or punctuation, its spaces single.

    >>> plain("  St. John’s   Rd., Ashby ")
    'st johns rd ashby'
    """
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = bare.casefold().replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


def search_words(text: str) -> str:
    """Return plain text with the usual short forms of street types written out.

    "St" at the start of a name is a saint and stays; anywhere else it is a street.

    >>> search_words("14 Mill Ln, Ashby")
    '14 mill lane ashby'
    >>> search_words("St Johns St")
    'st johns street'
    """
    words = plain(text).split()
    first = next((i for i, word in enumerate(words) if not word[0].isdigit()), 0)
    return " ".join(
        word if (word == "st" and i == first) else ABBREVIATIONS.get(word, word) for i, word in enumerate(words)
    )


def postcode(text: str) -> str | None:
    """Return a whole postcode as it is printed, or None when the text is not one.

    The form is that of BS 7666: area, district, space, sector, two letters. Whether it exists is not asked.

    >>> postcode(" zm12ab ")
    'ZM1 2AB'
    >>> postcode("mill lane") is None
    True
    """
    match = POSTCODE.match(re.sub(r"[^A-Z0-9]", "", text.upper()))
    return f"{match[1]} {match[2]}" if match else None


def postcode_in(text: str) -> tuple[str | None, str]:
    """Split text into the whole postcode in it, if any, and the rest.

    >>> postcode_in("14 Mill Lane, ZM1 2AB")
    ('ZM1 2AB', '14 Mill Lane,')
    """
    found = re.search(r"\b([A-Za-z]{1,2}\d[\dA-Za-z]?)\s*(\d[A-Za-z]{2})\b", text)
    if not found:
        return None, text
    return postcode(found[0]), (text[: found.start()] + text[found.end() :]).strip()


def house_number(words: str) -> tuple[str | None, str]:
    """Split searched words into the house number at their start, if any, and the rest.

    >>> house_number("14a mill lane")
    ('14a', 'mill lane')
    >>> house_number("mill lane")
    (None, 'mill lane')
    """
    match = HOUSE_NUMBER.match(words)
    return (match[1], match[2]) if match else (None, words)
