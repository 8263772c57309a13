"""Statements, their lines and disputes, as far as row security lets the reader."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from moothall.core.refusal import NotYours, Refusal
from moothall.core.years import year_before
from moothall.settlement.models import Dispute, Line, Section, Statement
from moothall.settlement.rules.states import DRAFT, DROPPED, HELD, STANDS, WITHDRAWN
from moothall.sharing import queries as sharing

PAGE = 50


class NotAParty(Refusal):
    """Only the two bodies of a statement may act on it. Ask one of them to."""

    status = 403


@dataclass(frozen=True)
class Totals:
    """Net and VAT pence of a statement's lines: those that stand, those held by a dispute, those taken off."""

    stands: int
    stands_vat: int
    held: int
    held_vat: int
    held_lines: int
    dropped: int
    dropped_lines: int
    lines: int

    @property
    def to_pay(self) -> int:
        return self.stands + self.stands_vat


@dataclass(frozen=True)
class Page:
    """A page of lines, and the number after which the next begins (None: there is no next)."""

    lines: list[Line]
    after: int | None


def payers(provider_id: int, on: dt.date) -> list[int]:
    """Return the bodies that pay one for work by terms of this financial year or the one before it, by id."""
    known = sharing.terms_of(provider_id, year_before(on)[0], on)
    return sorted({row.body_id for row in known if row.provider_id == provider_id})


def statements(body_id: int, *, limit: int = 100) -> list[Statement]:
    """Return the statements of which a body is payer or provider, newest first, each with `held`, its lines held."""
    mine = Statement.objects.filter(Q(body_id=body_id) | Q(provider_id=body_id))
    held = Line.objects.filter(statement_id=OuterRef("pk"), state=HELD).order_by().values("statement_id")
    counted = Coalesce(Subquery(held.annotate(many=Count("pk")).values("many")), 0)  # by the small index of held lines
    return list(mine.annotate(held=counted).order_by("-first", "-drawn_at")[:limit])


def statement(statement_id: UUID) -> Statement:
    """Return a statement; refuses what is not there or not yours to see."""
    found = Statement.objects.filter(pk=statement_id).first()
    if found is None:
        raise NotYours("We cannot find that statement. Choose it from the list of recharges.")
    return found


def locked(statement_id: UUID, body_id: int | None) -> Statement:
    """Return a statement, locked until the transaction ends, for one of its two bodies. Refuses NotYours, NotAParty."""
    found = Statement.objects.select_for_update(of=("self",)).filter(pk=statement_id).first()
    if found is None:
        raise NotYours("We cannot find that statement. Choose it from the list of recharges.")
    if body_id not in (found.body_id, found.provider_id):
        raise NotAParty()
    return found


def sections(statement_id: UUID) -> list[Section]:
    """Return a statement's sections in order of service."""
    rows = Section.objects.filter(statement_id=statement_id).select_related("terms")
    return list(rows.order_by("service_id", "terms__starts"))


def totals(statement_id: UUID) -> Totals:
    """Return what a statement's lines add up to, by what stands of them."""

    def of(state):
        return {"filter": Q(state=state), "default": 0}

    said = Line.objects.filter(statement_id=statement_id).aggregate(
        stands=Sum("pence", **of(STANDS)), stands_vat=Sum("vat_pence", **of(STANDS)),
        held=Sum("pence", **of(HELD)), held_vat=Sum("vat_pence", **of(HELD)), dropped=Sum("pence", **of(DROPPED)),
        held_lines=Count("id", filter=Q(state=HELD)), dropped_lines=Count("id", filter=Q(state=DROPPED)),
        lines=Count("id"),
    )  # fmt: skip
    return Totals(**said)


def lines(statement_id: UUID, *, after: int = 0, state: str = "", limit: int = PAGE) -> Page:
    """Return a page of a statement's lines in order, of one state if given."""
    rows = Line.objects.filter(statement_id=statement_id, number__gt=after).select_related("section")
    found = list((rows.filter(state=state) if state else rows).order_by("number")[: limit + 1])
    return Page(found[:limit], found[limit - 1].number if len(found) > limit else None)


def all_lines(statement_id: UUID):
    """Iterate over a statement's lines in order, without holding them all."""
    rows = Line.objects.filter(statement_id=statement_id).select_related("section").order_by("number")
    return rows.iterator(chunk_size=5000)


def settled_lines(statement_id: UUID) -> list[Line]:
    """Return the lines that stand after a dispute: those settled once it was posted have an entry of their own."""
    return list(Line.objects.filter(statement_id=statement_id, state=STANDS, disputes__outcome=STANDS))


def line(line_id: UUID) -> Line:
    """Return a line with its section and statement; refuses what is not there or not yours to see."""
    found = Line.objects.select_related("section", "statement").filter(pk=line_id).first()
    if found is None:
        raise NotYours("We cannot find that line. Choose it from its statement.")
    return found


def disputes(line_id: UUID) -> list[Dispute]:
    """Return what was said against a line, oldest first."""
    return list(Dispute.objects.filter(line_id=line_id).order_by("raised_at"))


def work_between(body_ids: list[int], first: dt.date, last: dt.date) -> list[tuple[int, int, int, int]]:
    """Return (provider, receiver, cases, pence) of the work that bodies did for each other, both days inclusive.

    Counted from the lines of statements that were sent, as far as the scope shows them; what a dispute took off
    does not count.
    """
    rows = Line.objects.filter(provider_id__in=body_ids, body_id__in=body_ids, day__range=(first, last))
    rows = rows.exclude(state=DROPPED).exclude(statement__state__in=(DRAFT, WITHDRAWN))
    sums = rows.order_by("provider_id", "body_id").values_list("provider_id", "body_id")
    return list(sums.annotate(cases=Count("case_id", distinct=True), pence=Sum("pence")))
