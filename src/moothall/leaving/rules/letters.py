"""What residents with an open request are told on the day: who goes on with it, and that nothing else changes."""

from dataclasses import dataclass

LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class About:
    """What a letter is about. `who` goes on with it ("" for its own teams)."""

    leaver: str
    body: str
    reference: str
    title: str
    day: str
    who: str = ""
    address: str = ""
    phone: str = ""
    track: str = ""


OWN = {
    "en": (
        "{reference}: {leaver} now runs its services itself",
        "Since {day}, {leaver} runs its services on pages of its own.\n\n"
        "Your request {reference} ({title}) goes along. {who} goes on with it. Your reference and the day by which it "
        "was promised stay the same.\n\n"
        "To follow it or to add something: {address}{phone}\n\n"
        "You need do nothing.",
    ),
    "cy": (
        "{reference}: mae {leaver} bellach yn rhedeg ei wasanaethau ei hun",
        "Ers {day}, mae {leaver} yn rhedeg ei wasanaethau ar ei dudalennau ei hun.\n\n"
        "Mae eich cais {reference} ({title}) yn mynd gydag ef. {who} sy'n parhau ag ef. Mae eich cyfeirnod, a'r "
        "diwrnod yr addawyd y gwaith erbyn hynny, yn aros yr un fath.\n\n"
        "I'w ddilyn neu i ychwanegu rhywbeth: {address}{phone}\n\n"
        "Nid oes angen i chi wneud dim.",
    ),
}
FOR_OTHERS = {
    "en": (
        "{reference}: {who} goes on with your request",
        "Until now {leaver} did this work for {body}. Since {day}, {who} does it.\n\n"
        "Nothing else changes for your request {reference} ({title}): {body} answers for it, and your reference and "
        "the day by which it was promised stay the same.\n\n"
        "To follow it: {track}\n\n"
        "You need do nothing.",
    ),
    "cy": (
        "{reference}: {who} sy'n parhau â'ch cais",
        "Hyd yn hyn, {leaver} oedd yn gwneud y gwaith hwn ar ran {body}. Ers {day}, {who} sy'n ei wneud.\n\n"
        "Nid oes dim arall yn newid i'ch cais {reference} ({title}): {body} sy'n atebol amdano, ac mae eich cyfeirnod, "
        "a'r diwrnod yr addawyd y gwaith erbyn hynny, yn aros yr un fath.\n\n"
        "I'w ddilyn: {track}\n\n"
        "Nid oes angen i chi wneud dim.",
    ),
}
TEAMS = {"en": "Its own team", "cy": "Ei dîm ei hun"}
BY_PHONE = {"en": "\nOr phone {}.", "cy": "\nNeu ffoniwch {}."}


def letter(about: About, language: str, *, own: bool) -> tuple[str, str]:
    """Return (subject, text) in a language: of a case of the body that leaves (`own`), or of one it did for another.

    >>> said = About("Borley", "Borley", "BOR-0001-111A", "Missed bin", "1 June 2027", address="https://b.example")
    >>> letter(said, "en", own=True)[0]
    'BOR-0001-111A: Borley now runs its services itself'
    """
    lang = "cy" if language.startswith("cy") else "en"
    subject, text = (OWN if own else FOR_OTHERS)[lang]
    words = vars(about) | {
        "who": about.who or TEAMS[lang],
        "phone": BY_PHONE[lang].format(about.phone) if about.phone else "",
    }
    return subject.format(**words)[:200], text.format(**words)
