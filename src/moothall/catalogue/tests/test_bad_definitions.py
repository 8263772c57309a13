"""A bad definition is refused with file, line, what is wrong and what to write."""

import shutil

import pytest

from moothall.catalogue.rules.load import BadDefinition, load
from moothall.catalogue.tests.test_shipped import SERVICES, read

PERFORMERS, TOPICS = read("performers.yaml"), read("topics.yaml")
WORKS = (
    *("council-tax", "housing", "highways", "street-lights", "waste-collection", "fly-tipping", "complaint"),
    *("schools", "taxis"),
)
NAMES = {p.parent.name for p in SERVICES.glob("*/service.yaml")}

# The edit to report-pothole, then what the refusal must say is wrong, then what it must say to write.
BAD = {
    "a word that is not of the language": (
        "summary:",
        "sumary:",
        "`sumary` is not a word of this language",
        "`summary`",
    ),
    "a title without Welsh": (", cy: Rhoi gwybod am dwll yn y ffordd}", "}", "`title.cy` is missing", "words in Welsh"),
    "no title at all": (
        "title: {en: Report a pothole, cy: Rhoi gwybod am dwll yn y ffordd}\n",
        "",
        "`title` is missing",
        "title: {en:",
    ),
    "an empty title": ("title: {en: Report a pothole,", "title: {en: '',", "`title.en`", "words in English"),
    "a name that is not the folder's": (
        "id: report-pothole",
        "id: pothole",
        "the folder is called `report-pothole`",
        "id: report-pothole",
    ),
    "a name with capitals": ("id: report-pothole", "id: Report Pothole", "will not do for `id`", "id: report-pothole"),
    "a language not known": ("moothall: 1", "moothall: 2", "`moothall` cannot be `2`", "1"),
    "a kind of question not known": ("type: long-text", "type: longtext", "cannot be `longtext`", "`long-text`"),
    "a question without a type": ("    type: yes-no\n", "", "has no type", "type: choice"),
    "a question without words": (
        "    label: {en: What is it in?, cy: Ym mha beth mae e?}\n",
        "",
        "label` is missing",
        "label: {en:",
    ),
    "one option only": (
        "      dustbin-lid: {en: Like a dustbin lid, cy: Fel caead bin}\n      larger: {en: Larger, cy: Mwy}\n",
        "",
        "`ask.width.options`",
        "options: {",
    ),
    "an option's name with spaces": (
        "      dustbin-lid:",
        "      dustbin lid:",
        "`dustbin lid` will not do",
        "small letters",
    ),
    "a condition on an option there is not": (
        "answers.depth == 'deeper'",
        "answers.depth == 'deepest'",
        "`answers.depth` is never 'deepest'",
        "'deeper'",
    ),
    "a condition on a later question": (
        "when: answers.width != 'dinner-plate'",
        "when: answers.more != ''",
        "`answers.more` is not known in an earlier question",
        "one of",
    ),
    "a condition that cannot be read": (
        "when: answers.width != 'dinner-plate'",
        "when: answers.width !=",
        "cannot be read",
        "such as",
    ),
    "a condition that gives no yes or no": (
        "when: answers.width != 'dinner-plate' ||",
        "when: answers.width #",
        "gives",
        "true or false",
    ),
    "a stop on an unknown word": (
        "when: answers.surface == 'motorway'",
        "when: answer.surface == 'motorway'",
        "`answer.surface` is not known",
        "`answers.surface`",
    ),
    "a step nobody performs": (
        "by: highways.inspect",
        "by: highways.inspekt",
        "nobody performs `highways.inspekt`",
        "`highways.inspect`",
    ),
    "a step by nobody": ("    by: highways.repair\n", "", "needs either a performer or a wait", "by: highways.inspect"),
    "a step after one there is not": ("after: [repair]", "after: [repairs]", "there is no step `repairs`", "`repair`"),
    "steps that wait for each other": (
        "    within: {working_days: body.inspect_days}",
        "    after: [check]",
        "would wait for itself",
        "steps that end before it",
    ),
    "a condition on an output there is not": (
        "inspect.risk in ['high', 'medium']",
        "inspect.risks in ['high']",
        "`inspect.risks` is not known",
        "`inspect.risk`",
    ),
    "an output that is never so": (
        "inspect.risk in ['high', 'medium']",
        "inspect.risk == 'urgent'",
        "`inspect.risk` is never 'urgent'",
        "'high'",
    ),
    "a condition on a step that comes later": (
        "when: inspect.risk in ['high', 'medium']",
        "when: check.passed",
        "`check.passed` is not known in the step `repair`",
        "one of",
    ),
    "a clock that gives a word": ("? 2 : body.mend_days", "? 'two' : body.mend_days", "gives", "a whole number"),
    "a clock in two units": (
        "within: {working_days: 1}",
        "within: {working_days: 1, days: 2}",
        "one length of time, in one unit",
        "{working_days: 5}",
    ),
    "a clock in an unknown unit": (
        "done_within: {days: body.mend_days}",
        "done_within: {weeks: 4}",
        "`promise.done_within.weeks` is not a word",
        "leave it out",
    ),
    "no promise": (
        "promise:\n  acknowledge: at once\n  done_within: {days: body.mend_days}",
        "promises:",
        "`promise` is missing",
        "done_within",
    ),
    "a setting nothing uses": (
        "leaves_open:\n",
        "leaves_open:\n  colour: {type: number, label: A colour, default: 3}\n",
        "nothing uses `body.colour`",
        "leave it out",
    ),
    "a default that does not fit": ("default: 28,", "default: soon,", "default", "default: 4000"),
    "an unknown topic": ("topics: [roads]", "topics: [road]", "there is no topic `road`", "`roads`"),
    "an unknown kind of work": (
        "work: highways,",
        "work: highway,",
        "no kind of work is called `highway`",
        "`highways`",
    ),
    "an unknown kind of body": (
        "bodies: [county, unitary]",
        "bodies: [county, unitry]",
        "no kind of body is called `unitry`",
        "`unitary`",
    ),
    "an unknown related service": (
        "related: [street-light,",
        "related: [streetlight,",
        "there is no service `streetlight`",
        "`street-light`",
    ),
    "an unlawful basis": (
        "lawful_basis: public task",
        "lawful_basis: because",
        "`basis.lawful_basis` cannot be `because`",
        "'public task'",
    ),
    "no time to keep it": ("keep: {years: 6,", "keep: {", "how long", "years: 6"),
    "a law without a source": (
        ', source: "https://www.legislation.gov.uk/ukpga/1980/66/section/41"',
        "",
        "source` is missing",
        "https://",
    ),
    "a message nobody wrote": (
        "letter: urgent}",
        "letter: urgently}",
        "there is no letter `urgently`",
        "letters/urgently.en.md",
    ),
    "a message at no moment": (
        "{at: late, letter: late}",
        "{at: sometimes, letter: late}",
        "`sometimes` will not do",
        "acknowledged, late, closed",
    ),
    "a message after a step there is not": (
        "{at: inspect.done, when: \"inspect.risk == 'high'\"",
        "{at: inspected.done, when: \"inspect.risk == 'high'\"",
        "there is no step `inspected`",
        "`inspect`",
    ),
    "nothing said when it is late": (
        "  - {at: late, letter: late}\n",
        "",
        "nothing is always sent when a case is late",
        "{at: late",
    ),
    "an end only sometimes": (
        "  not-done: {title: {en: Not done, cy: Heb ei wneud}}\n",
        "",
        "might have no outcome",
        "all outcomes but the last",
    ),
    "an end that hides the others": (
        "mended: {when: check.state == 'done', ",
        "mended: {",
        "those after it never happen",
        "all outcomes but the last",
    ),
    "a fee that nobody takes": (
        "promise:\n",
        "fee: {pence: 100, per: {en: each, cy: yr un}}\npromise:\n",
        "there is a fee and no step takes it",
        "payments.take",
    ),
    "one name twice": ("related:", "topics: [roads]\nrelated:", "duplicate key", "each name once"),
    "a line too far to the right": (
        "topics: [roads]",
        "  topics: [roads]",
        "expected <block end>",
        "YAML",
    ),
    "too many words for what needs a number": ("lgsl: 557", "lgsl: many", "`lgsl`", "lgsl"),
    "duplicates with nowhere to be": (
        "    type: place\n",
        "    type: text\n",
        "published",
        "leave it out",
    ),
}


