"""Whoever has an account is told when somebody changes how it opens."""

import time

from allauth.mfa.totp.internal import auth as totp
from tests import world

from moothall.core import messages
from moothall.core.models import OutgoingWords
from moothall.core.scope import Scope, scoped


def test_who_changes_how_an_account_opens_is_told_in_the_outbox(real_db, client, settings):
    settings.EMAIL_BACKEND = "moothall.core.messages.OutboxBackend"
    officer = world.account_of(world.MARCHSHIRE, "officer")
    officer.emailaddress_set.create(email=officer.email, verified=True, primary=True)
    totp.TOTP.activate(officer, totp.generate_totp_secret())
    world.sign_in(client, officer)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session.save()
    assert client.post("/sign-in/2fa/recovery-codes/generate/").status_code == 302

    with scoped(Scope(bodies=(messages.PLATFORM,), purpose="sign-in message")):
        told = OutgoingWords.objects.get(recipient=officer.email)
    assert told.subject == "Marchshire County Council: New recovery codes were made"
    assert "The old ones no longer work." in told.text
    assert "tell your manager now" in told.text
