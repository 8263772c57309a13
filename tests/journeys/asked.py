"""What is asked for in journeys: in whose words, and with which answers. Places and some days are the journey's own."""

import datetime as dt
from dataclasses import dataclass

HERE, PHOTO = object(), object()


@dataclass(frozen=True)
class Asked:
    """Words that find a service, by language, and what is answered, by question."""

    words: dict[str, str]
    answers: dict[str, object]


WORDS = {
    "report-pothole": "big hole in the road",
    "street-light": "street lamp does not work",
    "fly-tipping": "someone dumped a mattress",
    "missed-bin": "my bin was not emptied",
    "bulky-waste": "get rid of an old sofa",
    "garden-waste": "bin for hedge cuttings",
    "complaint": "nobody answered, I want to complain",
}

ANSWERS: dict[str, dict[str, object]] = {
    "report-pothole": {
        "where": HERE,
        "surface": "road",
        "width": "dustbin-lid",
        "depth": "fist",
        "avoiding": True,
        "photo": PHOTO,
        "more": "Next to the drain.",
    },
    "street-light": {"where": HERE, "kind": "light", "fault": "damaged", "column": "AB 12", "photo": None},
    "fly-tipping": {
        "where": HERE,
        "what": ["bags", "furniture"],
        "amount": "boot",
        "land": "public",
        "blocks": False,
        "saw": True,
        "seen_what": "A man with a white van, at nine in the evening.",
        "vehicle": None,
        "witness": False,
        "photo": None,
    },
    "missed-bin": {"where": HERE, "bin": "garden", "day": dt.date, "out": True, "where_out": "kerb"},
    "bulky-waste": {
        "where": HERE,
        "home": True,
        "items": ["sofa", "other"],
        "other_items": "A rug",
        "count": "3",
        "low_income": False,
        "put_out": "front",
        "agreed": True,
    },
    "garden-waste": {"where": HERE, "start": "new", "bins": "2", "agreed": True},
    "complaint": {
        "about": "delay",
        "reference": None,
        "had_answer": False,
        "where": HERE,
        "happened": "I was told it would be done by Tuesday, and nobody came.",
        "put_right": "Come, and tell me what went wrong.",
        "for_other": False,
        "needs_from_us": None,
        "evidence": None,
    },
}

EVERY = {service: Asked({"en": words}, ANSWERS[service]) for service, words in WORDS.items()}
"""The services that meet every way of asking: see `plan`."""
