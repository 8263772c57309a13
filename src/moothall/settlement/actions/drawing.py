"""Draw up what a body owes its provider for some days, or at a year's end."""

import datetime as dt
from uuid import UUID

import numpy as np
from django.db import connection

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.core.years import year_of
from moothall.settlement import queries
from moothall.settlement.models import Line, Section, Statement
from moothall.settlement.queries.working import Worked
from moothall.settlement.rules.spreading import line_pence, spread, vat_of_lines
from moothall.settlement.rules.states import DRAFT, STANDS, WITHDRAWN
from moothall.sharing import queries as sharing

BATCH = 20_000
PUT = """
insert into settlement_line (id, statement_id, section_id, body_id, provider_id, state, number, case_id, reference, day,
  units, pence, vat_pence)
select gen_random_uuid(), %s, %s, %s, %s, %s, given.*
  from unnest(%s::int[], %s::uuid[], %s::text[], %s::date[], %s::int[], %s::bigint[], %s::bigint[]) as given"""


class NotTheProvider(Refusal):
    """Only the body that does the work draws up its statement. Ask it to."""

    status = 403


class NoTerms(Refusal):
    """These bodies have agreed no terms for those days, so nothing can be charged. Agree terms first."""

    status = 422


class NotOverYet(Refusal):
    """Those days are not over yet. Choose a last day that has passed."""

    status = 422


class YearsCrossed(Refusal):
    """A statement stays within one financial year, 1 April to 31 March. Draw up one for each year."""

    status = 422


class DaysCharged(Refusal):
    """Some of those days are on another statement already. Withdraw that one, or choose other days."""


class NothingOwed(Refusal):
    """Nothing was done in those days that the terms charge for, so there is no statement to draw up."""


class NoBudget(Refusal):
    """The price shares what the work costs, but no cost is known for that year. Take in the budget first."""


def draw_up(*, provider_id: int, payer_id: int, first: dt.date, last: dt.date, at: dt.datetime, by: Actor) -> Statement:
    """Draw up a draft of what a body owes its provider for the days from `first` to `last`, both inclusive.

    Asked again while the draft stands, it is the same draft. Refuses NotTheProvider, NoTerms, NotOverYet,
    YearsCrossed, DaysCharged, NothingOwed and NoBudget.
    """

    def work(terms) -> list[Worked]:
        worked = [queries.work_out(each, first, last) for each in terms]
        if not all(_costs_known(each) for each in worked):
            raise NoBudget()
        found = [each for each in worked if each.pence or each.done]
        if not found:
            raise NothingOwed(field="first")
        return found

    return _draw("work", (provider_id, payer_id), (first, last), work, at, by)


def draw_true_up(*, provider_id: int, payer_id: int, day: dt.date, at: dt.datetime, by: Actor) -> Statement:
    """Draw up the difference between what statements charged in the financial year of `day` and what it came to.

    Refuses as `draw_up` does; NothingOwed when the year was charged to the penny.
    """
    year = year_of(day)

    def work(terms) -> list[Worked]:
        found = [each for each in (queries.true_up(each, year[0]) for each in terms) if each.pence]
        if not found:
            raise NothingOwed("The year was charged to the penny: there is nothing to put right.", field="first")
        return found

    return _draw("true-up", (provider_id, payer_id), year, work, at, by)


def _draw(kind, pair, days, work, at, by) -> Statement:
    """Return the draft that stands for these days already, or a new one of what `work` makes of the terms."""
    _check(pair[0], *days, at, by)
    known = _standing(kind, *pair, *days)
    if known:
        return known
    terms = sharing.terms_between(*pair, *days)
    if not terms:
        raise NoTerms(field="payer")
    return _keep(kind, pair, days, work(terms), at, by)


def _standing(kind, provider_id, payer_id, first, last) -> Statement | None:
    """Return the draft of just these days, or None where no statement has any of them. Refuses DaysCharged."""
    rows = Statement.objects.filter(body_id=payer_id, provider_id=provider_id, kind=kind).exclude(state=WITHDRAWN)
    known = rows.filter(first__lte=last, last__gte=first).first()
    if known and (known.state, known.first, known.last) != (DRAFT, first, last):
        raise DaysCharged(field="first")
    return known


