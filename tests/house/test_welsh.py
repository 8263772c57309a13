"""The Welsh of each chapter is whole: every text has one, compiled, with the same gaps to fill."""

import ast
import gettext
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "moothall"
FILES = sorted(ROOT.glob("**/locale/cy/LC_MESSAGES/django.po"))
NAMES = [path.relative_to(ROOT).parts[0] for path in FILES]
WHOLE = {
    "ui",
    "catalogue",
    "bodies",
    "people",
    "site",
}  # every text of their templates; others may be ahead of their Welsh
GAPS = re.compile(r"%\(\w+\)[sd]|%[sd]")
HOW = (
    "Write the Welsh beside the text in django.po, then run: "
    "cd src/moothall/<chapter> && django-admin makemessages -l cy --no-location && django-admin compilemessages"
)


def texts(path):
    """Return {text: [Welsh forms]} of a .po file."""
    found, key, current = {}, None, []
    for line in [*path.read_text().splitlines(), ""]:
        if match := re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', line):
            kind, current = match[1], [ast.literal_eval(match[2])]
            if kind == "msgid":
                key = current
            elif kind.startswith("msgstr"):
                found.setdefault(id(key), (key, []))[1].append(current)
        elif line.startswith('"'):
            current.append(ast.literal_eval(line))
    return {"".join(key): ["".join(form) for form in forms] for key, forms in found.values()}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_text_has_its_welsh_with_the_same_gaps(path):
    for text, forms in texts(path).items():
        if text:
            assert all(forms), f"{text!r} has no Welsh. {HOW}"
            for form in forms:
                gaps = set(GAPS.findall(form))
                assert gaps <= set(GAPS.findall(text)), f"{text!r} and its Welsh have different gaps"
                assert gaps == set(GAPS.findall(text)) or len(forms) > 1, f"{text!r} loses a gap in Welsh"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_what_is_compiled_is_what_is_written(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, forms in texts(path).items():
        if text and len(forms) == 1:
            assert compiled.gettext(text) == forms[0], f"{text!r} is not compiled. {HOW}"


@pytest.mark.parametrize("path", [path for path, name in zip(FILES, NAMES, strict=True) if name in WHOLE])
def test_no_text_of_a_template_is_forgotten(path):
    known = texts(path)
    for template in path.parents[3].glob("templates/**/*.html"):
        for text in re.findall(r'{%\s*translate "([^"]+)"', template.read_text()):
            assert text.replace("%", "%%") in known, f"{template.name}: {text!r} is not in {path.name}. {HOW}"
