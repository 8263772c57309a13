"""A worker like any other, but one that thinks a job late after seconds instead of a minute.

python -m chaos.worker --deadline 4: the only difference from `moothall worker`, so that a run need not wait.
"""

import argparse
import datetime as dt
import sys
from dataclasses import replace


def main() -> None:
    """Shorten the deadlines, then be the worker."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadline", type=float, required=True)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--concurrency", type=int, default=2)
    given = parser.parse_args()
    import django

    django.setup()
    from django.core.management import call_command

    from moothall.core import queue
    from moothall.site.management.commands.worker import Command

    for name, task in queue.tasks.items():
        queue.tasks[name] = replace(task, deadline=dt.timedelta(seconds=given.deadline))

    class Hurried(Command):
        """Starts workers as hurried as itself."""

        def words(self, concurrency: int) -> list[str]:
            """Return the command line of the process that runs the jobs."""
            return [sys.executable, "-m", "chaos.worker", "--alone", "--deadline", str(given.deadline),
                    "--concurrency", str(concurrency)]  # fmt: skip

    call_command(Hurried(), alone=given.alone, concurrency=given.concurrency, every=1.0)


if __name__ == "__main__":
    main()
