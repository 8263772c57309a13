"""A newer version of a drawn-down service: what changes, and what becomes of a body's own settings."""

import datetime as dt
from dataclasses import dataclass

from moothall.catalogue import queries as catalogue
from moothall.sharing.models import Adoption, Offer
from moothall.sharing.queries import offering
from moothall.sharing.queries.adoptions import adoption
from moothall.sharing.queries.drawing import check_settings
from moothall.sharing.rules import merging


@dataclass(frozen=True)
class Newer:
    """What a body is offered in place of what it has: the changes in words, its settings carried over, and what ends.

    `gone` are its settings that the new version does not leave open any more.
    """

    adoption: Adoption
    offer: Offer
    old: object
    new: object
    changes: list[merging.Change]
    settings: list[merging.Setting]
    gone: list[str]

    @property
    def unbound(self) -> list[merging.Setting]:
        """Return the settings that a person must decide before the new version is taken."""
        return [row for row in self.settings if row.unbound]


def newer(body_id: int, service_id: str, on: dt.date) -> Newer | None:
    """Return what a body's provider offers in place of the version it has; None where there is nothing newer."""
    running = adoption(body_id, service_id, on)
    if running is None or running.offer_id is None:
        return None
    offer = offering.offer(running.offer_id)
    old, new = catalogue.version(running.version_id), catalogue.version(offer.version_id)
    if new.number <= old.number:
        return None
    opens, now_open = old.definition.leaves_open, new.definition.leaves_open
    own = running.parameters
    kept = {row.name: row.value for row in merging.merge(opens, now_open, own)}
    wrong = check_settings(new.definition, kept, offer.clock)
    return Newer(
        running,
        offer,
        old,
        new,
        merging.changes(old.definition, new.definition, _said(own, kept, old.definition)),
        merging.merge(opens, now_open, own, wrong),
        [opens[name].label for name in merging.dropped(opens, now_open, own)],
    )


def _said(own: dict, kept: dict, old):
    """Return what gives a definition's promise and cost as the body's residents read them."""

    def said(definition) -> dict[str, str]:
        parameters = own if definition is old else kept
        promise = catalogue.promise_words(definition, parameters)
        return {"promise": promise, "cost": catalogue.cost_words(definition, parameters)}

    return said


def newer_own(of: Offer, on: dt.date):
    """Return the version that an offer's provider runs itself (Published), where it is newer than the offer's."""
    own = adoption(of.body_id, of.service_id, on)
    if own is None or own.provider_id != of.body_id:
        return None
    mine, offered = catalogue.version(own.version_id), catalogue.version(of.version_id)
    return mine if mine.number > offered.number else None
