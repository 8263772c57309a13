"""What was worked out before, kept by what it depends on: a change of one figure makes anew only what hangs on it.

Whoever asks names everything a result depends on, so a kept result is the very bits that a fresh run would make. Each
process keeps its own, up to a size; what was asked for longest ago goes first.
"""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

Found = TypeVar("Found")
SMALL = 1024
"""Bytes that a result without arrays counts as."""


def mark(*parts: object) -> str:
    """Return what differs as soon as anything differs that a result depends on (told by its `repr`, or as bytes).

    >>> mark("pay", 0.0) == mark("pay", 0.0), mark("pay", 0.0) == mark("pay", -0.0)
    (True, False)
    """
    made = hashlib.sha256()
    for part in parts:
        said = part if isinstance(part, bytes) else repr(part).encode()
        made.update(b"%d:" % len(said) + said)
    return made.hexdigest()


def size(result: object) -> int:
    """Return how many bytes a result takes, about."""
    return getattr(result, "nbytes", 0) + SMALL


def each(_result: object) -> int:
    """Count results instead of their bytes."""
    return 1


class Kept:
    """Results by what they depend on; `most` is how much may be kept, as `weigh` counts it: 0 keeps nothing.

    Threads may share one: two that ask for the same at once both work it out, and get the same.
    """

    def __init__(self, most: int = 0, weigh: Callable[[object], int] = size):
        self.most, self.weigh, self.weight = most, weigh, 0
        self.found: OrderedDict[Hashable, object] = OrderedDict()
        self.lock = Lock()
        if most:
            os.register_at_fork(after_in_child=self._free)

    def _free(self) -> None:
        """Let a forked process begin anew: a thread that held the lock, half way through, is not there any more."""
        self.found, self.weight, self.lock = OrderedDict(), 0, Lock()

    def __call__(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """Return what is kept under a key, or do the work and keep what it gives."""
        found = self.get(key)
        return self.put(key, work()) if found is None else found

    def get(self, key: Hashable):
        """Return what is kept under a key, or None. Nobody may alter it."""
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def put(self, key: Hashable, result: Found) -> Found:
        """Keep a result, and return it."""
        weight = self.weigh(result)
        with self.lock:
            if key not in self.found and weight <= self.most:
                self.found[key] = result
                self.weight += weight
            while self.weight > self.most:
                self.weight -= self.weigh(self.found.popitem(last=False)[1])
        return result
