"""Verify what came of a saving against the ledger, entry by entry; take a verification back."""

import datetime as dt
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.core.years import named, year_of
from moothall.promises import queries
from moothall.promises.actions.partnerships import MeasuredInTheFuture
from moothall.promises.actions.savings import NotYourSaving, _own, _told
from moothall.promises.models import SavingLine, Verification
from moothall.promises.queries import Told
from moothall.promises.rules.savings import for_days, found
from moothall.ui.rules import date_words

FINANCE = ("finance", "section-151-officer")
MOST = 2000
"""How many entries one verification may have; a year with more is verified by quarters."""


class OwnSaving(Refusal):
    """You own this saving, or reported what came of it. Another finance officer verifies it."""

    status = 403


class NotFinance(Refusal):
    """Only a finance officer of the body verifies a saving. Ask one to sign in."""

    status = 403


class NothingReported(Refusal):
    """Its owner has not reported any outcome for that year. Ask for the report first."""


class NoCash(Refusal):
    """This benefit comes out of no budget, so no ledger can show it. It stays realised and unverified."""


class NoEntries(Refusal):
    """Choose the ledger entries that show it. Without entries a saving stays realised and unverified."""

    status = 422


class TooManyEntries(Refusal):
    """That is more than 2,000 entries. Verify fewer days at once."""

    status = 422


class EntryMissing(Refusal):
    """One of these entries is not in your ledger on these days. Choose the entries again."""

    status = 422


class BehindAnother(Refusal):
    """One of these entries stands behind another saving already: a pound is counted once. Leave it out."""


class DaysVerified(Refusal):
    """Some of these days are verified already. Choose days after them, or take that verification back first."""


class OneYear(Refusal):
    """Choose days of one financial year, the first before the last."""

    status = 422


class BaselineUnsettled(Refusal):
    """Several baselines are stated. Say first which of them counts."""


class EntriesLeftOut(Refusal):
    """Entries of the same cost centre on these days are left out. Choose them too, or say in the working why not."""

    status = 422


class WorkingMissing(Refusal):
    """Say how the baseline of these days was worked out: by which index, or from which entries of another year."""

    status = 422


REFUSALS = {
    "promises_savingline_once": BehindAnother,
    "promises_line_is_there": EntryMissing,
    "promises_verification_days_once": DaysVerified,
    "promises_verified_by_another": OwnSaving,
}


def verify(
    *, saving_id: UUID, first: dt.date, last: dt.date, entries: list[str], from_baseline: bool = True,
    baseline_pence: int | None = None, working: str = "", at: dt.datetime, by: Actor,
) -> Verification:  # fmt: skip
    """Verify a saving for days of one financial year: its baseline for these days, less every one of these entries.

    `entries` are keys of `queries.Entry`, those of the cost of making it among them. Where `from_baseline` is False the
    entries are themselves what was taken out of a budget. Without `baseline_pence` the baseline is the yearly one, day
    by day; another is given with its `working`, and so it must be where the baseline is in the prices of another year,
    or where entries of the same purse on these days are left out.
    Entries of a body whose place this one took count too.
    """
    told, day = _own(saving_id), local(at).date()
    _may_verify(told, first, last, day, by)
    chosen = queries.entries_named(told.row.body_id, entries, first, last)
    _whole(chosen, entries)
    if from_baseline and not working.strip():
        _complete(told.row.body_id, chosen, first, last)
    base, pence = (_baseline(told, first, last, baseline_pence, working)) if from_baseline else (None, 0)
    with refusing(REFUSALS, hidden=NotYourSaving):
        row = Verification.objects.create(
            body_id=told.row.body_id, saving_id=saving_id, first=first, last=last, baseline=base, baseline_pence=pence,
            working=working.strip(), pence=found(pence, (one.pence for one in chosen)), verified_at=at,
            verified_by=int(by.id), post=_post(told.row.body_id, day, by),
        )  # fmt: skip
        SavingLine.objects.bulk_create(
            SavingLine(body_id=one.body_id, verification=row, books=one.books, entry=one.entry, day=one.day,
                       centre=one.centre, account=one.account, posting=one.posting, pence=one.pence)
            for one in chosen
        )  # fmt: skip
    _told(
        told.row,
        "verified",
        day,
        at,
        by,
        who=row.post,
        words=f"{date_words(first)} to {date_words(last)}, {len(chosen)} entr{'ies' if chosen[1:] else 'y'}",
    )
    return row


