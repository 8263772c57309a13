"""`moothall web`: gunicorn with threads, two processes of four by default."""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from moothall.site import database


class Command(BaseCommand):
    """Serves the web pages."""

    help = "Serve the web pages (behind a proxy that does TLS, when it is not a demonstration)."

    def add_arguments(self, parser):
        parser.add_argument("--processes", type=int, default=2)
        parser.add_argument("--threads", type=int, default=4)
        parser.add_argument("--bind", default=f"127.0.0.1:{settings.MOOTHALL_PORT}")

    def handle(self, **options):
        os.environ.pop("MOOTHALL_AS_OWNER", None)
        database.leave_nothing_open()
        words = [
            sys.executable, "-m", "gunicorn", "moothall.site.wsgi:application",
            "--bind", options["bind"], "--worker-class", "gthread",
            "--workers", str(options["processes"]), "--threads", str(options["threads"]),
            "--preload", "--log-level", "warning", "--timeout", "60", "--no-control-socket",
        ]  # fmt: skip
        os.execv(sys.executable, words)
