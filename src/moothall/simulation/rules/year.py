"""What a year brings: how many of each request on which day, when, by which channel, and how people work.

The numbers are a made-up county's own; the same seed gives the same year. Seasons follow what councils publish in
general terms (holes after frost, lamps in the dark months, garden waste in spring), not any real council's figures.
"""

import datetime as dt
from dataclasses import dataclass
from random import Random

SERVICES = {
    # service: requests a year at scale 1, weight of each month from January
    "report-pothole": (560, (16, 17, 15, 10, 7, 5, 4, 4, 5, 6, 8, 12)),
    "street-light": (240, (14, 11, 8, 6, 4, 3, 3, 4, 7, 11, 14, 15)),
    "fly-tipping": (330, (10, 8, 8, 8, 9, 8, 8, 8, 8, 8, 7, 10)),
    "missed-bin": (420, (13, 9, 7, 7, 8, 7, 8, 8, 7, 7, 7, 12)),
    "bulky-waste": (180, (6, 6, 9, 11, 11, 10, 9, 9, 9, 8, 6, 6)),
    "garden-waste": (150, (3, 8, 24, 22, 13, 8, 6, 5, 4, 3, 2, 2)),
    "complaint": (70, (10, 9, 8, 8, 8, 7, 8, 8, 8, 9, 8, 9)),
    "new-bin": (30, (10, 8, 8, 8, 8, 8, 8, 8, 9, 8, 8, 9)),
    "street-cleaning": (36, (6, 6, 8, 9, 9, 9, 9, 9, 9, 10, 10, 6)),
    "abandoned-vehicle": (16, (8, 8, 9, 9, 8, 8, 8, 8, 8, 9, 9, 8)),
    "council-tax-discount": (40, (8, 7, 18, 16, 8, 6, 6, 6, 9, 7, 5, 4)),
    "council-tax-reduction": (24, (10, 9, 12, 12, 8, 7, 7, 7, 8, 8, 7, 5)),
    "council-tax-moving": (30, (6, 6, 8, 8, 8, 9, 10, 11, 11, 9, 8, 6)),
    "council-tax-payment": (24, (10, 8, 10, 12, 9, 8, 8, 7, 8, 8, 7, 5)),
    "blue-badge": (18, (8, 8, 9, 8, 8, 9, 8, 8, 9, 9, 9, 7)),
    "homelessness": (24, (10, 9, 9, 8, 8, 7, 7, 8, 8, 9, 9, 8)),
    "adult-social-care": (30, (11, 10, 9, 8, 8, 7, 7, 7, 8, 8, 8, 9)),
    "safeguarding-concern": (18, (8, 8, 9, 8, 9, 9, 7, 6, 9, 9, 9, 9)),
    "free-school-meals": (20, (9, 6, 6, 6, 5, 6, 7, 12, 20, 12, 6, 5)),
    "housing-benefit": (18, (9, 8, 9, 12, 9, 8, 8, 7, 8, 8, 8, 6)),
    "housing-register": (24, (10, 8, 9, 8, 8, 8, 8, 8, 9, 9, 8, 7)),
    "feedback": (16, (8, 8, 8, 8, 9, 9, 8, 8, 8, 9, 8, 9)),
    "councillor-enquiry": (14, (9, 9, 9, 8, 8, 9, 8, 5, 9, 9, 9, 8)),
    "school-place": (30, (16, 1, 2, 3, 2, 2, 2, 1, 14, 24, 12, 12)),
    "school-transport": (14, (5, 5, 6, 9, 12, 14, 14, 12, 12, 5, 3, 3)),
    "noise": (16, (5, 5, 6, 8, 10, 13, 14, 13, 9, 6, 5, 6)),
    "pest-control": (16, (6, 5, 6, 7, 8, 11, 14, 15, 12, 7, 5, 4)),
    "home-repair": (32, (13, 12, 9, 8, 6, 5, 5, 5, 6, 8, 11, 12)),
    "parking-permit": (24, (8, 8, 9, 11, 8, 8, 8, 8, 12, 8, 6, 6)),
    "penalty-appeal": (14, (7, 7, 8, 8, 9, 9, 9, 9, 8, 8, 9, 9)),
    "dropped-kerb": (8, (4, 6, 12, 13, 13, 11, 10, 9, 8, 6, 5, 3)),
    "registrar-appointment": (32, (9, 8, 9, 8, 9, 8, 8, 8, 9, 8, 8, 8)),
    "tip-visit": (28, (6, 6, 9, 12, 12, 10, 9, 10, 8, 7, 6, 5)),
    "planning-comment": (20, (7, 8, 9, 9, 9, 9, 8, 6, 9, 9, 9, 8)),
    "taxi-driver-licence": (12, (9, 8, 9, 8, 8, 8, 8, 8, 9, 9, 8, 8)),
    "taxi-vehicle-licence": (14, (8, 8, 10, 9, 8, 8, 8, 8, 9, 8, 8, 8)),
    "landlord-licence-return": (8, (7, 7, 8, 8, 8, 8, 8, 9, 10, 10, 9, 8)),
    "appointment": (16, (9, 9, 10, 10, 8, 8, 8, 7, 8, 8, 8, 7)),
    "business-rates-return": (14, (5, 5, 9, 26, 12, 7, 6, 6, 7, 6, 6, 5)),
    "food-business-registration": (14, (7, 8, 9, 10, 10, 9, 9, 8, 9, 8, 7, 6)),
}
WEEKDAYS = (1.35, 1.15, 1.0, 0.95, 0.95, 0.65, 0.55)
HOURS = (1, 0, 0, 0, 0, 1, 2, 5, 9, 11, 11, 10, 9, 8, 8, 8, 8, 8, 7, 7, 6, 4, 3, 2)
CHANNELS = {"web": 62, "phone": 27, "visit": 7, "email": 4}
TOGETHER = 0.18
"""How often a hole or a heap of rubbish is reported by a second person."""


