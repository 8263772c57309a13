"""What residents with open requests are told once their council has become another: what changes, and what stays."""

from dataclasses import dataclass

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class About:
    """What a letter is about. `requests` are (reference, title, address where it is followed) of one resident."""

    old: str
    new: str
    day: str
    page: str
    requests: tuple[tuple[str, str, str], ...]


LETTERS = {
    "en": (
        "{reference}: {new} has taken the place of {old}",
        "Since {day}, {new} does what {old} did.\n\n"
        "What you asked for goes on:\n\n{requests}\n\n"
        "Your reference and the day by which it was promised stay the same, and you follow it where you did before. "
        "What you told {old}, {new} reads, and nobody else.\n\n"
        "What else changes, and what stays: {page}\n\n"
        "You need do nothing.",
    ),
    "cy": (
        "{reference}: {new} sydd wedi cymryd lle {old}",
        "Ers {day}, {new} sy'n gwneud yr hyn a wnâi {old}.\n\n"
        "Mae'r hyn y gofynnoch amdano yn parhau:\n\n{requests}\n\n"
        "Mae eich cyfeirnod, a'r diwrnod yr addawyd y gwaith erbyn hynny, yn aros yr un fath, ac rydych yn ei ddilyn "
        "lle'r oeddech o'r blaen. {new} yn unig sy'n darllen yr hyn a ddywedasoch wrth {old}.\n\n"
        "Beth arall sy'n newid, a beth sy'n aros: {page}\n\n"
        "Nid oes angen i chi wneud dim.",
    ),
}


def letter(about: About, language: str) -> tuple[str, str]:
    """Return (subject, text) in a language.

    >>> said = About("Ashby", "Westmarch", "1 April 2028", "https://x", (("ASH-0001-111A", "Missed bin", "https://y"),))
    >>> letter(said, "en")[0]
    'ASH-0001-111A: Westmarch has taken the place of Ashby'
    >>> "ASH-0001-111A, Missed bin" in letter(said, "cy")[1]
    True
    """
    subject, text = LETTERS["cy" if language.startswith("cy") else "en"]
    requests = "\n\n".join(f"{reference}, {title}\n{track}" for reference, title, track in about.requests)
    words = vars(about) | {"reference": about.requests[0][0], "requests": requests}
    return subject.format(**words)[:200], text.format(**words)
