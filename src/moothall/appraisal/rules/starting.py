"""How a case begins: from one like it, from its shape without its figures, or from nothing but the ways to weigh."""

from moothall.appraisal.rules.draft import plain
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.kinds import ASSETS, MODELS
from moothall.appraisal.rules.principles import scales

TO_BE_GIVEN = ("value", "source", "author", "on", "evidence", "spread")
"""What an input loses when only the shape of a case is taken over."""
DISCOUNT, YEARS = "green-book-2026", 10
COVERS = {
    "transition": ["redundancy", "retraining", "dual running", "moving data"],
    "client_side": ["managing and checking"],
    "exit": ["leaving"],
}


def begun(document: dict, *, title: str, bodies: list[str], author: str, on: str) -> dict:
    """Return a document that begins from another: its title, bodies, author and day are new, and it is open."""
    more = {"title": title, "bodies": bodies, "author": author, "on": on, "edition": 1, "state": "open"}
    return document | more | {"voices": [], "stops": []}


def shape_of(document: dict) -> dict:
    """Return a document without its figures, scores and effects: what has to be found out is listed as missing.

    A principle stays the criterion it was; why another was left out is for the new case to say.
    """
    inputs = {
        name: {key: value for key, value in given.items() if key not in TO_BE_GIVEN}
        for name, given in (document.get("inputs") or {}).items()
    }
    kept = {name: value for name, value in document.items() if name not in ("borrowing", "impacts", "correlations")}
    if criteria := kept.get("criteria"):
        kept["criteria"] = {"scales": criteria.get("scales", {}), "weights": {}, "scores": {}}
    answered = {name: one for name, one in (document.get("principles") or {}).items() if one.get("criterion")}
    return kept | {"inputs": inputs, "principles": answered, "impacts": [], "correlations": []}


def blank(models: list[str], first_year: int) -> dict:
    """Return a document with an option for each way to provide, continuing as now included, and nothing filled in.

    Each principle is a criterion with its scale to begin with: an author alters it, or leaves it out and says why.
    """
    basis = {
        "scope": {"version": 1, "excludes": []},
        "volumes": {},
        "prices": {"year": first_year - 1},
        "horizon": {"first_year": first_year, "years": YEARS},
        "discount": DISCOUNT,
        "tax": {},
        "pensions": {},
        "risk": {"priced": list(fact("risks")["risks"])},
        **{name: {"covers": list(items)} for name, items in COVERS.items()},
    }
    names = ["now", *(name for name in models if name != "now")]
    return plain({
        "basis": basis, "seed": first_year, "points": 65_536, "inputs": {}, "correlations": [], "groups": {},
        "impacts": [], "voices": [], "stops": [], "state": "open",
        "criteria": {"scales": scales(), "weights": {}, "scores": {}},
        "principles": {name: {"criterion": name} for name in scales()},
        "options": {name: _option(name) for name in names if name in MODELS},
    })  # fmt: skip


def _option(model: str) -> dict:
    """Return an option of a model with the lines and risks that it cannot do without, all to be filled in."""
    about = MODELS[model]
    lines = {"running": {"kind": "price" if "price" in about.kinds else "operating", "times": []}}
    lines |= {kind: {"kind": kind, "times": []} for kind in about.kinds if kind != "price"}
    for kind, part in (("transition", "transition"), ("client", "client_side")):
        lines |= {item.replace(" ", "-"): {"kind": kind, "covers": item, "times": []} for item in COVERS[part]}
    if about.assets:
        lines |= {one.replace(" ", "-"): {"kind": "asset", "asset": one, "times": []} for one in ASSETS}
    found = {"title": about.name[0].upper() + about.name[1:], "model": model, "lines": lines}
    found |= {"risks": {}, "exit": {}, "preparation": {}}
    return found | {part: {} for part in about.parts}
