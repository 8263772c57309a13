"""The world of the tests: Marchshire and its districts share; Eastwold is outside and must see nothing.

Built once, by actions only, into the database that every test's database is cloned from.
"""

from datetime import UTC, date, datetime
from functools import cache

from moothall.core.actor import Actor

BUILT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
BY = Actor.system("tests.world")
MARCHSHIRE, ASHBY, BORLEY, COVEHAM, DUNMERE, POLICE, HEALTH, SCHOOLS, EASTWOLD, WOLDSHIRE, FENMOUTH = range(1, 12)
MILL_LANE_14 = "990000069488"
"""14 Mill Lane, Ashby: the home of most stories."""


def build() -> None:
    """Build the world; each chapter's part is a function below, in the order of the storeys."""
    _county()
    _services()
    _heard()
    _counters()
    _functions()


def _county() -> None:
    """Lay out the bodies, their teams and staff, all streets, and one home in thirty."""
    from moothall.simulation.actions import lay_out_marchshire

    lay_out_marchshire(every=30, at=BUILT, by=BY)


def _services() -> None:
    """Let every partner offer what its kind of body does, and Ashby's desk take Marchshire's potholes and lamps."""
    from moothall.simulation.actions import share_services

    share_services(starts=date(2024, 4, 1), desks=(ASHBY,), at=BUILT, by=BY)


def _heard() -> None:
    """Let the chapters hear what was adopted, so that no test finds jobs of the world's making."""
    from moothall.core.queue import run_pending

    run_pending(at=BUILT)


def _counters() -> None:
    """Open the councils' books from April 2026 to March 2028, and the districts' days for large items."""
    from moothall.simulation.actions import open_counters

    open_counters(first=BUILT.date(), last=BUILT.date().replace(year=2028, month=3), at=BUILT, by=BY)


def _functions() -> None:
    """Give highways its policy, the county its surfacing contract, the districts their rounds."""
    from moothall.simulation.actions import equip_functions

    equip_functions(at=BUILT, by=BY)


def account_of(body_id: int, role: str, team: str = ""):
    """Return the account of the first of a body's staff (by name) who has a role, in a team if one is named."""
    from moothall.bodies import queries
    from moothall.core.models import Account
    from moothall.core.scope import Scope, scoped
    from moothall.simulation.rules.organisations import URGENT_TEAMS  # they stand for nobody else of their body

    with scoped(Scope(bodies=(body_id,))):
        found = queries.staff(body_id, BUILT.date(), role)
        found = found.filter(team__code=team) if team else found.exclude(team__code__in=URGENT_TEAMS)
        return Account.objects.get(pk=found.first().account_id)


def sign_in(client, account, method: str = "persona"):
    """Sign a test client in as if by a method of sign-in; "password" alone is not enough for staff."""
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [{"method": method}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def as_staff(client, body_id: int, role: str, team: str = ""):
    """Sign a test client in as staff of a body with a role, in a team if one is named."""
    return sign_in(client, account_of(body_id, role, team))


@cache
def home_in(body_id: int) -> str:
    """Return a home that a district looks after, as the place picker posts it."""
    from moothall.bodies import queries
    from moothall.bodies.models import Dwelling

    for home in Dwelling.objects.order_by("uprn")[::37]:
        place = queries.place_of_dwelling(home.uprn)
        if queries.responsible("waste-collection", place).body_id == body_id:
            return queries.choice_of(place)
    raise LookupError(f"no home is looked after by {body_id}")
