"""`moothall service`, as an officer who writes services uses it."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from moothall.catalogue import queries
from moothall.catalogue.tests.test_shipped import SERVICES


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
