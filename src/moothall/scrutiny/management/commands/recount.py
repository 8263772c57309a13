"""`moothall recount`: forget the public figures and count them again from the facts; they come out the same."""

import datetime as dt

from django.core.management.base import BaseCommand

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.scrutiny import actions

FIRST = dt.date(2000, 1, 1)


class Command(BaseCommand):
    """Counts each body's promises and contacts again, in a transaction of its own."""

    help = "Count the public figures again from the facts."

    def handle(self, **options):
        for body in bodies.bodies(partner=True):
            with scoped(Scope(bodies=(body.id,), purpose="counting")):
                actions.count_contacts(body_id=body.id, since=FIRST, at=now(), by=Actor.system("scrutiny.recount"))
                counted = actions.rebuild(body_id=body.id, at=now(), by=Actor.system("scrutiny.recount"))
            self.stdout.write(f"{body.name}: {counted} promises.")
