"""The faults: drawn from a seed, struck at a house one after another, mended after a while."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from chaos.house import WORKERS, House
from chaos.proxy import Trick, begins_to_send, claims, commits


@dataclass
class Fault:
    """A kind of fault, struck once this many submissions were answered. `draw` decides its details."""

    kind: str
    after: int
    draw: float


def draw_faults(count: int, submissions: int, rng: random.Random, only: str = "") -> list[Fault]:
    """Return so many faults, spread over the submissions in random order, every kind as often as any other.

    `only` are words that the kinds' names must hold.
    """
    wanted = [kind for kind in KINDS if only in kind]
    kinds: list[str] = []
    while len(kinds) < count:
        kinds += rng.sample(wanted, len(wanted))
    moments = sorted(rng.randint(submissions // (count + 1), submissions * count // (count + 1)) for _ in range(count))
    return [Fault(kind, after, rng.random()) for kind, after in zip(kinds[:count], moments, strict=True)]


class Striker:
    """Strikes faults at a house and mends what does not mend itself, when its time has come."""

    def __init__(self, house: House):
        self.house, self.struck, self.healed = house, Counter(), False
        self._to_mend: list[tuple[float, Callable[[], None]]] = []

    def strike(self, fault: Fault) -> None:
        """Let a fault happen."""
        self.struck[fault.kind] += 1
        KINDS[fault.kind](self, fault)

    def mend_due(self) -> None:
        """Mend what was broken for long enough."""
        for when, mend in list(self._to_mend):
            if time.monotonic() >= when:
                self._to_mend.remove((when, mend))
                mend()

    def mend_all(self) -> None:
        """Mend everything now."""
        self.healed = True
        self._to_mend.clear()
        self.house.heal()

    def later(self, seconds: float, mend: Callable[[], None]) -> None:
        """Mend something after some seconds."""
        self._to_mend.append((time.monotonic() + seconds, mend))

    def settle(self, seconds: float) -> None:
        """Wait until every fault has bitten and was mended in its time, but not for ever."""
        until = time.monotonic() + seconds
        while (self._to_mend or self.house.proxy.waiting) and time.monotonic() < until:
            self.mend_due()
            time.sleep(0.1)

    def freeze(self, trick: Trick, port: int, seconds: float) -> None:
        """Freeze the worker that talks from a port until its job has long been given to another.

        One at a time: were both frozen, nobody would take the job over.
        """
        if self.healed:
            return
        if self.house.frozen:
            self.later(1, lambda: self.house.proxy.play("worker", trick))
        elif pid := self.house.signal("worker", port, signal.SIGSTOP):
            self.later(seconds, lambda: self.house.wake(pid))


def _kill(kind: str, how: str, fits) -> Callable[[Striker, Fault], None]:
    def strike(striker: Striker, _fault: Fault) -> None:
        striker.house.proxy.play(kind, Trick(how, fits, lambda port: striker.house.signal(kind, port, signal.SIGKILL)))

    return strike


def _freeze(fits) -> Callable[[Striker, Fault], None]:
    def strike(striker: Striker, fault: Fault) -> None:
        trick, seconds = Trick("hold-answer", fits), striker.house.deadline * (1.5 + fault.draw * 2)
        trick.then = lambda port: striker.freeze(trick, port, seconds)
        striker.house.proxy.play("worker", trick)

    return strike


def _lose(how: str) -> Callable[[Striker, Fault], None]:
    def strike(striker: Striker, _fault: Fault) -> None:
        for kind in ("web", "worker", "worker", "worker"):
            striker.house.proxy.play(kind, Trick(how, commits))

    return strike


def _power_cut(striker: Striker, fault: Fault) -> None:
    number = int(fault.draw * WORKERS)
    striker.house.kill_worker(number)
    striker.later(2, lambda: striker.house.start_worker(number))


def _provider(mode: str) -> Callable[[Striker, Fault], None]:
    def strike(striker: Striker, _fault: Fault) -> None:
        provider = striker.house.neighbours.provider
        provider.mode = mode
        striker.later(3, lambda: setattr(provider, "mode", "ok"))

    return strike


def _no_letters(striker: Striker, _fault: Fault) -> None:
    notify = striker.house.neighbours.notify
    notify.refuse = 503
    striker.later(3, lambda: setattr(notify, "refuse", None))


def _lost_letters(striker: Striker, fault: Fault) -> None:
    striker.house.neighbours.notify.lose += 1 + int(fault.draw * 4)


def _waste(mode: str) -> Callable[[Striker, Fault], None]:
    def strike(striker: Striker, _fault: Fault) -> None:
        waste = striker.house.neighbours.waste
        waste.be(mode)
        striker.later(3, lambda: waste.be("ok"))

    return strike


def _waste_killed(striker: Striker, _fault: Fault) -> None:
    waste = striker.house.neighbours.waste
    waste.kill()
    striker.later(2, waste.start)


KINDS: dict[str, Callable[[Striker, Fault], None]] = {
    "web killed between commit and answer": _kill("web", "hold-answer", commits),
    "web killed before commit": _kill("web", "hold", commits),
    "worker killed in a step": _kill("worker", "hold-answer", claims),
    "worker killed between commit and the end of its job": _kill("worker", "hold-answer", commits),
    "worker frozen in a step": _freeze(claims),
    "worker frozen after a commit": _freeze(commits),
    "worker frozen before it hands a letter over": _freeze(begins_to_send),
    "worker without power": _power_cut,
    "database restarted": lambda striker, _fault: striker.house.restart_database("fast"),
    "database crashed": lambda striker, _fault: striker.house.restart_database("immediate"),
    "connections cut": lambda striker, _fault: striker.house.proxy.cut(),
    "connections stalled": lambda striker, fault: striker.house.proxy.stall(1 + 2 * fault.draw),
    "acknowledgements lost": _lose("lose-answer"),
    "commits lost": _lose("lose-commit"),
    "letters not taken": _no_letters,
    "letters taken, not acknowledged": _lost_letters,
    "payments down": _provider("down"),
    "payments taken, not acknowledged": _provider("deaf"),
    "other system hangs up": _waste("stop"),
    "other system answers nonsense": _waste("break"),
    "other system answers twice": _waste("twice"),
    "other system killed": _waste_killed,
}
