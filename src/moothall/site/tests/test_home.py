"""The front door: one box, what people do, and a partner's own door."""

import pytest
from django.conf import settings

from moothall.scrutiny import queries as scrutiny

pytestmark = pytest.mark.django_db


def test_it_asks_what_people_need_and_lists_what_they_can_do(client):
    text = client.get("/").content.decode()
    assert "What do you need?" in text
    assert 'action="/services/find"' in text
    assert 'href="/services/report-pothole/">Report a pothole</a>' in text
    assert "Marchshire County Council" in text


def test_a_partner_has_its_own_door_with_its_own_name_and_colours(client):
    before = client.get("/").content.decode()
    client.get("/b/ashby/")
    after = client.get("/").content.decode()
    assert "<title>What do you need? – Ashby District Council</title>" in after
    theme = lambda text: text.split("/theme/")[1].split(".css")[0]  # noqa: E731
    assert theme(before) != theme(after)


def test_the_accessibility_statement_says_what_is_not_right_yet(client):
    text = client.get("/accessibility/").content.decode()
    assert "What we know is not right yet" in text
    assert "Equality Advisory and Support Service" in text


def test_what_people_ask_most_comes_first(client, monkeypatch):
    monkeypatch.setattr(scrutiny, "most_asked", lambda **_: ["tip-visit", "street-light"])
    text = client.get("/").content.decode()
    assert text.index("/services/tip-visit/") < text.index("/services/street-light/")
    assert text.index("/services/street-light/") < text.index("/services/report-pothole/")


def test_a_council_has_its_welsh_name_where_people_read_welsh(client):
    assert "Marchshire County Council" in client.get("/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    page = client.get("/").content.decode()
    assert "Cyngor Sir Marchshire" in page
    assert "Marchshire County Council" not in page
