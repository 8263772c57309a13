"""What is asked of every chapter, answered for keys."""

from moothall.core import personal, ports, succession
from moothall.core.belongings import Share, stays

personal.free("standards_apikey", "name", "made_by", why="a computer's name, and the number of an account")


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Who sent a body requests sends them to its successor, with the same key."""
    return succession.Chapter(
        fates={"standards_apikey": succession.moves("keys of other systems open the successor's door", "true")}
    )


@ports.belongings.answer("standards_apikey")
def goes_along() -> dict[str, Share]:
    """A key opens this door alone."""
    return {"standards_apikey": stays("a key opens this door alone: other systems are given new ones elsewhere")}
