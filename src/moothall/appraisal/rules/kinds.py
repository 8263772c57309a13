"""Kinds of line and models of provision: one table each, so that nobody has to remember what counts where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How a line counts. `sign` is +1 for a cost and -1 for a gain; `cash` if it moves the bodies' money; `social` if
    it counts for society as a whole (a tax moves money and costs society nothing)."""

    name: str
    sign: int = 1
    cash: bool = True
    social: bool = True
    upfront: bool = False


KINDS = {
    "operating": Kind("running costs"),
    "staff": Kind("pay"),
    "price": Kind("price paid to a provider"),
    "change": Kind("changes and variations to a contract"),
    "client": Kind("client side: managing and checking"),
    "transition": Kind("moving from now to then", upfront=True),
    "transaction": Kind("choosing, buying and agreeing", upfront=True),
    "investment": Kind("investment in assets", upfront=True),
    "tax": Kind("tax that cannot be recovered", social=False),
    "income": Kind("income", sign=-1),
    "saving": Kind("saving that releases cash", sign=-1),
    "benefit": Kind("benefit that releases no cash", sign=-1, cash=False),
    "harm": Kind("harm to people or places", cash=False),
    "asset": Kind("assets handed over", cash=False),
}
ASSETS = ("staff knowledge", "property", "intellectual property", "vehicles")


@dataclass(frozen=True)
class Model:
    """A way to provide, and what its options may not leave out: kinds of line, and parts of the option."""

    name: str
    kinds: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    assets: bool = False


MODELS = {
    "now": Model("continue as now"),
    "in-house": Model("improve in house", parts=("plan",)),
    "shared": Model("share with other bodies", kinds=("transaction",)),
    "joint": Model("own jointly", kinds=("transaction",), assets=True),
    "outsourced": Model(
        "buy from a contractor", kinds=("transaction", "change", "price"), parts=("profit",), assets=True
    ),
}
