"""Terms of an invented partnership, as data; tests change what they are about."""

from tests.world import ASHBY, BORLEY


def terms(councillor: str = "Ada Example", **changes) -> dict:
    """Return terms by which Ashby does Borley's garden waste, Borley Ashby's large items."""
    return {
        "name": "Ashby and Borley waste",
        "name_cy": "Gwastraff Ashby a Borley",
        "purpose": "Empty more bins with the lorries there are.",
        "starts": "2026-12-01",
        "model": "lead-authority",
        "lead": ASHBY,
        "members": [{"body_id": ASHBY, "starts": "2026-12-01"}, {"body_id": BORLEY, "starts": "2026-12-01"}],
        "aims": [
            {"words": "Fewer missed bins", "when": "near", "measure": "missed bins a month", "unit": "bins",
             "direction": "at-most", "target": "40", "due": "2027-12-01"},
            {"words": "One round across the border", "words_cy": "Un rownd ar draws y ffin", "when": "far",
             "measure": "rounds shared", "target": "6", "due": "2030-04-01"},
        ],
        "services": [
            {"title": "Garden waste", "service_id": "garden-waste", "accountable": ASHBY, "councillor": councillor,
             "provider": ASHBY, "receivers": [BORLEY]},
        ],
        "powers": [{"what": "The yearly price", "who": "Both cabinets"}],
        "interests": [{"body_id": ASHBY, "what": "None"}, {"body_id": BORLEY, "what": "None"}],
        "costs": [{"service": "Garden waste", "method": "per-case", "words": "£4.20 a bin"}],
        "exit": {"notice_months": 6, "cost_pence": 250000, "words": "Lorries stay with their owner."},
    } | changes  # fmt: skip