def withdraw(*, verification_id: UUID, why: str, at: dt.datetime, by: Actor) -> None:
    """Take a verification back, with the reason; its entries are free again, and it stays on record."""
    row = Verification.objects.filter(pk=verification_id, withdrawn_at=None).select_related("saving").first()
    if row is None:
        raise queries.UnknownSaving
    told = _own(row.saving_id)
    _post(row.body_id, local(at).date(), by)
    Verification.objects.filter(pk=row.pk).update(withdrawn_at=at, withdrawn_why=why)
    SavingLine.objects.filter(verification_id=row.pk).update(released=True)
    _told(told.row, "withdrawn", local(at).date(), at, by, words=why)


def _may_verify(told: Told, first: dt.date, last: dt.date, day: dt.date, by: Actor) -> None:
    row = told.row
    if row.kind != "cash":
        raise NoCash()
    _post(row.body_id, day, by)
    if first > last or year_of(first) != year_of(last):
        raise OneYear(field="last")
    if last > day:
        raise MeasuredInTheFuture(field="last")
    year = next((one for one in told.years if one.first == year_of(first)[0]), None)
    if year is None or year.realised is None:
        raise NothingReported()
    if str(row.owner_id) == by.id:
        raise OwnSaving()


def _post(body_id: int, day: dt.date, by: Actor) -> str:
    """Return the post in which somebody verifies. Raises NotFinance for whoever holds none."""
    mine = set(bodies.lineage(body_id))
    posts = bodies.staff_of(int(by.id), day) if by.kind == "staff" else []
    held = {role for post in posts if post.body_id in mine for role in post.roles}
    for role, words in (("section-151-officer", "Section 151 officer"), ("finance", "Finance officer")):
        if role in held:
            return words
    raise NotFinance()


def _whole(chosen: list, wanted: list[str]) -> None:
    if not wanted:
        raise NoEntries(field="entries")
    if len(wanted) > MOST:
        raise TooManyEntries(field="entries")
    if len(chosen) != len(set(wanted)):
        raise EntryMissing(field="entries")
    if any(one.behind for one in chosen):
        raise BehindAnother(field="entries")


def _complete(body_id: int, chosen: list, first: dt.date, last: dt.date) -> None:
    """Refuse entries that leave out others of their cost centre or account: what is left out would seem saved."""
    keys = {one.key for one in chosen}
    for purse in sorted({one.purse for one in chosen}):
        left = [one for one in queries.entries_in(body_id, purse, first, last) if one.key not in keys]
        if left:
            raise EntriesLeftOut(
                f"{len(left)} of the entries there on these days, {pounds(sum(one.pence for one in left))}, are left "
                "out and would seem saved. Choose them too, or say in the working why not.", field="working",
            )  # fmt: skip


def _baseline(told: Told, first: dt.date, last: dt.date, pence: int | None, working: str) -> tuple:
    """Return the baseline that counts, and its pence for these days in their own prices."""
    base = next((one for one in told.baselines if one.pk == told.row.baseline_id), None)
    if base is None:
        raise BaselineUnsettled()
    if base.prices != year_of(first)[0] and pence is None:
        raise WorkingMissing(
            f"The baseline is in prices of {named(base.prices)} and these entries are of {named(first)}. Give the "
            "baseline of these days in their own prices, and say by which index.", field="baseline_pence",
        )  # fmt: skip
    daily = for_days(base.pence, first, last)
    if pence not in (None, daily) and not working.strip():
        raise WorkingMissing(field="working")
    return base, daily if pence is None else pence
