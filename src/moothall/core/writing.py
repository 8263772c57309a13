"""
What we write to people: templates with ((gaps)), one recipient, no traps. Plain Python.

The gaps are those of GOV.UK Notify. What people typed is put in as plain words: it can neither make a link nor a
heading nor a second paragraph in a message that carries a public body's name.
"""

import re
from dataclasses import dataclass

from moothall.core.refusal import Refusal

GAP = re.compile(r"\(\(([a-z][a-z0-9_ ]*)\)\)")
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = set("^{}\\[~]|€")  # each takes two places (3GPP TS 23.038)
EMAIL = re.compile(
    r"[^@\s,;<>()\[\]\"\\]{1,64}@(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.I
)
MOST_SMS = 612  # four parts of 153


class NotAnEmailAddress(Refusal):
    """Enter one email address in the correct format, like name@example.com."""

    status = 422


class NotAPhoneNumber(Refusal):
    """Enter one UK phone number, like 07700 900982, or begin with + and the country's code."""

    status = 422


class NotAnAddress(Refusal):
    """Enter the address on three to seven lines, the last of them the postcode."""

    status = 422


class GapNotFilled(ValueError):
    """A template has gaps that were given no words; lists them."""


@dataclass(frozen=True)
class Written:
    """A message ready to go: a subject (empty for text messages) and the words."""

    subject: str
    text: str


def fill(template: str, values: dict[str, object]) -> str:
    """
    Return a template with its gaps filled. Raises GapNotFilled when a gap has no value; extra values are left aside.

    >>> fill("Dear ((name)), we will look by ((day)).", {"name": "Alex", "day": "Tuesday 24 November"})
    'Dear Alex, we will look by Tuesday 24 November.'
    """
    missing = sorted({gap for gap in gaps(template) if values.get(gap) is None})
    if missing:
        raise GapNotFilled(", ".join(missing))
    return GAP.sub(lambda match: plain(str(values[match[1]])), template)


def gaps(template: str) -> list[str]:
    """Return the names of a template's gaps, in order, each as often as it is there."""
    return GAP.findall(template)


def plain(value: str) -> str:
    """
    Return what somebody typed as plain words on one line: no control or direction characters, no Markdown links or
    headings, no gaps of its own.

    >>> plain("Alex [win](https://evil.example)\\n# Urgent")
    'Alex win https://evil.example Urgent'
    """
    value = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+", " ", value)
    value = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r"\1 \2", value)
    value = value.replace("((", "( (").replace("))", ") )")
    value = re.sub(r"(^|\s)[#>*^]+(?=\s)", " ", value)
    return re.sub(r"[ \t]+", " ", value).strip()


def write(*, subject: str, text: str, values: dict[str, object], never: tuple[str, ...] = ()) -> Written:
    """
    Return a message from its templates. `never` are values that it must not give away, such as a new address:
    ValueError if one is in it, however it is spaced or written.
    """
    written = Written(fill(subject, values), fill(text, values))
    whole = _bare(written.subject + written.text)
    if any(_bare(secret) and _bare(secret) in whole for secret in never):
        raise ValueError("the message gives away a value that it must not name")
    return written


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def recipient(channel: str, value: str) -> str:
    """
    Return the one recipient of a message as the channel needs it: an e-mail address, a phone number as +44..., or an
    address on three to seven lines. Raises NotAnEmailAddress, NotAPhoneNumber or NotAnAddress.

    >>> recipient("sms", "07700 900 982")
    '+447700900982'
    """
    if channel == "email":
        return one_email(value)
    if channel == "sms":
        return one_phone(value)
    if channel == "letter":
        lines = [plain(line) for line in value.splitlines() if line.strip()]
        if not 3 <= len(lines) <= 7:
            raise NotAnAddress()
        return "\n".join(lines)
    raise ValueError(f"no channel is called {channel!r}")


def one_email(value: str) -> str:
    """Return a single e-mail address with its domain in lower case; raises NotAnEmailAddress."""
    value = value.strip()
    if not EMAIL.fullmatch(value) or ".." in value or value.startswith("."):
        raise NotAnEmailAddress()
    local, _, domain = value.rpartition("@")
    return f"{local}@{domain.lower()}"


def one_phone(value: str) -> str:
    """Return a single phone number in international form, +447700900982; raises NotAPhoneNumber."""
    if re.search(r"[^\d\s+().-]", value.strip()):
        raise NotAPhoneNumber()
    digits = re.sub(r"[^\d+]", "", value)
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^0", "+44", digits)
    digits = re.sub(r"^\+440", "+44", digits)
    if not re.fullmatch(r"\+[1-9]\d{8,14}", digits) or (digits.startswith("+44") and len(digits) not in (12, 13)):
        raise NotAPhoneNumber()
    return digits


def sms_parts(text: str) -> int:
    """
    Return how many text messages this makes: 160 places or 153 a part in the basic alphabet, 70 or 67 where any letter
    (Welsh ŵ and ŷ among them) needs Unicode (3GPP TS 23.038, 23.040).

    >>> sms_parts("a" * 160), sms_parts("a" * 161), sms_parts("ŵ" * 71)
    (1, 2, 2)
    """
    if set(text) <= GSM | GSM_TWICE:
        places = len(text) + sum(letter in GSM_TWICE for letter in text)
        one, each = 160, 153
    else:
        places, one, each = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if places <= one else -(-places // each)


def contact_changed(kind: str, *, protected: bool) -> tuple[str, str] | None:
    """
    Return subject and text that tell somebody at their old address that it was changed; never the new value. None for a
    protected person: then nothing is said at all. `kind` is email, phone or post.
    """
    if protected:
        return None
    thing = {"email": "email address", "phone": "phone number", "post": "postal address"}[kind]
    text = (
        f"The {thing} that we hold for you was changed. If you asked for this, you do not need to do anything.\n\n"
        "If you did not, tell us at once: call the number on our website, not one from a message."
    )
    return f"Your {thing} was changed", text
