"""What was asked for just now and lies on officers' desks: one of each that they decide, so that there is work."""

import datetime as dt
import itertools

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.simulation.actions.crowd import Crowd
from moothall.simulation.actions.play import Player
from moothall.simulation.queries import decided_services
from moothall.simulation.rules.county import SEED
from moothall.simulation.rules.needs import needs_of
from moothall.simulation.rules.organisations import DISTRICT_IDS
from moothall.simulation.rules.year import Request

MINUTES = 30
"""How long ago they asked: long enough to have paid, too short for anybody to have worked on it."""

FORMATS = ("format:braille", "format:easy-read")
"""What the first of them read, so that there are letters to make by hand."""


def ask_lately(*, seed: int = SEED, at: dt.datetime, by: Actor) -> int:
    """Let residents of Ashby ask for one of each service that an officer decides; return how many were opened."""
    mine = tuple(body.id for body in bodies.bodies(partner=True, on=at.date()))
    asked = at - dt.timedelta(minutes=MINUTES)
    player = Player(Crowd(seed=seed, at=asked, by=by), mine)
    player.looked = player.now = asked
    askers = player.crowd.askers
    homes = [n for n, asker in enumerate(askers) if asker.district == DISTRICT_IDS["Ashby"]]
    first = [_who_reads(wanted, homes, len(askers)) for wanted in FORMATS]
    for who, service_id in zip(itertools.chain(first, itertools.cycle(homes)), decided_services(), strict=False):
        player.ask(Request(asked, service_id, "web", who, who, luck=0.5))
    player.until(at)
    return player.opened


def _who_reads(wanted: str, homes: list[int], askers: int) -> int:
    """Return a number by which somebody of these homes asks, and needs a format."""
    return next(who for home in homes for who in range(home, home + 20 * askers, askers) if wanted in needs_of(who))
