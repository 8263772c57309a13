"""Jobs of links: ask another system, outside any transaction, and take its answer inside one."""

from uuid import UUID

from moothall.core.clock import now
from moothall.core.queue import every, job_scope, task
from moothall.core.scope import scoped
from moothall.functions.links import actions, queries, rules


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


@task("links.collect", whole=False)
def collect(*, body, at, by) -> None:
    """Read the files of answers of a body's links by folder; after a kill they are read again, each row taken once."""
    scope = job_scope("links.collect", body)
    with scoped(scope):
        found = [(one, queries.open_calls(one)) for one in queries.by_folder(body)]
    for system, open_calls in found:
        for path in queries.folder.waiting(system, at=at):
            _take(system, path, scope, at, by)
        queries.folder.sweep(system, open_calls, at=at)


def _take(system, path, scope, at, by) -> None:
    try:
        rows = queries.folder.read(path)
    except rules.folder.BadFile as wrong:
        with scoped(scope):
            actions.set_aside(system=system, file=path.name, found=[(1, str(wrong))], at=at, by=by)
        path.replace(path.parents[1] / "aside" / path.name)
        return
    aside = []
    for row in rows:
        with scoped(scope):
            if why := actions.hear_row(system=system, row=row, at=at, by=by):
                aside.append((row, why))
    if aside:
        with scoped(scope):
            lines = [(row.line, why) for row, why in aside]
            actions.set_aside(system=system, file=path.name, found=lines, at=at, by=by)
        queries.folder.lay_aside(system, path.name, [row.given | {"why": why} for row, why in aside])
    path.unlink(missing_ok=True)


every("* * * * *", "links.collect", where=queries.folder.bodies_to_ask)
