"""About twenty-five requests, each from the asker's own words to its outcome, in a real browser."""

import datetime as dt
import os
from itertools import combinations, product
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import override_settings
from tests import world
from tests.journeys import scenes
from tests.journeys.asking import Journey
from tests.journeys.looking import Eyes
from tests.journeys.plan import FACTORS, JOURNEYS, name_of, table
from tests.journeys.wandering import STARTS, wander
from tests.journeys.working import WORK, say_how_the_round_went, today

from moothall.bodies import queries as bodies
from moothall.bodies.models import Dwelling
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.functions.waste import actions as waste
from moothall.functions.waste import queries as rounds
from moothall.ledger import provider
from moothall.sharing import actions as sharing

pytestmark = pytest.mark.browser
BY = Actor.system("tests.journeys")
FOLDERS = sorted((Path(__file__).parents[2] / "src").rglob("templates"))
NOT_FOR_A_BROWSER = {
    "core/pack.html": "a file that is handed out, not a page",
    "settlement/paper.html": "a statement as it is printed, not a page",
    "licensing/document.html": "a licence as it is printed, not a page",
    "contracts/deduction.html": "seen in the browser tests of contracts",
    "links/system.html": "seen in the browser tests of links",
    "people/compare.html": "seen in the browser tests of people",
    "people/side.html": "a part of that",
    **dict.fromkeys(
        ("core/by_hand.html", "casework/needs.html", "people/needs.html", "desk/write_back.html"),
        "seen in the browser tests of needs in casework",
    ),
    **dict.fromkeys(
        (
            f"desk/{one}.html"
            for one in (
                *("letters", "letter", "letter_text", "drop", "wrap_up", "call_back"),
                *("who", "who_part", "point", "receive", "wall"),
            )
        ),
        "seen in the browser tests of desk",
    ),
    **dict.fromkeys(
        (f"returns/{one}.html" for one in ("entry", "end", "correct", "bring", "open")),
        "seen in the browser tests of returns",
    ),
    **dict.fromkeys(
        (
            "casework/elsewhere_list.html",
            "casework/together.html",
            "casework/together_check.html",
            "casework/together_done.html",
        ),
        "seen in tests/journeys/test_a_life_event",
    ),
    "catalogue/parts/condition.html": "seen in the browser tests of the editor",
    **dict.fromkeys(
        (
            f"casework/{one}.html"
            for one in ("helpers", "helper", "helper_new", "helping", "helping_code", "helping_one")
        ),
        "seen in the browser test of helping in casework",
    ),
    "people/agents.html": "a part of the page of a person, where somebody may act for them",
    "desk/acting.html": "seen in the browser test of helping in casework",
    "ui/parts/quick_exit.html": "seen in the browser tests of urgent referrals in casework",
    "ui/parts/tasks.html": "seen in the browser tests of sharing",
    "ui/parts/form.html": "how a form looks that nobody gave a page of its own; there is none now",
    "ui/parts/field.html": "a part of that",
}
"""Templates that no page in a browser is made of, each with the reason."""
SIGNING_IN = ("account/", "allauth/", "mfa/", "socialaccount/", "site/sign_in/")
"""Pages for codes, passkeys and authenticator apps: the tests of site walk through them with a key of their own."""
BETWEEN_BODIES = {
    "appraisal": (
        "act ask begin case edition figure fork history index ours parts/changes parts/chart parts/criteria "
        "parts/inputs parts/principles parts/result parts/table place publish results"
    ),
    "editor": (
        "changes draft history letters list new ours part parts/good parts/lines parts/seen parts/verdict preview "
        "saving text try"
    ),
    "onboarding": (
        "area books data file identity invite joining look ours preview problems services staff step teams trials"
    ),
    "bodies": "groups",
    "leaving": "archive letters public",
    "licensing": "act check licence licences register verify",
    "promises": (
        "fit form health ideas measure our_ideas our_plan our_plans our_saving our_savings parts/plan plan plans "
        "replays saving savings verify"
    ),
    "reorganisation": "answer consents council councils direction letters plan service services shadow staff sure",
    "scrutiny": "bring_in",
    "settlement": "about check compare costs line proposal sections state statement statements",
    "standards": "keys limit open311",
    "sharing": (
        "decide draft drawing/came drawing/gate drawing/list drawing/ours drawing/own drawing/page drawing/settings "
        "drawing/sign drawing/try drawing/version offers/catalogue offers/compare offers/make offers/offer offers/ours "
        "our ours part partnership parts/decided parts/terms parts/version parts/withheld version"
    ),
}
"""Pages on which bodies deal with each other, away from any one request: their chapters' browser tests look at them."""
OTHER_DESK = {world.MARCHSHIRE: world.ASHBY, world.ASHBY: world.BORLEY}


def test_every_pair_of_values_meets_in_some_journey():
    for (one, values), (other, others) in combinations(FACTORS.items(), 2):
        for x, y in product(values, others):
            assert any(row[one] == x and row[other] == y for row in JOURNEYS), f"{x} and {y}:\n{table(JOURNEYS)}"
    assert len(JOURNEYS) <= 30, table(JOURNEYS)


@pytest.fixture(scope="module", autouse=True)
def _own_data_folder(tmp_path_factory):
    """Keep the files of all journeys in one folder."""
    with override_settings(MOOTHALL_DATA=tmp_path_factory.mktemp("kept")):
        yield


