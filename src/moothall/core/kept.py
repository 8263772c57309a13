"""Small reads that nearly every request makes, kept in the process for a few seconds.

A transaction that changes what is kept reads for itself until it ends; other processes see the change once what they
keep is no longer fresh. Keep only what is the same for everybody who asks with the same key.
"""

import time
from collections.abc import Callable
from weakref import WeakSet

from django.db import connection, transaction

_all: WeakSet = WeakSet()
clock = time.monotonic


class Kept:
    """A read, called with its key's parts; what it returned is believed for `fresh` seconds."""

    def __init__(self, read: Callable, *, fresh: float):
        self._read, self._fresh = read, fresh
        self._found: dict[tuple, tuple[float, object]] = {}
        _all.add(self)

    def __call__(self, *key):
        """Return what the read gives for this key, or gave just now."""
        if any(hook == self.forget for _, hook, *_ in connection.run_on_commit):
            return self._read(*key)
        read_at, found = self._found.get(key, (None, None))
        if read_at is None or clock() - read_at > self._fresh:
            read_at, found = clock(), self._read(*key)
            self._found[key] = (read_at, found)
        return found

    def changed(self) -> None:
        """Say that this transaction changes what is kept: it is forgotten when that commits."""
        transaction.on_commit(self.forget)

    def forget(self) -> None:
        """Read anew next time."""
        self._found = {}


def forget_all() -> None:
    """Read everything anew: the process now looks at another database."""
    for kept in _all:
        kept.forget()
