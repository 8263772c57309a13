"""Receive mail by SMTP: `moothall receive_mail --listen 127.0.0.1:2525`, behind the organisation's own mail server."""

import asyncio
import signal
import threading

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions
from moothall.inbox.rules import mail
from moothall.inbox.rules.addresses import addressed

MOST_RECIPIENTS = 10


class Receiver:
    """Takes letters for addresses that are ours, and says so when they are stored."""

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        """Take an address of a body's; refuse any other: this is no relay."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if await asyncio.to_thread(whose, address) is None:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        """Store a letter for each recipient; until it is, the sender keeps it."""
        raw = f"Return-Path: <{envelope.mail_from or ''}>\r\n".encode("ascii", "replace") + envelope.content
        try:
            for address in envelope.rcpt_tos:
                await asyncio.to_thread(store, address, raw)
        except Refusal as no:
            return f"554 5.6.0 {no.message}"
        except Exception:  # whatever it is, the sender tries again
            return "451 4.3.0 We cannot store it just now. Try again later"
        return "250 2.0.0 Stored"


def whose(address: str) -> tuple[int, str] | None:
    """Return (body, channel) that an address means today, or None."""
    found = addressed(address, settings.MOOTHALL_MAIL["domain"])
    if found is None:
        return None
    close_old_connections()
    with scoped(Scope(purpose="inbox.receive", actor=Actor.system("inbox.receive"))):
        body = next((one for one in bodies.bodies() if one.slug == found[0] and one.partner), None)
        return (bodies.stands_for(body.id, on=now().date()), found[1]) if body else None


def store(address: str, raw: bytes) -> None:
    """Store a letter for one address, in a transaction of its own."""
    body_id, channel = whose(address)
    by = Actor.system("inbox.receive", body_id)
    with scoped(Scope(bodies=(body_id,), purpose="inbox.receive", actor=by)):
        actions.take_in(
            body_id=body_id, channel=channel, raw=raw, name="letter.eml", kind=actions.MAIL, at=now(), by=by
        )


def receiver(host: str, port: int) -> Controller:
    """Return a mail server that is not started yet."""
    return Controller(Receiver(), hostname=host, port=port, data_size_limit=mail.LARGEST, ident="Moothall")


class Command(BaseCommand):
    help = "Receive mail by SMTP for <body>@ and <body>+fax@ the domain that MOOTHALL_MAIL_DOMAIN names."

    def add_arguments(self, parser):
        parser.add_argument("--listen", default="127.0.0.1:2525", help="host:port")

    def handle(self, *args, listen: str, **options):
        """Run until stopped."""
        if not settings.MOOTHALL_MAIL["domain"]:
            raise CommandError("Name the domain whose mail comes here first: MOOTHALL_MAIL_DOMAIN=in.council.example")
        host, _, port = listen.rpartition(":")
        if not (host and port.isdigit()):
            raise CommandError("--listen takes a host and a port, such as 127.0.0.1:2525")
        server = receiver(host, int(port))
        server.start()
        self.stdout.write(f"Mail for {settings.MOOTHALL_MAIL['domain']} is received at {listen}.")
        ended = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: ended.set())
        ended.wait()
        server.stop()