def _costs_known(worked: Worked) -> bool:
    """Return whether there are figures for a price that shares a cost."""
    found = worked.to_date
    return not queries.needs_cost(worked.terms.price) or bool(found.cost_pence or any(found.centre_pence.values()))


def _check(provider_id, first, last, at, by):
    if by.body_id != provider_id:
        raise NotTheProvider()
    if last < first:
        raise NotOverYet("The last day comes before the first. Choose the days again.", field="last")
    if last >= local(at).date():
        raise NotOverYet(field="last")
    if year_of(first) != year_of(last):
        raise YearsCrossed(field="last")


def _keep(kind, pair, days, worked: list[Worked], at, by) -> Statement:
    """Write the statement with its sections and lines."""
    (provider_id, payer_id), (first, last) = pair, days
    taxes = _taxes(worked, last)
    row = Statement(
        body_id=payer_id, provider_id=provider_id, kind=kind, first=first, last=last, drawn_at=at, drawn_by=str(by),
        pence=sum(each.pence for each in worked), vat_pence=sum(vat for _, vat in taxes),
    )  # fmt: skip
    with refusing({"settlement_statement_days_once": DaysCharged}, hidden=NotTheProvider):
        row.save(force_insert=True)
    number = 0
    for each, (treatment, vat) in zip(worked, taxes, strict=True):
        section = Section.objects.create(
            statement=row, body_id=payer_id, provider_id=provider_id, terms_id=each.terms.pk,
            service_id=each.terms.service_id, rule=each.terms.rule, working=each.working(), pence=each.pence,
            vat=treatment.code, vat_basis_points=treatment.basis_points, vat_source=treatment.source, vat_pence=vat,
        )  # fmt: skip
        number += _put_lines(section, last, each, number)
    audit.record(action="recharge.drawn", object=_object(row.pk), body_id=provider_id, at=at, by=by,
                 data={"payer": payer_id, "pence": row.pence, "lines": number})  # fmt: skip
    return row


def _object(statement_id: UUID) -> str:
    return f"statement:{statement_id}"


def _taxes(worked, last):
    """Return (treatment, VAT pence) of each section: VAT on the whole of a treatment, shared over its sections."""
    treatments = [sharing.vat_treatment(each.terms.vat, last) for each in worked]
    found = [0] * len(worked)
    for treatment in set(treatments):
        places = [place for place, each in enumerate(treatments) if each == treatment]
        net = [worked[place].pence for place in places]
        sizes = np.abs(np.array(net, dtype=np.int64))
        shared = spread(sharing.vat(sum(net), treatment.basis_points), sizes) if sizes.any() else np.zeros(len(net))
        for place, pence in zip(places, shared, strict=True):
            found[place] = int(pence)
    return list(zip(treatments, found, strict=True))


def _put_lines(section: Section, last: dt.date, worked: Worked, before: int) -> int:
    """Put the lines of a section in, numbered on from `before`, and return how many: one a case, or one for all of it.

    What has no case is charged on the statement's last day. A million lines go in by fifty commands.
    """
    if not worked.done:
        Line.objects.create(
            statement_id=section.statement_id, section=section, body_id=section.body_id, number=before + 1, day=last,
            provider_id=section.provider_id, units=0, pence=section.pence, vat_pence=section.vat_pence,
        )  # fmt: skip
        return 1
    units = np.fromiter((one.units for one in worked.done), dtype=np.int64, count=len(worked.done))
    pence = line_pence(worked.terms.price, section.pence, units, worked.before.cases)
    taxes = vat_of_lines(section.vat_pence, pence)
    whose = [section.statement_id, section.pk, section.body_id, section.provider_id, STANDS]
    with connection.cursor() as cursor:
        for start in range(0, len(worked.done), BATCH):
            end = min(start + BATCH, len(worked.done))
            ids, references, _services, days, counted = map(list, zip(*worked.done[start:end], strict=True))
            numbers = list(range(before + start + 1, before + end + 1))
            sums = pence[start:end].tolist(), taxes[start:end].tolist()
            cursor.execute(PUT, [*whose, numbers, ids, references, days, counted, *sums])
    return len(worked.done)
