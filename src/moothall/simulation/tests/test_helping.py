"""A few people of the county are helped, and both sides read of it."""

import datetime as dt

import pytest
from django.test import Client

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Account
from moothall.simulation.actions.helping import FATHER, MOTHER, NEIGHBOUR, SON, let_people_help
from moothall.simulation.rules.personas import RESIDENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """Return a function that reads a page as one of them."""
    let_people_help(at=now() - dt.timedelta(minutes=5), by=Actor.system("test"))

    def read(email: str, address: str) -> str:
        client = Client()
        client.force_login(Account.objects.get(email=email))
        return client.get(address).content.decode()

    return read


def test_nia_helps_her_father_and_waits_for_a_helper_of_her_own(page):
    assert FATHER[1] in page(RESIDENT.email, "/account/helping/")
    assert NEIGHBOUR[1] in page(RESIDENT.email, "/account/helpers/")
    assert "Not confirmed yet" in page(RESIDENT.email, "/account/helpers/")


def test_her_father_reads_what_she_asked_for_him_and_who_helps_him_no_more(page):
    read = page(FATHER[0], "/account/helpers/")
    assert f"{RESIDENT.name} asked for you" in read
    assert NEIGHBOUR[1] in read[read.index("Before") :]
    assert page(FATHER[0], "/account/").count("mh-reference") == 2


def test_a_son_acts_for_his_mother_by_a_paper(page):
    assert MOTHER in page(SON[0], "/account/helping/")
