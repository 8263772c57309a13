"""A case while it is written: each place can be read and written, and what is missing leads to where it is mended."""

import pytest

from moothall.appraisal.rules import draft, outline, starting, writing
from moothall.appraisal.rules.outline import Leaf
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests.small import small


def document(**more):
    return draft.plain(draft.drafted(small(**more)))


def places(given, path=()):
    found = outline.node(given, path)
    yield found
    for one in found.branches:
        yield from places(given, one.path)
    for inner, _title in found.entries:
        yield from places(given, inner)


def test_the_basis_stands_once_and_in_every_option_again_when_it_is_read():
    given = document()
    assert "basis" not in given["options"]["now"]
    assert draft.missing(given) == []
    assert check(draft.whole(given)).basis == check(small()).basis


def test_every_place_of_a_case_has_a_page_and_every_field_words():
    found = list(places(document()))
    assert len(found) > 60
    assert all(leaf.label for node in found for leaf in node.fields)


def test_what_stands_in_a_field_is_read_again_as_it_was():
    given = document()
    for node in places(given):
        value = draft.get(given, node.path) if node.path else given
        for leaf in node.fields if isinstance(value, dict) else ():
            before = value.get(leaf.name)
            assert writing.read(leaf, writing.said(leaf, before)) == before or leaf.kind in ("yes-no", "day"), leaf


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("figure", "lots", "no number"), ("whole", "2.5", "whole number"), ("figures", "1 two", "no number"),
        ("shares", "bills 5", "one a line"), ("figure", "nan", "no number"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_what_to_write(kind, text, says):
    with pytest.raises(writing.Unreadable, match=says):
        writing.read(Leaf("x", "x", "", kind), text)


def test_amounts_are_read_as_people_write_them():
    assert writing.read(Leaf("x", "x", "", "figure"), "£38,400.50") == 38400.5
    assert writing.read(Leaf("x", "x", "", "profile"), "0.5 0.5") == [0.5, 0.5]
    assert writing.read(Leaf("x", "x", "", "profile"), "Every") == "every"


def test_what_is_missing_leads_to_the_place_where_it_is_written():
    given = draft.put(document(), ("inputs", "cost_now", "source"), None)
    given = draft.put(given, ("options", "in-house", "risks", "monopoly"), None)
    found = {path for path, _fault in draft.missing(given)}
    assert ("inputs", "cost_now", "source") in found
    mended = draft.put(given, ("inputs", "cost_now", "source"), "Ledger")
    (path, fault), = draft.missing(mended)  # fmt: skip
    assert outline.page_of(mended, path) == ("options", "in-house", "risks", "monopoly")
    assert "not priced" in fault.what


def test_a_case_from_nothing_lists_what_is_missing_and_each_of_it_has_a_page():
    given = starting.blank(["in-house", "shared", "joint", "outsourced"], 2027)
    given = starting.begun(given, title="Bins", bodies=["Ashby"], author="Finance", on="2026-11-22")
    faults = draft.missing(given)
    assert len(faults) > 50
    assert all(outline.node(given, outline.page_of(given, path)) for path, _fault in faults)
    assert {one for one in given["options"]} == {"now", "in-house", "shared", "joint", "outsourced"}


def test_the_shape_of_a_case_has_none_of_its_figures():
    given = starting.shape_of(document())
    assert all("value" not in one and "source" not in one for one in given["inputs"].values())
    assert given["options"].keys() == document()["options"].keys()


def test_an_address_names_a_place_and_nothing_else():
    assert outline.place("inputs/pay") == ("inputs", "pay")
    assert outline.place("voices/0") == ("voices", 0)
    assert outline.place("state") is None
    assert outline.place("voices/first") is None
    assert outline.node(document(), ("inputs", "none")) is None
