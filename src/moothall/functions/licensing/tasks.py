"""Jobs of licensing: make a licence's document; every morning, end what ends and remind of what ends soon."""

from uuid import UUID

from moothall.core.clock import local
from moothall.core.queue import every, task
from moothall.functions.licensing import actions, queries


@task("licensing.document")
def document(*, body, licence_id, at, by) -> None:
    """Make the document of a licence that was issued, and put it on its case."""
    actions.make_document(licence_id=UUID(licence_id), at=at, by=by)


@task("licensing.keep_time")
def keep_time(*, body, at, by) -> None:
    """Do to each licence of one body what the day does to it."""
    for licence_id in queries.to_work_on(body_id=body, today=local(at).date()):
        actions.keep_time(licence_id=licence_id, at=at, by=by)


every("5 6 * * *", "licensing.keep_time")
