"""The `moothall` command: a few commands of ours, and every Django command."""

import os
import sys

HELP = """Moothall: the platform on which public bodies share services.

  moothall up               start everything: database, tables, demo county, web, worker
  moothall web              the web server alone
  moothall worker           the worker, with the reconciler that settles stuck jobs
  moothall receive_mail     take mail by SMTP for the desks' inboxes (docs/inbox.md)
  moothall migrate          make or change the tables, as the owner of the database
  moothall demo             fill an empty database with the invented county of Marchshire
  moothall simulate         play more days of the county's life
  moothall service          begin, check, show, draw, pull, push or publish a service's definition
  moothall adopt            let a body offer a published service
  moothall appraise         judge options for a service on one basis (docs/appraisal.md); needs no database
  moothall doctor           check database, queue, roles, settings, clock, assets and disk
  moothall audit verify     find any changed, dropped, reordered or forged audit entry
  moothall backup, restore  keep and bring back everything
  moothall bring            read cases or customers of another system, and take them in
  moothall link             let another system do a body's work, and change its key (docs/external-functions.md)
  moothall conformance      test, without a database, whether a system can take a function's place
  moothall reorganise       rehearse, carry out, confirm or undo that councils become one, or that one is divided
  moothall leave, arrive    write everything that one body owns, and bring it into a fresh Moothall

It reads MOOTHALL_PORT (8000), MOOTHALL_DATA (var/) and DATABASE_URL (unset: a private PostgreSQL).
Other commands go to Django: `moothall help`.
"""
AS_OWNER = {
    "up",
    "migrate",
    "demo",
    "simulate",
    "doctor",
    "audit",
    "backup",
    "restore",
    "leave",
    "arrive",
    "bring",
    "operate",
    "reorganise",
    "makemigrations",
}
NEEDS_DATABASE = AS_OWNER | {"adopt", "receive_mail", "web", "worker", "shell", "procrastinate"}


def main() -> None:
    """Run one command; say plainly what is wrong when the database cannot be used."""
    words = sys.argv[1:]
    if not words or (words[0] in ("-h", "--help", "help") and len(words) < 2):
        print(HELP)
        return
    if words[0] == "appraise":
        from moothall.site import appraise

        raise SystemExit(appraise.main(words[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    if words[0] in AS_OWNER:
        os.environ["MOOTHALL_AS_OWNER"] = "1"
    from moothall.site import database

    try:
        needs = words[0] in NEEDS_DATABASE - {"doctor", "up", "restore"} or (
            words[:1] == ["service"] and words[1:2] in (["publish"], ["pull"], ["push"])
        )
        if needs and not os.environ.get("MOOTHALL_CHILD"):
            database.ensure()
    except RuntimeError as error:
        raise SystemExit(str(error)) from error
    from django.core.management import execute_from_command_line

    execute_from_command_line(["moothall", *words])
