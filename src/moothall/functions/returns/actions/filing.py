"""A return comes: it is entered, and the next opened ahead. Or it says that no more are owed."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.workdays import england
from moothall.functions.returns import queries, rules
from moothall.functions.returns.actions.register import close
from moothall.functions.returns.models import Due, Entry


def file(
    *, body_id: int, service_id: str, case_id: UUID, reference: str, uprn: str, label: str, told: rules.Rhythm,
    counted_from: dt.date | None, at: dt.datetime, by: Actor,
) -> Due:  # fmt: skip
    """Enter a return that came, and open the next ahead; return the next. The first opens the entry of its address.

    `counted_from` is the day that an answer named to count the next from, None for none; `rules.counted_from` says what
    it is counted from then. The same case again is the same return.
    """
    known = queries.filed_by(body_id, case_id)
    if known:
        return known.entry.dues.order_by("-number").first()
    day, number = local(at).date(), 1
    entry, _made = Entry.objects.get_or_create(
        body_id=body_id, service_id=service_id, uprn=uprn, ended_on=None,
        defaults={"label": label[:200], "case_id": case_id, "opened_at": at},
    )  # fmt: skip
    Entry.objects.select_for_update().get(pk=entry.pk)
    filed = {"filed_on": day, "case_id": case_id, "reference": reference}
    now_due = entry.dues.filter(filed_on=None).first()
    if now_due:
        number = now_due.number
        entry.dues.filter(pk=now_due.pk).update(**filed)
    else:
        Due.objects.create(body_id=body_id, entry=entry, number=number, due_on=day, asked=False, **filed)
    Entry.objects.filter(pk=entry.pk).update(case_id=case_id)
    audit.record(action="returns.filed", object=f"return:{entry.pk}", body_id=body_id, at=at, by=by,
                 data={"number": number})  # fmt: skip
    start = rules.counted_from(told, filed=day, said=counted_from, due=now_due.due_on if now_due else None)
    due_on = rules.next_due(told, start, england())
    return Due.objects.create(body_id=body_id, entry=entry, number=number + 1, due_on=due_on)


def leave(
    *, body_id: int, service_id: str, case_id: UUID, uprn: str, why: str, at: dt.datetime, by: Actor
) -> bool:  # fmt: skip
    """End the entry of an address because whoever owed it says so by a case; return whether there was one to end."""
    entry = queries.open_at(body_id=body_id, service_id=service_id, uprn=uprn, lock=True)
    if entry is None:
        return False
    Entry.objects.filter(pk=entry.pk).update(case_id=case_id)
    close(entry=entry, why=why, at=at, by=by)
    return True
