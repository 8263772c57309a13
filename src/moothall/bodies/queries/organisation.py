"""Bodies, teams and staff."""

from datetime import date

from django.db.models import Q, QuerySet

from moothall.bodies.models import Group, Staff, Team
from moothall.bodies.rules.duties import duty
from moothall.bodies.rules.shapes import BodyFact, in_force
from moothall.core.kept import Kept
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope

from .edition import index


class UnknownBody(Refusal):
    """We do not know that body. Choose one from the list of bodies."""

    status = 404


def body(which: int | str) -> BodyFact:
    """Return a body by its id, its code ("MAR") or its slug ("marchshire"), without asking the database.

    Raises UnknownBody.
    """
    known = index()
    if isinstance(which, int) or str(which).isdigit():
        found = known.by_id.get(int(which))
    else:
        found = next((b for b in known.bodies if which in (b.code, b.slug)), None)
    if found is None:
        raise UnknownBody
    return found


def does(kind_of_work: str, kind_of_body: str) -> bool:
    """Return whether the law gives a kind of work to this kind of body now. Source: the table of duties."""
    row = duty(kind_of_work)
    return row is not None and kind_of_body in row.kinds


def bodies(*, partner: bool | None = None, kind: str | None = None, on: date | None = None) -> list[BodyFact]:
    """Return the bodies in force (`on` a day; None: those without an end), by id, narrowed to partners or a kind."""
    return [
        fact
        for fact in index().bodies
        if (partner is None or fact.partner == partner)
        and (kind is None or fact.kind == kind)
        and in_force(fact.starts, fact.ends, on)
    ]


def names(language: str = "en") -> dict[int, str]:
    """Return the name of every body by its id, also of those that have ended: what was agreed still names them."""
    return {one.id: (one.name_cy if language == "cy" else "") or one.name for one in index().bodies}


def free_id() -> int:
    """Return an id that no body has had."""
    return max((one.id for one in index().bodies), default=0) + 1


def lineage(body_id: int) -> tuple[int, ...]:
    """Return the bodies whose rows a body sees, itself first: see `rules.index.lineage`. Kept with the map."""
    return index().lineage.get(body_id, (body_id,))


def stands_for(body_id: int, among: tuple[int, ...] | list[int] = (), on: date | None = None) -> int:
    """Return the body that stands for one now, or on a day: its successor once it has ended, else itself.

    Of a divided body that heir which is `among` those who see something, else the one that took what has no place.
    """
    fact = index().by_id.get(body_id)
    while fact is not None and fact.successor is not None and not in_force(None, fact.ends, on):
        heirs = [heir for heir in fact.heir_ids if heir in among]
        fact = index().by_id[heirs[0] if heirs else fact.successor]
    return body_id if fact is None else fact.id


def teams(body_id: int, on: date | None = None) -> QuerySet[Team]:
    """Return the teams of a body in force, by name. Team names are public."""
    return Team.objects.filter(_in_force(on), body_id=body_id).order_by("name")


def team(body_id: int, code: str) -> Team | None:
    """Return a body's team by its code, or None. Kept in the process for seconds."""
    return _team(body_id, code)


_team = Kept(lambda body_id, code: Team.objects.filter(body_id=body_id, code=code).first(), fresh=5.0)


def staff_of(account_id: int, on: date) -> list[Staff]:
    """Return the appointments an account holds on a day, with body and team, lowest body first."""
    return list(
        Staff.objects.filter(_in_force(on), account_id=account_id)
        .select_related("body", "team")
        .order_by("body_id", "id")
    )


def staff(body_id: int, on: date, role: str | None = None) -> QuerySet[Staff]:
    """Return who works for a body on a day, by name; `role` narrows. Row security gives one's own body's only."""
    found = Staff.objects.filter(_in_force(on), body_id=body_id).select_related("team").order_by("name")
    return found.filter(roles__contains=[role]) if role else found


def groups(body_id: int) -> QuerySet[Group]:
    """Return what groups of the organisation's sign-in may do for a body, by name; of one's own body."""
    return Group.objects.filter(body_id=body_id, ended_at=None).select_related("team").order_by("name")


def colleagues(body_id: int, on: date) -> list[Staff]:
    """Return who works for a body on a day, by name, with their teams: for the names beside work on lists.

    Kept in the process for seconds, for a body in scope; row security shows only one's own body's.
    """
    return (_colleagues if body_id in current_scope().bodies else _read_colleagues)(body_id, on)


def _read_colleagues(body_id: int, on: date) -> list[Staff]:
    return list(staff(body_id, on))


_colleagues = Kept(_read_colleagues, fresh=5.0)


def expect_staff_change() -> None:
    """Say that this transaction changes teams or who works where: what is kept is forgotten when it commits."""
    _colleagues.changed()
    _team.changed()


def _in_force(on: date | None) -> Q:
    if on is None:
        return Q(ends__isnull=True)
    return (Q(starts__isnull=True) | Q(starts__lte=on)) & (Q(ends__isnull=True) | Q(ends__gt=on))
