"""Which files a service may have, how large, and how one is named for a person."""

import re

DEFINITION, EXAMPLES = "service.yaml", "examples.yaml"
LETTER = re.compile(r"letters/([a-z0-9][a-z0-9-]{0,39})\.(en|cy)\.md")
LANGUAGES = {"en": "English", "cy": "Welsh"}
MOST_LETTERS = 100
LONGEST = 200_000
"""Characters of one file: the longest that is shipped has 30,000."""
WHOLE = 600_000


def wrong(files) -> str:
    """Return what is wrong with a service's files ({path: text}) before anybody reads them; empty when nothing is.

    >>> wrong({"service.yaml": "moothall: 1", "run.sh": ""})
    'run.sh is no file of a service. Call a letter letters/name.en.md or letters/name.cy.md.'
    """
    for path, text in files.items():
        if path not in (DEFINITION, EXAMPLES) and not LETTER.fullmatch(path):
            return f"{path} is no file of a service. Call a letter letters/name.en.md or letters/name.cy.md."
        if len(text) > LONGEST:
            return f"{name(path)} is longer than {LONGEST:,} characters. Make it shorter."
        if "\x00" in text:
            return f"{name(path)} holds a character that is no text. Take it out."
    if DEFINITION not in files:
        return "There is no service.yaml. Write one: it says what the service is."
    if len(files) > MOST_LETTERS or sum(map(len, files.values())) > WHOLE:
        return "These files are more than one service can be. Leave out what is not needed."
    return ""


def name(path: str) -> str:
    """Return what a file is called on pages.

    >>> name("letters/late.cy.md")
    'the letter “late” in Welsh'
    """
    if letter := LETTER.fullmatch(path):
        return f"the letter “{letter[1]}” in {LANGUAGES[letter[2]]}"
    return {DEFINITION: "the definition", EXAMPLES: "the worked examples"}.get(path, path)


def ordered(files) -> list[str]:
    """Return the paths of a service's files as a reader wants them: definition, examples, letters."""
    return sorted(files, key=lambda path: (path != DEFINITION, path != EXAMPLES, path))


def altered(before, after) -> list[str]:
    """Return the paths that differ between two sets of files, in reading order."""
    return ordered({path for path in {*before, *after} if before.get(path) != after.get(path)})


def said(before, after) -> str:
    """Return in words what a saving changed.

    >>> said({"service.yaml": "a"}, {"service.yaml": "b", "letters/late.en.md": "# Late"})
    'The definition; the letter “late” in English (new)'
    """
    told = []
    for path in altered(before, after):
        more = "" if path in before and path in after else " (new)" if path in after else " (gone)"
        told.append(name(path) + more)
    words = "; ".join(told)
    return (words[:1].upper() + words[1:])[:200]


def as_typed(typed: str, before: str) -> str:
    """Return a text from a browser's box with the line ends that the file had, so that saving changes nothing else.

    A box sends every line end as CR LF, and swallows none of the text.

    >>> as_typed("a: 1\\r\\nb: 2\\r\\n", "a: 1\\nb: 1\\n")
    'a: 1\\nb: 2\\n'
    """
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\r\n") if "\r\n" in before else text
