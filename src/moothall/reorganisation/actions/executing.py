"""Carry a plan out, chapter by chapter, as the owner of the tables; or put everything back.

Each chapter is one transaction: its rows, the journal of how they were, and the note that it is done are committed
together. A run that is killed goes on after the last chapter that was. The owner is not bound by row security: every
statement names the bodies of the plan itself.
"""

import datetime as dt
import time
from collections import defaultdict
from functools import partial

import psycopg
import shapely

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.operations import Running
from moothall.core.refusal import Refusal
from moothall.core.succession import Chapter, Line, Moving
from moothall.reorganisation.queries import chapters
from moothall.reorganisation.rules import figures as compare
from moothall.reorganisation.rules import statements
from moothall.reorganisation.rules.words import CHAPTERS

KEYS = """
select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
where i.indisprimary and i.indrelid = %s::regclass order by array_position(i.indkey::int[], a.attnum::int)"""
LINES = """
select l.body_id, l.successor_id, count(*) over (partition by l.body_id) > 1, l.residuary, l.share, l.land
from reorganisation_succession l where l.reorganisation_id = %s order by l.body_id, not l.residuary, l.successor_id"""
WAITING = "select 1 from reorganisation_succession where reorganisation_id = %s and agreed_at is null"
LAST = "select coalesce(max(step), 0) from reorganisation_moved where reorganisation_id = %s"
STEPS = """
select step, place_of, bool_or(before is null), (array_agg(before) filter (where before is not null))[1]
from reorganisation_moved where reorganisation_id = %(id)s and chapter = %(chapter)s
group by 1, 2 order by 1 desc"""
BEFORE, AFTER = "before", "after"


class FiguresDiffer(Refusal):
    """The figures before and after do not agree, so it was stopped. Undo it and tell whoever runs the platform."""


class BegunSince(Refusal):
    """Something was begun with the new body since it took over, so it cannot be undone. Confirm it instead."""


class NotAgreed(Refusal):
    """Not every council that ends by this plan has agreed to it. Ask its monitoring officer to agree on the page."""


class NotYet(Refusal):
    """The vesting day has not come. Rehearse it on a copy; it can be carried out on the day itself."""


class NotNow(Refusal):
    """This has been confirmed or is under way, so it cannot be begun or undone now. Look at where it stands."""


class Confirmed(Refusal):
    """This has been confirmed, so it cannot be undone any more. Plan another reorganisation instead."""


