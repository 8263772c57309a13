"""docs/services.md, done to the letter: a reader who follows it has a service that takes requests."""

import re
import shlex
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests import world

from moothall.catalogue import queries as catalogue
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.sharing import queries

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[4]
GUIDE = (ROOT / "docs" / "services.md").read_text().split("## The language")[0]
STEPS = re.findall(r"^\*\*(\d)\.", GUIDE, re.M)
DECIDED = ("--decided-by", "Head of street scene", "--reference", "OD/26/15")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE, re.M | re.S)


def replaced(text, block):
    """Return service.yaml with each top-level part of the block in the place of its own, or at the end."""
    for part in re.split(r"^(?=\w+:)", block, flags=re.M):
        if not part.strip():
            continue
        name = part.split(":")[0]
        whole = re.compile(rf"^{name}:.*?(?=^\w|\Z)", re.M | re.S)
        text = whole.sub(lambda _, part=part: part, text, count=1) if whole.search(text) else text + part
    return text


def follow(blocks):
    told = ""
    for language, block in blocks:
        service = Path("services/report-graffiti")
        if language == "sh":
            for line in block.strip().splitlines():
                out = StringIO()
                call_command(*shlex.split(line)[1:], stdout=out)
                told += out.getvalue()
        elif language == "yaml" and block.startswith("- name:"):
            (service / "examples.yaml").write_text(block)
        elif language == "yaml":
            (service / "service.yaml").write_text(replaced((service / "service.yaml").read_text(), block))
        else:
            assert block.strip() in told, block
    return told


@pytest.fixture
def copy(tmp_path, monkeypatch, settings):
    shutil.copytree(ROOT / "services", tmp_path / "services")
    settings.SERVICES = tmp_path / "services"
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_guide_has_six_steps_and_says_what_comes_of_them(copy):
    assert STEPS == ["1", "2", "3", "4", "5", "6"]
    told = follow(BLOCKS)
    assert "Ashby District Council offers version 1 of report-graffiti from today." in told
    assert (copy / "report-graffiti.svg").read_text().count("<rect") > 4


def test_the_new_service_is_found_shown_and_promised_as_the_body_set_it(copy, client):
    follow(BLOCKS)
    found = catalogue.find("someone sprayed grafitti on the wall")[:2]  # street cleaning as shipped takes it too
    assert "report-graffiti" in [one.service_id for one in found]
    html = client.get("/services/report-graffiti/", {"where": "14 Mill Lane, Ashby"}).content.decode()
    assert "Ashby District Council does this there." in html
    assert "Done within 1 to 3 working days." in html
    assert client.get("/services/report-graffiti/start").status_code in (200, 302)


def test_it_is_good_as_it_begins_and_what_is_edited_wrongly_is_told(copy):
    follow(BLOCKS[:1])
    out = StringIO()
    call_command("service", "check", "services/report-graffiti", stdout=out)
    assert out.getvalue() == "report-graffiti: good. 2 worked examples, 4 letters in two languages.\n"
    with pytest.raises(Exception, match="There is a report-graffiti already"):
        follow(BLOCKS[:1])


def test_adopting_again_takes_the_new_version_and_the_same_twice_changes_nothing(copy):
    follow(BLOCKS)
    path = copy / "services" / "report-graffiti" / "service.yaml"
    path.write_text(path.read_text().replace("default: 5, least: 1", "default: 4, least: 1"))
    call_command("service", "publish", stdout=StringIO())
    out = StringIO()
    for _ in range(2):
        call_command("adopt", "ashby", "report-graffiti", *DECIDED, stdout=out)
    first, second = out.getvalue().splitlines()
    assert first == "Ashby District Council offers version 2 of report-graffiti from today."
    assert second == "Ashby District Council offers version 2 of report-graffiti so already."
    with scoped(Scope(bodies=(world.ASHBY,), purpose="tests")):
        assert queries.adoption(world.ASHBY, "report-graffiti", now().date()).parameters == {}


def test_a_setting_that_is_not_open_is_refused_with_what_to_do(copy):
    follow(BLOCKS)
    with pytest.raises(Exception, match=r"clean_days: Give 20 or less\."):
        call_command("adopt", "ashby", "report-graffiti", "--set", "clean_days=99", *DECIDED, stdout=StringIO())
