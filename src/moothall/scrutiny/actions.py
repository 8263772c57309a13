"""Counting promises as they are kept or missed, and counting them all again; registering what is shared elsewhere."""

import datetime as dt
from dataclasses import asdict
from uuid import UUID

from django.db import connection

from moothall.bodies import queries as bodies
from moothall.casework.events import CaseClosed, PromiseMissed
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import event_type
from moothall.core.models import Fact
from moothall.core.refusal import Refusal
from moothall.desk import queries as desk
from moothall.scrutiny.models import Arrangement, ContactFigure, Decision, Figure
from moothall.scrutiny.rules.register import read

COUNT = """with new as (
  insert into scrutiny_decision as d (body_id, service_id, case_id, promise_due, decided_on, kept, ended_on)
  select %(body_id)s, %(service_id)s, %(case_id)s, %(promise_due)s, %(decided_on)s::date, %(kept)s, %(ended_on)s::date
  where not exists (select 1 from scrutiny_decision b where b.body_id = any(%(before)s::smallint[])
    and b.case_id = %(case_id)s and b.promise_due = %(promise_due)s)
  on conflict (body_id, case_id, promise_due) do update set ended_on = excluded.ended_on
  where d.ended_on is null and excluded.ended_on is not null
  returning decided_on, kept, ended_on, xmax = 0 as fresh -- no other row version: it was not there before
), counts as (
  select decided_on as day, kept::int as kept, (not kept)::int as missed, 0 as ended from new where fresh
  union all select ended_on, 0, 0, 1 from new where ended_on is not null
)
insert into scrutiny_figure as f (body_id, service_id, month, kept, missed, ended, days_promised, days_taken)
select %(body_id)s, %(service_id)s, date_trunc('month', day::timestamp)::date, sum(kept), sum(missed), sum(ended),
  sum(ended) * %(days_promised)s, sum(ended) * %(days_taken)s from counts group by 3
on conflict (body_id, service_id, month) do update
set kept = f.kept + excluded.kept, missed = f.missed + excluded.missed, ended = f.ended + excluded.ended,
  days_promised = f.days_promised + excluded.days_promised, days_taken = f.days_taken + excluded.days_taken
returning (select bool_or(fresh) from new)"""


def count_promise(
    *, body_id: int, service_id: str, case_id: UUID, promise_due: dt.datetime, kept: bool,
    opened_at: dt.datetime | None = None, at: dt.datetime, by: Actor,
) -> bool:  # fmt: skip
    """Count one promise as kept or missed; return False if it had been counted before, here or by who was here before.

    A promise that was missed stays missed when its case is closed later. `opened_at` is told when the case has ended:
    the days it took, and those that were promised, are counted once.
    """
    ended, due = local(at).date(), local(promise_due).date()
    asked = local(opened_at).date() if opened_at else None
    decision = {
        "body_id": body_id, "service_id": service_id, "case_id": case_id, "promise_due": promise_due, "kept": kept,
        "decided_on": ended if kept else due, "before": [one for one in bodies.lineage(body_id) if one != body_id],
        "ended_on": ended if asked else None,
        "days_promised": (due - asked).days if asked else 0, "days_taken": (ended - asked).days if asked else 0,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNT, decision)
        return bool((cursor.fetchone() or [False])[0])


def rebuild(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Forget a body's counts and count again from the facts; return how many promises were counted."""
    Decision.objects.filter(body_id=body_id).delete()
    Figure.objects.filter(body_id=body_id).delete()
    names = [CaseClosed.name(), PromiseMissed.name()]
    facts = Fact.objects.filter(body_id=body_id, name__in=names).order_by("at", "id")
    return sum(count_fact(name=f.name, payload=f.payload, at=f.at, by=by) for f in facts.iterator())


def count_fact(*, name: str, payload: dict, at: dt.datetime, by: Actor) -> bool:
    """Count the promise that a stored fact tells of, if it tells of one."""
    event = event_type(name).load(payload)
    if event.promise_due is None or (isinstance(event, CaseClosed) and event.promise_kept is None):
        return False
    closed = isinstance(event, CaseClosed)
    return count_promise(
        body_id=event.body_id, service_id=event.service_id, case_id=event.case_id, promise_due=event.promise_due,
        kept=closed and event.promise_kept, opened_at=event.opened_at if closed else None, at=at, by=by,
    )  # fmt: skip


def count_contacts(*, body_id: int, since: dt.date, at: dt.datetime, by: Actor) -> int:
    """Count a body's contacts of the months from a day on anew (the first of a month); return how many there were."""
    found = desk.counted(body_id, since)
    ContactFigure.objects.filter(body_id=body_id, month__gte=since).delete()
    ContactFigure.objects.bulk_create(ContactFigure(body_id=body_id, **asdict(one)) for one in found)
    return sum(one.contacts for one in found)


class TableUnsound(Refusal):
    """Nothing was registered: some lines of the table need correcting. Correct them and send it again."""

    status = 422


def register_arrangements(*, body_id: int, table: str, at: dt.datetime, by: Actor) -> tuple[int, int]:
    """Register the shared arrangements of a table in CSV, all or none; return how many are new and how many changed.

    A reference that this body has registered before is brought up to date. Raises TableUnsound with
    `details["problems"]`, (line, what to do).
    """
    rows, problems = read(table, today=local(at).date())
    if problems:
        raise TableUnsound(problems=problems)
    known = {one.reference: one for one in Arrangement.objects.filter(body_id=body_id)}
    new = changed = 0
    for row in rows:
        said = row.model_dump(exclude={"state", "promised_words", "address"})
        said |= {"members": list(row.members), "services": list(row.services)}
        before = known.get(row.reference)
        if before and all(getattr(before, name) == value for name, value in said.items()):
            continue
        _, made = Arrangement.objects.update_or_create(
            body_id=body_id, reference=row.reference, defaults=said | {"registered_at": at}
        )
        new, changed = new + made, changed + (not made)
    audit.record(action="register.imported", object=f"body:{body_id}", body_id=body_id, at=at, by=by,
                 data={"new": new, "changed": changed})  # fmt: skip
    return new, changed
