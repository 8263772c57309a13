"""What leaving means for a body, worked out from what is there: what goes, what it costs, what is still to be done."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from moothall.leaving.models import Departure
from moothall.leaving.queries import contents
from moothall.leaving.queries.money import notices, sums
from moothall.leaving.queries.work import ForOther, Ours, for_others, ours
from moothall.leaving.rules.cost import Notice, Sum, total
from moothall.settlement import queries as settlement


@dataclass(frozen=True)
class Meaning:
    """What leaving on a day means. `cost` is (pence, how many of its sums nobody knows)."""

    leaves: dt.date
    notices: list[Notice]
    sums: list[Sum]
    cost: tuple[int, int]
    ours: list[Ours]
    for_others: list[ForOther]
    uncharged: list[settlement.Uncharged]
    unposted: list

    @property
    def too_soon(self) -> list[Notice]:
        """Return the notices that this day does not keep to."""
        return [one for one in self.notices if not one.kept(self.leaves)]

    @property
    def soonest(self) -> dt.date | None:
        """Return the first day that keeps to every notice; None where no terms ask for any."""
        return max((one.given or one.soonest for one in self.notices), default=None)

    @property
    def unsaid(self) -> list[Ours]:
        """Return the services of which it must still be said who does them."""
        return [one for one in self.ours if not one.said]


def meaning(body_id: int, departure: Departure | None, leaves: dt.date, today: dt.date) -> Meaning:
    """Return what leaving on a day means for a body of the scope."""
    decided = departure.decided_on if departure else today
    found = sums(body_id, leaves, today)
    statements = settlement.statements(body_id)
    return Meaning(
        leaves=leaves,
        notices=notices(body_id, decided, today),
        sums=found,
        cost=total(found),
        ours=ours(body_id, departure, today),
        for_others=for_others(body_id, leaves, today),
        uncharged=settlement.uncharged(body_id, min(leaves, today) - dt.timedelta(days=1)),
        unposted=[row for row in statements if row.state not in ("posted", "withdrawn")],
    )


def what_goes() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return (what goes along, what stays), each in words with the tables it is about."""
    goes, stays = {}, {}
    with connection.cursor() as cursor:
        for table in contents.tables(cursor.connection):
            (goes if table.share.where else stays).setdefault(table.share.why, []).append(table.name)
    return goes, stays
