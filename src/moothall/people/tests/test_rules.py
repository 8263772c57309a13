"""Normal forms and identities, with examples an adviser could check by eye."""

import doctest
from importlib import import_module
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from moothall.people.rules import normal
from moothall.people.rules.same import Decision, identity

A, B, C, D = (UUID(int=i) for i in range(1, 5))


@pytest.mark.parametrize("name", ["helping", "normal", "same"])
def test_the_examples_in_the_docstrings_hold(name):
    result = doctest.testmod(import_module(f"moothall.people.rules.{name}"))
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ms Rhian O'Connor", "rhian oconnor"),
        ("José  García-Núñez", "Jose Garcia Nunez"),
        ("Łukasz Żak", "lukasz zak"),
        ("Dr. Dr Priya Patel", "PRIYA PATEL"),
    ],
)
def test_a_name_written_differently_is_the_same_name(one, other):
    assert normal.name(one) == normal.name(other)


@pytest.mark.parametrize(("one", "other"), [("Ann Smith", "Anne Smith"), ("Tom Li", "Li Tom"), ("Mr", "Mrs")])
def test_names_that_only_look_alike_stay_different(one, other):
    assert normal.name(one) != normal.name(other)


def test_a_person_called_like_a_title_keeps_their_name():
    assert normal.name("Lord") == "lord"


def test_links_reach_through_others_and_an_undone_link_parts_them_again():
    links = [Decision(A, B, "link"), Decision(C, B, "link"), Decision(C, D, "link")]
    assert identity(A, links) == {A, B, C, D}
    undone = [*links, Decision(B, C, "unlink")]
    assert identity(A, undone) == {A, B}
    assert identity(D, undone) == {C, D}
    assert identity(A, [*undone, Decision(B, C, "link")]) == {A, B, C, D}


def test_one_body_s_decision_does_not_undo_another_s():
    decisions = [Decision(A, B, "link", 1), Decision(A, B, "apart", 2)]
    assert identity(A, decisions) == {A, B}


def test_identity_is_the_same_from_whichever_of_them_one_asks():
    random = Random(7)
    people = [UUID(int=i) for i in range(1, 30)]
    decisions = [
        Decision(*random.sample(people, 2), random.choice(["link", "link", "unlink", "apart"])) for _ in range(60)
    ]
    for person in people:
        group = identity(person, decisions)
        assert person in group
        assert all(identity(other, decisions) == group for other in group)


def test_a_long_chain_is_walked_to_its_end():
    chain = [UUID(int=i) for i in range(1, 500)]
    assert len(identity(chain[0], [Decision(a, b, "link") for a, b in pairwise(chain)])) == 499
