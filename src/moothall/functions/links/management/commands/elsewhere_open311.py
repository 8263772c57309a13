"""`moothall elsewhere_open311`: in a demonstration, Dunmere's own street-cleaning system, which speaks Open311."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from ruamel.yaml import YAML

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries

EXAMPLE = settings.BASE_DIR / "examples" / "external_open311.py"
TERMS = settings.BASE_DIR / "examples" / "open311_terms.yaml"


class Command(BaseCommand):
    """Connects the stand-in to the clearing of Dunmere's fly-tipping and becomes it; ends with `moothall up`."""

    help = "In a demonstration: run a stand-in for Dunmere's own street-cleaning system, which speaks Open311."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.MOOTHALL_PORT + 91)
        parser.add_argument("--seconds", type=float, default=8, help="how long its crew takes")

    def handle(self, **options):
        if not settings.DEMO or not EXAMPLE.exists():
            raise CommandError("This is a stand-in for demonstrations: set MOOTHALL_DEMO=1, in a copy of the project.")
        book = settings.MOOTHALL_DATA / "external_open311.json"
        system = self.connect(options["port"])
        os.environ["OPEN311_KEY"] = settings.OPEN311_KEYS.get("dunmere.waste", "")
        os.environ["OPEN311_UPDATES"] = settings.MOOTHALL_ADDRESS + reverse(
            "links:update", args=["dunmere", "waste", "json"]
        )
        os.environ["OPEN311_UPDATES_KEY"] = queries.key(system)
        command = [sys.executable, str(EXAMPLE), str(options["port"]), str(book), str(options["seconds"])]
        os.execv(sys.executable, command)  # noqa: S606  the arguments are our own

    def connect(self, port: int):
        """Let the stand-in clear Dunmere's fly-tipping from now on; return the link."""
        body = bodies.body("dunmere")
        by = Actor.system("links.elsewhere", body.id)
        with scoped(Scope(bodies=(body.id,), purpose="links.elsewhere", actor=by)):
            terms = YAML(typ="safe").load(TERMS.read_text())
            said = {"body_id": body.id, "function": "waste", "name": "Dunmere's own street-cleaning system"}
            return actions.connect(**said, address=f"http://127.0.0.1:{port}", terms=terms, at=now(), by=by)
