"""Every page of the style guide renders, carries its title, and keeps to the strict policy."""

import re

import pytest
from django.urls import reverse

from moothall.ui.views.styleguide import _contexts

pytestmark = pytest.mark.django_db
PAGES = sorted(_contexts())


@pytest.mark.parametrize("page", PAGES)
def test_it_renders_with_a_heading_and_a_title(client, page):
    text = client.get(reverse("ui:styleguide-page", args=[page])).content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert re.search(r"<title>\s*(?!Moothall –)\S", text)
    assert "invalid" not in text.lower().split("</title>")[0]


@pytest.mark.parametrize("page", PAGES)
def test_it_holds_no_inline_script_or_style(client, page):
    text = client.get(reverse("ui:styleguide-page", args=[page])).content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", text)


def test_an_error_is_named_in_the_title_the_summary_and_beside_the_question(client):
    text = client.get(reverse("ui:styleguide-page", args=["question-error"])).content.decode()
    assert re.search(r"<title>\s*Error:", text)
    assert text.count("Choose how wide the hole is.") == 2
    assert 'href="#id_width"' in text
    assert 'id="id_width"' in text


def test_a_language_is_remembered_and_leads_back_to_the_page(client):
    answer = client.get(reverse("ui:language", args=["cy"]), {"next": "/styleguide/"})
    assert answer["Location"] == "/styleguide/"
    assert '<html lang="cy"' in client.get("/styleguide/").content.decode()


def test_a_language_switch_never_leads_to_another_site(client):
    answer = client.get(reverse("ui:language", args=["cy"]), {"next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_theme_is_served_when_white_text_can_be_read_on_it(client):
    answer = client.get(reverse("ui:theme", args=["7a1f3d", "f0b429"]))
    assert answer.status_code == 200
    assert "--mh-brand:#7a1f3d" in answer.content.decode()
    assert "max-age=31536000" in answer["Cache-Control"]


def test_a_theme_too_pale_to_read_is_refused_with_what_to_do(client):
    answer = client.get(reverse("ui:theme", args=["f0b429", "7a1f3d"]))
    assert answer.status_code == 422
    assert "Choose a darker colour." in answer.content.decode()


def test_a_theme_is_never_a_way_to_write_styles(client):
    assert client.get("/theme/7a1f3d-}body{display:none.css").status_code == 422


def test_a_page_speaks_welsh_with_welsh_days(client):
    client.cookies["django_language"] = "cy"
    text = client.get(reverse("ui:styleguide-page", args=["track"])).content.decode()
    assert "Beth sydd wedi digwydd, a beth sy'n dod nesaf" in text
    assert "dydd Mercher 18 Tachwedd am 10:30yb" in text


def test_the_place_picker_speaks_welsh(client):
    client.cookies["django_language"] = "cy"
    text = client.get(reverse("ui:styleguide-page", args=["place"])).content.decode()
    assert 'data-found="Daethpwyd o hyd i % lle"' in text
