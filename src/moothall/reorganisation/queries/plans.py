"""Reads of plans: what is planned, what it means, how far it is."""

from dataclasses import dataclass

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.core import operations, ports
from moothall.core.kept import Kept
from moothall.core.refusal import Refusal
from moothall.core.succession import Chapter
from moothall.reorganisation.models import Plan, Succession

NAME, WORK = "reorganisation", ("carry-out", "undo", "rehearse", "tell")


class UnknownPlan(Refusal):
    """There is no such plan. Go back to the list of plans."""

    status = 404


class NoMoreChanges(Refusal):
    """This plan has been carried out, so it cannot be changed. Undo it first, while it is not confirmed."""


@dataclass(frozen=True)
class PlanFact:
    """A plan with its bodies, as pages show it."""

    row: Plan
    lines: tuple[Succession, ...]

    @property
    def predecessors(self) -> list:
        """Return the bodies that end, by name."""
        return sorted({bodies.body(one.body_id) for one in self.lines}, key=lambda body: body.name)

    @property
    def successors(self) -> list:
        """Return the bodies that begin, by name."""
        return sorted({bodies.body(one.successor_id) for one in self.lines}, key=lambda body: body.name)

    def takes_part(self, body_id: int) -> bool:
        """Return whether a body ends or begins by this plan."""
        return any(body_id in (one.body_id, one.successor_id) for one in self.lines)

    @property
    def not_agreed(self) -> list:
        """Return the bodies that end by it and have not agreed yet, by name."""
        waiting = {one.body_id for one in self.lines if one.agreed_at is None}
        return [body for body in self.predecessors if body.id in waiting]

    def heirs_of(self, body_id: int) -> list:
        """Return the bodies that a predecessor goes to, the one that takes what has no place first."""
        mine = sorted((x for x in self.lines if x.body_id == body_id), key=lambda x: not x.residuary)
        return [bodies.body(one.successor_id) for one in mine]

    def before(self, successor_id: int) -> list:
        """Return the bodies whose place a successor takes, by name."""
        return sorted({bodies.body(x.body_id) for x in self.lines if x.successor_id == successor_id},
                      key=lambda body: body.name)  # fmt: skip


def plans(body_id: int | None = None) -> list[PlanFact]:
    """Return the plans in which a body takes part, or all, the next vesting day first; undone ones last."""
    found = [_fact(row) for row in Plan.objects.prefetch_related("lines").order_by("vesting", "id")]
    mine = [one for one in found if body_id is None or one.takes_part(body_id)]
    return sorted(mine, key=lambda one: one.row.state == "undone")


def plan(plan_id) -> PlanFact:
    """Return a plan. Raises UnknownPlan."""
    row = Plan.objects.prefetch_related("lines").filter(pk=plan_id).first()
    if row is None:
        raise UnknownPlan
    return _fact(row)


def by_slug(slug: str) -> PlanFact:
    """Return the plan that has this address, the newest of several. Raises UnknownPlan."""
    row = Plan.objects.prefetch_related("lines").filter(slug=slug).order_by("-planned_at").first()
    if row is None:
        raise UnknownPlan
    return _fact(row)


def _fact(row: Plan) -> PlanFact:
    return PlanFact(row, tuple(row.lines.all()))


_known = Kept(lambda: [_fact(row) for row in Plan.objects.prefetch_related("lines").exclude(state="undone")], fresh=5.0)


def coming(body_id: int) -> str | None:
    """Return the address of the newest plan by which a body ends or began, or None. Kept in the process for seconds."""
    found = [one.row for one in _known() if one.takes_part(body_id)]
    return max(found, key=lambda row: row.planned_at).slug if found else None


def is_shadow(body_id: int) -> bool:
    """Return whether a body begins by a plan that is not carried out."""
    waiting = Plan.objects.filter(lines__successor_id=body_id).exclude(state__in=("carried-out", "confirmed"))
    return waiting.exists()


def changed() -> None:
    """Say that this transaction changes plans: what is kept is forgotten when it commits."""
    _known.changed()


def editable(plan_id) -> PlanFact:
    """Return a plan that can still be changed. Raises UnknownPlan, NoMoreChanges."""
    found = plan(plan_id)
    if found.row.state not in ("planned", "undone"):
        raise NoMoreChanges
    return found


def operations_of(found: PlanFact) -> list[operations.OperationFact]:
    """Return the long work of this plan that the scope's body, or one it took the place of, asked for, newest first."""
    whose = [body.id for body in (*found.predecessors, *found.successors)]
    of_them = [one for what in WORK for body_id in whose for one in operations.of(body_id, f"{NAME}.{what}")]
    mine = [one for one in of_them if one.subject["plan"] == str(found.row.pk)]
    return sorted(mine, key=lambda one: one.asked_at, reverse=True)


def chapters() -> list[tuple[str, Chapter]]:
    """Return each chapter's answer, the lowest storey first."""
    order = {name.removeprefix("moothall."): i for i, name in enumerate(settings.CHAPTERS)}
    found = sorted(ports.succession, key=lambda answer: order.get(answer.chapter, len(order)))
    return [(answer.chapter, answer.give()) for answer in found]
