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
    changes: list[catalogue.Change]
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
        catalogue.changed(old.definition, new.definition, _said(old.definition, own), _said(new.definition, kept)),
        merging.merge(opens, now_open, own, wrong),
        [opens[name].label for name in merging.dropped(opens, now_open, own)],
    )


def _said(definition, parameters: dict) -> dict[str, str]:
    """Return the promise and the cost as a body's residents read them."""
    promise = catalogue.promise_words(definition, parameters)
    return {"promise": promise, "cost": catalogue.cost_words(definition, parameters)}


def own_changes(body_id: int, newest, parameters: dict, on: dt.date) -> list[catalogue.Change]:
    """Return what would be different for a body's residents if it offered a version (Published) with these settings.

    Empty where it offers nothing now.
    """
    running = adoption(body_id, newest.service_id, on)
    if running is None:
        return []
    old = catalogue.definition(running.version_id)
    return catalogue.changed(
        old, newest.definition, _said(old, running.parameters), _said(newest.definition, parameters)
    )


def newer_own(of: Offer, on: dt.date):
    """Return the version that an offer's provider runs itself (Published), where it is newer than the offer's."""
    own = adoption(of.body_id, of.service_id, on)
    if own is None or own.provider_id != of.body_id:
        return None
    mine, offered = catalogue.version(own.version_id), catalogue.version(of.version_id)
    return mine if mine.number > offered.number else None


def carried(body_id: int, newest, on: dt.date) -> dict:
    """Return the settings that a body has for a service on a day, as the newest version (Published) takes them.

    What it left as proposed follows what is proposed now; empty where it does not offer the service.
    """
    running = adoption(body_id, newest.service_id, on)
    if running is None:
        return {}
    if running.version_id == newest.id:
        return running.parameters
    opens, now_open = catalogue.definition(running.version_id).leaves_open, newest.definition.leaves_open
    merged = {row.name: row.value for row in merging.merge(opens, now_open, running.parameters)}
    wrong = catalogue.check_parameters(newest.definition, merged)
    return {name: value for name, value in merged.items() if name not in wrong}
