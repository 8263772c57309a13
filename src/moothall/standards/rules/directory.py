"""
Services as Open Referral UK 3.0 writes them (HSDS 3.0, UK profile): plain values, with empty ones left out.

Every id is made from what it names, so it is the same for ever. Source: https://docs.openreferraluk.org/ and
https://docs.openreferral.org/en/3.0/hsds/schema_reference.html
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

NAMES = UUID("2b1f0f6e-7a52-5c0d-9a43-5d1c2f0e8b11")
VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"
OPENAPI = "https://docs.openreferraluk.org/en/latest/openapi30.json"
TOPICS, LGSL = "Topics", "LGSL"
TAXONOMIES = {
    TOPICS: "What a service is about, as residents look for it here",
    LGSL: "Local Government Services List of the Local Government Association (esd-toolkit)",
}
LGSL_TERM = "https://id.esd.org.uk/service/{}"
KINDS = {"county": "County council", "district": "District council", "unitary": "Unitary council"}
MOST, USUAL = 100, 50


@dataclass(frozen=True)
class Organisation:
    """A body as the directory shows it."""

    slug: str
    name: str
    kind: str
    website: str


@dataclass(frozen=True)
class Located:
    """A place where somebody can ask for a service: `opens` are its hours in words, `access` what it has for whom."""

    id: str
    name: str
    address: str
    opens: str
    lat: float
    lon: float
    access: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One body's offer of one service: what the directory calls a service."""

    organisation: Organisation
    definition: object
    url: str
    changed_at: datetime
    #: The least it can cost, in pence.
    fee_from: int
    topics: tuple[tuple[str, str], ...]
    places: tuple["Located", ...] = ()

    @property
    def id(self) -> str:
        """What the directory calls it."""
        return named("service", self.organisation.slug, self.definition.id)


def named(*what: str) -> str:
    """Return the id of something by what it is.

    >>> named("service", "ashby", "fly-tipping") == named("service", "ashby", "fly-tipping")
    True
    """
    return str(uuid5(NAMES, "/".join(what)))


def _filled(**fields) -> dict:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def organisation(body: Organisation) -> dict:
    """Return a body as an organization."""
    kind = KINDS.get(body.kind, "Public body")
    return {"id": named("organization", body.slug), "name": body.name, "description": f"{kind}: {body.name}",
            "website": body.website}  # fmt: skip


def listed(entry: Entry) -> dict:
    """Return an entry as a list of services shows it."""
    definition = entry.definition
    return _filled(
        id=entry.id,
        organization_id=named("organization", entry.organisation.slug),
        name=definition.title.en,
        description=definition.summary.en,
        url=entry.url,
        status="active",
        alert=definition.danger.en if definition.danger else None,
        last_modified=moment(entry.changed_at),
        organization=organisation(entry.organisation),
    )


def whole(entry: Entry) -> dict:
    """Return an entry with all that hangs on it."""
    return listed(entry) | _filled(
        service_areas=[{"id": named("area", entry.id), "service_id": entry.id, "name": entry.organisation.name}],
        service_at_locations=[without(one, "service") for one in at_locations(entry)],
        cost_options=_cost(entry),
        attributes=[attribute(entry.id, term) for term in terms_of(entry)],
    )


def _cost(entry: Entry) -> list[dict]:
    fee = entry.definition.fee
    if fee is None:
        return []
    return [{"id": named("cost", entry.id), "service_id": entry.id, "option": "From",
             "amount": entry.fee_from / 100, "amount_description": fee.per.en}]  # fmt: skip


def at_locations(entry: Entry) -> list[dict]:
    """Return where a service is to be had: on the web, and where people are received."""
    return [_on_the_web(entry), *(_in_person(entry, place) for place in entry.places)]


def _in_person(entry: Entry, place: Located) -> dict:
    location_id = named("location", place.id)
    return {
        "id": named("at-location", entry.id, place.id),
        "service_id": entry.id,
        "location_id": location_id,
        "location": _filled(
            id=location_id, location_type="physical", name=place.name, latitude=place.lat, longitude=place.lon,
            description=f"{place.address}. Open {place.opens}.",
            accessibility=[
                {"id": named("access", place.id, one), "location_id": location_id, "description": one}
                for one in place.access
            ],
        ),
        "service": listed(entry),
    }  # fmt: skip


def _on_the_web(entry: Entry) -> dict:
    return {
        "id": named("at-location", entry.id),
        "service_id": entry.id,
        "location_id": named("location", "web"),
        "location": {"id": named("location", "web"), "location_type": "virtual", "name": "On the web",
                     "description": f"Asked for at {entry.url}"},
        "service": listed(entry),
    }  # fmt: skip


def without(item: dict, *names: str) -> dict:
    """Return an item less some of its fields."""
    return {name: value for name, value in item.items() if name not in names}


def terms_of(entry: Entry) -> list[dict]:
    """Return the terms that an entry is found by: its topics, and its number in the national list."""
    found = [term(TOPICS, code, name) for code, name in entry.topics]
    lgsl = entry.definition.lgsl
    return found + ([term(LGSL, str(lgsl), entry.definition.title.en)] if lgsl else [])


def term(taxonomy: str, code: str, name: str) -> dict:
    """Return a term of a taxonomy."""
    return _filled(
        id=named("term", taxonomy, code),
        name=name,
        description=f"{taxonomy} {code}: {name}" if taxonomy == LGSL else name,
        taxonomy=taxonomy,
        taxonomy_id=named("taxonomy", taxonomy),
        term_uri=LGSL_TERM.format(code) if taxonomy == LGSL else None,
        term=code,
    )


def attribute(link_id: str, found: dict) -> dict:
    """Return that something has a term."""
    return {"id": named("attribute", link_id, found["id"]), "link_id": link_id, "taxonomy_term_id": found["id"],
            "link_type": "service", "taxonomy_term": found}  # fmt: skip


def taxonomy(name: str) -> dict:
    """Return a taxonomy."""
    return {"id": named("taxonomy", name), "name": name, "description": TAXONOMIES[name]}


def moment(at: datetime) -> str:
    """Return a moment to the millisecond, as the standard asks."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def page(items: list, number: int, size: int) -> dict:
    """Return one page of a list with what the standard says about it.

    >>> page(["a", "b", "c"], 2, 2)["contents"], page([], 1, 50)["empty"]
    (['c'], True)
    """
    size = max(1, min(size, MOST))
    pages = max(1, -(-len(items) // size))
    contents = items[(number - 1) * size : number * size] if number >= 1 else []
    return {"total_items": len(items), "total_pages": pages, "page_number": number, "size": len(contents),
            "first_page": number == 1, "last_page": number == pages, "empty": not contents,
            "contents": contents}  # fmt: skip


def about() -> dict:
    """Return what this directory is."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI}
