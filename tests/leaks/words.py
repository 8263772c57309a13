"""Words that must not travel: whose they are, who may meet them, and the people of the tests."""

from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE

from moothall.bodies.rules.kinds import Role
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

CODES = {MARCHSHIRE: "MAR", ASHBY: "ASH", BORLEY: "BOR", EASTWOLD: "EAS"}
"""Each body's word. Marchshire owns, Ashby and Borley are partners, Eastwold is outside."""

INSIDE = {body_id: f"IN{code}" for body_id, code in CODES.items()}
"""What staff write among themselves: not even the resident whose case it is may meet it."""

SHARED = PROVIDED, TAKEN, PART = "PRO", "DSK", "PRT"
"""A case of Ashby's that Borley provides; one of Marchshire's that Ashby's desk took; one of Ashby's that Marchshire
does a part of. Both bodies may meet each."""

ANN, BOB, CARL = "ANN", "BOB", "CARL"
"""Residents: Ann asked Marchshire for something, Bob asked Ashby, Carl asked nobody."""

ALL = (*CODES.values(), *INSIDE.values(), *SHARED, ANN, BOB, CARL)

OF_STAFF = {
    MARCHSHIRE: {"MAR", "INMAR", TAKEN, PART, ANN},
    ASHBY: {"ASH", "INASH", *SHARED, BOB},
    BORLEY: {"BOR", "INBOR", PROVIDED},
    EASTWOLD: {"EAS", "INEAS"},
}
OF_RESIDENTS = {ANN: {ANN, "MAR"}, BOB: {BOB, "ASH"}, CARL: {CARL}}
"""Which words may be met by a body's staff, and by each resident; nobody may meet none."""

ROLES = tuple(role.value for role in Role)


def canary(code: str) -> str:
    """Return the word itself."""
    return f"CANARY-{code}"


def told(body_id: int | None = None) -> dict:
    """Return when and by whom: a body's staff, or somebody at the front door."""
    return {"at": now(), "by": Actor("staff", "101", body_id) if body_id else Actor("contact")}


def as_body(body_id: int):
    """Return the scope of a body's staff."""
    return scoped(Scope(bodies=(body_id,), purpose="test", actor=told(body_id)["by"]))


def staff_account(body_id: int, role: str):
    """Return the account of the person who has just this role in a body; `every` stands for who has them all."""
    from moothall.core.models import Account

    return Account.objects.get(email=f"{role}@{CODES[body_id].lower()}.leaks.example")


def met(told: str, allowed: set[str]) -> list[str]:
    """Return the codes of the words in what was told that are not among those allowed."""
    if "CANARY-" not in told:
        return []
    return [code for code in ALL if code not in allowed and canary(code) in told]
