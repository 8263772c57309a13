"""Jobs of links: ask another system, outside any transaction, and take its answer inside one."""

from uuid import UUID

from moothall.core.clock import now
from moothall.core.queue import every, job_scope, task
from moothall.core.scope import scoped
from moothall.functions.links import actions, queries


@task("links.send", whole=False)
def send(*, body, call_id, at, by) -> None:
    """Ask for one step. Killed anywhere in between, it is asked again by its id, so it is never done twice."""
    scope = job_scope("links.send", body)
    with scoped(scope):
        call = queries.call(UUID(call_id))
    if call.state != "waiting":
        return
    with scoped(scope):
        first = actions.calls.begin(call_id=call.pk, at=at, by=by)
    answer = queries.ask(call, first=first, at=now())
    with scoped(scope):
        actions.send(call_id=call.pk, answer=answer, at=at, by=by)


@task("links.chase", whole=False)
def chase(*, body, at, by) -> None:
    """Ask how accepted steps go that we have heard nothing of: a lost call-back loses nothing."""
    scope = job_scope("links.chase", body)
    with scoped(scope):
        silent = queries.to_chase(body_id=body, at=at)
    for call in silent:
        answer = queries.how_goes(call, at=now())
        with scoped(scope):
            actions.chase(call_id=call.pk, answer=answer, at=at, by=by)


every("*/5 * * * *", "links.chase")
