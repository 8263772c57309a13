"""Nothing we serve carries a government's brand, asks another host for anything, or breaks the strict policy."""

import re
from pathlib import Path

import pytest
from tools import assets

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(ROOT.glob("src/**/templates/**/*.html"))
NAMES = [path.relative_to(ROOT / "src" / "moothall").as_posix() for path in TEMPLATES]
BARRED = re.compile(r"GDS[ _-]?Transport|crown|\bcrest\b|govuk-logo|gov\.uk/assets|nta_font|light-94a07e06a1", re.I)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\b(?:src=|type=\"application/json\"))",
    re.I,
)
OUTSIDE = re.compile(r"(?:src|srcset|action)\s*=\s*[\"']?(?:https?:)?//|<link[^>]+href\s*=\s*[\"'](?:https?:)?//", re.I)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_keeps_to_the_strict_policy_and_to_our_own_brand(path):
    text = path.read_text()
    assert not BARRED.search(text), "off gov.uk the crown, its font and its marks are barred"
    assert not INLINE.search(text), "no inline script, style or handler: use a class, or a file under assets/js"
    assert not OUTSIDE.search(text), "pages ask no other host for anything"


def _built() -> list[Path]:
    assets.build()
    return [path for path in (assets.destination() / "ui").iterdir() if path.suffix in {".css", ".js"}]


def test_what_is_built_is_free_of_the_government_s_brand():
    for path in _built():
        assert not BARRED.search(path.read_text()), path.name


def test_what_is_built_holds_none_of_the_government_s_colours():
    """The palette is read from the installed package, so that a new version's colours are looked for too."""
    palette = assets.destination().parent / "assets-build/node_modules/govuk-frontend/dist/govuk/settings"
    _built()
    text = (palette / "_colours-palette--internal.scss").read_text()
    theirs = set(re.findall(r"#[0-9a-f]{6}", text.lower())) - {"#ffffff", "#000000"}
    assert len(theirs) > 50
    for path in _built():
        if path.suffix == ".css":
            assert not theirs & set(re.findall(r"#[0-9a-f]{6}", path.read_text().lower())), path.name


def test_styles_and_scripts_ask_no_other_host():
    for path in _built():
        if path.suffix == ".css":
            assert not re.search(r"url\([\"']?(?:https?:)?//", path.read_text()), path.name


def test_the_first_view_of_a_resident_s_page_is_under_60_kilobytes():
    import gzip
    import json

    folder = assets.destination() / "ui"
    _built()
    names = json.loads((folder / "manifest.json").read_text())
    first = ("moothall.css", "moothall.js", "boot.js", "latin-400.woff2", "latin-700.woff2")
    size = sum(len(gzip.compress((folder / names[name]).read_bytes())) for name in first)
    assert size < 54_000, "the page itself and its theme need the rest"
