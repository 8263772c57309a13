"""What predecessors of one council do in different ways: services, what they offer to others, what is paid for it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.reorganisation.models import Setting
from moothall.reorganisation.queries.plans import PlanFact
from moothall.sharing import queries as sharing

ADOPTION, OFFER, PRICE = "adoption", "offer", "price"
LANGUAGES = {"en": "English", "cy": "Welsh"}


@dataclass(frozen=True)
class Way:
    """How one predecessor does it: the id of what says so, and what it says as (label, value in words)."""

    body: object
    key: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Differing:
    """Something that the predecessors of one successor do in different ways, and what was decided."""

    successor: object
    service_id: str
    matter: str
    title: str
    ways: tuple[Way, ...]
    decided: Setting | None


def differing(found: PlanFact, on: dt.date) -> list[Differing]:
    """Return what differs: services by their settings, offers to others, and prices; in the order of their titles.

    Read on the day before vesting: what held then is what passes on.
    """
    eve = on - dt.timedelta(days=1)
    said = {
        (row.body_id, row.service_id, row.matter): row for row in Setting.objects.filter(reorganisation_id=found.row.pk)
    }
    together: dict[tuple, list[Way]] = defaultdict(list)
    for read in (_services, _offers, _prices):
        for successor_id, service_id, matter, way in read(found, eve):
            together[successor_id, service_id, matter].append(way)
    rows = [
        Differing(bodies.body(key[0]), key[1], key[2], _title(*key[1:]), tuple(ways), said.get(key))
        for key, ways in together.items()
        if len({way.said for way in ways}) > 1
    ]
    return sorted(rows, key=lambda one: (one.title, one.successor.name))


def undecided(found: PlanFact) -> list[Differing]:
    """Return what differs and is not decided."""
    return [one for one in differing(found, found.row.vesting) if one.decided is None]


def _title(service_id: str, matter: str) -> str:
    title = catalogue.titles([service_id])[service_id].en
    if matter == ADOPTION:
        return title
    if matter == OFFER:
        return f"{title}, as offered to others"
    payer, provider = (bodies.body(int(number)).name for number in matter.split("-")[1:])
    return f"{title}, what {payer} pays {provider}"


def _services(found: PlanFact, eve: dt.date) -> Iterator[tuple]:
    for successor in found.successors:
        for body in found.before(successor.id):
            for adoption in sharing.adoptions(eve, body_id=body.id):
                yield successor.id, adoption.service_id, ADOPTION, _way(body, adoption)


def _way(body, adoption) -> Way:
    published, own = catalogue.version(adoption.version_id), adoption.parameters
    settings = tuple(
        catalogue.setting_told(one, own.get(name, one.default))
        for name, one in published.definition.leaves_open.items()
    )
    provider = "its own teams" if adoption.provider_id == body.id else bodies.body(adoption.provider_id).name
    return Way(body, str(adoption.pk), (("Version", str(published.number)), ("Done by", provider), *settings))


def _offers(found: PlanFact, eve: dt.date) -> Iterator[tuple]:
    """Give each offer that a predecessor makes, for the successor that takes what has no place."""
    for line in found.lines:
        if line.residuary:
            for row in sharing.offers(eve, body_id=line.body_id):
                yield line.successor_id, row.service_id, OFFER, _offered(row, eve)


def _offered(row, eve: dt.date) -> Way:
    said = (
        ("Version", str(catalogue.version(row.version_id).number)),
        ("Done by", row.get_provision_display()),
        ("Price", sharing.price_words(row.rule)),
        ("VAT", _vat(row.vat, eve)),
        ("Requests a week", str(row.capacity)),
        ("Soonest", sharing.clock_words(row)),
        ("Languages", ", ".join(LANGUAGES.get(one, one) for one in row.languages)),
        ("Hours", row.hours),
        ("Terms", row.terms),
    )
    return Way(bodies.body(row.body_id), str(row.pk), said)


def _vat(code: str, day: dt.date) -> str:
    return sharing.vat_treatment(code, day).words


def _prices(found: PlanFact, eve: dt.date) -> Iterator[tuple]:
    """Give what one pays another, once both are as they will be: two predecessors' prices can become one."""
    becomes = {line.body_id: line.successor_id for line in found.lines if line.residuary}
    seen = set()
    for own in sorted(becomes):
        for row in sharing.terms_of(own, eve):
            payer, provider = (becomes.get(one, one) for one in (row.body_id, row.provider_id))
            if payer != provider and row.pk not in seen:
                seen.add(row.pk)
                successor = payer if row.body_id in becomes else provider
                yield successor, row.service_id, f"{PRICE}-{payer}-{provider}", _priced(own, row, eve)


def _priced(own: int, row, eve: dt.date) -> Way:
    until = f"{row.ends:%-d %B %Y}" if row.ends else "no end"
    said = (("Price", sharing.price_words(row.price)), ("VAT", _vat(row.vat, eve)), ("Until", until))
    return Way(bodies.body(own), str(row.pk), said)
