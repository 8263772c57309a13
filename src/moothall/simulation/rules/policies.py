"""Marchshire's own policies, contract and rounds: invented, and said so. What follows a national code names it."""

from datetime import date

HIGHWAYS_POLICY = {
    "starts": date(2024, 4, 1),
    "source": "Marchshire highway safety inspection policy 2024, table 3 (invented); method: Well-managed Highway "
    "Infrastructure (UK Roads Liaison Group, 2016), recommendation 7, a risk-based approach",
    "data": {
        "bands": [
            {"at_least": 12, "risk": "high", "days": 2},
            {"at_least": 6, "risk": "medium", "days": 28},
            {"at_least": 1, "risk": "low", "days": None},
        ],
        "methods": [
            {"code": "patch", "for": ["pothole"], "title": "Permanent patch, up to 1 square metre", "pence": 8420},
            {
                "code": "large-patch",
                "for": ["pothole"],
                "title": "Permanent patch, over 1 square metre",
                "pence": 21650,
            },
            {"code": "fill", "for": ["pothole"], "title": "Filled for now", "pence": 3980},
            {"code": "lamp", "for": ["street light"], "title": "Lamp or part replaced", "pence": 6150},
        ],
    },
}

SURFACING = {
    "number": "MAR-2023-017",
    "title": "Carriageway surfacing, central area",
    "contractor": "Arden Vale Surfacing Limited",
    "matter": "Carriageway surfacing",
    "spending": "capital",
    "pence": 412_000_000,
    "signed": date(2023, 3, 6),
    "starts": date(2023, 4, 1),
    "ends": date(2027, 4, 1),
    "source": "Contract register of Marchshire County Council, entry MAR-2023-017 (invented)",
}
NO_DEFECTS = {
    "number": "12.4",
    "kind": "no_defect_guarantee",
    "words": "Should a pothole appear within five years of the certificate on a surfaced stretch, the Contractor bears "
    "the cost of its repair and £250 for each, half as much again for every earlier one on the same stretch, and no "
    "more than £1,000 for one. A fraction of a penny is dropped. Trenches of utilities, crashes, fires do not count.",
    "source": "Contract MAR-2023-017, clause 12.4 (invented)",
    "data": {
        "years": 5,
        "kinds": ["pothole"],
        "excludes": ["utility", "collision"],
        "deduction": {"recover_repair": True, "fixed_pence": 25000, "repeat_percent": 50, "cap_pence": 100000},
    },
}
CERTIFIED = date(2023, 9, 15)
SURFACED = (("Mill Lane", "Ashby"),)
"""Streets, by name and place, that the contract surfaced."""

ROUNDS_SINCE = date(2024, 4, 1)  # a Monday
STREAMS = (("refuse", "Rubbish", 2, 0), ("recycling", "Recycling", 2, 1), ("food", "Food waste", 1, 0),
           ("garden", "Garden waste", 2, 1))  # fmt: skip
"""Stream, name, every how many weeks, weeks after the first."""

WORKED_HOLIDAYS = ("Good Friday",)
"""Bank holidays on which the districts' crews work all the same."""
SHIFT_SOURCE = (
    "Marchshire districts' collection calendar (invented): a day later after a bank holiday, Good Friday excepted"
)
