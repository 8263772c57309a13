"""moothall audit verify | prove | check | seal"""

import json
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from moothall.core import audit, owner, sealing
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import AuditEntry
from moothall.core.scope import Scope, scoped
from moothall.core.seals import proof_holds, public_keys
from moothall.core.verify import report, verify


class Command(BaseCommand):
    """Checks the audit trail, and proves single entries of it."""

    help = "Check the audit trail (verify), print the proof of one entry (prove), or check such a proof (check)."

    def add_arguments(self, parser):
        """Take a verb and what it is about."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("verify", help="find any changed, dropped, reordered or forged row")
        prove = verbs.add_parser("prove", help="print the proof that one entry is in the trail, as JSON")
        prove.add_argument("entry", type=int)
        prove.add_argument("--body", type=int, required=True)
        check = verbs.add_parser("check", help="check a proof in a file, needing no database")
        check.add_argument("file", type=Path)
        seal = verbs.add_parser("seal", help="seal what waits at one body, now")
        seal.add_argument("--body", type=int, required=True)

    def handle(self, *, verb, **options):
        """Do what the verb says."""
        verbs = {"verify": self.verify, "prove": self.prove, "check": self.check_proof, "seal": self.seal}
        verbs[verb](**options)

    def verify(self, **options):
        """Check every row of every body."""
        with psycopg.connect(**owner.address()) as conn:
            verdict = verify(conn, Path(settings.MOOTHALL_DATA))
        self.stdout.write(report(verdict))
        if not verdict.sound:
            raise CommandError("The audit trail was tampered with: keep this database as it is and tell the auditor.")

    def prove(self, *, entry, body, **options):
        """Print one entry's proof."""
        with scoped(Scope(bodies=(body,), purpose="audit proof", actor=Actor.system("audit"))):
            try:
                self.stdout.write(json.dumps(audit.prove(entry_id=entry), ensure_ascii=False, indent=1))
            except AuditEntry.DoesNotExist:
                raise CommandError(f"Body {body} has no entry {entry}.") from None

    def check_proof(self, *, file, **options):
        """Check a proof against our public keys."""
        if not proof_holds(json.loads(file.read_text()), public_keys(Path(settings.MOOTHALL_DATA) / "keys")):
            raise CommandError("This proof does not hold.")
        self.stdout.write("The proof holds: the entry is in the trail as it stands.")

    def seal(self, *, body, **options):
        """Seal what waits."""
        with transaction.atomic(), scoped(Scope(bodies=(body,), purpose="seal", actor=Actor.system("audit"))):
            head = sealing.seal(body_id=body, at=now())
        self.stdout.write(f"Sealed up to entry {head.size:,}." if head else "Nothing waits to be sealed.")
