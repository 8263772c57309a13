"""Look where things come in, each minute: the watched folder and the mailbox of each body that has one."""

import datetime as dt
import logging

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.queue import every, task
from moothall.core.scope import Scope, scoped
from moothall.inbox.rules.addresses import mailbox
from moothall.inbox.tasks import folder, polling

log = logging.getLogger(__name__)
LOOK = "inbox.look"


@task(LOOK, whole=False, deadline=dt.timedelta(minutes=15))
def look(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Take in what waits for one body. A mailbox that cannot be reached does not keep the folder from being read."""
    scope = Scope(bodies=(body,), purpose=LOOK, actor=by)
    with scoped(scope):
        slug = bodies.body(body).slug
    watched = settings.MOOTHALL_MAIL["folder"]
    if watched:
        folder.take_all(watched / slug, scope, at=at)
    if slug in settings.MOOTHALL_MAIL["mailboxes"]:
        polling.take_all(mailbox(settings.MOOTHALL_MAIL["mailboxes"][slug]), scope, at=at)


def with_a_way_in() -> tuple[int, ...]:
    """Return the bodies for which something may come in: those with a folder or a mailbox."""
    watched, boxes = settings.MOOTHALL_MAIL["folder"], settings.MOOTHALL_MAIL["mailboxes"]
    slugs = {one.name for one in watched.iterdir() if one.is_dir()} if watched and watched.is_dir() else set()
    with scoped(Scope(purpose=LOOK, actor=Actor.system(LOOK))):
        return tuple(body.id for body in bodies.bodies() if body.partner and body.slug in slugs | boxes.keys())


every("* * * * *", LOOK, where=with_a_way_in)
