"""A message that did not arrive becomes somebody's work, once."""

import datetime as dt

from moothall.casework.models import Task
from moothall.casework.tests.conftest import AT, MARCH, NOBODY, open_pothole
from moothall.core import messages, queue
from moothall.core.carriers import Undeliverable
from moothall.core.models import Outgoing
from moothall.core.scope import scoped

TITLE = "Reach the resident in another way: our email did not arrive"


class Refusing:
    """Carries nothing."""

    name = "refusing"

    def known(self, reference):
        return False

    def send(self, parcel):
        raise Undeliverable("no-such-address")


def test_somebody_reaches_the_resident_in_another_way(real_db, functions, monkeypatch):
    monkeypatch.setattr(messages, "carrier_for", lambda channel: Refusing())
    with scoped(NOBODY):
        case_id = open_pothole().case_id
    for minutes in range(4):
        queue.run_pending(at=AT + dt.timedelta(minutes=minutes))
    with scoped(MARCH):
        assert set(Outgoing.objects.filter(case_id=case_id).values_list("state", flat=True)) == {"failed"}
        (task,) = Task.objects.filter(case_id=case_id, title=TITLE, state="open")
        assert task.due_at > AT
