"""Answers to what the chapters above ask of all."""

import json

from moothall.bodies import queries
from moothall.bodies.rules.shapes import joined
from moothall.core import personal, ports, succession
from moothall.core.belongings import Share, published


@ports.body_ids.answer("bodies_body")
def partners() -> list[int]:
    """Return the ids of the bodies that work on this platform, and of those before them whose records are kept here."""
    return sorted({one for body in queries.bodies(partner=True) for one in queries.lineage(body.id)})


@ports.lineage.answer()
def sees(body_id: int) -> tuple[int, ...]:
    """Return the bodies whose rows a body sees, itself first."""
    return queries.lineage(body_id)


personal.free("bodies_group", "name", why="a group of an organisation's sign-in, and none of its people")
personal.declare(
    "bodies_staff",
    "name",
    "roles",
    purpose="know who may do what in a body",
    basis="contract",
    keep="6 years after the appointment ended (Limitation Act 1980 s.5)",
    answered_by="the body as employer",
)


@ports.belongings.answer("bodies_body", "bodies_area", "bodies_street", "bodies_dwelling")
def goes_along() -> dict[str, Share]:
    """Bodies, land and teams are published: all of them go, and only the body that leaves works at the new place."""
    land = "the map: what is published, so that places are found at the new place too"
    return {
        "bodies_body": published("bodies and their names; the others do not work there", partner="id = %(body)s"),
        **dict.fromkeys(("bodies_area", "bodies_street", "bodies_dwelling", "bodies_dutyexception"), published(land)),
        "bodies_edition": published(land),
        "bodies_team": published("the names of teams"),
    }


TEAMS = """
insert into bodies_team (body_id, code, name, starts)
select distinct on (x.successor, t.code) x.successor, t.code, t.name, %(day)s
from unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor)
join bodies_team t on t.body_id = x.predecessor and t.ends is null
where not exists (select 1 from bodies_team o where o.body_id = x.successor and o.code = t.code)
order by x.successor, t.code, x.predecessor returning id"""
APPOINT = """
insert into bodies_staff (account_id, body_id, team_id, name, roles, starts)
select o.account_id, w.heir, (select n.id from bodies_team n where n.body_id = w.heir and n.code = coalesce(w.team,
  (select t.code from bodies_team t where t.id = o.team_id))), o.name, coalesce(w.roles, o.roles),
  greatest(o.starts, %(day)s::date)
from jsonb_to_recordset(%(list)s::jsonb) as w(staff bigint, heir smallint, team text, roles text[])
join bodies_staff o on o.id = w.staff where o.ends is null or o.ends > %(day)s returning id"""
LAND = """
insert into bodies_area (kind, code, name, body_id, polygons, easting, northing, starts)
values ('body', %(code)s, %(name)s, %(body)s, %(polygons)s::jsonb, %(easting)s, %(northing)s, %(day)s) returning id"""


def _found_successors(moving: succession.Moving) -> None:
    """Let the successors begin: until the day each was a shadow that nobody could ask for anything."""
    for body in moving.successors:
        begins = {"partner": "true", "starts": "%(day)s::date", "ends": "null::date"}
        moving.change("bodies_body", begins, "where t.id = %(body)s", body=body)


def _join_land(moving: succession.Moving) -> None:
    """Give each successor the land of its predecessors, or the areas that it was given of one."""
    for body in moving.successors:
        mine = [line for line in moving.lines if line.successor == body]
        rows = moving.sql(
            "select polygons from bodies_area where (kind = 'body' and body_id = any(%(whole)s) and ends is null) "
            "or id = any(%(given)s) order by id",
            whole=[x.predecessor for x in mine if not x.divided], given=[a for x in mine for a in x.land],
        ).fetchall()  # fmt: skip
        if not rows:
            continue
        polygons, inside = joined([polygons for (polygons,) in rows])
        code, name = moving.sql("select code, name from bodies_body where id = %(body)s", body=body).fetchone()
        moving.add("bodies_area", LAND, code=f"B-{code}-{body}", name=name, body=body, polygons=json.dumps(polygons),
                   easting=round(inside[0]), northing=round(inside[1]))  # fmt: skip