class Executor:
    """One plan being carried out or undone by one connection of the owner."""

    def __init__(self, connection: psycopg.Connection, plan_id, *, at: dt.datetime, by: Actor):
        self.connection, self.id = connection, plan_id
        vesting, self.at = connection.execute(
            "select vesting, case when state = 'carrying-out' then carried_out_at else %s end "
            "from reorganisation_plan where id = %s",
            [at, plan_id],
        ).fetchone()
        self.lines = tuple(Line(*row[:5], tuple(row[5])) for row in connection.execute(LINES, [plan_id]))
        self.step = connection.execute(LAST, [plan_id]).fetchone()[0]
        self.chapter, self.rows, self.keys = "", 0, {}
        self.moving = Moving(
            plan_id, self.lines, vesting, self.at, str(by), self._decided(),
            sql=self.sql, add=self.add, change=self.change,
        )  # fmt: skip

    def _decided(self) -> dict:
        """Return what was decided for the chapters: whose way is taken where they differ, and where staff go."""
        asked = "select chosen from reorganisation_setting where reorganisation_id = %s"
        chosen = [row[0] for row in self.connection.execute(asked, [self.id])]
        listed = "select staff_id, successor_id, team_code from reorganisation_staffmove where reorganisation_id = %s"
        staff = {
            str(number): {"heir": heir, "team": team or None}
            for number, heir, team in self.connection.execute(listed, [self.id])
        }
        return {"chosen": chosen, "staff": staff}

    @property
    def bodies(self) -> list[int]:
        """Return all bodies of the plan."""
        return sorted({*self.moving.predecessors, *self.moving.successors})

    def sql(self, statement: str, **params):
        """Run a statement with what every statement may name."""
        moving = self.moving
        own = {"id": self.id, "day": moving.day, "eve": moving.day - dt.timedelta(days=1), "at": moving.at}
        own |= {"by": moving.by, "chapter": self.chapter, "step": self.step}
        return self.connection.execute(statement, own | params)

    def keys_of(self, table: str) -> list[str]:
        """Return the columns of a table's primary key."""
        if table not in self.keys:
            self.keys[table] = [row[0] for row in self.connection.execute(KEYS, [table])]
        return self.keys[table]

    def add(self, table: str, insert: str, **params) -> int:
        """Add rows and note them."""
        self.step += 1
        return self._count(self.sql(statements.added(insert), table=table, **params))

    def change(self, table: str, columns: dict[str, str], rest: str, **params) -> int:
        """Change rows and note how they were."""
        self.step += 1
        text = statements.change(table, self.keys_of(table), columns, rest, self.lines)
        return self._count(self.sql(text, table=table, **params))

    def move(self, table: str, fate) -> int:
        """Give the rows of a table what their fate says."""
        self.step += 1
        text = statements.move(table, self.keys_of(table), fate, self.lines)
        return self._count(self.sql(text, table=table))

    def _count(self, cursor) -> int:
        self.rows += max(0, cursor.rowcount)
        return cursor.rowcount

    def relax(self, tables, on: bool) -> None:
        """Let tables' own triggers rest, or work again, for the rest of the transaction."""
        self.connection.execute("set constraints all immediate")
        for table in tables:
            self.connection.execute(f"alter table {table} {'enable' if on else 'disable'} trigger user")
        if not on:
            self.connection.execute("set constraints all deferred")

    def figures(self) -> dict[str, dict[str, int]]:
        """Return every chapter's figures over all bodies of the plan, by the figure's words."""
        found: dict[str, dict[str, int]] = {}
        for _, chapter in chapters():
            for figure in chapter.figures:
                rows = self.sql(figure.query, bodies=self.bodies).fetchall()
                found[figure.words] = {str(name): int(number) for name, number in rows}
        return found

    def find_heirs(self) -> None:
        """Work out, for each row of a divided body that has a place, which successor has its land."""
        divided = sorted({line.predecessor for line in self.lines if line.divided})
        if not divided:
            return
        lands = {
            (line.predecessor, line.successor): _land(self.sql, line)
            for line in self.lines
            if line.divided and line.land
        }
        for _, chapter in chapters():
            for table, place in chapter.places.items():
                rows = self.sql(statements.points(table, place), divided=divided).fetchall()
                self._keep_heirs(table, _heirs(rows, lands))
        self.sql("analyze reorganisation_heir")

    def _keep_heirs(self, table: str, heirs: list[tuple[str, int]]) -> None:
        self.sql(
            "insert into reorganisation_heir (reorganisation_id, place_of, key, body_id) "
            "select %(id)s, %(table)s, * from unnest(%(keys)s::text[], %(bodies)s::smallint[])",
            table=table, keys=[key for key, _ in heirs], bodies=[body for _, body in heirs],
        )  # fmt: skip
        self.rows += len(heirs)

    def pass_on(self, name: str, chapter: Chapter) -> None:
        """Carry out one chapter's part."""
        self.chapter = name
        self.relax(chapter.relaxed, on=False)
        for hook in chapter.hooks:
            if not hook.last:
                hook.run(self.moving)
        for table in chapter.fates:
            for fate in chapter.of(table):
                if fate.where:
                    self.move(table, fate)
        for hook in chapter.hooks:
            if hook.last:
                hook.run(self.moving)
        self.relax(chapter.relaxed, on=True)

    def put_back(self, name: str, chapter: Chapter) -> None:
        """Undo one chapter's part: its steps backwards, then what can only be answered by an opposite entry."""
        self.chapter = name
        steps = self.sql(STEPS).fetchall()
        self.relax({table for _, table, _, _ in steps} & set(chapter.relaxed), on=False)
        for step, table, is_new, before in steps:
            self.step = step
            if is_new:
                self._count(self.sql(statements.take_away(table, self.keys_of(table)), table=table))
            if before:
                text = statements.put_back(table, self.keys_of(table), list(before))
                self._count(self.sql(text, table=table))
        for hook in reversed(chapter.hooks):
            if hook.undo:
                hook.undo(self.moving)
        self.relax({table for _, table, _, _ in steps} & set(chapter.relaxed), on=True)


def _land(sql, line: Line):
    rows = sql("select polygons from bodies_area where id = any(%(land)s) order by id", land=list(line.land)).fetchall()
    shapes = [shapely.MultiPolygon([(p[0], p[1:]) for p in polygons]) for (polygons,) in rows]
    found = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
    shapely.prepare(found)
    return found


def _heirs(rows, lands) -> list[tuple[str, int]]:
    """Return (key, successor) of each row whose point lies in a successor's land; the first of two that touch it."""
    by_body: dict[int, list] = defaultdict(list)
    for key, body, easting, northing in rows:
        by_body[body].append((key, easting, northing))
    found = []
    for body, points in by_body.items():
        spots = shapely.points([(e, n) for _, e, n in points])
        taken: set[int] = set()
        for (predecessor, successor), land in sorted(lands.items()):
            if predecessor == body:
                inside = [i for i, hit in enumerate(shapely.intersects(land, spots)) if hit and i not in taken]
                taken.update(inside)
                found += [(points[i][0], successor) for i in inside]
    return found