def copied(tmp_path, service="report-pothole"):
    shutil.copytree(SERVICES / service, tmp_path / service)
    return tmp_path / service


def refused_once_edited(tmp_path, service, old, new):
    """Return what is wrong with a shipped service in which one text, which must stand in it, was replaced."""
    path = copied(tmp_path, service) / "service.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return "; ".join(problem.what for problem in refused(path.parent))


def refused(folder):
    with pytest.raises(BadDefinition) as caught:
        load(folder, PERFORMERS, topics=TOPICS, works=WORKS, services=NAMES)
    return caught.value.problems


@pytest.mark.parametrize("case", BAD)
def test_it_refuses(case, tmp_path):
    old, new, what, write = BAD[case]
    path = copied(tmp_path) / "service.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    problems = refused(path.parent)
    told = [p for p in problems if what in p.what]
    assert told, [str(p) for p in problems]
    assert write in told[0].write, str(told[0])
    assert told[0].file == "report-pothole/service.yaml"
    changed = text[: text.index(old)].count("\n") + 1
    if new:
        assert abs(told[0].line - changed) <= max(4, new.count("\n"), old.count("\n")) or told[0].line == 1, told[0]


# The edit to council-tax-discount, then what the refusal must say is wrong.
BAD_DECISIONS = {
    "a grant that nobody can choose": ("grants: [discount, exempt]", "grants: [discout]", "`discout` is not among"),
    "evidence for nothing": ("      grants: [discount, exempt]\n", "", "which decisions give what is asked for"),
    "a longest time of nothing": ("      until: {", "      until_months: 12\n      by: {", "nothing says until when"),
    "not by a step that is no person's": ("not_by: [decide]", "not_by: [decides]", "not a step that a person ends"),
    "nobody who looks again": ("      not_by: [decide, confirm]\n", "", "nobody else looks at it again"),
    "a review that is not answered for": (
        "  - {at: reopened, letter: looking-again}\n",
        "",
        "nothing is sent when a review is asked for",
    ),
    "an appeal that nobody hears": (
        "    link: https://www.valuationtribunal.gov.uk/\n",
        "    done_within: {working_days: 40}\n",
        "nobody hears the appeal",
    ),
    "an appeal to nowhere": (
        "    link: https://www.valuationtribunal.gov.uk/\n",
        "",
        "either `link` or `done_within`",
    ),
    "a review as long as one likes": (
        "  done_within: {months: 2}\n",
        "  done_within: {months: body.answer_days}\n",
        "the same time for everybody",
    ),
}


