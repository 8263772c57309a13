"""Invented names: settlements, streets, houses and people. Any likeness to a living person is chance."""

import re
from importlib.resources import files
from random import Random


def _words() -> dict[str, list[str]]:
    text = files(__package__).joinpath("names.txt").read_text(encoding="utf-8")
    return {found[1]: found[2].split() for found in re.finditer(r"^\[(\w+)\]\n([^\[]+)", text, re.M)}


WORDS = _words()
MAIN_TOWNS = ("Ashby", "Borley", "Coveham", "Dunmere")
STREET_WORDS = ("trees", "birds", "places", "places", "surnames", "surnames")
HOUSE_ENDS = ("Cottage", "Cottage", "House", "Barn", "Lodge", "View", "End")
FARM_ENDS = ("Farm", "Farm", "Farmhouse", "Barn", "Grange")

LONG_TYPES = ("Road", "Avenue", "Street", "Drive", "Way")
SHORT_TYPES = ("Street", "Place", "Gardens", "Grove", "Terrace", "Court", "Crescent", "Walk", "Mews", "Row")
DEAD_END_TYPES = ("Close", "Close", "Court", "Mews", "Yard", "Croft")
VILLAGE_TYPES = ("Lane", "Lane", "Road", "Row", "Way", "Hill")


class Names:
    """Hands out names from a seed, never the same one twice where that would confuse."""

    def __init__(self, random: Random):
        self._random = random
        self._settlements = list(dict.fromkeys(self._all_settlements()))
        random.shuffle(self._settlements)

    def _all_settlements(self):
        taken = set(MAIN_TOWNS)
        for start in WORDS["starts"]:
            for end in WORDS["ends"]:
                name = start + end
                if name not in taken and start[-1] != end[0] and len(name) <= 11:
                    yield name

    def settlement(self) -> str:
        """Return the name of a town or village that no other has."""
        return self._settlements.pop()

    def streets(self) -> "StreetNames":
        """Return a source of street names for one settlement."""
        return StreetNames(self._random)

    def person(self) -> str:
        """Return the full name of somebody invented."""
        family = "surnames" if self._random.random() < 0.6 else "later_surnames"
        return f"{self._random.choice(WORDS['first_names'])} {self._random.choice(WORDS[family])}"


class StreetNames:
    """The street names of one settlement, each given once."""

    def __init__(self, random: Random):
        self._random, self._taken = random, set()

    def give(self, types: tuple[str, ...]) -> str:
        """Return a name that ends in one of the types and that this settlement does not have yet."""
        while True:
            stem = self._random.choice(WORDS[self._random.choice(STREET_WORDS)])
            name = f"{stem} {self._random.choice(types)}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def keep(self, name: str) -> bool:
        """Take a given name; return False when the settlement has it already."""
        if name in self._taken:
            return False
        self._taken.add(name)
        return True
