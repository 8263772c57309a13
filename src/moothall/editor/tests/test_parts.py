"""A definition's parts as forms: each changes its own lines of the text, and says what would come of it."""

import pytest
from django.urls import reverse
from tests import world
from tests.world import ASHBY

from moothall.editor.rules import rewriting
from moothall.editor.tests.test_writing import NEW, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    world.as_staff(client, ASHBY, "manager")
    client.post(reverse("editor:new"), NEW)
    return client


def url(*more):
    row = draft_of()
    return reverse(f"editor:{'entry' if len(more) > 1 else 'part'}", args=[row.pk, *more])


def told():
    return rewriting.read(draft_of().files["service.yaml"])


def form_of(client, address):
    """Return what a page's form holds, as a browser would send it back."""
    context = client.get(address).context
    forms = [form for form in (context["form"], context.get("named")) if form]
    held = {bound.html_name: bound.value() for form in forms for bound in form}
    return {name: value for name, value in held.items() if value not in (None, "", False, [])}


def test_each_page_opens_and_what_is_not_touched_is_not_written(writer):
    for section in ("about", "found", "law", "promise", "messages", "more"):
        assert writer.post(url(section), form_of(writer, url(section))).status_code == 302
    for path in (("ask", "where"), ("steps", "work"), ("outcomes", "done")):
        assert writer.post(url(*path), form_of(writer, url(*path))).status_code == 302
    assert draft_of().number == 1


def test_a_question_is_added_filled_in_moved_and_renamed(writer):
    assert writer.post(url("ask"), {"add": "1", "name": "shows", "kind": "choice"}).status_code == 302
    page = url("ask", "shows")
    words = form_of(writer, page) | {
        "label-en": "What does it show?", "label-cy": "Beth?", "optional": "on", "entry-name": "what_it_shows",
        "options-one-en": "A name", "options-one-cy": "Enw", "options-+3-en": "Hateful words", "options-+3-cy": "Cas",
    }  # fmt: skip
    looked = writer.post(page, words | {"do": "look"}).content.decode()
    assert "Hateful words" in looked.split('id="seen"')[1]
    assert "what_it_shows" not in told()["ask"], "looking keeps nothing"
    writer.post(page, words)
    assert told()["ask"]["what_it_shows"] == {
        "type": "choice", "label": {"en": "What does it show?", "cy": "Beth?"}, "optional": True,
        "options": {"one": {"en": "A name", "cy": "Enw"}, "other": {"en": "Another", "cy": "Un arall"},
                    "hateful-words": {"en": "Hateful words", "cy": "Cas"}},
    }  # fmt: skip
    writer.post(url("ask"), {"up:what_it_shows": "1"})
    assert list(told()["ask"]) == ["where", "what_it_shows", "what"]
    writer.post(url("ask"), {"remove:what_it_shows": "1"})
    assert draft_of().files["service.yaml"].count("what_it_shows") == 0


def test_a_question_of_another_kind_keeps_its_words_and_loses_what_does_not_fit(writer):
    page = url("ask", "what")
    writer.post(page, form_of(writer, page) | {"entry-kind": "date"})
    words = {"en": "What should we know?", "cy": "Beth ddylen ni ei wybod?"}
    assert told()["ask"]["what"] == {"type": "date", "label": words}


def test_a_new_outcome_stands_before_the_last_one_and_a_step_has_its_clock(writer):
    writer.post(url("outcomes"), {"add": "1", "name": "elsewhere"})
    assert list(told()["outcomes"]) == ["done", "elsewhere", "not-done"]
    page = url("steps", "work")
    writer.post(page, form_of(writer, page) | {"within": "10", "within-unit": "days"})
    assert told()["steps"]["work"]["within"] == {"days": 10}


def test_a_name_that_is_there_is_not_given_twice(writer):
    html = writer.post(url("ask"), {"add": "1", "name": "what", "kind": "text"}).content.decode()
    assert "There is one of that name already." in html
    page = url("ask", "what")
    html = writer.post(page, form_of(writer, page) | {"entry-name": "where"}).content.decode()
    assert "There is one of that name already." in html


def test_where_the_text_is_no_yaml_the_forms_send_one_to_the_text(writer):
    row = draft_of()
    text = reverse("editor:text", args=[row.pk, "service.yaml"])
    writer.post(text, {"text": "a: [", "number": row.number})
    answer = writer.get(url("about"))
    assert answer.status_code == 409
    assert f'href="{text}"' in answer.content.decode()
    assert writer.get(reverse("editor:draft", args=[row.pk])).status_code == 200


def test_a_page_that_is_not_there_is_not_found(writer):
    for path in (("nothing",), ("ask", "nothing"), ("about", "title")):
        assert writer.get(url(*path)).status_code == 404, path


def test_a_condition_is_said_in_words_below_its_box_and_beside_it_with_the_expression_behind_a_detail(writer):
    assert writer.post(url("ask"), {"add": "1", "name": "shows", "kind": "choice"}).status_code == 302
    words = form_of(writer, url("ask", "shows")) | {"label-en": "What does it show?", "label-cy": "Beth?"}
    assert writer.post(url("ask", "shows"), words).status_code == 302
    page = url("steps", "work")
    told_so = form_of(writer, page) | {"when": "answers.shows == 'one' && case.reopened"}
    assert writer.post(page, told_so).status_code == 302
    html = writer.get(page).content.decode()
    option = rewriting.read(draft_of().files["service.yaml"])["ask"]["shows"]["options"]["one"]["en"]
    said = f"if “What does it show?” is “{option}” and it is looked at again"
    assert f"Now: {said}" in html
    assert said in html.split('id="seen"')[1]
    assert writer.post(url("ask"), {"add": "1", "name": "more", "kind": "text"}).status_code == 302
    asked = form_of(writer, url("ask", "more")) | {
        "label-en": "What does it say?", "label-cy": "Beth?", "when": "answers.shows == 'one'",
    }  # fmt: skip
    assert writer.post(url("ask", "more"), asked).status_code == 302
    html = writer.get(url("ask", "more")).content.decode()
    assert f"Asked if “What does it show?” is “{option}”<details" in html
    assert '<code class="mh-long">answers.shows == &#x27;one&#x27;</code>' in html
    assert writer.get(reverse("editor:preview", args=[draft_of().pk])).status_code == 200
