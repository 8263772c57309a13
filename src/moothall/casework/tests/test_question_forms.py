"""Every type of question as boxes: what is typed becomes the answer that is kept, and comes back into its boxes."""

import datetime as dt

import pytest
from django.template import Context, Template

from moothall.casework.forms.questions import AnswerForm, typed
from moothall.catalogue import queries as catalogue

TODAY = dt.date(2026, 11, 22)
BOTH = {"en": "Words", "cy": "Geiriau"}
OPTIONS = {"one": BOTH, "two": BOTH | {"en": "Other words"}}
BORN = {"q-born-day": "1", "q-born-month": "2", "q-born-year": "1980"}
ANN = {"name": "Ann Example", "email": "ann@example.org", "phone": None, "born": "1980-02-01"}
#: type -> (what its definition says besides, what is typed, the answer that is kept, what its boxes then show)
CASES = {
    "choice": ({"options": OPTIONS}, {"q": "one"}, "one", 'value="one" checked'),
    "many": ({"options": OPTIONS}, {"q": ["one", "two"]}, ["one", "two"], 'value="two" checked'),
    "text": ({}, {"q": " some  words "}, "some words", 'value="some words"'),
    "long-text": ({}, {"q": "some\r\nwords"}, "some\nwords", "some\nwords</textarea>"),
    "number": ({}, {"q": "1,200"}, 1200, 'value="1200"'),
    "money": ({}, {"q": "£12.50"}, 1250, 'value="12.50"'),
    "date": ({}, {"q-day": "3", "q-month": "2", "q-year": "2026"}, "2026-02-03", 'value="2026"'),
    "yes-no": ({}, {"q": "no"}, False, 'value="no" checked'),
    "person": (
        {"parts": ["email", "phone", "born"]},
        {"q-name": "Ann Example", "q-email": "ann@example.org"} | BORN,
        ANN,
        'value="Ann Example"',
    ),
    "organisation": ({}, {"q-name": "Example Ltd"}, {"name": "Example Ltd", "number": None}, 'value="Example Ltd"'),
    "vehicle": (
        {},
        {"q-registration": "ab12 cde"},
        {"registration": "AB12 CDE", "make": None, "colour": None},
        'value="AB12 CDE"',
    ),
    "declaration": ({"words": BOTH}, {"q": "on"}, True, "checked"),
}
BOXES = Template("{% load gds %}{% for field in form %}{% gds_field field %}{% endfor %}")


@pytest.fixture
def question(request, db):
    """Return a question of a type, as a definition has it."""
    more = CASES[request.param][0]
    definition = catalogue.current("report-pothole").definition.compiled()
    definition["ask"] = {"q": {"type": request.param, "label": BOTH, **more}}
    definition |= {"duplicates": None, "steps": {"wait": {"title": BOTH, "wait": {"for": {"days": 1}}}}}
    definition["outcomes"] = {"done": {"title": BOTH}}
    return type(catalogue.current("report-pothole").definition).model_validate(definition).questions[0]


@pytest.mark.parametrize("question", CASES, indirect=True)
def test_what_is_typed_becomes_the_answer_and_comes_back_into_its_boxes(question):
    _more, data, answer, shown = CASES[question.type]
    form = AnswerForm([question], data, lang="en", today=TODAY)
    assert form.is_valid(), form.errors
    assert form.answers == {"q": answer}
    again = AnswerForm([question], initial=typed(question, answer), lang="en", today=TODAY)
    assert shown in BOXES.render(Context({"form": again}))


@pytest.mark.parametrize("question", CASES, indirect=True)
def test_an_empty_answer_is_refused_in_the_words_of_the_page(question):
    for lang in ("en", "cy"):
        form = AnswerForm([question], {}, lang=lang, today=TODAY)
        assert not form.is_valid()
        said = catalogue.check_answer(question, None, lang, TODAY)[1]
        assert said in str(form.errors).replace("&#x27;", "'")
