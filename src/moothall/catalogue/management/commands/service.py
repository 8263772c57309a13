"""`moothall service`: check definitions, show one, draw its workflow, print the language's schema, publish."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from moothall.bodies.queries import kinds_of_work
from moothall.catalogue import actions, queries
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.workdays import england


class Command(BaseCommand):
    """Work with service definitions; no database is needed except to publish."""

    help = "Check, show, draw or publish service definitions."
    requires_system_checks = []

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("check", help="load definitions and play their worked examples")
        check.add_argument("folder", nargs="?", type=Path, help="a service's folder, or a folder of them (services/)")
        show = verbs.add_parser("show", help="print what a service asks, does, promises and tells")
        show.add_argument("service", help="a service's name, or its folder")
        draw = verbs.add_parser("draw", help="draw a service's workflow as SVG")
        draw.add_argument("service", help="a service's name, or its folder")
        draw.add_argument("--to", type=Path, help="the file to write; printed when not given")
        draw.add_argument("--lang", choices=["en", "cy"], default="en")
        verbs.add_parser("schema", help="print the JSON Schema of the language")
        publish = verbs.add_parser("publish", help="publish definitions into the catalogue")
        publish.add_argument("folder", nargs="?", type=Path, help="a service's folder, or a folder of them (services/)")

    def handle(self, *, verb, **given):
        getattr(self, verb)(**given)

    def check(self, *, folder, **_):
        folder = folder or settings.SERVICES
        root = folder.resolve().parent if (folder / "service.yaml").exists() else folder
        root = root if (root / "topics.yaml").exists() else settings.SERVICES
        lines, well = queries.check_folder(folder, root, england(), kinds_of_work())
        self.stdout.write("\n".join(lines))
        if not well:
            raise CommandError("Not all is well with these services; see above.")

    def show(self, *, service, **_):
        self.stdout.write("\n".join(queries.describe_lines(self._load(service))))

    def draw(self, *, service, to, lang, **_):
        svg = queries.drawing(self._load(service), lang)
        if to:
            to.write_text(svg)
            self.stdout.write(f"Drawn in {to}.")
        else:
            self.stdout.write(svg)

    def schema(self, **_):
        self.stdout.write(json.dumps(queries.json_schema(), indent=2, ensure_ascii=False))

    def publish(self, *, folder, **_):
        try:
            with transaction.atomic():
                made = actions.publish_folder(
                    path=folder or settings.SERVICES, at=now(), by=Actor.system("catalogue.publish")
                )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Published {len(made)} new version{'' if len(made) == 1 else 's'}.")

    def _load(self, service):
        folder = Path(service) if (Path(service) / "service.yaml").exists() else settings.SERVICES / service
        try:
            return queries.from_folder(folder)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
