"""`moothall appraise` runs where only the base install is: no Django, no database driver, no server packages."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.test_requirements import _name, imported, names

ROOT = Path(__file__).parents[2]
BASE = {_name(package) for package in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]}
SERVER = names((ROOT / "requirements.in").read_text()) - BASE
RUN = """
import sys
for name in {blocked}:
    sys.modules[name] = None
sys.argv = ["moothall", *{words}]
from moothall.site.command import main
main()
"""
BLOCKED = ("django", "psycopg", "procrastinate", "ninja", "allauth", "shapely", "weasyprint", "httpx", "PIL")


def run(tmp_path, *words):
    code = RUN.format(blocked=BLOCKED, words=[str(word) for word in words])
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "src")},
    )


def test_a_case_is_appraised_without_the_server(tmp_path):
    done = run(tmp_path, "appraise", ROOT / "examples/appraisal/in-house.yaml", "--to", tmp_path / "out")

    assert done.returncode == 0, done.stderr
    assert "costs society least" in done.stdout
    assert "There is no PDF" in done.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"report.html", "result.json", "figures.csv"}


def test_a_case_that_is_not_on_one_basis_is_refused_by_option_and_field(tmp_path):
    text = (ROOT / "examples/appraisal/in-house.yaml").read_text()
    (tmp_path / "case.yaml").write_text(text.replace("covers: dual running", "covers: something else", 1))

    done = run(tmp_path, "appraise", "case.yaml")

    assert done.returncode == 1
    assert "now: transition.dual running: no line of kind transition covers" in done.stderr
    assert not (tmp_path / "case-appraisal").exists()


def test_known_deals_are_worked_out_again_without_the_server(tmp_path):
    done = run(tmp_path, "appraise", "--replays")

    assert done.returncode == 0, done.stderr
    assert "Share of jobs lost" in done.stdout


def test_a_deal_as_it_was_published_is_worked_out_and_refused_by_name(tmp_path):
    done = run(tmp_path, "appraise", ROOT / "src/moothall/appraisal/facts/replays/essex.yaml")

    assert done.returncode == 1
    assert "one option must be `model: now`, and there are 2" in done.stdout


def test_a_missing_file_is_said_plainly(tmp_path):
    done = run(tmp_path, "appraise", "nowhere.yaml")

    assert done.returncode == 1
    assert "nowhere.yaml cannot be read" in done.stderr


def test_the_base_install_asks_for_what_the_appraisal_imports():
    assert {"jinja2", "markupsafe", "numpy", "pydantic", "ruamel-yaml", "scipy"} == BASE
    modules = imported("src/moothall/appraisal/rules") - {"moothall"}
    assert modules <= {"jinja2", "markupsafe", "numpy", "pydantic", "pydantic_core", "ruamel", "scipy", "weasyprint"}


def test_everything_of_the_base_install_is_pinned_with_the_server():
    assert names((ROOT / "requirements.in").read_text()) >= BASE
    assert "django" in SERVER
