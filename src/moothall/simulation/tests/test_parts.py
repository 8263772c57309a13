"""Rubbish in the way of traffic: the county makes it safe, a district clears it."""

import datetime as dt

import pytest
from tests.world import ASHBY, MARCHSHIRE

from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.simulation.actions.parts import begin_parts
from moothall.simulation.queries import stories_of_one_body

AT = dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC)
BY = Actor.system("test")


@pytest.mark.django_db
def test_one_is_with_the_county_and_one_has_come_to_the_district():
    begin_parts(at=AT, by=BY)
    for body, title in ((MARCHSHIRE, "Make the road safe until the rubbish is cleared"), (ASHBY, "Clear")):
        with scoped(Scope(bodies=(body,), purpose="test", actor=BY)):
            work = [task for task in cases.open_work(opened_since=AT - dt.timedelta(days=2)) if task.body_id == body]
            assert [task.title[: len(title)] for task in work if task.service_id == "fly-tipping"] == [title]


@pytest.mark.django_db
def test_the_played_year_leaves_them_out():
    assert all(not story.get("blocks") for story in stories_of_one_body("fly-tipping"))
    assert len(stories_of_one_body("fly-tipping")) == 3
