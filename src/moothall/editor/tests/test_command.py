"""`moothall service`, as an officer who writes services uses it."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moothall.catalogue import queries

SERVICES = Path(__file__).parents[4] / "services"


def run(*words):
    out = StringIO()
    call_command("service", *map(str, words), stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SERVICES, tmp_path / "services")
    return tmp_path / "services"


def test_check_says_that_all_is_well_with_the_shipped_services():
    told = run("check")
    assert "report-pothole: good. 6 worked examples, 8 letters in two languages." in told
    assert told.count(": good.") == len(list(SERVICES.glob("*/service.yaml")))


def test_check_names_line_and_remedy_and_fails(folder):
    path = folder / "complaint" / "service.yaml"
    path.write_text(path.read_text().replace("by: casework.decide", "by: casework.decides"))
    out = StringIO()
    with pytest.raises(CommandError, match="Not all is well"):
        call_command("service", "check", str(folder / "complaint"), stdout=out)
    assert "nobody performs `casework.decides`. Write `casework.decide`." in out.getvalue()
    assert "2 things to mend." in out.getvalue()


def test_check_names_what_a_life_event_asks_of_no_service(folder):
    path = folder / "life-events.yaml"
    path.write_text(path.read_text().replace("fills: {where: old_home}", "fills: {whence: old_home}"))
    out = StringIO()
    with pytest.raises(CommandError, match="Not all is well"):
        call_command("service", "check", str(folder), stdout=out)
    assert "`bulky-waste` does not ask `whence`" in out.getvalue()


def test_check_fails_on_an_example_that_comes_out_otherwise(folder):
    path = folder / "complaint" / "examples.yaml"
    path.write_text(path.read_text().replace("promise: 2026-06-22", "promise: 2026-06-19"))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("service", "check", str(folder / "complaint"), stdout=out)
    assert "promise: expected 2026-06-19, came 2026-06-22" in out.getvalue()


def test_check_of_a_folder_without_services_says_what_to_give(tmp_path):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("service", "check", str(tmp_path), stdout=out)
    assert "holds no service" in out.getvalue()


def test_show_prints_what_is_asked_done_and_promised():
    told = run("show", "bulky-waste")
    for line in ("Cost: From £20.00 for up to five items", "pay: You pay (by payments.take; after choose", "Law: "):
        assert line in told


def test_show_of_an_unknown_service_says_where_it_looked():
    with pytest.raises(CommandError, match=r"no service\.yaml"):
        run("show", "flying-carpets")


def test_draw_prints_or_writes_an_svg(tmp_path):
    assert "<svg " in run("draw", "report-pothole")
    target = tmp_path / "pothole.svg"
    assert run("draw", "report-pothole", "--lang", "cy", "--to", target) == f"Drawn in {target}.\n"
    assert "Rydym yn ei drwsio" in target.read_text()


def test_schema_prints_the_language():
    assert '"$id": "/services/schema.json"' in run("schema")


@pytest.mark.django_db
def test_publish_makes_new_versions_only_of_what_changed(folder):
    path = folder / "complaint" / "service.yaml"
    path.write_text(path.read_text().replace("en: Make a complaint,", "en: Complain,"))
    assert run("publish", folder) == "Published 1 new version.\n"
    assert queries.current("complaint").definition.title.en == "Complain"
    assert run("publish", folder) == "Published 0 new versions.\n"


def as_bytes(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["", "\r\n# last line without an end", "\n\n# blanks   \n\n\n"])
def test_what_is_pushed_and_pulled_is_the_same_to_the_last_byte(folder, tmp_path, odd):
    mine, back = folder / "garden-waste", tmp_path / "back" / "garden-waste"
    for path in (mine / "service.yaml", mine / "letters" / "late.cy.md", mine / "examples.yaml"):
        path.write_bytes(path.read_bytes() + odd.encode())
    told = run("push", mine, "--body", "ashby")
    assert "In the draft of Ashby District Council" in told
    run("pull", "garden-waste", "--draft", "--body", "ashby", "--to", back)
    assert as_bytes(back) == as_bytes(mine)
    (mine / "letters" / "late.cy.md").unlink()
    assert "is not there in Welsh" in run("push", mine, "--body", "ASH")
    run("pull", "garden-waste", "--draft", "--body", "ashby", "--to", back)
    assert as_bytes(back) == as_bytes(mine), "what is gone is gone"


@pytest.mark.django_db
def test_a_published_version_is_pulled_as_it_was_written(tmp_path):
    run("pull", "report-pothole", "--to", tmp_path / "report-pothole")
    assert as_bytes(tmp_path / "report-pothole") == as_bytes(SERVICES / "report-pothole")
    with pytest.raises(CommandError, match=r"no version 7 of report-pothole\. There is: 1"):
        run("pull", "report-pothole", "--number", "7", "--to", tmp_path / "x")


@pytest.mark.django_db
def test_push_refuses_what_is_not_the_bodys_to_change_and_what_is_no_text(folder, tmp_path):
    with pytest.raises(CommandError, match="does not do this service itself"):
        run("push", folder / "report-pothole", "--body", "ashby")
    with pytest.raises(CommandError, match="is writing no draft"):
        run("pull", "garden-waste", "--draft", "--body", "borley", "--to", tmp_path / "x")
    (folder / "garden-waste" / "examples.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError, match="is not text in UTF-8"):
        run("push", folder / "garden-waste", "--body", "ashby")
