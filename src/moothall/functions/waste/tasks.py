"""Jobs of waste: judge a report again when the crew's day has ended; remind subscribers every morning."""

from uuid import UUID

from moothall.core.clock import local
from moothall.core.queue import every, task
from moothall.functions.waste import actions, queries


@task("waste.judge_again")
def judge_again(*, body, case_id, at, by) -> None:
    """Judge a missed-bin report that waited for the crew."""
    actions.judge_again(case_id=UUID(case_id), at=at, by=by)


@task("waste.remind")
def remind(*, body, at, by) -> None:
    """Remind one body's subscribers whose year ends soon."""
    for subscription, days in queries.to_remind(body_id=body, today=local(at).date()):
        actions.remind(subscription=subscription, days=days, at=at, by=by)


every("15 8 * * *", "waste.remind")
