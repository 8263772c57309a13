"""A father and a daughter who helps him, through the doors of both."""

import datetime as dt
import re
from urllib.parse import urlsplit

from django.test import Client
from tests import world

from moothall.core.clock import local, now
from moothall.core.models import Account

FATHER, DAUGHTER = "Arthur Hughes", "Rhian Hughes"


def signed_in(email: str, name: str) -> Client:
    """Return a client in which somebody new has signed in and begun a session."""
    client = Client()
    client.force_login(Account.objects.filter(email=email).first() or Account.objects.create_user(email, name=name))
    client.get("/account/")
    return client


def told(answer) -> str:
    return answer.content.decode()


def named(father: Client, *, days: int = 90, **changes) -> str:
    """Let the father name his daughter; return the address of that."""
    last = local(now()).date() + dt.timedelta(days=days)
    given = {
        "agent_name": DAUGHTER, "kind": "friend", "person_name": FATHER, "may": ["ask", "follow", "add"],
        "which": "all", "written": "alone", "last-day": last.day, "last-month": last.month, "last-year": last.year,
    } | changes  # fmt: skip
    answer = father.post("/account/helpers/new/", given)
    assert answer.status_code == 302, re.findall(r"govuk-error-message.*?</p>", told(answer), re.S)
    return answer["Location"]


def code_at(father: Client, address: str) -> str:
    """Return the code that stands in the father's account."""
    return re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", told(father.get(address)))[0]


def confirmed(daughter: Client, code: str, name: str = FATHER) -> str:
    """Let the daughter confirm; return the address at which she helps."""
    page = told(daughter.post("/account/helping/", {"code": code.lower()}))
    assert f"{name} asks you to help" in page
    answer = daughter.post("/account/helping/confirm/", {"code": code, "name": DAUGHTER, "sure": "on"})
    assert answer.status_code == 302, told(answer)
    return re.search(r"/account/helping/[0-9a-f-]{36}/", told(daughter.get("/account/helping/")))[0]


def reported(client: Client, first: str) -> str:
    """Answer a missed bin from its first question to its reference; return the reference."""
    address, home = first, world.home_in(world.ASHBY)
    for _turn in range(12):
        path = urlsplit(address).path
        name = "where" if path.endswith("/ask") else path.split("/")[-2]
        page = client.get(address)
        if path.endswith("/check/"):
            sent = client.post(address)
            assert sent.status_code == 302, told(sent)
            return re.search(r"[A-Z]{3}-\d{4}-[0-9A-Z]{4}", told(client.get(sent["Location"])))[0]
        if page.status_code == 302:
            address = page["Location"]
            continue
        answer = client.post(address, _answer(told(page), name, home))
        assert answer.status_code == 302, (path, re.findall(r"govuk-error-message.*?</p>", told(answer), re.S))
        address = answer["Location"]
    raise AssertionError(address)


def _answer(page: str, name: str, home: str) -> dict:
    if f'name="{name}-choice"' in page or f'name="{name}-find"' in page:
        return {f"{name}-choice": home}
    if f'name="{name}-day"' in page:
        day = local(now()).date()
        return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    if name == "contact":
        return {"email": "somebody@post.example"}
    choice = re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)
    return {name: choice[1] if choice else "words"}
