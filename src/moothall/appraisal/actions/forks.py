"""Work a published case out anew with other figures and weights, at a secret address, until a day."""

import datetime as dt
import secrets
from uuid import UUID

from moothall.appraisal.models import Fork
from moothall.appraisal.queries import cases, workings
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.forking import forked
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal

KEPT = dt.timedelta(days=90)


class NotWorkable(Refusal):
    """The case cannot be worked out with these figures. Change what is named."""

    status = 422


def fork(*, edition_id: UUID, figures: dict[str, float], swings: dict[str, float], at: dt.datetime, by: Actor) -> str:
    """Keep other figures and weights for an edition and what comes of them; return the secret part of the address.

    Numbers alone are kept, for 90 days. Refuses NotWorkable, with `problems` in words.
    """
    secret = secrets.token_urlsafe(18)
    figures, swings, result = _worked_out(edition_id, figures, swings, at)
    Fork.objects.create(
        edition_id=edition_id, digest=cases.digest(secret), figures=figures, swings=swings, result=result, made_at=at,
        expires=local(at + KEPT).date(),
    )  # fmt: skip
    return secret


def change_fork(
    *, secret: str, figures: dict[str, float], swings: dict[str, float], at: dt.datetime, by: Actor
) -> None:
    """Change the figures and weights of a fork; it is kept for 90 days from then. Refuses NotWorkable, UnknownFork."""
    row = cases.fork(secret, local(at).date())
    row.figures, row.swings, row.result = _worked_out(row.edition_id, figures, swings, at)
    row.expires = local(at + KEPT).date()
    row.save(update_fields=["figures", "swings", "result", "expires"])


def forget_forks(*, at: dt.datetime, by: Actor) -> int:
    """Remove the forks whose day has come; return how many."""
    return Fork.objects.filter(expires__lte=local(at).date()).delete()[0]


def _worked_out(edition_id: UUID, figures: dict, swings: dict, at: dt.datetime) -> tuple[dict, dict, dict]:
    """Return what differs from the edition, and the result. Raises NotWorkable."""
    document = cases.edition_of(edition_id, local(at).date()).document
    inputs = document["inputs"]
    other = {name: value for name, value in figures.items() if name in inputs and value != inputs[name].get("value")}
    try:
        return other, swings, workings.shown(forked(document, other, swings))
    except CaseRefused as refused:
        raise NotWorkable(problems=[str(fault) for fault in refused.faults]) from refused
