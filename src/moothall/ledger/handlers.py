"""Opens books where they are needed, and answers the house's questions about the ledger's rows."""

import datetime as dt

from moothall.catalogue import queries as catalogue
from moothall.core import personal
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import on
from moothall.ledger import actions
from moothall.sharing.events import ServiceAdopted

personal.free("ledger_account", "name", why="the name of an account in the books")
personal.free("ledger_journal", "narrative", why="names the service and the case's reference")
personal.free("ledger_charge", "description", why="names what is charged for, never who pays")
personal.free("ledger_refund", "reason", why="says why money goes back, never to whom")


@on(ServiceAdopted)
def open_books(event: ServiceAdopted, *, at: dt.datetime, by: Actor) -> None:
    """A body that offers its first service with a fee gets books, for this month and the next."""
    if catalogue.definition(event.version_id).fee:
        actions.open_books(body_id=event.body_id, month=local(at).date(), months=2, at=at, by=by)