def carry_out(*, running: Running, plan_id, at: dt.datetime, by: Actor) -> dict:
    """Carry a plan out, or go on where it was stopped; return its figures before and after. Raises FiguresDiffer."""
    state, vesting = _stands(running, plan_id)
    if state not in ("planned", "undone", "carrying-out"):
        raise NotNow
    if local(at).date() < vesting:
        raise NotYet
    if running.connection.execute(WAITING, [plan_id]).fetchone():
        raise NotAgreed
    done = _begin(running, plan_id, "carrying-out", at)
    work = Executor(running.connection, plan_id, at=at, by=by)
    stages = [("count-before", "Counting what is there", partial(_count, work, BEFORE))]
    stages += [("heirs", "Working out whose each place is", work.find_heirs)]
    stages += [(name, f"Passing on: {CHAPTERS[name]}", partial(work.pass_on, name, c)) for name, c in chapters()]
    stages += [("count-after", "Counting again", partial(_count, work, AFTER))]
    _go_through(running, work, stages, done, at)
    found = _figures(running.connection, plan_id)
    differences = compare.differences(found[BEFORE], found[AFTER])
    if differences:
        raise FiguresDiffer(differences=differences)
    _end(running, plan_id, "carried-out", at)
    return {"figures": found, "stages": _seconds(running.connection, plan_id)}


def undo(*, running: Running, plan_id, at: dt.datetime, by: Actor) -> dict:
    """Put everything back as it was before a plan was carried out. Raises BegunSince."""
    state, _ = _stands(running, plan_id)
    if state not in ("carried-out", "carrying-out", "undoing"):
        raise Confirmed if state == "confirmed" else NotNow
    work = Executor(running.connection, plan_id, at=at, by=by)
    if state != "undoing":
        _refuse_if_begun(work)
    done = _begin(running, plan_id, "undoing", at)
    stages = [
        (f"undo-{name}", f"Putting back: {CHAPTERS[name]}", partial(work.put_back, name, c))
        for name, c in reversed(chapters())
        if name in done
    ]
    _go_through(running, work, stages, done, at)
    conn = running.connection
    rows = conn.execute("select count(*) from reorganisation_moved where reorganisation_id = %s", [plan_id]).fetchone()
    for table in ("moved", "heir", "stage"):
        conn.execute(f"delete from reorganisation_{table} where reorganisation_id = %s", [plan_id])
    _end(running, plan_id, "undone", at)
    return {"rows": rows[0]}


WHEN = {"carrying-out": "carried_out_at", "undoing": "undone_at"}


def _stands(running: Running, plan_id) -> tuple[str, dt.date]:
    asked = "select state, vesting from reorganisation_plan where id = %s for update"
    return running.connection.execute(asked, [plan_id]).fetchone()


def _begin(running: Running, plan_id, state: str, at: dt.datetime) -> set[str]:
    """Say that it is under way, and return the stages that an earlier run finished."""
    conn, when = running.connection, WHEN[state]
    conn.execute(
        f"update reorganisation_plan set {when} = case when state = %s then {when} else %s end, state = %s "
        "where id = %s", [state, at, state, plan_id],
    )  # fmt: skip
    conn.commit()
    asked = "select name from reorganisation_stage where reorganisation_id = %s"
    return {row[0] for row in conn.execute(asked, [plan_id])}


def _end(running: Running, plan_id, state: str, at: dt.datetime) -> None:
    running.connection.execute("update reorganisation_plan set state = %s where id = %s", [state, plan_id])
    running.connection.commit()


def _go_through(running: Running, work: Executor, stages: list, done: set[str], at: dt.datetime) -> None:
    for name, words, run in stages:
        if name in done:
            continue
        with running.stage(name, words) as stage:
            began, work.rows = time.monotonic(), 0
            run()
            running.connection.execute(
                "insert into reorganisation_stage (reorganisation_id, name, rows, seconds, done_at) "
                "values (%s, %s, %s, %s, %s)",
                [work.id, name, work.rows, round(time.monotonic() - began, 3), at],
            )
            stage.advance(work.rows)


def _count(work: Executor, when: str) -> None:
    work.sql(
        "update reorganisation_plan set figures = coalesce(figures, '{}') || %(found)s::jsonb where id = %(id)s",
        found=compare.as_json({when: work.figures()}),
    )


def _figures(conn: psycopg.Connection, plan_id) -> dict:
    return conn.execute("select figures from reorganisation_plan where id = %s", [plan_id]).fetchone()[0]


def _seconds(conn: psycopg.Connection, plan_id) -> dict[str, float]:
    asked = "select name, seconds from reorganisation_stage where reorganisation_id = %s order by id"
    return dict(conn.execute(asked, [plan_id]).fetchall())


def _refuse_if_begun(work: Executor) -> None:
    """Refuse to undo once a new body has cases of its own: nobody could say whose they would be."""
    own = work.sql(
        "select count(*) from casework_case where body_id = any(%(new)s) and id not in (select (m.key->>'id')::uuid "
        "from reorganisation_moved m where m.reorganisation_id = %(id)s and m.place_of = 'casework_case')",
        new=work.moving.successors,
    ).fetchone()[0]  # fmt: skip
    if own:
        raise BegunSince(cases=own)
