"""The officer's queue, and search in it: keyset pages, no counts of big sets, one statement a page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q

from moothall.casework.models import Task
from moothall.casework.rules.queue import conditions, ordering
from moothall.core.paging import cursor_after, read_cursor
from moothall.core.reference import check_reference

PAGE = 25
COLUMNS = [
    "id",
    "body_id",
    "team_id",
    "case_id",
    "step_id",
    "reference",
    "title",
    "service_id",
    "place_label",
    "ward",
    "easting",
    "northing",
    "due_at",
    "assigned_to",
    "opened_at",
]
LIST = """
select {columns} from unnest(%(bodies)s::smallint[]) b(body_id) {teams} cross join lateral (
  select t.* from casework_task t where t.body_id = b.body_id and t.state = 'open' and {conditions}
  order by {order} limit %(limit)s) t
order by {order} limit %(limit)s"""
TEAMS = "cross join unnest(%(teams)s::bigint[]) m(team_id)"


@dataclass(frozen=True)
class Row:
    """One piece of work in a list. `late` is whether its due moment has passed; `due_at` is None without a clock."""

    id: UUID
    body_id: int
    team_id: int | None
    case_id: UUID
    step_id: UUID | None
    reference: str
    title: str
    service_id: str
    place_label: str
    ward: str
    easting: int | None
    northing: int | None
    due_at: dt.datetime | None
    assigned_to: int | None
    opened_at: dt.datetime
    late: bool = False


@dataclass(frozen=True)
class Page:
    """A page of a list, and where the next begins (None on the last)."""

    rows: list[Row] = field(default_factory=list)
    next: str | None = None


def queue(
    *,
    bodies: tuple[int, ...],
    show: str = "all",
    account: int | None = None,
    teams: tuple[int, ...] = (),
    filters: dict | None = None,
    text: str = "",
    order: str = "due",
    after: str | None = None,
    limit: int = PAGE,
    at: dt.datetime,
) -> Page:
    """Return a page of open work of these bodies, in an order: "due" (first, first), "oldest" or "newest".

    Urgent referrals stand apart, in `urgent`, but for a search. `show` is "mine" (assigned to `account`), "team" (of
    `teams`) or "all"; `filters` any of service, team, late, unassigned, ward; `text` searches titles,
    references, places and names; `after` is the previous page's `next`.
    One statement, two with text, whatever the number of cases. Refuses UnknownFilter, UnknownOrder, BadCursor.
    """
    parts, params = conditions(show, filters or {})
    if not text.strip():
        parts.append("t.only_team = ''")
    params |= {"bodies": list(bodies), "account": account, "teams": list(teams), "at": at, "limit": limit + 1}
    moment, sorting, beyond = ordering(order)
    if after:
        params["after_moment"], params["after_id"] = read_cursor(after)
        parts.append(beyond)
    if text.strip():
        params["found"] = _search(text)
        parts.append("t.id = any(%(found)s)")
    statement = LIST.format(
        columns=", ".join(f"t.{c}" for c in COLUMNS),
        conditions=" and ".join(parts),
        order=sorting,
        teams=TEAMS if show == "team" else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found = cursor.fetchall()
    rows = [_row(values, at) for values in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows, cursor_after(last[COLUMNS.index(moment)], last[0]) if last else None)


#: How many finds of a text are looked through; who needs more narrows the words.
MOST_FOUND = 200


def has_work_in(*, case_id: UUID, account: int, teams: tuple[int, ...]) -> bool:
    """Return whether a case has or had work of these teams, or of this account."""
    return Task.objects.filter(_theirs(account, teams), case_id=case_id).exists()


def all_theirs(*, task_ids: list[UUID], account: int, teams: tuple[int, ...]) -> bool:
    """Return whether all of this work is of these teams, or of this account."""
    return Task.objects.filter(_theirs(account, teams), pk__in=task_ids).count() == len(set(task_ids))


def _theirs(account: int, teams: tuple[int, ...]) -> Q:
    return Q(assigned_to=account) | Q(team_id__in=teams)


def _search(text: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id from casework_search(%s, %s, %s)", [text[:200], check_reference(text) or "", MOST_FOUND]
        )
        return [row[0] for row in cursor.fetchall()]


def _row(values: tuple, at: dt.datetime) -> Row:
    told = dict(zip(COLUMNS, values, strict=True))
    due = told["due_at"]
    return Row(**(told | {"due_at": None if due.year == 9999 else due}), late=due < at)


OCCURS = """
select 'service', s from unnest(%(services)s::text[]) s where exists (
  select 1 from casework_task t where t.body_id = any(%(bodies)s::smallint[]) and t.service_id = s
  and t.state = 'open' and t.only_team = '')
union all
select 'team', m from unnest(%(teams)s::text[]) m where exists (
  select 1 from casework_task t where t.body_id = any(%(bodies)s::smallint[]) and t.team_id = m::bigint
  and t.state = 'open' and t.only_team = '')"""


def with_work(*, bodies: tuple[int, ...], services: Iterable[str], teams: Iterable[str]) -> dict[str, set[str]]:
    """Return {"service": ..., "team": ...}: of these filters' values, those with open work; urgent referrals apart.

    One statement that looks for one row of each, whatever the number of cases.
    """
    with connection.cursor() as cursor:
        cursor.execute(OCCURS, {"bodies": list(bodies), "services": list(services), "teams": list(teams)})
        found = cursor.fetchall()
    return {name: {value for key, value in found if key == name} for name in ("service", "team")}


URGENT = """
select {columns} from unnest(%(bodies)s::smallint[]) b(body_id) cross join lateral (
  select t.* from casework_task t where t.body_id = b.body_id and t.state = 'open' and t.only_team <> ''
  order by t.due_at, t.id limit 100) t
order by t.due_at, t.id"""


def urgent(*, bodies: tuple[int, ...], at: dt.datetime) -> list[Row]:
    """Return the open work on urgent referrals that the scope's teams see, what is due first, first. One statement.

    It stands before every list and is in none: nothing can be sorted or filtered in front of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(URGENT.format(columns=", ".join(f"t.{c}" for c in COLUMNS)), {"bodies": list(bodies)})
        return [_row(values, at) for values in cursor.fetchall()]


def task(task_id: UUID) -> Task | None:
    """Return one piece of work with its step, or None where the scope does not show it."""
    return Task.objects.filter(pk=task_id).select_related("step").first()


def tasks_of(case_id: UUID) -> list[Task]:
    """Return a case's open work, what is due first, first."""
    return list(Task.objects.filter(case_id=case_id, state="open").order_by("due_at", "id"))


def open_work(*, opened_since: dt.datetime) -> list[Task]:
    """Return all open work that the scope shows, opened since a moment, oldest first, with its steps.

    For whoever plays or reports on whole teams' work; a page of a list is `queue`.
    """
    found = Task.objects.filter(state="open", opened_at__gte=opened_since)
    return list(found.select_related("step").order_by("opened_at", "id"))
