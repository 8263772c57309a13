"""Reads a list of colleagues: name, email, roles, team, starts."""

import datetime as dt
import re
from dataclasses import dataclass

from .lines import BadLine, Report, day, judge, needed, read

COLUMNS = ("name", "email", "roles")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Colleague:
    """Somebody who is to work for the body; `team` is a team's code or empty."""

    name: str
    email: str
    roles: tuple[str, ...]
    team: str
    starts: dt.date


def read_staff(text: str, *, roles: set[str], teams: set[str], today: dt.date) -> Report:
    """Read a list of colleagues; roles stand in one column, with semicolons between them.

    >>> told = {"roles": {"officer", "manager"}, "teams": {"front-desk"}, "today": dt.date(2026, 4, 1)}
    >>> ann = "name,email,roles,team\\nAnn Example,ann@police.example,officer; manager,front-desk\\n"
    >>> found = read_staff(ann, **told)
    >>> found.good[0][1].roles, found.problems
    (('manager', 'officer'), [])
    >>> read_staff("name,email,roles\\nAnn Example,ann@police.example,boss\\n", **told).problems
    [(2, 'There is no role “boss”. The roles are: manager, officer.')]
    """
    seen: set[str] = set()

    def one(given: dict) -> tuple[Colleague, str]:
        email = needed(given, "email", "a work e-mail address").lower()
        if not EMAIL.fullmatch(email):
            raise BadLine("The column email holds no address like name@example.com.")
        if email in seen:
            raise BadLine("That e-mail address stands in the file twice. Put all roles of one person on one line.")
        seen.add(email)
        held = _codes(needed(given, "roles", "at least one role"))
        for role in held - roles:
            raise BadLine(f"There is no role “{role[:40]}”. The roles are: {', '.join(sorted(roles))}.")
        team = "-".join(str(given.get("team") or "").lower().split())
        if team and team not in teams:
            known = ", ".join(sorted(teams)) or "none yet"
            raise BadLine(f"There is no team “{team[:40]}”. The teams are: {known}.")
        name = needed(given, "name", "the full name")
        return Colleague(name, email, tuple(sorted(held)), team, day(given, "starts") or today), "people"

    return judge(read(text, COLUMNS), one)


def _codes(text: str) -> set[str]:
    return {"-".join(part.lower().split()) for part in text.split(";") if part.strip()}
