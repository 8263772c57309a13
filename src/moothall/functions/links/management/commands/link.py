"""`moothall link`: let another system do a body's function, change its key, or give the function back."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

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
        parser.add_argument(
            "function", help="the first word of the steps it performs, such as waste, or what the link is called"
        )
        parser.add_argument(
            "address", nargs="?", help="where it listens, such as https://waste.borley.example/moothall"
        )
        parser.add_argument("--folder", action="store_true", help="link it by CSV files in a folder; prints which")
        parser.add_argument("--name", help="what people call it")
        parser.add_argument(
            "--steps", default="", help="the steps that it does, where not all: waste.clear,complaint/stage_one"
        )
        parser.add_argument(
            "--open311", help="a file of terms, where it speaks Open311; see docs/external-functions.md"
        )

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
        if bool(options["address"]) == options["folder"]:
            raise CommandError("Give the address where it listens, or --folder where it can only read and write files.")
        name = options["name"] or f"{body.name}, {options['function']}"
        said = {"function": options["function"], "name": name, "address": (options["address"] or "").rstrip("/")}
        terms = self.terms(options["open311"]) if options["open311"] else None
        steps = tuple(filter(None, options["steps"].split(",")))
        row = actions.connect(body_id=body.id, **said, terms=terms, steps=steps, at=now(), by=by)
        if terms is not None:
            return self.open311(body, row)
        does = ", ".join(steps) or row.function
        if row.protocol == "folder":
            where = queries.folder.of(row)
            return (
                f"From now on {name} does {does} for {body.name}, by files below {where}: docs/external-functions.md."
            )
        return f"From now on {name} does {does} for {body.name}.\n" + SAY_KEY.format(key=queries.key(row))

    def terms(self, path) -> dict:
        """Read the terms of a link by Open311 from a file."""
        try:
            return YAML(typ="safe").load(Path(path).read_text())
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise CommandError(f"{path} cannot be read as YAML: {error}") from error

    def open311(self, body, row) -> str:
        """Say what a link by Open311 does from now on, and what its other end does not know."""
        listed = queries.lists_codes(row)
        codes = {code for step in row.terms["steps"].values() for code in _codes(step["code"])}
        if listed is None:
            seen = "It does not answer yet: requests wait and are sent again."
        elif missing := sorted(codes - set(listed)):
            seen = f"It does not list {', '.join(missing)} among its services: mend the terms, or its list."
        else:
            seen = f"It lists {', '.join(sorted(codes))}."
        updates = settings.MOOTHALL_ADDRESS + reverse("links:update", args=[body.slug, row.function, "json"])
        steps = ", ".join(sorted(row.terms["steps"]))
        return (
            f"From now on {row.name} does {steps} for {body.name}, by Open311. {seen}\n"
            f"It may tell us of its requests at {updates} with this api_key:\n{queries.key(row)}"
        )

    def key(self, body, options, by) -> str:
        """Show the key."""
        return queries.key(queries.system(body_id=body.id, function=options["function"]))

    def change_key(self, body, options, by) -> str:
        """Change the key; both are believed meanwhile."""
        row = queries.system(body_id=body.id, function=options["function"])
        key = actions.change_key(system=row, at=now(), by=by)
        return (
            f"We sign with the new key from tomorrow, and believe the old one for seven days more. The new one:\n{key}"
        )

    def disconnect(self, body, options, by) -> str:
        """Give the function back."""
        row = queries.system(body_id=body.id, function=options["function"])
        actions.disconnect(system=row, at=now(), by=by)
        return f"New steps are done here again. {row.name} finishes what it has accepted."


def _codes(code) -> list[str]:
    return [code] if isinstance(code, str) else list(code.values())
