"""What is done to returns: one is filed and the next opened ahead; an entry ends; addresses are erased."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.returns import queries, rules
from moothall.functions.returns.models import Due, Entry

#: Years after an entry ended; the partnership's own choice.
KEEP_YEARS = 6


class AlreadyEnded(Refusal):
    """This has ended already. Go back to the list of returns."""


class ReasonMissing(Refusal):
    """Write why no more returns are owed for this address: it stays with its history."""


def file(
    *, body_id: int, service_id: str, case_id: UUID, reference: str, uprn: str, label: str, told: rules.Rhythm,
    counted_from: dt.date | None, at: dt.datetime, by: Actor,
) -> Due:  # fmt: skip
    """Enter a return that came, and open the next ahead; return the next. The first opens the entry of its address.

    `counted_from` is the day from which the next is counted, the day of filing if None. The same case again is the
    same return.
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
        Due.objects.create(body_id=body_id, entry=entry, number=number, due_on=day, **filed)
    Entry.objects.filter(pk=entry.pk).update(case_id=case_id)
    audit.record(action="returns.filed", object=f"return:{entry.pk}", body_id=body_id, at=at, by=by,
                 data={"number": number})  # fmt: skip
    due_on = rules.next_due(told, counted_from or day)
    return Due.objects.create(body_id=body_id, entry=entry, number=number + 1, due_on=due_on)


def end(*, entry_id: UUID, why: str, at: dt.datetime, by: Actor) -> None:
    """Say that no more returns are owed for an address: it was sold, or the licence ended. Refuses without a reason."""
    entry = queries.entry(entry_id, lock=True)
    if entry.ended_on:
        raise AlreadyEnded()
    if len(why.strip()) < 5:
        raise ReasonMissing(field="why")
    Entry.objects.filter(pk=entry.pk).update(ended_on=local(at).date(), why=why.strip()[:300])
    Due.objects.filter(entry=entry, filed_on=None).delete()
    audit.record(action="returns.ended", object=f"return:{entry.pk}", body_id=entry.body_id, at=at, by=by)


def erase_cases(*, case_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses and reasons from the ended entries of these cases at one body; return how many."""
    return _erase(Entry.objects.filter(body_id=body_id, case_id__in=case_ids, ended_on__isnull=False))


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase addresses and reasons from entries that ended more than six years ago; return how many."""
    before = local(at).date() - dt.timedelta(days=366 * KEEP_YEARS)
    return _erase(Entry.objects.filter(body_id=body_id, ended_on__lt=before).exclude(label=""))


def forget_body(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase every address of a body that has left and took them along; return how many."""
    day = local(at).date()
    rows = Entry.objects.filter(body_id=body_id).exclude(label="")
    rows.filter(ended_on=None).update(ended_on=day)
    return _erase(rows)


def _erase(rows) -> dict[str, int]:
    return {"returns_entry": rows.update(uprn="", label="", why="")}
