"""The year that is played."""

import datetime as dt
from collections import Counter

from moothall.simulation.rules.year import HABITS, SERVICES, done_at, requests_on

DAYS = [dt.date(2025, 11, 1) + dt.timedelta(days=n) for n in range(365)]


def test_the_same_seed_plays_the_same_year_and_another_seed_another():
    assert requests_on(DAYS[3], 7) == requests_on(DAYS[3], 7)
    assert [requests_on(day, 7) for day in DAYS[:30]] != [requests_on(day, 8) for day in DAYS[:30]]


def test_a_year_brings_about_two_thousand_requests_of_every_service():
    counts = Counter(one.service_id for day in DAYS for one in requests_on(day, 1974))

    assert 1700 < sum(counts.values()) < 2800
    assert set(counts) == set(SERVICES)


def test_holes_come_in_winter_and_garden_waste_in_spring():
    def share(service, months):
        days = [day for day in DAYS if day.month in months]
        return sum(one.service_id == service for day in days for one in requests_on(day, 1974)) / len(days)

    assert share("report-pothole", (1, 2)) > 2 * share("report-pothole", (6, 7))
    assert share("garden-waste", (3, 4)) > 3 * share("garden-waste", (11, 12))


def test_most_work_is_done_in_time_and_some_is_late():
    begun = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
    due = begun + dt.timedelta(days=14)
    late = [done_at(HABITS["repair"], begun, due, n / 100) > due for n in range(100)]

    assert 5 < sum(late) < 25
