"""What invented bodies write down before a service goes live."""

import datetime as dt

COUNCILS = ("county", "district")
FORTNIGHT = dt.timedelta(days=14)


def own_papers(body, day: dt.date) -> dict[str, dict]:
    """Return what a body writes down before its own staff do a service: decided a fortnight before, nobody moves.

    `body` has `code` and `kind`.
    """
    return {
        "own-decision": {
            "decided_by": "Cabinet" if body.kind in COUNCILS else "Board",
            "decided_on": (day - FORTNIGHT).isoformat(),
            "reference": f"{body.code}/{day:%y}/3",
        },
        "staff": {"moves": False},
    }


def shared_papers(body, provider, day: dt.date) -> dict[str, dict]:
    """Return what a body writes down before another does a service for it; both have `code`, `slug` and `name`."""
    decided = day - FORTNIGHT
    return {
        "legal-route": {
            "route": "executive-functions",
            "note": f"It is for our executive to arrange; {provider.name}’s carries it out for us.",
        },
        "decision": {
            "decided_by": "Cabinet",
            "decided_on": decided.isoformat(),
            "reference": f"{body.code}/CAB/{decided:%y}/17",
            "councillor": "Portfolio holder for the service",
            "document": f"https://www.{body.slug}.example/cabinet/17",
        },
        "staff": {"moves": False},
    }
