"""Signs that a letter is not what it says it is: few rules, each shown in words. Plain Python.

A letter with doubts is put aside, unanswered, where a person looks at it; nothing is thrown away. What a mail server
found (DMARC, RFC 7489; written down as RFC 8601 says) is believed only of the server that is ours.
"""

import re

from moothall.inbox.rules.words import urlsplit_host

ENOUGH = 3
"""Weight of the signs from which on a letter is put aside."""

SIGNS = {
    "dmarc": (3, "The domain it claims to come from says that it did not send it (DMARC)."),
    "unsigned": (2, "The sender's domain neither signed it (DKIM) nor names the server that sent it (SPF)."),
    "elsewhere": (2, "A link says that it leads to one place and leads to another."),
    "answers-elsewhere": (1, "Answers would go to another organisation than the sender's."),
    "program": (3, "It brings a program, or a page that can run one."),
    "many-links": (1, "It has more than ten links."),
    "borrowed-name": (2, "The sender's name is an address other than the one it came from."),
    "our-name": (3, "It claims to come from us and was not checked."),
}
"""Each sign's weight, and what it is in words."""

PROGRAMS = re.compile(r"\.(exe|scr|js|jse|vbs?|wsf|bat|cmd|com|ps1|msi|jar|iso|img|lnk|hta|html?|svg|xhtml)$", re.I)


def results(headers: list[str], *, ours: str) -> dict[str, str]:
    """Return what our mail server found, as {method: result}: of its own uppermost Authentication-Results alone.

    >>> results(["mx.moothall.example; dmarc=pass header.from=a.org; spf=fail"], ours="mx.moothall.example")
    {'dmarc': 'pass', 'spf': 'fail'}
    """
    for header in headers:
        bare = re.sub(r"\([^()]*\)", " ", header[:4000])
        server, _, found = bare.partition(";")
        if ours and (server.split() or [""])[0].lower() == ours.lower():
            return {m[1].lower(): m[2].lower() for m in re.finditer(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)", found, re.I)}
    return {}


def signs(
    *,
    sender: str,
    name: str,
    reply_to: str,
    found: dict[str, str],
    links: list[tuple[str, str]],
    files: list[str],
    own_domain: str,
) -> list[str]:
    """Return the signs of SIGNS that a letter shows, in the order of the table."""
    shown = set()
    if found.get("dmarc") == "fail":
        shown.add("dmarc")
    elif found and found.get("dmarc") != "pass" and "pass" not in (found.get("spf"), found.get("dkim")):
        shown.add("unsigned")
    if any(_misleads(words, address) for words, address in links):
        shown.add("elsewhere")
    if len(links) > 10:
        shown.add("many-links")
    if reply_to and _domain(reply_to) != _domain(sender):
        shown.add("answers-elsewhere")
    if any(PROGRAMS.search(file.strip()) for file in files):
        shown.add("program")
    named = re.search(r"[\w.+-]+@[\w-]+\.[\w.-]+", name)
    if named and named[0].lower() != sender.lower():
        shown.add("borrowed-name")
    if own_domain and _domain(sender) == own_domain.lower() and found.get("dmarc") != "pass":
        shown.add("our-name")
    return [sign for sign in SIGNS if sign in shown]


def doubtful(shown: list[str]) -> bool:
    """Return whether these signs together put a letter aside.

    >>> doubtful(["answers-elsewhere"]), doubtful(["elsewhere", "many-links"])
    (False, True)
    """
    return sum(SIGNS[sign][0] for sign in shown) >= ENOUGH


def in_words(shown: list[str]) -> list[str]:
    """Return what each sign is, in words."""
    return [SIGNS[sign][1] for sign in shown if sign in SIGNS]


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip().lower()


def _misleads(words: str, address: str) -> bool:
    """Return whether the words of a link are themselves an address, of another place than where it leads."""
    said = words.strip().split()[0] if words.strip() else ""
    told, real = urlsplit_host(said), urlsplit_host(address)
    return bool(told and real and told != real and not real.endswith(f".{told}") and not told.endswith(f".{real}"))
