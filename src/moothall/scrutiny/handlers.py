"""What scrutiny hears."""

from moothall.casework.events import CaseClosed, PromiseMissed
from moothall.core.events import on
from moothall.scrutiny import actions


@on(CaseClosed, PromiseMissed)
def count(event, *, at, by):
    """Count the promise when it is kept or missed."""
    actions.count_fact(name=event.name(), payload=event.payload(), at=at, by=by)
