"""What was asked for just now and lies on officers' desks: one of each that they decide, so that there is work."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.simulation.actions.crowd import Crowd
from moothall.simulation.actions.play import Player
from moothall.simulation.queries import decided_services
from moothall.simulation.rules.county import SEED
from moothall.simulation.rules.organisations import DISTRICT_IDS
from moothall.simulation.rules.year import Request

MINUTES = 30
"""How long ago they asked: long enough to have paid, too short for anybody to have worked on it."""


def ask_lately(*, seed: int = SEED, at: dt.datetime, by: Actor) -> int:
    """Let residents of Ashby ask for one of each service that an officer decides; return how many were opened."""
    mine = tuple(body.id for body in bodies.bodies(partner=True, on=at.date()))
    asked = at - dt.timedelta(minutes=MINUTES)
    player = Player(Crowd(seed=seed, at=asked, by=by), mine)
    player.looked = player.now = asked
    homes = [n for n, asker in enumerate(player.crowd.askers) if asker.district == DISTRICT_IDS["Ashby"]]
    for n, service_id in enumerate(decided_services()):
        home = homes[n % len(homes)]
        player.ask(Request(asked, service_id, "web", home, home, luck=0.5))
    player.until(at)
    return player.opened
