"""A father names his daughter, she asks for him, the desk sees it, and he ends it: in a browser, without scripts."""

import re

import pytest
from django.core.cache import cache
from tests import world
from tests.browser import WIDTHS

from moothall.casework.models import Case
from moothall.core.clock import local, now
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.browser
FATHER, DAUGHTER = "Arthur Llewellyn Featherstonehaugh-Hughes", "Rhian Hughes"
HOME = "14 mill lane ashby"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def go_on(page, button="Continue"):
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def name_her(page, look, width):
    """Let the father name his daughter, after having forgotten the day; return the code."""
    page.goto(page.url.split("/account")[0] + "/account/helpers/")
    look(page, f"helping-{width}-nobody")
    go_on(page, "Name somebody who helps you")
    page.get_by_label("Who helps you?").fill(DAUGHTER)
    page.get_by_label("A relative, friend or neighbour").check()
    page.get_by_label("To me and to them").check()
    go_on(page)
    page.get_by_text("There is a problem").wait_for()
    look(page, f"helping-{width}-new-error")
    last = local(now()).date().replace(day=28)
    last = last.replace(year=last.year + (last.month > 6), month=(last.month + 5) % 12 + 1)
    for label, value in (("Day", last.day), ("Month", last.month), ("Year", last.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    look(page, f"helping-{width}-new")
    go_on(page)
    look(page, f"helping-{width}-code")
    return re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page.content())[0]


def ask_for_him(page, look, width):
    """Let the daughter ask for a bin to be emptied for her father."""
    page.get_by_label("What do they need?").select_option(label="Report a missed bin")
    go_on(page, "Ask for it")
    page.get_by_label("What is your address?").fill(HOME)
    look(page, f"helping-{width}-question")
    go_on(page)
    for _turn in range(8):
        if "/check/" in page.url:
            break
        if page.get_by_role("radio").count():
            page.get_by_role("radio").first.check()
        else:
            day = local(now()).date()
            for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
                page.get_by_label(label, exact=True).fill(str(value))
        go_on(page)
    look(page, f"helping-{width}-check")
    go_on(page, "Send")
    look(page, f"helping-{width}-done")


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_is_helped_from_the_code_to_the_end(visit, look, width):
    father = Account.objects.create_user("arthur@post.example", name=FATHER)
    daughter = Account.objects.create_user("rhian@post.example", name=DAUGHTER)
    his = visit("/account/", width=width, scripts=False, account=father)
    code = name_her(his, look, width)
    hers = visit("/account/helping/", width=width, scripts=False, account=daughter)
    look(hers, f"helping-{width}-none-yet")
    hers.get_by_label("Code").fill("AAAAA-AAAAA")
    go_on(hers, "Go on")
    look(hers, f"helping-{width}-wrong-code")
    hers.get_by_label("Code").fill(code)
    go_on(hers, "Go on")
    hers.get_by_label("I help this person").check()
    look(hers, f"helping-{width}-confirm")
    go_on(hers, "I help them")
    look(hers, f"helping-{width}-people")
    hers.get_by_role("link", name=FATHER).click()
    ask_for_him(hers, look, width)
    hers.get_by_role("link", name="See how it is going").click()
    look(hers, f"helping-{width}-case")
    hers.goto(f"{visit.site}/account/helping/")
    hers.get_by_role("link", name=FATHER).click()
    look(hers, f"helping-{width}-one")
    at_the_desk(visit, look, width)
    his.goto(f"{visit.site}/account/helpers/")
    his.get_by_text(f"{DAUGHTER} asked for you").wait_for()
    look(his, f"helping-{width}-done-for-him")
    his.get_by_role("link", name=DAUGHTER).first.click()
    look(his, f"helping-{width}-end")
    go_on(his, "End it now")
    look(his, f"helping-{width}-ended")
    hers.reload()
    assert "You do not help this person" in hers.content()


def at_the_desk(visit, look, width):
    """Let an adviser see who may act for him, and note a paper too."""
    with scoped(Scope(bodies=(world.ASHBY,), purpose="test")):
        case = Case.objects.get(acts_for_id__isnull=False)
    adviser = world.account_of(world.ASHBY, "adviser")
    page = visit(f"/desk/people/{case.person_id}/", width=width, scripts=False, account=adviser)
    page.get_by_text("Who may act for them").wait_for()
    look(page, f"helping-{width}-desk")
    for address in (f"/desk/cases/{case.pk}/", f"/staff/people/{case.person_id}/agent/"):
        page.goto(visit.site + address)
        look(page, f"helping-{width}-desk-{address.split('/')[1]}")
    page.get_by_label("Or their name").fill("Gareth Hughes")
    page.get_by_label("Holds a lasting power of attorney").check()
    page.get_by_label("What did you see?").fill("Lasting power of attorney, registered")
    go_on(page, "Note it")
    look(page, f"helping-{width}-staff-person")
    page.get_by_text("Code to hand over").wait_for()


def test_it_speaks_welsh(visit, look):
    account = Account.objects.create_user("nia@post.example", name="Nia Parry")
    page = visit("/language/cy/?next=/account/helpers/new/", width=320, account=account)
    look(page, "helping-320-cy-new")
    assert "Pwy sy'n eich helpu?" in page.inner_text("main").replace("’", "'")