def _move_staff(moving: succession.Moving) -> None:
    """Form the teams and appoint the staff at the successor: as the transfer list says, else to the same team."""
    moving.add("bodies_team", TEAMS, before=[x.predecessor for x in moving.lines],
               after=[x.successor for x in moving.lines])  # fmt: skip
    said = moving.decided.get("staff", {})
    rows = moving.sql(
        "select id, body_id from bodies_staff where body_id = any(%(bodies)s) and (ends is null or ends > %(day)s)",
        bodies=moving.predecessors,
    ).fetchall()
    wanted = [
        {"heir": moving.heirs(body)[0].successor, "team": None, "roles": None} | said.get(str(number), {})
        | {"staff": number} for number, body in rows
    ]  # fmt: skip
    moving.add("bodies_staff", APPOINT, list=json.dumps([row for row in wanted if row["heir"]]))


def _new_edition(moving: succession.Moving) -> None:
    moving.sql("update bodies_edition set stamp = gen_random_uuid()")


@ports.succession.answer("bodies_body", "bodies_area", "bodies_dwelling")
def passes_on() -> succession.Chapter:
    """Bodies end and begin on the day; land, teams and staff pass on; who worked where until then stays written."""
    moves, ends = succession.moves, succession.ends
    heirs = "array(select distinct l.successor from line l where l.predecessor = t.id order by 1)"
    where = (
        "coalesce((select x.{0} from bodies_street x where x.usrn = t.street_id), (select x.{0} from bodies_dwelling x "
        "where x.uprn = t.dwelling_id), (select x.{0} from bodies_area x where x.id = t.area_id))"
    )
    return succession.Chapter(
        fates={
            "bodies_body": succession.changes(
                "ends on the day; its successor stands in its place, and it stays readable for ever", "true", by="id",
                ends="%(day)s::date", successor_id="h.heir", heir_ids=heirs,
            ),
            "bodies_area": (
                ends("the area of a body ends with it", where="t.kind = 'body' and t.ends is null"),
                moves("wards and parishes pass on", "t.kind <> 'body'", heir=succession.heir_of("bodies_area", "t.id")),
            ),
            "bodies_dwelling": moves(
                "each address gets its new council", by="district_id",
                heir=succession.heir_of("bodies_dwelling", "t.uprn"),
            ),
            "bodies_dutyexception": moves(
                "who runs a road or a home instead", heir=succession.heir_of("bodies_dutyexception", "t.id")
            ),
            "bodies_team": _teams(),
            "bodies_group": succession.changes(
                "what groups of a sign-in may do is written down anew by the successor", "t.ended_at is null",
                ended_at="%(at)s::timestamptz",
            ),
            "bodies_staff": ends("appointments end, and begin at the successor"),
        },
        places={
            "bodies_area": succession.Place("t.easting", "t.northing", where="t.kind <> 'body'"),
            "bodies_dwelling": succession.Place("t.easting", "t.northing", key="t.uprn", by="district_id"),
            "bodies_dutyexception": succession.Place(where.format("easting"), where.format("northing")),
        },
        recounted=("bodies_edition",),
        hooks=(
            succession.Hook("Let the successors begin", _found_successors),
            succession.Hook("Join the land", _join_land),
            succession.Hook("Form the teams and appoint the staff", _move_staff),
            succession.Hook("Draw the map anew", _new_edition, _new_edition, last=True),
        ),
        figures=(
            succession.Figure(
                "Addresses", "select 'addresses', count(*) from bodies_dwelling where district_id = any(%(bodies)s)"
            ),
            succession.Figure(
                "People who work for them",
                "select 'accounts', count(distinct account_id) from bodies_staff where body_id = any(%(bodies)s) "
                "and starts <= %(day)s and (ends is null or ends > %(eve)s)",
            ),
        ),
    )  # fmt: skip


def _teams() -> succession.Fate:
    """Return the fate of teams: a team that was formed later than the day ends on the day it was formed."""
    return succession.changes(
        "teams end, and form again at the successor", "t.ends is null",
        ends="greatest(coalesce(t.starts + 1, %(day)s::date), %(day)s::date)",
    )  # fmt: skip
