"""`moothall elsewhere`: in a demonstration, Borley's own waste system, in place of our waste function there."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries

EXAMPLE = settings.BASE_DIR / "examples" / "external_waste.py"


class Command(BaseCommand):
    """Connects the stand-in to Borley's waste and becomes it; ends with `moothall up`."""

    help = "In a demonstration: run a stand-in for Borley's own waste system."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.MOOTHALL_PORT + 90)
        parser.add_argument("--seconds", type=float, default=8, help="how long its crew takes")

    def handle(self, **options):
        if not settings.DEMO or not EXAMPLE.exists():
            raise CommandError("This is a stand-in for demonstrations: set MOOTHALL_DEMO=1, in a copy of the project.")
        book = settings.MOOTHALL_DATA / "external_waste.json"
        os.environ["EXTERNAL_KEY"] = self.connect(options["port"])
        command = [sys.executable, str(EXAMPLE), str(options["port"]), str(book), str(options["seconds"])]
        os.execv(sys.executable, command)  # noqa: S606  the arguments are our own

    def connect(self, port: int) -> str:
        """Let the stand-in do Borley's waste from now on; return the key it signs with."""
        body = bodies.body("borley")
        by = Actor.system("links.elsewhere", body.id)
        with scoped(Scope(bodies=(body.id,), purpose="links.elsewhere", actor=by)):
            address = f"http://127.0.0.1:{port}"
            name = "Borley's own waste system"
            said = {"body_id": body.id, "function": "waste", "name": name, "address": address}
            return queries.key(actions.connect(**said, at=now(), by=by))
