"""Another kind of licence is a folder: the one in docs/services.md, from its definition to the public register."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.world import ASHBY

from moothall.catalogue import actions as catalogue
from moothall.catalogue import queries as definitions
from moothall.core.scope import scoped
from moothall.functions.licensing import actions, queries
from moothall.functions.licensing.models import Licence
from moothall.functions.licensing.tests.conftest import ASKED, DISTRICT, OFFICER, ask, entries, pass_checks, states
from moothall.sharing.actions import adoptions

ROOT = Path(__file__).parents[5]
SECTION = (ROOT / "docs" / "services.md").read_text().split("**Licences**")[1]
LICENCE = re.search(r"^```yaml\n(.*?)^```", SECTION, re.M | re.S)[1]
TRADER = {"trader": {"name": "Lou Marsh"}, "goods": "Hot chestnuts"}
NEW = ("street-trading", "--title", "Street trading licence", "--title-cy", "Trwydded masnachu ar y stryd",
       "--work", "licensing", "--topic", "streets", "--team", "licensing")  # fmt: skip


def replaced(text, block):
    """Return service.yaml with each top-level part of the block in the place of its own."""
    for part in re.split(r"^(?=\w+:)", block, flags=re.M):
        if part.strip():
            whole = re.compile(rf"^{part.split(':')[0]}:.*?(?=^\w|\Z)", re.M | re.S)
            text = whole.sub(lambda _, part=part: part, text, count=1)
    return text


@pytest.fixture
def street_trading(db, tmp_path, monkeypatch, settings):
    """Begin the service as a reader of the documentation does, publish it, and let Ashby offer it."""
    for name in ("performers.yaml", "topics.yaml"):
        (tmp_path / "services").mkdir(exist_ok=True)
        shutil.copy(ROOT / "services" / name, tmp_path / "services")
    settings.SERVICES = tmp_path / "services"
    monkeypatch.chdir(tmp_path)
    call_command("service", "new", *NEW, stdout=StringIO())
    folder = tmp_path / "services" / "street-trading"
    text = (folder / "service.yaml").read_text()
    (folder / "service.yaml").write_text(replaced(text, LICENCE))
    for letter in (folder / "letters").glob("done.*"):
        letter.write_text(letter.read_text().replace("{{ work.note }}", "{{ issue.number }}"))
    (folder / "examples.yaml").unlink()
    with scoped(DISTRICT):
        (version,) = catalogue.publish_folder(path=folder, at=ASKED, by=OFFICER)
        adoptions.adopt(body_id=ASHBY, service_id="street-trading", version_id=version, starts=ASKED.date(), at=ASKED,
                        by=OFFICER)  # fmt: skip


def test_a_licence_that_is_only_a_folder_is_issued_suspended_and_published(street_trading):
    assert queries.issues("street-trading")
    opened = ask("street-trading", TRADER)
    pass_checks(opened)
    assert states(opened)["issue"] == "done"
    with scoped(DISTRICT):
        licence = Licence.objects.get(case_id=opened.case_id)
        page = queries.document_html(licence)
        assert "Show the licence at your stall." in page
        assert "Sells" in page
    assert licence.number.startswith("ASH-S-")
    assert entries("chestnuts marsh") == [licence.number]
    with scoped(DISTRICT):
        actions.take_measure(licence_id=licence.pk, kind="revocation", ground="other", reason="Fireworks.", at=ASKED,
                             by=OFFICER)  # fmt: skip
        assert queries.terms(licence).court["cy"] == "y llys ynadon"
        assert definitions.current("street-trading").number == 1
