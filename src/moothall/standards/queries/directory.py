"""Our services as a directory of Open Referral UK: one entry for each service that a partner offers."""

import datetime as dt

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.ports import access_points
from moothall.core.refusal import Refusal
from moothall.sharing import queries as sharing
from moothall.standards.rules import directory as rules
from moothall.standards.rules.directory import Entry, Located, Organisation


class NoSuchEntry(Refusal):
    """There is no such entry in this directory. Its list says which there are."""

    status = 404


def entries(at: dt.datetime) -> list[Entry]:
    """Return every service that a partner offers and that takes cases, by title and body."""
    partners = {body.id: _organisation(body) for body in bodies.bodies(partner=True)}
    offered = [one for one in sharing.adoptions(local(at).date()) if one.body_id in partners]
    known = {published.service_id for published in catalogue.services()}
    changed = catalogue.published_at({one.version_id for one in offered})
    topics = catalogue.topics()
    received = [place for answer in access_points for place in answer.give(None, "")]
    found = [
        _entry(one, partners[one.body_id], changed, topics, received) for one in offered if one.service_id in known
    ]
    return sorted(found, key=lambda entry: (entry.definition.title.en, entry.organisation.name))


def _organisation(body) -> Organisation:
    return Organisation(body.slug, body.name, body.kind, f"{settings.MOOTHALL_ADDRESS}/b/{body.slug}/")


def _entry(one, organisation: Organisation, changed: dict, topics: dict, received: list[dict]) -> Entry:
    definition = catalogue.definition(one.version_id)
    named = tuple((code, topics[code].en) for code in definition.topics if code in topics)
    return Entry(
        organisation=organisation,
        definition=definition,
        url=f"{settings.MOOTHALL_ADDRESS}/services/{definition.id}/",
        changed_at=changed[one.version_id],
        fee_from=catalogue.fee_from(definition, one.parameters),
        topics=named,
        places=tuple(
            _located(place) for place in received
            if place["body_id"] == one.body_id and definition.id in place["services"]
        ),
    )  # fmt: skip


def _located(place: dict) -> Located:
    return Located(
        id=str(place["id"]), name=place["name"], address=f"{place['address']}, {place['postcode']}",
        opens=catalogue.hours_in_words(place["hours"]), lat=place["lat"], lon=place["lon"],
        access=tuple(one.replace("-", " ") for one in place["access"]),
    )  # fmt: skip


def found_in(
    at: dt.datetime, *, words: str = "", term_id: str = "", organisation_id: str = "", since: dt.datetime | None = None
) -> list[Entry]:
    """Return the entries that all of these fit: somebody's own words, a term, an organisation, changed since."""
    wanted = {published.service_id for published in catalogue.find(words, limit=50)} if words else None
    return [
        entry
        for entry in entries(at)
        if (wanted is None or entry.definition.id in wanted)
        and (not term_id or term_id in {term["id"] for term in rules.terms_of(entry)})
        and (not organisation_id or organisation_id == rules.named("organization", entry.organisation.slug))
        and (since is None or entry.changed_at >= since)
    ]


def directory_service(entry_id: str, at: dt.datetime) -> dict:
    """Return one service with all that hangs on it; refuses NoSuchEntry."""
    return chosen([rules.whole(entry) for entry in entries(at) if entry.id == entry_id], entry_id)


def at_locations(at: dt.datetime) -> list[dict]:
    """Return where each service is to be had."""
    return [place for entry in entries(at) for place in rules.at_locations(entry)]


def taxonomies() -> list[dict]:
    """Return the taxonomies that services are found by."""
    return [rules.taxonomy(name) for name in rules.TAXONOMIES]


def terms(at: dt.datetime) -> list[dict]:
    """Return the terms that the entries have, by taxonomy and name."""
    found = {term["id"]: term for entry in entries(at) for term in rules.terms_of(entry)}
    return sorted(found.values(), key=lambda term: (term["taxonomy"], term["name"], term["id"]))


def chosen(items: list[dict], item_id: str) -> dict:
    """Return the item of a list that has an id; refuses NoSuchEntry."""
    found = next((item for item in items if item["id"] == item_id), None)
    if found is None:
        raise NoSuchEntry()
    return found
