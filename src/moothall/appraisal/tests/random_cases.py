"""Random cases: every kind of line, growth, money of the day, bias, remainders, risks and leaving."""

import random

from moothall.appraisal.rules.kinds import ASSETS
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests.small import given, small

KINDS = ("operating", "staff", "client", "change", "income", "saving", "benefit", "harm", "tax", "asset", "investment")


def _line(dice, years):
    kind = dice.choice(KINDS)
    line = {
        "what": "A line",
        "kind": kind,
        "times": ["a", *dice.sample(["b", "c", "volumes.bills"], dice.randint(0, 2))],
    }
    if dice.random() < 0.5:
        line["profile"] = [round(dice.random(), 2) for _ in range(years)]
    if dice.random() < 0.4 and kind != "investment":
        line["growth"] = "g"
    if dice.random() < 0.3:
        line["prices"] = "nominal"
    if kind == "asset":
        line["asset"] = dice.choice(ASSETS)
    if kind == "investment":
        share = round(dice.random(), 2)
        line |= {"life": dice.randint(1, 30), "paid_by": {"Ashby": share, "The firm": 1 - share}}
        factors = {"business case": {"contribution": 0.6, "managed": round(dice.random(), 2), "why": "Tried"}}
        line["bias"] = {"type": "equipment", "measure": "capital", "factors": factors}
    elif kind == "operating" and dice.random() < 0.5:
        line["bias"] = {"type": "outsourcing", "measure": "operating"}
    return line


def random_case(seed):
    """Return a checked case of two or three options over one to fifteen years, every tenth over forty."""
    dice = random.Random(seed)
    years = dice.randint(1, 15) if seed % 10 else 40
    data = small()
    data["inputs"] |= {name: given(dice.uniform(1, 500), evidence=["Drawn at random"]) for name in "abc"}
    data["inputs"] |= {"g": given(0.01), "chance": given(0.1), "harm": given(5000)}
    first, base = dice.randint(2026, 2030), dice.randint(2024, 2027)
    for name, option in data["options"].items():
        option["basis"]["horizon"] = {"first_year": first, "years": years}
        option["basis"]["prices"] |= {"year": base}
        option["lines"]["retraining"]["profile"] = [0 if name == "now" else 1] + [0] * (years - 1)
        option["exit"]["leaving"]["by_year"] = [round(dice.random(), 2) for _ in range(years)]
        option["provider"] = "The firm"
        option["lines"] |= {f"line{number}": _line(dice, years) for number in range(dice.randint(1, 6))}
        bearer = dice.choice(["bodies", "users", "provider"])
        option["risks"] = option["risks"] | {
            "monopoly": {"on_paper": "provider", "in_fact": bearer, "chance": "chance", "cost": "harm"}
        }
    return check(data)


def random_values(case, seed, draws):
    """Return `draws` readings of every value, as lists."""
    dice = random.Random(seed)
    found = {}
    for name, given_input in case.inputs.items():
        spread = (-0.05, 0.05) if name == "g" else (0.2 * given_input.value, 3 * given_input.value)
        found[name] = [dice.uniform(*spread) for _ in range(draws)]
    return found
