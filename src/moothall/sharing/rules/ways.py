"""The ways of having a service done, each with the gates that stand before it, why these, and where that stands."""

from dataclasses import dataclass

LEGISLATION = "https://www.legislation.gov.uk"
OWN, OWN_STAFF, OWNED_COMPANY, CONTRACTOR = "own", "own-staff", "owned-company", "contractor"
LEAST_OWN_WORK = 80
"""Per cent of its work that a company does for its owners, and more (Procurement Act 2023 Sch.2 para.2)."""
SHARED = ("legal-route", "decision")
LAST = ("staff", "monitoring-officer", "section-151-officer")


@dataclass(frozen=True)
class Way:
    """One way of having a service done: who does it, its gates (codes of `gates.GATES`), why these, and the source."""

    code: str
    title: str
    gates: tuple[str, ...]
    why: str
    source: str
    url: str


WAYS = (
    Way(
        OWN, "By ourselves", ("own-decision", "staff"),
        "The law that gives your body the service lets its own staff do it: no further power is needed, nobody else "
        "is paid, and so nobody signs. What remains is a decision on record, and what staff and unions were told where "
        "people come over to you.",
        "Openness of Local Government Bodies Regulations 2014 reg.7; SI 2006/246 reg.3(1)(b)(iii)",
        f"{LEGISLATION}/uksi/2014/2095/regulation/7",
    ),
    Way(
        OWN_STAFF, "By another body’s own staff", (*SHARED, *LAST),
        "Another body acts for yours, so a power must allow it. Your body stays accountable and pays: that it is "
        "lawful and affordable is signed for by the two officers whose duty that is.",
        "Local Government and Housing Act 1989 s.5; Local Government Act 1972 s.151",
        f"{LEGISLATION}/ukpga/1989/42/section/5",
    ),
    Way(
        OWNED_COMPANY, "By a company that councils own", (*SHARED, "control", *LAST),
        "A company of one’s own needs no award, as long as it is its owners’ own: they control it, nobody else does, "
        f"and it does more than {LEAST_OWN_WORK} per cent of its work for them.",
        "Procurement Act 2023 Sch.2 para.2",
        f"{LEGISLATION}/ukpga/2023/54/schedule/2",
    ),
    Way(
        CONTRACTOR, "By a contractor", (*SHARED, "staff", "contract", "appraisal", *LAST[1:]),
        "Bought-in work must have been awarded, and shown to be better than doing it yourselves by an appraisal that "
        "works that out in full.",
        "Procurement Act 2023 s.19; Local Government Act 1999 s.3",
        f"{LEGISLATION}/ukpga/2023/54/section/19",
    ),
)  # fmt: skip


def way(code: str) -> Way:
    """Return a way of having a service done by its code; raises KeyError.

    >>> way("own").gates
    ('own-decision', 'staff')
    """
    return {one.code: one for one in WAYS}[code]


DOES_WORK_FOR_OTHERS = "company"
"""The kind of body that answers for little itself, and sets up whatever its owners are to draw down from it."""


def may_do(kind: str, definition) -> bool:
    """Return whether a kind of body may set a service up for itself: it answers for it, or works for its owners."""
    return kind in definition.done_by.bodies or kind == DOES_WORK_FOR_OTHERS
