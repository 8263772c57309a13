"""How money is posted and what may follow what: tables and plain arithmetic, in whole pence.

An amount on a leg is positive for a debit and negative for a credit, so that a journal adds up to nothing.
"""

from dataclasses import dataclass

from moothall.core.money import share

ASSET, LIABILITY, RESERVE, INCOME, EXPENSE = "A", "L", "R", "I", "X"

# The accounts every body begins with: code, name, kind. A body may add its own beside them.
CHART = (
    ("1000", "Bank", ASSET),
    ("1050", "Card payments on their way to the bank", ASSET),
    ("1100", "Charges people owe us", ASSET),
    ("1200", "Other bodies owe us", ASSET),
    ("1300", "Contractors owe us", ASSET),
    ("2000", "Refunds we owe people", LIABILITY),
    ("2100", "We owe contractors", LIABILITY),
    ("2200", "We owe other bodies", LIABILITY),
    ("3000", "General fund", RESERVE),
    ("4000", "Fees and charges", INCOME),
    ("4100", "Deductions from contractors", INCOME),
    ("4200", "Work done for other bodies", INCOME),
    ("5000", "Works and repairs", EXPENSE),
    ("5100", "Work done for us by other bodies", EXPENSE),
)

BANK, CARDS, OWED, REFUNDS, FEES = "1000", "1050", "1100", "2000", "4000"

# Where money paid in each way is until it has cleared.
RECEIVED_IN = {"card": CARDS, "counter": BANK, "phone": CARDS, "transfer": BANK}

SUCCESSION = "succession:"
"""How the keys of entries begin that pass balances from a body to its successor: nothing is spent by them."""

KINDS_OF_JOURNAL = (
    "charge",
    "payment",
    "refund-owed",
    "refund-paid",
    "refund-failed",
    "charge-cancelled",
    "deduction",
    "recharge",
    "settlement",
    "payout",
    "adjustment",
    "reversal",
)


@dataclass(frozen=True)
class LegOf:
    """One line of a journal: account code, pence (debit positive), and the cost centre it counts towards."""

    account: str
    pence: int
    cost_centre: str = ""


def balanced(legs) -> bool:
    """Return whether these legs can be posted: two or more, none empty, adding up to nothing.

    >>> balanced([LegOf("1100", 4000), LegOf("4000", -4000)])
    True
    """
    legs = list(legs)
    return len(legs) >= 2 and all(leg.pence for leg in legs) and sum(leg.pence for leg in legs) == 0


def charge_legs(pence: int, cost_centre: str) -> list[LegOf]:
    """A charge is raised: the person owes us, and we have earned the fee."""
    return [LegOf(OWED, pence, cost_centre), LegOf(FEES, -pence, cost_centre)]


def payment_legs(pence: int, how: str, cost_centre: str) -> list[LegOf]:
    """A charge is paid: the money is on its way to the bank, and the person owes us no longer."""
    return [LegOf(RECEIVED_IN[how], pence, cost_centre), LegOf(OWED, -pence, cost_centre)]


def surplus_legs(pence: int, how: str, cost_centre: str) -> list[LegOf]:
    """Money came for a charge that was already paid: it is the payer's, so we owe it back at once."""
    return [LegOf(RECEIVED_IN[how], pence, cost_centre), LegOf(REFUNDS, -pence, cost_centre)]


def refund_owed_legs(pence: int, cost_centre: str) -> list[LegOf]:
    """We decided to give a fee back: it is no longer income, and we owe it to the payer."""
    return [LegOf(FEES, pence, cost_centre), LegOf(REFUNDS, -pence, cost_centre)]


def refund_paid_legs(pence: int, how: str, cost_centre: str) -> list[LegOf]:
    """The refund has gone out to the payer."""
    return [LegOf(REFUNDS, pence, cost_centre), LegOf(RECEIVED_IN[how], -pence, cost_centre)]


def cancelled_legs(pence: int, cost_centre: str) -> list[LegOf]:
    """A charge nobody paid is no longer asked for: the person owes nothing, and nothing was earned."""
    return [LegOf(FEES, pence, cost_centre), LegOf(OWED, -pence, cost_centre)]


# --- Card payments -------------------------------------------------------------------------------------------

# What one attempt to pay may become. The provider's word decides; ours only waits for it.
#   intended    we are about to ask the provider, or asked and never heard: only its search by reference can tell
#   offered     the provider holds it and waits for the card
#   submitted   the card was given; the bank has not answered
#   paid        the money is taken (surplus: taken although the charge was already paid, so it goes back)
#   declined    the bank said no;   abandoned   the person left, cancelled, or took over 90 minutes
#   withdrawn   we cancelled it;    broken      the provider failed; no money was taken
NEXT = {
    "intended": {"offered", "submitted", "paid", "surplus", "declined", "abandoned", "withdrawn", "broken"},
    "offered": {"submitted", "paid", "surplus", "declined", "abandoned", "withdrawn", "broken"},
    "submitted": {"paid", "surplus", "declined", "abandoned", "withdrawn", "broken"},
    "paid": set(),
    "surplus": set(),
    "declined": set(),
    "abandoned": set(),
    "withdrawn": set(),
    "broken": set(),
}
OPEN = ("intended", "offered", "submitted")
TAKEN = ("paid", "surplus")
FAILED = ("declined", "abandoned", "withdrawn", "broken")

