"""What reorganisation answers to what is asked of every chapter, and the long work it does."""

import datetime as dt

from moothall.core import operations, personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.belongings import Share, part_of, stays
from moothall.core.commitments import Commitment
from moothall.reorganisation import actions, queries

personal.free("reorganisation_consent", "because", why="a public body's reason to another")
for table, column in (("heir", "place_of"), ("moved", "place_of"), ("stage", "name")):
    personal.free(f"reorganisation_{table}", column, why="the name of a table or of a stage")


@operations.kind("reorganisation.carry-out")
def carry_out(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Carry a plan out."""
    return actions.carry_out(running=running, plan_id=running.subject["plan"], at=_asked(running, at), by=by)


@operations.kind("reorganisation.undo")
def undo(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Undo what was carried out."""
    return actions.undo(running=running, plan_id=running.subject["plan"], at=_asked(running, at), by=by)


@operations.kind("reorganisation.tell")
def tell(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Write to residents, once it is confirmed. Each letter is written through the doors, in the successor's scope."""
    return actions.tell_residents(running=running, plan_id=running.subject["plan"], at=at, by=by)


@operations.kind("reorganisation.rehearse")
def rehearse(running: operations.Running, *, at: dt.datetime, by: Actor) -> dict:
    """Carry a plan out on a copy of everything, and throw the copy away."""
    return actions.rehearse(running=running, plan_id=running.subject["plan"], at=_asked(running, at), by=by)


def _asked(running: operations.Running, at: dt.datetime) -> dt.datetime:
    """Return the moment it was asked for: a run that goes on after a kill does what it would have done then."""
    return dt.datetime.fromisoformat(running.subject["at"]) if "at" in running.subject else at


@ports.comes_by_plan.answer()
def comes_by_plan(body_id: int) -> bool:
    """Return whether a body is the shadow of a council to come."""
    return queries.is_shadow(body_id)


@ports.may_commit.answer()
def may_commit(commitment: Commitment) -> None:
    """Refuse what a council that is to end may not sign without consent."""
    queries.refuse_beyond(commitment)


@ports.belongings.answer()
def goes_along() -> dict[str, Share]:
    """A plan goes with every body that takes part in it; the journal of what was moved stays here."""
    mine = Share(
        "id in (select reorganisation_id from reorganisation_succession where body_id = %(body)s "
        "or successor_id = %(body)s)", "plans in which the body takes part",
    )  # fmt: skip
    journal = stays("the journal by which this installation could undo it")
    return {
        "reorganisation_plan": mine,
        **{
            f"reorganisation_{part}": part_of("reorganisation_plan", mine, "reorganisation_id")
            for part in ("succession", "setting", "consent", "told")
        },
        **dict.fromkeys(("reorganisation_heir", "reorganisation_moved", "reorganisation_stage"), journal),
    }


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Plans say what was planned by whom; nothing of them changes."""
    said = succession.stays("what was planned, by whom")
    parts = ("plan", "succession", "setting", "consent", "staffmove", "heir", "told")
    return succession.Chapter(fates={f"reorganisation_{part}": said for part in parts})
