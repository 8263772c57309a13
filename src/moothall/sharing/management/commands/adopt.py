"""`moothall adopt`: let a body offer the newest version of a service, with its own settings."""

import json

from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries


def gathered(pairs) -> dict:
    """Return settings by name, those of a text put together from its languages.

    >>> gathered([("fee_pence", 4000), ("put_out.en", "By the gate."), ("put_out.cy", "Wrth y giât.")])
    {'fee_pence': 4000, 'put_out': {'en': 'By the gate.', 'cy': 'Wrth y giât.'}}
    """
    found: dict = {}
    for name, value in pairs:
        base, _, language = name.partition(".")
        if language in ("en", "cy") and isinstance(found.get(base, {}), dict):
            found.setdefault(base, {"en": "", "cy": ""})[language] = str(value)
        else:
            found[name] = value
    return found


class Command(BaseCommand):
    """Draws a service down for one body, from today; an adoption that runs is ended and followed by this one."""

    help = (
        "Let a body offer the newest version of a service, done by its own staff. "
        "Where people come over from another employer, use the page instead: it asks what the unions said."
    )

    def add_arguments(self, parser):
        parser.add_argument("body", help="the body's short name or code: ashby, ASH")
        parser.add_argument("service", help="the service's name: report-pothole")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="what the service leaves open; a text by language: put_out.en=…",
        )
        parser.add_argument("--decided-by", required=True, help="who decided it: Cabinet, or an officer with the power")
        parser.add_argument("--reference", required=True, help="the reference of that decision")
        parser.add_argument("--decided-on", default="", metavar="2026-11-20", help="its day (today)")

    def handle(self, *, body, service, **given):
        at, by = now(), Actor.system("sharing.adopt")
        try:
            body = bodies.body(body)
            with scoped(Scope(bodies=(body.id,), purpose="adopting", actor=by)):
                day = given["decided_on"] or local(at).date().isoformat()
                said = {"decided_by": given["decided_by"], "decided_on": day, "reference": given["reference"]}
                papers = {"own-decision": said, "staff": {"moves": False}}
                self._adopt(body, service, gathered(map(self._setting, given["set"])), papers, at, by)
        except Refusal as refusal:
            problems = refusal.details.get("problems") or {}
            raise CommandError(" ".join([refusal.message, *(f"{k}: {v}" for k, v in problems.items())])) from refusal

    def _adopt(self, body, service, parameters, papers, at, by):
        current, today = catalogue.current(service), local(at).date()
        running = queries.adoption(body.id, service, today)
        if running and (running.version_id, running.parameters) == (current.id, parameters):
            self.stdout.write(f"{body.name} offers version {current.number} of {service} so already.")
            return
        actions.draw_down_own(body_id=body.id, service_id=service, parameters=parameters, papers=papers, at=at, by=by)
        self.stdout.write(f"{body.name} offers version {current.number} of {service} from today.")

    def _setting(self, text):
        name, sign, value = text.partition("=")
        if not sign:
            raise CommandError(f"Write --set NAME=VALUE, as in --set fee_pence=4000, not {text}.")
        try:
            return name, json.loads(value)
        except ValueError:
            return name, value
