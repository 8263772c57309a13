"""Each refusal says why and what to do next; those that residents can meet say so in Welsh too."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

from moothall.core.refusal import Refusal

SRC = Path(__file__).parents[2] / "src"
#: Where the actions of a resident's pages refuse.
RESIDENTS_MEET = (
    "moothall.booking.actions",
    "moothall.casework.actions.drafts",
    "moothall.casework.actions.followers",
    "moothall.casework.actions.opening",
    "moothall.casework.actions.conversation",
    "moothall.catalogue.queries",
    "moothall.core.files",
    "moothall.core.guard",
    "moothall.core.rate",
    "moothall.core.refusal",
    "moothall.core.scan",
    "moothall.core.sniff",
    "moothall.ledger.actions.payments",
    "moothall.people.actions.details",
)
STAFF_ALONE = {"DeskMayNotTake", "BookedAlready", "BadFolder"}


def refusals():
    """Return every refusal of the house, each once."""
    for path in SRC.rglob("*.py"):
        if {"tests", "migrations", "commands"} & set(path.parts) or "Refusal" not in path.read_text():
            continue
        module = import_module(".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"))
        for one in vars(module).values():
            if isinstance(one, type) and issubclass(one, Refusal) and one.__module__ == module.__name__:
                yield one


def message(refusal):
    return " ".join(refusal.__doc__.split("\n\n")[0].split())


ALL = sorted({one for one in refusals() if one is not Refusal}, key=lambda one: (one.__module__, one.__name__))


@pytest.mark.parametrize("refusal", ALL, ids=lambda one: one.__name__)
def test_it_is_a_sentence_for_who_asked(refusal):
    said = message(refusal)

    assert re.match(r"[A-Z].*[.]$", said), said
    assert len(said) <= 160, "say it shorter"


@pytest.mark.parametrize(
    "refusal", [one for one in ALL if one.__module__ in RESIDENTS_MEET], ids=lambda one: one.__name__
)
def test_residents_read_it_in_welsh(refusal):
    if refusal.__name__ in STAFF_ALONE:
        return
    with translation.override("cy"):
        assert translation.gettext(message(refusal)) != message(refusal), "write its Welsh in the chapter's django.po"


@pytest.mark.django_db
def test_a_page_says_no_in_the_language_of_its_reader(client):
    address = "/services/report-unicorn/"
    assert "There is no such service." in client.get(address).content.decode()
    client.get("/language/cy/?next=/")
    assert "Nid oes gwasanaeth" in client.get(address).content.decode()
