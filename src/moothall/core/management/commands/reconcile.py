"""`moothall reconcile`: settle stuck jobs once, as the worker does every few seconds."""

from django.core.management.base import BaseCommand

from moothall.core import queue
from moothall.core.clock import now


class Command(BaseCommand):
    """Finishes or queues again the jobs that are past their deadline."""

    help = "Settle jobs past their deadline: finished where their receipt exists, else queued again."

    def handle(self, **options):
        counts = queue.reconcile(at=now())
        self.stdout.write(f"{counts['finished']} finished, {counts['retried']} queued again")
