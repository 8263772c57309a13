"""Set a body up: its area, teams, people, books and services."""

import datetime as dt

import shapely

from moothall.bodies import actions as organising
from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import current_scope
from moothall.ledger import actions as ledger
from moothall.onboarding import queries
from moothall.onboarding.rules.area import BadArea, polygons
from moothall.onboarding.rules.packs import Pack, pack
from moothall.onboarding.rules.staff import Colleague
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared

NEAR = 1.0
"""Square kilometres by which two outlines of the same border may overlap: they are drawn by different hands."""
MONTHS = 24


class AreaWrong(Refusal):
    """That is no area we can use. Export the outline as GeoJSON and choose that file."""

    status = 422


class AreaOverlaps(Refusal):
    """That area lies over another council's. Check the outline with it, then send it again."""


class HasArea(Refusal):
    """The area is set already. A change of borders is made by law: ask the platform's office to enter it."""


class NotBrought(Refusal):
    """Somebody of that list cannot be brought in. Take the line out, and send it again."""

    status = 422


class UnknownPack(Refusal):
    """There is no such starter pack for this kind of body. Choose one from the list."""

    status = 422


def set_area(*, body_id: int, geojson: str = "", areas: list[int] = (), at: dt.datetime, by: Actor) -> None:
    """Set the land that a body answers for: an outline as GeoJSON in longitude and latitude, or areas known here (ids).

    Raises AreaWrong, HasArea, AreaOverlaps (two councils of one tier never answer for the same land: Local Government
    Act 1972 s.1), NotYours.
    """
    _own(body_id)
    if bodies.area_of(body_id):
        raise HasArea
    shape = _outlined(geojson) if geojson else bodies.joined_areas(list(areas))
    if shape is None or shape.is_empty:
        raise AreaWrong(field="outline")
    for other, overlap in bodies.overlaps(body_id, shape):
        if overlap / 1e6 > NEAR:
            raise AreaOverlaps(
                f"That area lies over {overlap / 1e6:,.0f} square kilometres of {other.name}’s. "
                "Check the outline with them, then send it again.",
                field="outline",
            )
    body = bodies.body(body_id)
    area = {"kind": "body", "code": f"B{body.code}", "name": body.name, "body_id": body_id, "polygons": _rings(shape)}
    organising.lay_out(areas=[area], at=at, by=by)


def _outlined(geojson: str):
    try:
        found = polygons(geojson)
    except BadArea as wrong:
        raise AreaWrong(str(wrong), field="outline") from None
    shape = bodies.shape_of(found)
    if not shape.is_valid:
        raise AreaWrong("That outline crosses itself. Mend its geometry and export it again.", field="outline")
    return shape


def _rings(shape) -> list:
    parts = shape.geoms if isinstance(shape, shapely.MultiPolygon) else [shape]
    return [
        [[[round(x), round(y)] for x, y in ring.coords] for ring in (part.exterior, *part.interiors)] for part in parts
    ]


def bring_staff(*, body_id: int, people: list[Colleague], at: dt.datetime, by: Actor) -> int:
    """Bring colleagues in, each told by e-mail how to sign in; return how many were new.

    Who holds these roles today already is left alone. Raises NotBrought, for a resident's address and for oneself.
    """
    today = local(at).date()
    teams = {team.code: team.pk for team in bodies.teams(body_id)}
    known = queries.appointed(body_id, today)
    new = [one for one in people if not set(one.roles) <= known.get(one.email, set())]
    for one in new:
        try:
            organising.bring_in(
                body_id=body_id, email=one.email, name=one.name, roles=list(one.roles), team_id=teams.get(one.team),
                starts=one.starts, at=at, by=by,
            )  # fmt: skip
        except (organising.ResidentsAddress, organising.NotOneself) as refusal:
            raise NotBrought(f"{one.email}: {refusal.message} Nobody of the list was brought in.") from None
    return len(new)


def open_books(*, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Give a body the accounts that every body begins with, and two years of months from this one on."""
    _own(body_id)
    ledger.open_books(body_id=body_id, month=local(at).date(), months=MONTHS, at=at, by=by)


def take_pack(*, body_id: int, code: str, papers: dict[str, dict], at: dt.datetime, by: Actor) -> int:
    """Form the teams of a starter pack and draw its services down from today; return how many services were new.

    `papers` is what the gates of own provision need (`sharing.actions.draw_down_own`), once for them all. What is there
    already stays as it is. Raises UnknownPack, NotYours, and what drawing down refuses.
    """
    _own(body_id)
    found = pack(code)
    if found is None or found.kind != bodies.body(body_id).kind:
        raise UnknownPack(field="pack")
    _form_teams(body_id, found, at, by)
    today = local(at).date()
    offered = {row.service_id for row in shared.adoptions(today, body_id=body_id)}
    missing = [one for one in found.services if one not in offered]
    for service_id in missing:
        sharing.draw_down_own(body_id=body_id, service_id=service_id, papers=papers, starts=today, at=at, by=by)
    return len(missing)


def _form_teams(body_id: int, found: Pack, at: dt.datetime, by: Actor) -> None:
    there = {team.code for team in bodies.teams(body_id)}
    for code, name in found.teams.items():
        if code not in there:
            organising.form_team(body_id=body_id, code=code, name=name, at=at, by=by)


def _own(body_id: int) -> None:
    """Refuse who does not act for a body that is joining."""
    if body_id not in current_scope().bodies:
        raise NotYours
    queries.joining(body_id)