# The edit to school-place, then what the refusal must say is wrong.
BAD_DAYS = {
    "a day that not every year has": ("each: 08-31", "each: 02-29", "a day that every year has"),
    "a day that nobody wrote": ("? (dates.secondary_closing", "? (dates.closing", "`dates.closing`"),
    "a day asked about before there is a case": (
        "when: answers.plan",
        "when: dates.late_ends > '2026-01-01'",
        "`dates.late_ends` is not known",
    ),
    "a promise that is neither": (": dates.late_ends\n  counts", ": 5\n  counts", "a word or date"),
}


@pytest.mark.parametrize("case", BAD_DAYS)
def test_it_refuses_days_that_would_not_hold(case, tmp_path):
    old, new, what = BAD_DAYS[case]
    assert what in refused_once_edited(tmp_path, "school-place", old, new)


@pytest.mark.parametrize("case", BAD_DECISIONS)
def test_it_refuses_a_decision_that_would_not_hold(case, tmp_path):
    old, new, what = BAD_DECISIONS[case]
    assert what in refused_once_edited(tmp_path, "council-tax-discount", old, new)


def test_it_names_the_very_line(tmp_path):
    path = copied(tmp_path) / "service.yaml"
    lines = path.read_text().split("\n")
    line = next(i for i, text in enumerate(lines, 1) if "by: highways.repair" in text)
    lines[line - 1] = "    by: highways.repare"
    path.write_text("\n".join(lines))
    (problem,) = refused(path.parent)
    assert str(problem) == (
        f"report-pothole/service.yaml:{line}: nobody performs `highways.repare`. Write `highways.repair`."
    )


def test_it_tells_of_all_faults_at_once(tmp_path):
    path = copied(tmp_path) / "service.yaml"
    text = (
        path.read_text().replace("by: highways.inspect", "by: highways.look").replace("topics: [roads]", "topics: [r]")
    )
    path.write_text(text.replace("after: [repair]", "after: [mend]"))
    assert len(refused(path.parent)) == 3


@pytest.mark.parametrize(
    ("letter", "text", "what"),
    [
        ("mended.en.md", "The hole is mended.", "a letter begins with its subject"),
        ("mended.cy.md", "# Wedi'i drwsio\n\n{{ refrence }}", "`{{ refrence }}` is not known"),
        ("mended.en.md", "# Mended\n\n{{ inspect.depth }}", "`{{ inspect.depth }}` is not known"),
        ("spare.en.md", "# Spare\n", "the letter `spare` is never sent"),
    ],
)
def test_it_refuses_a_letter_that_could_not_be_sent(letter, text, what, tmp_path):
    folder = copied(tmp_path)
    (folder / "letters" / letter).write_text(text)
    problem = next(p for p in refused(folder) if what in p.what)
    assert problem.file == f"report-pothole/letters/{letter}"
    assert problem.line == text.count("\n", 0, max(text.find("{{"), 0)) + 1


def test_it_refuses_a_letter_in_one_language_only(tmp_path):
    folder = copied(tmp_path)
    (folder / "letters" / "mended.cy.md").unlink()
    (problem,) = refused(folder)
    assert "the letter `mended` is not there in Welsh" in problem.what
    assert problem.write == "letters/mended.cy.md"


def test_it_refuses_a_folder_without_a_definition(tmp_path):
    (tmp_path / "empty").mkdir()
    (problem,) = refused(tmp_path / "empty")
    assert (problem.file, problem.line) == ("empty/service.yaml", 1)


def test_it_refuses_an_empty_file(tmp_path):
    path = copied(tmp_path) / "service.yaml"
    path.write_text("")
    assert refused(path.parent)[0].what == "the file is empty or is not a list of names and values"


def test_a_number_that_may_be_unanswered_must_be_tested_first(tmp_path):
    path = copied(tmp_path, "bulky-waste") / "service.yaml"
    text = path.read_text().replace(
        "    most: 10\n    label: {en: How many", "    most: 10\n    optional: true\n    label: {en: How many"
    )
    path.write_text(text)
    problem = next(p for p in refused(path.parent) if "answers.count" in p.what)
    assert "answers.items != null" in problem.write