# The provider's words (status, or status and reason code) in ours.
# Source: GOV.UK Pay API reference, "Payment status meanings" and "Errors caused by payment statuses".
SAID = {
    ("created", None): "offered",
    ("started", None): "offered",
    ("submitted", None): "submitted",
    ("capturable", None): "submitted",
    ("success", None): "paid",
    ("failed", "P0010"): "declined",
    ("failed", "P0020"): "abandoned",
    ("failed", "P0030"): "abandoned",
    ("failed", None): "declined",
    ("cancelled", None): "withdrawn",
    ("error", None): "broken",
}

# What the payer reads when an attempt ends without money (each says what to do next).
WHY_NOT = {
    "declined": "The bank did not accept the card. Check the details or use another card.",
    "abandoned": "The payment was not finished, so nothing was taken. You can start again.",
    "withdrawn": "This payment was cancelled, so nothing was taken. You can start again.",
    "broken": "The payment service had a problem, so nothing was taken. Try again in a few minutes.",
}


def state_of(status: str, code: str | None) -> str:
    """Return our word for what the provider says of a payment; unknown words raise ValueError.

    >>> state_of("failed", "P0020"), state_of("success", None)
    ('abandoned', 'paid')
    """
    try:
        return SAID.get((status, code)) or SAID[(status, None)]
    except KeyError:
        raise ValueError(f"the payment provider said {status!r} {code!r}, which we do not know") from None


def may_become(old: str, new: str) -> bool:
    """Return whether an attempt in state `old` may become `new`; stale news (paid, then started) may not."""
    return new in NEXT[old]


# A charge is what the person owes; its attempts come and go.
#   due  owed;  paid  settled once;  cancelled  no longer asked for;  refunded  paid, and all of it given back
CHARGE_STATES = ("due", "paid", "cancelled", "refunded")
# Where money may still come in, or still go back.
PAYABLE, REFUNDABLE = ("due",), ("paid",)

REFUND_NEXT = {
    "intended": {"submitted", "success", "error"},
    "submitted": {"success", "error"},
    "success": set(),
    "error": set(),
}


def refundable(paid: int, already: int) -> int:
    """Return how many pence of a payment may still be given back; `already` counts refunds not failed."""
    return max(0, paid - already)


# --- Reconciliation ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """One payment as one side knows it: its provider's id, our reference, pence, our word for the state."""

    provider_id: str
    reference: str
    pence: int
    state: str
    refunded: int = 0


@dataclass(frozen=True)
class Difference:
    """A payment on which the provider and our ledger do not agree, and what to do about it."""

    kind: str
    reference: str
    ours: Side | None
    theirs: Side | None

    @property
    def what_to_do(self) -> str:
        return WHAT_TO_DO[self.kind]


WHAT_TO_DO = {
    "unknown-here": "The provider took money under a reference we do not hold. Find the charge, or give it back.",
    "unknown-there": "We hold this as paid but the provider does not know it. Check the provider's list before you "
    "deliver anything, then reverse the payment.",
    "amount": "The amounts differ. Ask the provider which was taken, and correct ours with an adjustment.",
    "behind": "The provider knows more than we do. Ask again: the ledger will catch up.",
    "state": "We hold this as paid; the provider says it is not. Reverse the payment and ask the person to pay.",
    "refund": "The refunds differ. Open the payment and ask the provider which refunds went out.",
}


def _compare(ours: Side | None, theirs: Side | None) -> str | None:
    if ours is None:
        return "unknown-here" if theirs.state == "paid" else None
    if theirs is None:
        return "unknown-there" if ours.state in TAKEN else None
    if ours.pence != theirs.pence:
        return "amount"
    if theirs.state != ours.state and not (theirs.state == "paid" and ours.state in TAKEN):
        return "state" if ours.state in TAKEN else "behind"
    return "refund" if ours.refunded != theirs.refunded else None


def differences(held: list[Side], said: list[Side]) -> list[Difference]:
    """Return every payment on which we and the provider disagree, in order of reference.

    Attempts that never left us and never cost anybody anything are not differences.
    """
    ours, theirs = {h.provider_id: h for h in held if h.provider_id}, {s.provider_id: s for s in said}
    found = [
        Difference(kind, (ours.get(key) or theirs[key]).reference, ours.get(key), theirs.get(key))
        for key in ours.keys() | theirs.keys()
        if (kind := _compare(ours.get(key), theirs.get(key)))
    ]
    return sorted(found, key=lambda d: (d.reference, d.kind))


# --- When bodies become one, or one is divided -----------------------------------------------------------------


def divided(balances: list[int], shares: list[int]) -> list[list[int]]:
    """Return what each successor takes of each balance, in pence: nothing is lost, and each one's books balance.

    Each balance is divided by the shares (largest remainder). What rounding leaves a successor out of balance by, a
    few pence, is put right on the largest balance, the first of equals. The balances add up to nothing.

    >>> divided([101, -100, -1], [1, 1])
    [[50, -50, 0], [51, -50, -1]]
    """
    parts = [list(column) for column in zip(*(share(pence, shares) for pence in balances), strict=True)]
    if not parts:
        return [[] for _ in shares]
    largest = max(range(len(balances)), key=lambda i: (abs(balances[i]), -i))
    for mine in parts:
        mine[largest] -= sum(mine)
    return parts
