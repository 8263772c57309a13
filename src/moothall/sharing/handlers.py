"""What sharing answers to those below it: as what a body offers a service."""

import datetime as dt

from moothall.core.ports import service_offer
from moothall.sharing import queries


@service_offer.answer()
def offered(service_id: str, body_id: int, day: dt.date):
    """Return (version id, settings) by which a body offers a service on a day, or None when it does not."""
    adoption = queries.adoption(body_id, service_id, day)
    return (adoption.version_id, adoption.parameters) if adoption else None
