"""What a short text must look like: staff write the pattern, anybody answers, and no answer makes it slow."""

import time

import pytest

from moothall.catalogue.rules import folder, letters
from moothall.catalogue.rules.answers import check_answer
from moothall.catalogue.rules.load import BadDefinition, load
from moothall.catalogue.rules.questions import ShortText
from moothall.catalogue.tests.test_shipped import SERVICES

SAY = "Write it as on your letter"
FILE = SERVICES / "council-tax-payment" / "service.yaml"


def answered(pattern, words):
    """Return what is kept of an answer, or what is said of it."""
    text = {"en": SAY, "cy": SAY}
    question = ShortText.model_validate(
        {"type": "text", "label": text, "most": 500, "pattern": {"matches": pattern, "say": text}}
    )
    kept, problem = check_answer(question, words)
    return kept if problem is None else problem


@pytest.mark.parametrize(
    ("pattern", "words", "told"),
    [
        ("[A-Z]{2}-[0-9]+", "ab-12", "ab-12"),
        ("[A-Z]{2}-[0-9]+", "ab-12 ", "ab-12"),
        ("[A-Z]{2}-[0-9]+", "see ab-12", SAY),
        ("[A-Z]{2}-[0-9]+", "ab-12x", SAY),
        ("cat|dog", "catdog", SAY),
        ("^cat$", "Cat", "Cat"),
    ],
)
def test_the_whole_answer_has_to_fit_capitals_or_not(pattern, words, told):
    assert answered(pattern, words) == told


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(a|aa)+b", r"\w*\w*\w*\w*\w*\w*b", "(.*a){20}b"])
def test_a_pattern_that_tries_everything_elsewhere_is_quick_here_on_the_longest_answer(pattern):
    before = time.process_time()
    assert answered(pattern, "a" * 500) == SAY
    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"(\d+)\1", "backreferences are not supported"),
        (r"(?=\d+)\d", "look-around, including look-ahead and look-behind, is not supported"),
        ("((a{1,100}){1,100}){1,100}", "Compiled regex exceeds size limit of 10485760 bytes"),
        ("[A-Z{3}", "unclosed character class"),
    ],
)
def test_a_pattern_that_cannot_be_read_once_is_refused_by_line_with_what_to_write(pattern, why):
    old = r"matches: '\d{8}'"
    text = FILE.read_text()
    assert old in text
    with pytest.raises(BadDefinition) as caught:
        load(text.replace(old, f"matches: '{pattern}'"), letters=letters.read(folder.read(FILE.parent)))
    line = text[: text.index(old)].count("\n") + 1
    assert [str(one) for one in caught.value.problems] == [
        f"service.yaml:{line}: this pattern cannot be used: {why}. Write matches: '[A-Z]{{3}}-\\d{{4}}'."
    ]
