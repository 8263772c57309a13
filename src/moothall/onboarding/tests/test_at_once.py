"""Two bodies that are invited at the same moment do not become one."""

import threading

from django.db import connection, transaction

from moothall.bodies.actions.organisation import FoundedAtOnce
from moothall.onboarding.tests.conftest import body, invited

OTHER = {"name": "Fenmouth Police", "code": "FPO", "slug": "fenmouth-police", "signpost_url": "https://fpo.example/"}


def test_of_two_invitations_at_once_one_is_asked_to_be_sent_again(real_db):
    told = []

    def invite():
        try:
            told.append(invited(**OTHER))
        except FoundedAtOnce as refusal:
            told.append(refusal)
        finally:
            connection.close()

    second = threading.Thread(target=invite)
    with transaction.atomic():
        first = invited()
        second.start()
        second.join(2)  # it waits for ours to be written, or not
    second.join(60)
    assert [type(one) for one in told] == [FoundedAtOnce]
    assert body(first).code == "WPO"
