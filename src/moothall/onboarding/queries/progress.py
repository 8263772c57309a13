"""How far a joining is: each line is worked out from what is there."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.ledger import queries as ledger
from moothall.onboarding.models import KINDS, Joining
from moothall.onboarding.queries.joining import imports, settings_digest, trials
from moothall.onboarding.rules.packs import PACKS, Pack
from moothall.sharing import queries as sharing
from moothall.ui.rules import OWN_THEME


@dataclass(frozen=True)
class Task:
    """One line of the way in: `said` is how it stands, `to_do` what is missing ("" when nothing is)."""

    code: str
    title: str
    said: str
    to_do: str = ""
    optional: bool = False

    @property
    def done(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.to_do


def progress(joining: Joining, on: dt.date) -> list[Task]:
    """Return the lines of a body's way in, in the order in which they are best done, as things stand on a day."""
    body, pack = bodies.body(joining.body_id), PACKS[joining.pack]
    adopted = sharing.adoptions(on, body_id=body.id)
    return [
        _identity(body),
        _look(body),
        *([_area(body)] if pack.area else []),
        _services(adopted, pack),
        _teams(body, adopted),
        _people(body, pack, on),
        _books(body, on),
        _data(body),
        _trials(body, adopted),
    ]


def missing(joining: Joining, on: dt.date) -> list[Task]:
    """Return the lines that keep a body from going live; empty when it can."""
    return [line for line in progress(joining, on) if not line.done and not line.optional]


def _identity(body) -> Task:
    said = f"{body.name}, {body.code}, {bodies.KIND_NAMES[body.kind].lower()}"
    return Task("identity", "Name and how people reach it", said + ("" if body.name_cy else "; no Welsh name yet"))


def _look(body) -> Task:
    own = (body.colour, body.accent) != tuple(f"#{one}" for one in OWN_THEME)
    return Task("look", "How its pages look", f"{body.colour} and {body.accent}", "" if own else "Choose its colours.")


def _area(body) -> Task:
    size = bodies.square_kilometres(body.id)
    return Task(
        "area", "The area it answers for", f"{size:,.0f} square kilometres" if size else "", "" if size else
        "Send the outline, or choose the areas that it is made of."
    )  # fmt: skip


def _services(adopted, pack: Pack) -> Task:
    titles = sorted(catalogue.definition(row.version_id).title.en for row in adopted)
    count = f"{len(pack.services)} service{'s' if len(pack.services) != 1 else ''}"
    to_do = "" if titles else f"Take the starter pack: {count}, with the teams that do the work."
    return Task("services", "Services", ", ".join(titles), to_do)


def _teams(body, adopted) -> Task:
    there = {team.code: team.name for team in bodies.teams(body.id)}
    wanted = {team: title for row in adopted for team, title in _teams_of(row)}
    lacking = sorted(f"“{code}” for {wanted[code]}" for code in wanted.keys() - there.keys())
    to_do = f"Form the teams {', '.join(lacking)}." if lacking else "" if there else "Form at least one team."
    return Task("teams", "Teams", ", ".join(sorted(there.values())), to_do)


def _teams_of(adoption):
    """Yield (team, service) for each team whose work a service names; another body's teams are its own matter."""
    definition, kind = catalogue.definition(adoption.version_id), bodies.body(adoption.body_id).kind
    if adoption.provider_id == adoption.body_id:
        for step in definition.steps.values():
            if step.using.get("team") and (step.work is None or bodies.does(step.work, kind)):
                yield step.using["team"], definition.title.en


def _people(body, pack: Pack, on: dt.date) -> Task:
    held = [set(row.roles) for row in bodies.staff(body.id, on)]
    lacking = [bodies.ROLE_NAMES[role].lower() for role in pack.posts if not any(role in roles for roles in held)]
    count = len({row.account_id for row in bodies.staff(body.id, on)})
    said = f"{count} {'person' if count == 1 else 'people'}"
    return Task("staff", "People", said, f"Nobody is yet: {', '.join(lacking)}." if lacking else "")


def _books(body, on: dt.date) -> Task:
    months = [period.month for period in ledger.periods(body.id)]
    is_open = on.replace(day=1) in months
    said = f"Open from {min(months):%B %Y} to {max(months):%B %Y}" if months else ""
    return Task("books", "Books", said, "" if is_open else "Open the accounts and the months from this one on.")


def _data(body) -> Task:
    brought = imports(body.id)
    taken = [f"{KINDS[row.kind].lower()}: {row.taken:,}" for row in brought if row.state == "loaded"]
    waiting = [row for row in brought if row.state in ("reading", "checked", "loading")]
    said = "; ".join(taken) or "Nothing brought. A body without old cases leaves this out"
    to_do = f"{len(waiting)} still to be taken in or put away." if waiting else ""
    may_wait = not any(row.state == "loading" for row in waiting) and (bool(waiting) or not taken)
    return Task("data", "What it brings with it", said, to_do, optional=may_wait)


def _trials(body, adopted) -> Task:
    newest = trials(body.id)
    passed = [row for row in adopted if _passed(row, newest.get(row.service_id))]
    open_ = [catalogue.definition(row.version_id).title.en for row in adopted if row not in passed]
    to_do = "" if adopted and not open_ else f"Try out: {', '.join(sorted(open_)) or 'each service'}."
    return Task("trials", "Test cases", f"{len(passed)} of {len(adopted)} services do what they say", to_do)


def _passed(adoption, trial) -> bool:
    return trial is not None and trial.passed and trial.digest == settings_digest(adoption)
