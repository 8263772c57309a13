"""moothall reorganise [PLAN] [rehearse | carry-out | confirm | undo]"""

from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.core import operations
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.reorganisation import actions, queries

WHAT = ("rehearse", "carry-out", "confirm", "undo")


class Command(BaseCommand):
    """Lists plans, or does with one what its page does, here and now."""

    help = "Councils become one, or one is divided: list the plans, rehearse one, carry it out, confirm or undo it."

    def add_arguments(self, parser):
        """Take which plan, and what to do."""
        parser.add_argument("plan", nargs="?", help="the plan's address, as `moothall reorganise` lists it")
        parser.add_argument("what", nargs="?", choices=WHAT)

    def handle(self, *, plan, what, **options):
        """List the plans, or do what is asked of one."""
        try:
            if plan is None:
                self._list()
            elif what is None:
                self._tell(queries.by_slug(plan))
            else:
                self._do(queries.by_slug(plan), what)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _list(self):
        for one in queries.plans():
            self.stdout.write(
                f"{one.row.slug}: {one.row.title}, {one.row.vesting}, {one.row.get_state_display().lower()}"
            )

    def _tell(self, found):
        self.stdout.write(f"{found.row.title}, {found.row.vesting}: {found.row.get_state_display().lower()}")
        for one in queries.figures(found):
            mark = "" if one["same"] else "  DIFFERS"
            self.stdout.write(f"  {one['words']}, {one['name']}: {one['before']} before, {one['after']} after{mark}")

    def _do(self, found, what):
        at, body_id = now(), found.row.body_id
        by = Actor.system("reorganisation.reorganise", body_id)
        with scoped(Scope(bodies=bodies.lineage(body_id), purpose="reorganise", actor=by)):
            if what == "confirm":
                number = actions.confirm(plan_id=found.row.pk, at=at, by=by)
            else:
                number = actions.ask(plan_id=found.row.pk, body_id=body_id, what=what, at=at, by=by)
        operations.run(number)
        with scoped(Scope(bodies=bodies.lineage(body_id), purpose="reorganise", actor=by)):
            done = operations.get(number)
        if done.error:
            raise CommandError(done.error)
        if what == "confirm":
            self.stdout.write(f"{done.result['letters']} letters to residents.")
        self._tell(queries.by_slug(found.row.slug))
