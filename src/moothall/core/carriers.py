"""
Who carries messages: a local outbox (the default, and always in the demo), SMTP, or GOV.UK Notify.

A carrier is asked `known(reference)` before a message is sent a second time, and `send(parcel)`. It raises
Undeliverable when trying again would not help, and anything else when it might.
"""

import io
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class Undeliverable(Exception):
    """The carrier will not take this message, now or later; the argument is a short code."""


@dataclass(frozen=True)
class Parcel:
    """A message as handed to a carrier; `reference` is ours and stable."""

    reference: str
    channel: str
    recipient: str
    subject: str
    text: str
    language: str
    made_as: str = ""


class Carrier(Protocol):
    """What a carrier can do."""

    name: str
    channels: frozenset[str]

    def known(self, reference: str) -> bool:
        """Return whether the carrier already has a message of this reference."""

    def send(self, parcel: Parcel) -> None:
        """Hand the message over."""


class Outbox:
    """Keeps messages where one can read them in the browser; nothing leaves the machine."""

    name = "outbox"
    channels = frozenset({"email", "sms", "letter"})

    def known(self, reference: str) -> bool:
        """Nothing is ever handed over, so nothing is known."""
        return False

    def send(self, parcel: Parcel) -> None:
        """Leave it where it is: the row is the outbox."""


class Smtp:
    """
    E-mail through a mail server. SMTP cannot be asked what it has, so a message whose acknowledgement was lost goes
    again under the same Message-ID, by which mail readers recognise a second copy (RFC 5322, 3.6.4).
    """

    name = "smtp"
    channels = frozenset({"email"})

    def known(self, reference: str) -> bool:
        """A mail server cannot tell."""
        return False

    def send(self, parcel: Parcel) -> None:
        """Send one plain-text e-mail."""
        from smtplib import SMTPRecipientsRefused

        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
        headers = {"Message-ID": f"<{parcel.reference}@{domain}>", "Auto-Submitted": "auto-generated"}
        headers["Content-Language"] = parcel.language
        message = EmailMessage(
            parcel.subject,
            parcel.text,
            to=[parcel.recipient],
            headers=headers,
            connection=EmailBackend(timeout=20),
        )
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            if code >= 500:
                raise Undeliverable(f"smtp-{code}") from None
            raise


class Notify:
    """
    GOV.UK Notify through its official client. Its templates hold two gaps only, ((subject)) and ((text)); what is said
    is decided by our own services. Letters go as finished PDFs.
    """

    name = "notify"
    channels = frozenset({"email", "sms", "letter"})

    def __init__(self, options: dict):
        from notifications_python_client.notifications import NotificationsAPIClient

        self.client = NotificationsAPIClient(options["key"], base_url=options["address"], timeout=20)
        self.templates = options["templates"]

    def known(self, reference: str) -> bool:
        """Ask Notify whether it has a notification of our reference."""
        return bool(self.client.get_all_notifications(reference=reference)["notifications"])

    def send(self, parcel: Parcel) -> None:
        """Send by the channel's call; 4xx answers other than "slow down" are final."""
        from notifications_python_client.errors import HTTPError

        try:
            self._send(parcel)
        except HTTPError as error:
            if 400 <= error.status_code < 500 and error.status_code not in (403, 408, 429):
                raise Undeliverable(f"notify-{error.status_code}") from None
            raise

    def _send(self, parcel: Parcel) -> None:
        said = {"subject": parcel.subject, "text": parcel.text}
        if parcel.channel == "email":
            self.client.send_email_notification(
                parcel.recipient, self.templates["email"], personalisation=said, reference=parcel.reference
            )
        elif parcel.channel == "sms":
            self.client.send_sms_notification(
                parcel.recipient, self.templates["sms"], personalisation=said, reference=parcel.reference
            )
        else:
            from moothall.core.letters import letter_pdf

            self.client.send_precompiled_letter_notification(parcel.reference, io.BytesIO(letter_pdf(parcel)))


def carrier_for(channel: str) -> Carrier:
    """
    Return who carries this channel: settings.MESSAGES["via"] ("outbox", "smtp" or "notify") where it can, else the
    outbox, from which staff print letters. In a demo always the outbox: invented people have no letter boxes.
    """
    options = getattr(settings, "MESSAGES", {"via": "outbox"})
    via = "outbox" if getattr(settings, "DEMO", False) else options["via"]
    carrier = {"outbox": Outbox, "smtp": Smtp}[via]() if via != "notify" else Notify(options["notify"])
    return carrier if channel in carrier.channels else Outbox()
