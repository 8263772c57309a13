"""Make up the county."""

from datetime import date, datetime

from moothall.bodies import actions as bodies
from moothall.bodies import queries as public
from moothall.booking import actions as booking
from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.core.workdays import england
from moothall.ledger import actions as ledger
from moothall.simulation.rules.county import SEED, County, marchshire
from moothall.simulation.rules.diaries import DIARIES, Diary

APPOINTED = date(2024, 4, 1)
COUNCILS = ("county", "district", "unitary")


def lay_out_marchshire(*, seed: int = SEED, every: int = 1, at: datetime, by: Actor) -> dict[str, int]:
    """Lay out Marchshire, its neighbours, their bodies, teams and staff; return how many of each.

    `every` n keeps every n-th home (and all of Mill Lane in Ashby), which is enough for tests. Staff get accounts
    that nobody can sign in to until a password or passkey is set.
    """
    county = marchshire(seed)
    with scoped(Scope(bodies=tuple(body["id"] for body in county.bodies), purpose="laying out", actor=by)):
        _organisations(county, at, by)
        return bodies.lay_out(
            areas=county.areas,
            streets=county.streets,
            dwellings=_kept(county, every),
            exceptions=_kept_exceptions(county, every),
            at=at,
            by=by,
        ) | {"bodies": len(county.bodies), "staff": len(county.staff)}


def _organisations(county: County, at: datetime, by: Actor) -> None:
    for body in county.bodies:
        bodies.found_body(**body | {"starts": date.fromisoformat(body["starts"])}, at=at, by=by)
    teams = {(team["body_id"], team["code"]): bodies.form_team(**team, at=at, by=by) for team in county.teams}
    for post in county.staff:
        account = Account.objects.create_user(post["email"], name=post["name"], is_staff_account=True)
        bodies.appoint(
            account_id=account.pk,
            body_id=post["body_id"],
            team_id=teams[post["body_id"], post["team"]],
            name=post["name"],
            roles=post["roles"],
            starts=APPOINTED,
            at=at,
            by=by,
        )


def _kept(county: County, every: int) -> list[dict]:
    mill_lane = {s["usrn"] for s in county.streets if s["name"] == "Mill Lane" and s["locality"] == "Ashby"}
    return [home for i, home in enumerate(county.dwellings) if i % every == 0 or home["usrn"] in mill_lane]


def _kept_exceptions(county: County, every: int) -> list[dict]:
    kept = {home["uprn"] for home in _kept(county, every)}
    return [row for row in county.exceptions if row.get("uprn") is None or row["uprn"] in kept]


def open_counters(*, first: date, last: date, at: datetime, by: Actor) -> None:
    """Open the councils' books for every month from `first` to `last`, and the days that residents may book.

    What can be booked where is in rules.diaries; no bank holidays.
    """
    councils = [b for b in public.bodies(partner=True, on=first) if b.kind in COUNCILS]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for body in councils:
        with scoped(Scope(bodies=(body.id,), purpose="opening counters", actor=by)):
            ledger.open_books(body_id=body.id, month=first, months=months, at=at, by=by)
            for diary in DIARIES.get(body.kind, ()):
                _open_diary(body.id, diary, first, last, at, by)


def _open_diary(body_id: int, diary: Diary, first: date, last: date, at: datetime, by: Actor) -> None:
    booking.keep_diary(body_id=body_id, kind=diary.kind, name=diary.name, remind_days=diary.remind_days, at=at, by=by)
    for start, end in diary.hours:
        booking.open_weekly(
            body_id=body_id, kind=diary.kind, first=first, last=last, weekdays=diary.weekdays, start=start, end=end,
            capacity=diary.places, closed=england().holidays, at=at, by=by,
        )  # fmt: skip
