"""Two clicks at the same moment: a service goes live once."""

import threading

from django.db import connection
from tests.world import ASHBY, BORLEY

from moothall.sharing.actions.drawing import NotADraft
from moothall.sharing.models import Adoption
from moothall.sharing.tests.test_drawing import live, offered, ready


def test_of_two_clicks_at_once_one_goes_live_and_the_other_is_told_so(real_db):
    draw_id, start, told = ready(offered()), threading.Barrier(2), []

    def click():
        start.wait(10)
        try:
            told.append(live(draw_id))
        except Exception as refusal:
            told.append(refusal)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(60)
    assert sorted(type(one) for one in told if not isinstance(one, Adoption)) == [NotADraft]
    assert Adoption.objects.filter(body_id=BORLEY, provider_id=ASHBY, service_id="garden-waste").count() == 1
