"""The jobs of appraisal: each night, what others made of appraisals is removed once its day has come."""

from moothall.appraisal import actions
from moothall.core.queue import every, task


@task("appraisal.forget_forks")
def forget_forks(*, body: int, at, by) -> None:
    """Remove the forks whose day has come."""
    actions.forget_forks(at=at, by=by)


every("40 2 * * *", "appraisal.forget_forks")
