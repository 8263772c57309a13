"""What Marchshire weighs: six ways to run council tax and benefits, published; and benefits alone, not yet closed."""

import datetime as dt

TAX = "marchshire"
"""The worked example that the published case begins from."""
LOOKED = (
    "age", "disability", "gender-reassignment", "marriage", "maternity", "race", "religion", "sex", "orientation",
    "environment", "inclusion", "economy", "health",
)  # fmt: skip
REPLY = (
    "Nobody would have to: every option keeps a counter in each town where one can ask in person, and the contract "
    "would name two of them."
)
MET = {"mitigation": "The same terms for new starters are asked of every bidder", "owner": "Head of personnel"}
NEXT = "Benefits for Ashby, shared with Borley or alone"
HARM = {
    "subject": "disability", "options": ["shared-two"], "adverse": True, "source": "Visits of October",
    "what": "Home visits to fill in forms would fall from five days a week to two",
}  # fmt: skip
UNION = {"who": "The staff's union", "says": "Who answers both councils' claims in the week after Christmas?"}
OTHER_WEIGHTS = {
    "speed": 20.0, "access": 40.0, "equity": 60.0, "control": 70.0, "staff": 100.0, "lasting": 90.0,
    "openness": 50.0, "redress": 40.0, "social-value": 60.0, "sustainability": 70.0,
}  # fmt: skip
OTHER_FIGURES = {"posts_in_house": 56.0, "leave_contract": 3_000_000.0}


def looked_at(document: dict, source: str) -> list[dict]:
    """Return the effects of a case with every option looked at for every subject that nobody had looked at yet."""
    found = [one | (MET if one["adverse"] and not one.get("owner") else {}) for one in document["impacts"]]
    seen = {(option, one["subject"]) for one in found for option in one["options"]}
    options = [name for name, option in document["options"].items() if option["model"] != "now"]
    for subject in LOOKED:
        rest = [name for name in options if (name, subject) not in seen]
        if rest:
            found.append({
                "subject": subject, "options": rest, "what": "No effect found", "adverse": False, "source": source,
            })  # fmt: skip
    return found


def answered(document: dict, on: dt.date) -> list[dict]:
    """Return the voices of a case, each with a reply."""
    return [
        one if one.get("reply") else one | {"reply": REPLY, "replied_on": max(on.isoformat(), one["on"])}
        for one in document["voices"]
    ]