@dataclass(frozen=True)
class Request:
    """One thing that somebody asks: when, what, by which channel, and numbers to choose who and where by."""

    at: dt.datetime
    service_id: str
    channel: str
    who: int
    where: int
    luck: float
    again: bool = False


def requests_on(day: dt.date, seed: int, scale: float = 1.0) -> list[Request]:
    """Return what is asked on a day, in order of time; the same for the same day, seed and scale."""
    random = Random(f"{seed}/{day.isoformat()}/{scale}")  # noqa: S311 - a made-up county, not a secret
    found = []
    for service_id, (yearly, months) in SERVICES.items():
        daily = yearly * scale * months[day.month - 1] / sum(months) * 12 / 365.25 * WEEKDAYS[day.weekday()]
        for _ in range(_poisson(daily, random)):
            found.append(_request(day, service_id, random))
            if service_id in ("report-pothole", "fly-tipping") and random.random() < TOGETHER:
                found.append(_echo(found[-1], random))
    return sorted(found, key=lambda one: (one.at, one.service_id, one.who))


def _request(day: dt.date, service_id: str, random: Random) -> Request:
    hour = random.choices(range(24), HOURS)[0]
    channel = random.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    if channel != "web":
        hour = min(max(hour, 9), 16)
    moment = dt.datetime(day.year, day.month, day.day, hour, random.randrange(60), random.randrange(60), tzinfo=dt.UTC)
    return Request(moment, service_id, channel, random.randrange(10**6), random.randrange(10**6), random.random())


def _echo(first: Request, random: Random) -> Request:
    """Return the same thing reported by somebody else within the day."""
    later = first.at + dt.timedelta(minutes=random.randrange(5, 600))
    return Request(later, first.service_id, "web", random.randrange(10**6), first.where, first.luck, again=True)


def _poisson(mean: float, random: Random) -> int:
    """Return a random count with that mean (Knuth's method; means here are below ten a day times scale)."""
    if mean > 30:
        return max(0, round(random.gauss(mean, mean**0.5)))
    limit, product, count = 2.718281828459045**-mean, random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


@dataclass(frozen=True)
class Habit:
    """How a team works: the usual share of the time allowed that it takes, how often it is late, and how late."""

    share: float
    late: float
    days_late: int


HABITS = {
    "inspect": Habit(0.55, 0.07, 4),
    "repair": Habit(0.6, 0.12, 9),
    "check": Habit(0.4, 0.03, 3),
    "waste": Habit(0.5, 0.06, 3),
    "office": Habit(0.6, 0.08, 6),
}
WINTER_STRAIN = {12: 1.3, 1: 1.8, 2: 1.9, 3: 1.4}
"""In the months after frost there are more holes than crews: work is late more often."""


def done_at(habit: Habit, begun: dt.datetime, due: dt.datetime | None, luck: float) -> dt.datetime:
    """Return when a piece of work is done, for a luck from 0 to 1: most in time, some late, in working hours."""
    due = due or begun + dt.timedelta(days=5)
    allowed = max(due - begun, dt.timedelta(hours=4))
    late = habit.late * WINTER_STRAIN.get(begun.month, 1.0)
    if luck < late:
        done = due + dt.timedelta(days=1 + habit.days_late * luck / late)
    else:
        done = begun + allowed * (habit.share * (0.3 + 1.0 * (luck - late) / (1 - late)))
    return in_working_hours(done)


def in_working_hours(moment: dt.datetime) -> dt.datetime:
    """Return the moment, or the next one between 8 and 16 o'clock from Monday to Friday."""
    if moment.hour >= 16:
        moment = (moment + dt.timedelta(days=1)).replace(hour=8, minute=moment.minute)
    elif moment.hour < 8:
        moment = moment.replace(hour=8)
    while moment.weekday() > 4:
        moment += dt.timedelta(days=1)
    return moment
