"""`moothall link`: let another system do a body's function, change its key, or give the function back."""

from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries

SAY_KEY = "Its key, which is stored nowhere and can be shown again with `moothall link key`:\n{key}"


class Command(BaseCommand):
    """Connects and disconnects systems; says what it did and what to do next."""

    help = "Let another system do a body's function: connect, key, change-key, disconnect."

    def add_arguments(self, parser):
        parser.add_argument("do", choices=["connect", "key", "change-key", "disconnect"])
        parser.add_argument("body", help="its short name, such as borley")
        parser.add_argument("function", help="the first word of the steps it performs, such as waste")
        parser.add_argument(
            "address", nargs="?", help="where it listens, such as https://waste.borley.example/moothall"
        )
        parser.add_argument("--name", help="what people call it")

    def handle(self, **options):
        try:
            body = bodies.body(options["body"])
            by = Actor.system("links.link", body.id)
            with scoped(Scope(bodies=(body.id,), purpose="links.link", actor=by)):
                self.stdout.write(getattr(self, options["do"].replace("-", "_"))(body, options, by))
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal

    def connect(self, body, options, by) -> str:
        """Connect a system, or change its address."""
        if not options["address"]:
            raise CommandError("Give the address where it listens.")
        name = options["name"] or f"{body.name}, {options['function']}"
        said = {"function": options["function"], "name": name, "address": options["address"].rstrip("/")}
        row = actions.connect(body_id=body.id, **said, at=now(), by=by)
        return f"From now on {name} does {options['function']} for {body.name}.\n" + SAY_KEY.format(
            key=queries.key(row)
        )

    def key(self, body, options, by) -> str:
        """Show the key."""
        return queries.key(queries.system(body_id=body.id, function=options["function"]))

    def change_key(self, body, options, by) -> str:
        """Change the key; the old one is believed for a week."""
        row = queries.system(body_id=body.id, function=options["function"])
        return "The old key is believed for seven more days. The new one:\n" + actions.change_key(
            system=row, at=now(), by=by
        )

    def disconnect(self, body, options, by) -> str:
        """Give the function back."""
        row = queries.system(body_id=body.id, function=options["function"])
        actions.disconnect(system=row, at=now(), by=by)
        return f"New steps are done here again. {row.name} finishes what it has accepted."
