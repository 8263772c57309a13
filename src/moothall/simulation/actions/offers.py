"""Let districts offer their garden waste to each other: one draws it down, another is still asking for signatures."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared

ASHBY, BORLEY, COVEHAM, DUNMERE = 2, 3, 4, 5
SERVICE = "garden-waste"
SIGNERS = ("monitoring-officer", "section-151-officer")
OFFERS = {
    ASHBY: {
        "capacity": 40,
        "price": {"method": "per-case", "pence": 2150},
        "languages": ["en", "cy", "pl"],
        "hours": "Monday to Friday, 7am to 4pm",
        "terms": (
            "We bring the bin, empty it every two weeks and answer residents about the round. You keep the fee that "
            "you set, answer for the service, and take complaints. Either side may end it with six months’ notice."
        ),
    },
    COVEHAM: {
        "capacity": 15,
        "price": {"method": "by-band", "bands": [{"up_to": 300, "pence": 2600}, {"pence": 1900}]},
        "languages": ["en"],
        "hours": "Monday to Thursday, 6am to 3pm",
        "terms": (
            "We empty bins every two weeks from March to November and once a month in winter. New bins are yours to "
            "buy; we bring them. A year’s notice on either side."
        ),
    },
}
DRAWN = {
    (BORLEY, SERVICE): {"fee_pence": 4500, "most_bins": 3, "deliver_days": 12},
    (DUNMERE, SERVICE): {"fee_pence": 5500, "most_bins": 2, "deliver_days": 15},
}


def offer_services(*, at: dt.datetime, by: Actor) -> None:
    """Let Ashby and Coveham offer garden waste; Borley draws it down from Ashby from that day, Dunmere has a draft.

    Dunmere's draft waits for its section 151 officer.
    """
    offers = {}
    for body_id, said in OFFERS.items():
        price = shared.PriceRule.model_validate(said["price"])
        with scoped(Scope(bodies=(body_id,), purpose="offering", actor=by)):
            offers[body_id] = sharing.offer_service(
                body_id=body_id, service_id=SERVICE, **said | {"price": price}, provision="own-staff",
                vat="non-business", clock=10, starts=at.date(), at=at, by=post(body_id, "manager", at),
            )  # fmt: skip
    draw(BORLEY, offers[ASHBY], at=at)
    draw(DUNMERE, offers[ASHBY], signers=("monitoring-officer",), at=at)


def draw(body_id: int, offer, *, signers: tuple[str, ...] = SIGNERS, at: dt.datetime) -> None:
    """Draw an offer down up to the signatures that are there; live where none is missing."""
    office = post(body_id, "partnership-office", at)
    with scoped(Scope(bodies=(body_id,), purpose="drawing down", actor=office)):
        told = {"at": at, "by": office}
        draw_id = sharing.begin_draw_down(offer_id=offer.pk, body_id=body_id, **told).pk
        sharing.set_draw_down(draw_id=draw_id, parameters=DRAWN.get((body_id, offer.service_id), {}), **told)
        for gate, given in _papers(body_id, offer.body_id, at).items():
            sharing.write_evidence(draw_id=draw_id, gate=gate, given=given, **told)
        for role in signers:
            sharing.sign(draw_id=draw_id, gate=role, at=at, by=post(body_id, role, at))
        if signers == SIGNERS:
            sharing.go_live(draw_id=draw_id, starts=at.date(), **told)


def _papers(body_id: int, provider_id: int, at: dt.datetime) -> dict[str, dict]:
    """Return what a cabinet decided a fortnight before, and that nobody changes employer."""
    body, decided = bodies.body(body_id), at.date() - dt.timedelta(days=14)
    return {
        "legal-route": {
            "route": "executive-functions",
            "note": f"It is for our executive to arrange; {bodies.body(provider_id).name}’s carries it out for us.",
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


def post(body_id: int, role: str, at: dt.datetime) -> Actor:
    """Return who holds a post in a body on a day, as whoever does something."""
    with scoped(Scope(bodies=(body_id,), purpose="drawing down")):
        return Actor("staff", str(bodies.staff(body_id, at.date(), role).first().account_id), body_id)
