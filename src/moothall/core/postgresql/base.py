"""The database backend. Django finds `DatabaseWrapper` here by the name of its module."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, but a connection kept from an earlier request is looked at, not asked with a statement of its own.

    A server that stops, or ends a connection, says so on it; on one that stands there is nothing to read between two
    statements. A network that fails in silence is noticed by the first statement, as it would be by a question.
    """

    def is_usable(self) -> bool:
        """Return whether the kept connection still stands."""
        kept = self.connection
        if kept is None or kept.closed or kept.info.transaction_status != TransactionStatus.IDLE:
            return False
        line = select.poll()
        line.register(kept.fileno(), select.POLLIN)
        return not line.poll(0)
