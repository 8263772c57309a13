"""moothall conformance ADDRESS [--step waste.clear] [--key ...]"""

import os

from django.core.management.base import BaseCommand, CommandError

from moothall.functions.links import queries, rules


class Command(BaseCommand):
    """Plays Moothall towards a supplier's own system, well-behaved and not, and prints what holds in words."""

    help = "Test whether a system can take a function's place. It needs no database, and tells nothing of any case."

    def add_arguments(self, parser):
        """Take where it listens, what is shared with it, and where it reaches us."""
        parser.add_argument("address", help="where it listens, such as https://waste.borley.example/moothall")
        parser.add_argument("--step", default="waste.clear", help="a step that it does (waste.clear)")
        parser.add_argument("--key", default=os.environ.get("EXTERNAL_KEY", ""), help="shared with it (EXTERNAL_KEY)")
        parser.add_argument("--next-key", default="", help="another that it believes, while keys are changed")
        parser.add_argument("--wait", type=float, default=30, help="seconds to wait for its call-backs (30)")
        parser.add_argument("--listen", default="127.0.0.1:0", help="host and port where we hear it (any free one)")
        parser.add_argument("--callback", default="", help="the address at which it reaches us, where that is another")
        parser.add_argument("--show", action="store_true", help="show each message")

    def handle(self, *, address, step, key, next_key, wait, listen, callback, show, **options):
        """Test it; CommandError with the number of failures where it does not conform."""
        if not key:
            raise CommandError("Give the key that is shared with it: --key, or EXTERNAL_KEY in the environment.")
        host, _, port = listen.rpartition(":")
        if not port.isdigit():
            raise CommandError("Write --listen as host:port, such as 0.0.0.0:9000.")
        listener = queries.Listener(host or "0.0.0.0", int(port), slow=min(3.0, wait / 4))  # noqa: S104  asked for
        bench = queries.Bench(
            address.rstrip("/"), key, step, listener, callback or f"http://{host}:{listener.port}/answers/",
            next_key=next_key, wait=wait, tell=self.stdout.write if show else (lambda said: None),
        )  # fmt: skip
        try:
            findings = list(queries.conformance(bench))
        finally:
            listener.close()
        self.stdout.write(rules.conformance.report(bench.address, findings))
        failed = sum(one.holds is False for one in findings)
        if failed:
            raise CommandError(f"{failed} of its answers will not do. Mend what is said above and test it again.")
