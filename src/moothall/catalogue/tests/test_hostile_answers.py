"""Five hundred hostile answers to each type of question: none breaks anything, and only what is allowed is kept."""

import datetime as dt
import json

import pytest
from django.conf import settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from moothall.catalogue.queries import from_folder
from moothall.catalogue.rules.answers import check_answer, check_answers, told
from moothall.catalogue.rules.checks import CHECKS, HIDDEN
from moothall.catalogue.rules.kinds import PLACE_PARTS
from moothall.catalogue.rules.questions import Organisation
from moothall.catalogue.rules.schema import question_schema
from moothall.catalogue.rules.texts import Text

TODAY = dt.date(2026, 11, 20)
SERVICES = [from_folder(path.parent) for path in sorted(settings.SERVICES.glob("*/service.yaml"))]
ASKED = {kind: [q for d in SERVICES for q in d.questions if q.type == kind] for kind in CHECKS}
ASKED["organisation"].append(
    Organisation(type="organisation", label=Text(en="Who owns it?", cy="Pwy sy'n berchen arno?"))
)
JUDGES = {id(q): Draft202012Validator(question_schema(q)) for asked in ASKED.values() for q in asked}
MANY = trying(
    max_examples=500,
    database=None,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

SCRIPT = "<script>alert('moot')</script>"
NASTY = [
    SCRIPT, "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% include 'x' %}", "javascript:alert(1)", "\x00",
    "a\x00b", "\ud800", "\u202ebad\u202c", "\ufeff", "'; drop table casework_case; --", "../../etc/passwd", "%00",
    "=cmd|' /C calc'!A0", "9" * 5000, "1e999999", "-1e999999", "NaN", "sNaN", "Infinity", "-0", "1_000", "٣", "0x1F",
    "£1.005", "1.", "yes" * 100, "2026-02-30", "0000-00-00", "9999-12-31", "2026-W01-1", "today", "constructor",
    "__proto__", "a" * 30_000, 0, -1, 10**30, -(10**30), 1.5, float("nan"), float("inf"), -0.0, True, False, None,
    [], {}, [[]], [None], [{}], [True], ["\x00"], [SCRIPT], ["x"] * 200, {"lat": float("nan"), "lon": 0},
    {"lat": "52", "lon": "-2"}, {"lat": 1e308, "lon": -1e308}, {"uprn": ["1"]}, {"uprn": "1' or '1'='1"},
    {"lat": 52.4, "lon": -2.1, "note": SCRIPT, "admin": True}, {"street": "\x00\ud800", "usrn": {}},
    {"name": {"$ne": None}}, {"name": SCRIPT, "role": "admin"}, {"registration": ["A"], "make": 7},
    {"name": "A", "email": "a@b", "phone": "1" * 500, "born": "31/12/1999"}, {"": ""}, {"toString": "x"},
]  # fmt: skip
NAMES = ("where", "what", "admin", "__class__", "\x00", SCRIPT)
LEAVES = some.one_of(some.sampled_from(NASTY), some.text(max_size=20), some.integers(), some.floats(), some.booleans())
HOSTILE = some.one_of(
    LEAVES,
    LEAVES,
    some.lists(LEAVES, max_size=3),
    some.dictionaries(some.sampled_from(("lat", "lon", "uprn", "usrn", "street", "note", "name", "email", "phone",
                                         "born", "registration", "make", "number", "x")), LEAVES, max_size=4),
)  # fmt: skip


def texts(value):
    """Return every text in a kept answer."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in texts(one)]


def fits(question, value):
    """Check that a kept answer is what the published schema says of the question, can be stored, and hides nothing."""
    JUDGES[id(question)].validate(value)
    assert json.loads(json.dumps(value, allow_nan=False).encode()) == value
    assert not any(HIDDEN.search(text) for text in texts(value))
    assert all(len(text) <= 20_000 for text in texts(value))
    assert not isinstance(value, dict) or len(value) <= len(PLACE_PARTS)


def judge(question, value, lang):
    """Check what becomes of one answer: refused in clear words that give nothing back, or kept as it may be."""
    kept, problem = check_answer(question, value, lang, TODAY)
    if problem is not None:
        assert kept is None
        assert 5 < len(problem) < 300
        assert "script" not in problem
        assert "{" not in problem
    elif kept is not None:
        fits(question, kept)
        assert isinstance(told(question, kept, lang), str)


@MANY
@given(which=some.integers(0, 1000), value=HOSTILE, lang=some.sampled_from(("en", "cy")))
def test_hostile_answers_are_refused_in_clear_words_or_kept_as_the_service_allows(which, value, lang):
    """Each of them is an answer to a question of every type, so that each type has five hundred."""
    for asked in ASKED.values():
        judge(asked[which % len(asked)], value, lang)


@pytest.mark.parametrize("value", NASTY, ids=lambda value: repr(value)[:30])
def test_what_is_known_to_break_others_breaks_no_type_of_question(value):
    for asked in ASKED.values():
        for question in asked[:3]:
            judge(question, value, "en")


@MANY
@given(
    which=some.integers(0, 1000),
    mischief=some.dictionaries(
        some.sampled_from(("where", "what", "admin", "__class__", "\x00", SCRIPT)), LEAVES, max_size=3
    ),
)
def test_whole_submissions_of_mischief_keep_nothing_that_is_not_asked(which, mischief):
    definition = SERVICES[which % len(SERVICES)]
    clean, problems = check_answers(definition, mischief, "en", TODAY)
    assert clean.keys() <= definition.ask.keys()
    assert mischief.keys() - definition.ask.keys() <= problems.keys()
    assert all("script" not in problem for problem in problems.values())
