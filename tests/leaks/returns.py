"""A return that Ashby is owed, by whoever sent its everyday request: an address with a word of its own."""

import datetime as dt
from uuid import UUID

from tests import world
from tests.leaks.words import as_body, canary, told
from tests.world import ASHBY

from moothall.core.clock import local, now


def plant(case_id: UUID) -> None:
    """Let a certificate that Ashby is owed each year, by way of one of its cases, be late: so its list leads to it."""
    from moothall.functions.returns import actions, rules

    checked = local(now()).date() - dt.timedelta(days=400)
    with as_body(ASHBY):
        actions.file(
            body_id=ASHBY, service_id="landlord-licence-return", case_id=case_id, reference="ASH-0001-000X",
            uprn="999000000901", label=f"{canary('ASH')} House", told=rules.Rhythm(months=12), counted_from=checked,
            **told(ASHBY),
        )  # fmt: skip
        entry = actions.open_entry(
            body_id=ASHBY, service_id="business-rates-return", uprn=world.MILL_LANE_14, due_on=None,
            why=f"{canary('ASH')} told us", **told(ASHBY),
        )  # fmt: skip
        day = local(now()).date() + dt.timedelta(days=40)
        actions.correct(entry_id=entry.pk, due_on=day, why=f"{canary('ASH')} asked", **told(ASHBY))
