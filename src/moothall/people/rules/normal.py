"""Names, e-mail addresses and telephone numbers brought to one form, so that equal things compare equal."""

import re
import unicodedata

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "cllr"}


def name(text: str) -> str:
    """Return a name in small letters, without accents, punctuation or titles, its parts single-spaced.

    >>> name("Mrs. Siân  O’Neill-Jones")
    'sian oneill jones'
    >>> name("DR ZOË Łukasik")
    'zoe lukasik'
    """
    bare = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    bare = re.sub(r"['’`.]", "", bare.casefold())
    parts = re.sub(r"[\W_]+", " ", bare).split()
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    return " ".join(parts)


def email(text: str) -> str:
    """Return an e-mail address in the form in which two are compared: trimmed, in small letters.

    What stands before the @ may in principle differ by case (RFC 5321 section 2.4); no mail service treats it so.

    >>> email(" Sian.Jones@Example.ORG ")
    'sian.jones@example.org'
    """
    return text.strip().casefold()


def phone(text: str, country: str = "44") -> str:
    """Return a telephone number in international form (ITU-T E.164), read as British unless it says otherwise.

    >>> phone("01632 960 123")
    '+441632960123'
    >>> phone("+44 (0)1632 960123") == phone("0044 1632 960123") == phone("01632-960123")
    True
    """
    digits = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("0"):
        digits = f"+{country}{digits[1:]}"
    return digits if digits.startswith("+") else f"+{digits}"


def contact(kind: str, value: str) -> str:
    """Return a contact point in the form in which two are compared; `kind` is email, phone or post."""
    if kind == "email":
        return email(value)
    return phone(value) if kind == "phone" else re.sub(r"[\W_]+", " ", value.casefold()).strip()


def postcode(text: str) -> str | None:
    """Return a whole postcode as it is printed, or None when the text is not one (form of BS 7666).

    >>> postcode("zm12ab")
    'ZM1 2AB'
    >>> postcode("Smith") is None
    True
    """
    match = re.match(r"^([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})$", re.sub(r"[^A-Z0-9]", "", text.upper()))
    return f"{match[1]} {match[2]}" if match else None
