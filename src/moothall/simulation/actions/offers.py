"""Let districts offer work to each other: two draw garden waste down, one is still asking for a signature."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared
from moothall.simulation.queries import post
from moothall.simulation.rules.papers import shared_papers

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
LARGE = {
    "service_id": "bulky-waste",
    "capacity": 25,
    "price": {"method": "per-case", "pence": 3400},
    "languages": ["en"],
    "hours": "Tuesday to Friday, 7am to 4pm",
    "terms": "Two people and a lorry, up to eight things at a time. You take booking and fee. Six months’ notice.",
}
OWN_WORDS = {
    "en": "Put it at the end of your drive by 6.30am on the day, handles towards the road.",
    "cy": "Rhowch ef ar ben eich rhodfa erbyn 6.30yb ar y diwrnod, a'r dolenni tua'r ffordd.",
}
DRAWN = {
    (BORLEY, SERVICE): {"fee_pence": 4500, "most_bins": 3, "deliver_days": 12, "put_out": OWN_WORDS},
    (DUNMERE, SERVICE): {"fee_pence": 5500, "most_bins": 2, "deliver_days": 15, "asks_photo": True},
}
TOLD = (
    (BORLEY, "role", "manager", ("late",)),
    (BORLEY, "mailbox", "garden.waste@{slug}.example", ("opened", "ended")),
    (DUNMERE, "role", "councillor", ("late",)),
)
"""Whom of their own they tell of garden waste: who, named how, and when."""


def offer_services(*, at: dt.datetime, by: Actor) -> None:
    """Let Ashby and Coveham offer garden waste, and Ashby large items; Borley and Dunmere draw garden waste from Ashby.

    Coveham's draft of large items waits for its section 151 officer.
    """
    offers = {}
    for body_id, said in OFFERS.items():
        price = shared.PriceRule.model_validate(said["price"])
        with scoped(Scope(bodies=(body_id,), purpose="offering", actor=by)):
            offers[body_id] = sharing.offer_service(
                body_id=body_id, service_id=SERVICE, **said | {"price": price}, provision="own-staff",
                vat="non-business", clock=10, starts=at.date(), at=at, by=post(body_id, "manager", at),
            )  # fmt: skip
    draw_down(body_id=BORLEY, offer=offers[ASHBY], at=at, by=by)
    draw_down(body_id=DUNMERE, offer=offers[ASHBY], at=at, by=by)
    for body_id, kind, named, moments in TOLD:
        with scoped(Scope(bodies=(body_id,), purpose="drawing down", actor=by)):
            sharing.tell(
                body_id=body_id, service_id=SERVICE, kind=kind, named=named.format(slug=bodies.body(body_id).slug),
                moments=list(moments), at=at, by=post(body_id, "manager", at),
            )  # fmt: skip
    manager = post(ASHBY, "manager", at)
    with scoped(Scope(bodies=(ASHBY,), purpose="offering", actor=manager)):
        large = sharing.offer_service(
            body_id=ASHBY, **LARGE | {"price": shared.PriceRule.model_validate(LARGE["price"])},
            provision="own-staff", vat="non-business",
            clock=catalogue.soonest(catalogue.current(LARGE["service_id"]).definition), starts=at.date(), at=at,
            by=manager,
        )  # fmt: skip
    draw_down(body_id=COVEHAM, offer=large, signers=("monitoring-officer",), at=at, by=by)


def draw_down(*, body_id: int, offer, signers: tuple[str, ...] = SIGNERS, at: dt.datetime, by: Actor) -> None:
    """Draw an offer down up to the signatures that are there; live where none is missing."""
    office = post(body_id, "partnership-office", at)
    with scoped(Scope(bodies=(body_id,), purpose="drawing down", actor=office)):
        told = {"at": at, "by": office}
        draw_id = sharing.begin_draw_down(offer_id=offer.pk, body_id=body_id, **told).pk
        sharing.set_draw_down(draw_id=draw_id, parameters=DRAWN.get((body_id, offer.service_id), {}), **told)
        for gate, given in shared_papers(bodies.body(body_id), bodies.body(offer.body_id), at.date()).items():
            sharing.write_evidence(draw_id=draw_id, gate=gate, given=given, **told)
        for role in signers:
            sharing.sign(draw_id=draw_id, gate=role, at=at, by=post(body_id, role, at))
        if signers == SIGNERS:
            sharing.go_live(draw_id=draw_id, starts=at.date(), **told)
