"""What the database refuses, said to a person."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from moothall.core.refusal import Refusal

NOT_ALLOWED = "42501"
"""SQLSTATE insufficient_privilege: row security, or a function of ours that tests the body itself."""


@contextmanager
def refusing(constraints: Mapping[str, type[Refusal]], *, hidden: type[Refusal]) -> Iterator[None]:
    """Run a block in a savepoint and turn what the database refuses into a refusal that a person can act on.

    `constraints` names the refusal of each constraint; `hidden` is that of rows that are not the scope's. Any other
    error of the database goes on as it is.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        diag = getattr(error.__cause__, "diag", None)
        if getattr(diag, "sqlstate", None) == NOT_ALLOWED:
            raise hidden() from error
        refusal = constraints.get(getattr(diag, "constraint_name", None))
        if refusal is None:
            raise
        raise refusal() from error