@pytest.fixture(scope="module")
def module_db(fresh_clone):
    """Point Django at one database for all journeys; transactions are real."""
    with fresh_clone("journeys") as name:
        yield name


@pytest.fixture(scope="module")
def eyes(browser, module_db):
    """Yield the one visitor of this module: one server, one database, and what was looked at before."""
    from pytest_django.live_server_helper import LiveServer

    _agree()
    scenes.plant()
    server = LiveServer("localhost")
    visitor = Eyes(browser, server.url)
    visitor.listen()
    yield visitor
    visitor.stop()
    server.stop()


@pytest.fixture(autouse=True)
def _as_if_alone():
    """Each journey begins with no tries counted and a practice card provider of its own."""
    cache.clear()
    provider.the_standin.cache_clear()
    provider._account.cache_clear()
    yield
    provider.the_standin.cache_clear()
    provider._account.cache_clear()


def _agree() -> None:
    """Let Borley's desk take requests for Ashby."""
    taken = [service for service, (body, _) in WORK.items() if body == world.ASHBY]
    with scoped(Scope(bodies=(world.ASHBY,), purpose="agreeing", actor=BY)):
        sharing.agree_desk(desk_id=world.BORLEY, body_id=world.ASHBY, services=taken, basis="test", at=now(), by=BY)


@pytest.fixture(scope="module")
def homes(module_db):
    """Return a place in Ashby for each journey, each in a street of its own."""
    with scoped(Scope(purpose="test")):
        found = Dwelling.objects.filter(district=world.ASHBY).exclude(number="")
        first = {row.street_id: row.uprn for row in found.order_by("-uprn")}
        return [bodies.place_of_dwelling(uprn) for uprn in sorted(first.values())]


def its_round(n: int, place: dict) -> tuple[str, dt.date]:
    """Plan a garden round of its own for a journey's street; return its name and the day it last called.

    One for each day of the week, so that it called lately whatever today is.
    """
    with scoped(Scope(bodies=(world.ASHBY,), purpose="test", actor=BY)):
        for weekday in range(7):
            waste.plan_round(
                body_id=world.ASHBY, code=f"J{n}-{weekday}", name=f"Journey {n}, day {weekday + 1}", stream="garden",
                weekday=weekday, weeks=1, starts=dt.date(2026, 4, 6), streets=[(place["usrn"], place["street"])],
                at=now(), by=BY,
            )  # fmt: skip
        found, day = rounds.missed(
            body_id=world.ASHBY, usrn=place["usrn"], uprn=place["uprn"], stream="garden", at=now()
        )
        return found.name, day


@pytest.fixture
def journey(request, eyes, homes):
    """Return the journey of a row of the plan, ready to begin."""
    n, row = request.param
    place = homes[n]
    email, account = f"asker{n}@post.example", None
    if row["begun"] == "with an account":
        account = Account.objects.create_user(email, name="Ann Example")
    name, day = its_round(n, place) if row["service"] == "missed-bin" else ("", today())
    return Journey(eyes, row["service"], row["width"], row["scripts"], place["label"], email, day, name, account)


@pytest.mark.parametrize("journey", list(enumerate(JOURNEYS)), indirect=True, ids=[name_of(row) for row in JOURNEYS])
def test_it_goes_from_the_asker_s_words_to_its_outcome(request, journey):
    journey.eyes.afresh()
    begun = request.node.callspec.params["journey"][1]["begun"]
    body, work = WORK[journey.service]
    if journey.service == "missed-bin":
        say_how_the_round_went(journey)
    if begun.startswith("at "):
        desk = body if "own" in begun else OTHER_DESK[body]
        journey.ask_at_desk(world.account_of(desk, "adviser"))
    else:
        journey.ask_as_resident()
    journey.track()
    ending = work(journey)
    assert ending.outcome in journey.track().inner_text("main")
    journey.read_message(world.account_of(body, "officer"), ending.message)
    journey.eyes.all_was_well()
    journey.eyes.walked.add(journey.address)


SEEN: set[str] = set()


@pytest.mark.parametrize("who", STARTS, ids=str)
def test_every_link_leads_to_a_page_that_is_well(eyes, who):
    eyes.afresh()
    account = None
    if who == "resident":
        asked = Account.objects.filter(email__startswith="asker")
        account = asked.first() or Account.objects.create_user("asker@post.example")
    elif who != "anybody":
        account = world.account_of(*who)
    wander(eyes, 320, account, STARTS[who], SEEN)
    eyes.all_was_well()


@pytest.mark.parametrize("scene", scenes.SCENES, ids=lambda scene: scene.__name__)
def test_what_no_link_leads_to_is_well(eyes, scene):
    eyes.afresh()
    scene(eyes, 1280)
    eyes.all_was_well()


def test_every_template_was_seen(eyes):
    """Every page we wrote, and every part of one, was in a browser during this run."""
    if len(eyes.walked) < len(JOURNEYS):
        only = f"{len(eyes.walked)} of {len(JOURNEYS)} journeys came to their end: run the whole file"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(only)
    ours = {str(path.relative_to(folder)) for folder in FOLDERS for path in folder.rglob("*.html")}
    assert len(ours) > 100
    elsewhere = {f"{chapter}/{name}.html" for chapter, names in BETWEEN_BODIES.items() for name in names.split()}
    listed = elsewhere | NOT_FOR_A_BROWSER.keys()
    missing = sorted(name for name in ours - eyes.templates - listed if not name.startswith(SIGNING_IN))
    assert not missing, f"never seen: {missing}"
    assert ours >= listed
