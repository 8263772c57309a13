"""The jobs of promises: each morning, each body's partnerships and savings are looked after."""

from moothall.core.queue import every, task
from moothall.promises import actions


@task("promises.watch")
def watch(*, body: int, at, by) -> None:
    """Run what is due of the yearly fit test, and send new warnings of partnerships, savings, plans and trials."""
    actions.watch(body_id=body, at=at, by=by)
    actions.watch_savings(body_id=body, at=at, by=by)
    actions.watch_plans(body_id=body, at=at, by=by)


every("15 6 * * *", "promises.watch")
