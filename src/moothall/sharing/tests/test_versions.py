"""A newer version is offered as what changes, in words; a body's own settings are carried over, or decided."""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY, COVEHAM

from moothall.catalogue import actions as publishing
from moothall.catalogue import queries as catalogue
from moothall.core.clock import now
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries
from moothall.sharing.actions import adoptions
from moothall.sharing.actions.drawing import InThePast
from moothall.sharing.queries import versions
from moothall.sharing.rules import merging
from moothall.sharing.tests.test_drawing import DAY, as_body, live, offered, ready, today, who

pytestmark = pytest.mark.django_db
EDITS = (
    ("default: 5000, least: 0, most: 12000", "default: 5200, least: 0, most: 12000"),
    ("default: 3, least: 1, most: 5", "default: 4, least: 1, most: 5"),
    ("default: 10, least: 1, most: 20", "default: 14, least: 1, most: 20"),
    (
        "fee:\n  pence:",
        '  winter: {type: yes-no, label: "Collected in winter too", default: true}\nfee:\n  pence:',
    ),
    (
        "when: answers.bins > body.most_bins",
        "when: answers.bins > body.most_bins || (answers.bins > 4 && !body.winter)",
    ),
    ("by 7am on the day, with", "by 6am on the day, with"),
    ("en: How many bins?", "en: How many bins do you want?"),
    ("    within: {working_days: 1}", "    within: {working_days: 2}"),
)


@pytest.fixture
def newer(tmp_path):
    """Return a newer version of garden waste, published."""
    folder = tmp_path / "services"
    shutil.copytree(django_settings.SERVICES, folder)
    path = folder / "garden-waste" / "service.yaml"
    text = path.read_text()
    for old, new in EDITS:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text)
    letter = Path(folder / "garden-waste" / "letters" / "late.en.md")
    letter.write_text(letter.read_text().replace("We are sorry.", "We are very sorry."))
    with scoped(Scope(purpose="tests", actor=world.BY)):
        publishing.publish_folder(path=folder, at=now(), by=world.BY)
    return catalogue.current("garden-waste")


@pytest.fixture
def offer():
    return offered()


def provider_runs(version_id):
    """Let Ashby itself run a version from today."""
    with as_body(ASHBY):
        told = {"body_id": ASHBY, "service_id": "garden-waste", "at": now(), "by": world.BY}
        actions.end_adoption(**told, ends=today())
        adoptions.adopt(**told, version_id=version_id)


def version_offered(offer, newer):
    provider_runs(newer.id)
    with as_body(ASHBY):
        actions.offer_version(offer_id=offer.pk, body_id=ASHBY, at=now(), by=who("manager", ASHBY))


def take(starts=None, **decided):
    with as_body(BORLEY):
        return actions.take_version(
            body_id=BORLEY, service_id="garden-waste", decided=decided, starts=starts or today(), at=now(),
            by=who("manager"),
        )  # fmt: skip


def test_an_adoption_keeps_its_version_until_the_newer_one_is_taken(offer, newer):
    before = live(ready(offer))
    version_offered(offer, newer)
    assert queries.adoption(BORLEY, "garden-waste", today()).pk == before.pk
    after = take(fee_pence=4500, most_bins=2, deliver_days=14, winter=True)
    assert (after.version_id, after.provider_id, after.offer_id) == (newer.id, ASHBY, offer.pk)
    assert queries.adoption(BORLEY, "garden-waste", today()).pk == after.pk
    assert queries.adopted_as(BORLEY, "garden-waste", before.version_id, today()).pk == before.pk


def test_what_changes_is_told_in_words(offer, newer):
    live(ready(offer))
    version_offered(offer, newer)
    told = defaultdict(list)
    for change in versions.newer(BORLEY, "garden-waste", today()).changes:
        told[change.heading].append(change.what)
    assert told["Question"][:1] == ["“How many bins?” becomes “How many bins do you want?”."]
    assert told["Step"] == ["We add you to the round: its clock was working days 1, is working days 2."]
    assert [line.split(": ")[0] for line in told["Letter"]] == ["We are late with your garden waste bin"]
    assert "New: Collected in winter too." in told["Setting"]
    assert "Clock" not in told, "what Borley set itself holds"


def test_settings_are_carried_over_three_ways_and_what_is_unclear_is_decided_by_a_person(offer, newer):
    live(ready(offer))
    version_offered(offer, newer)
    found = {row.name: row for row in versions.newer(BORLEY, "garden-waste", today()).settings}
    assert {name: row.why for name, row in found.items()} == {
        "fee_pence": "unbound", "most_bins": "unbound", "deliver_days": "unbound", "winter": "new",
        "put_out": "new-default", "asks_photo": "kept",
    }  # fmt: skip
    with pytest.raises(actions.StillUnbound) as refused:
        take(fee_pence=4500)
    assert set(refused.value.details["problems"]) == {"most_bins", "deliver_days", "winter"}
    with pytest.raises(actions.ParametersWrong):
        take(fee_pence=4500, most_bins=2, deliver_days=9, winter=True)


@pytest.mark.parametrize(
    ("own", "why", "value"),
    [({}, "new-default", 14), ({"n": 10}, "new-default", 14), ({"n": 14}, "both-same", 14), ({"n": 12}, "unbound", 12)],
)
def test_a_setting_follows_the_default_it_was_left_at_and_stays_where_the_body_set_it(own, why, value):
    def open_(default):
        return {"n": catalogue.definition(catalogue.current("garden-waste").id).leaves_open["deliver_days"].model_copy(
            update={"default": default}
        )}  # fmt: skip

    (row,) = merging.merge(open_(10), open_(14), own)
    assert (row.why, row.value, bool(row.unbound)) == (why, value, why == "unbound")
    (row,) = merging.merge(open_(10), open_(10), own)
    assert (row.why, row.unbound) == ("kept", "")
    (row,) = merging.merge(open_(10), open_(10), own, {"n": "Give 9 or less."})
    assert row.unbound == "Give 9 or less."
    assert merging.dropped(open_(10), {}, own) == list(own)


def test_only_a_version_that_the_provider_runs_itself_is_offered_and_only_by_the_provider(offer, newer):
    with as_body(ASHBY), pytest.raises(actions.NothingNewer):
        actions.offer_version(offer_id=offer.pk, body_id=ASHBY, at=now(), by=world.BY)
    provider_runs(newer.id)
    with as_body(COVEHAM), pytest.raises(NotYours):
        actions.offer_version(offer_id=offer.pk, body_id=COVEHAM, at=now(), by=world.BY)


def test_it_is_taken_from_today_or_later_and_only_while_there_is_something_newer(offer, newer):
    live(ready(offer))
    with pytest.raises(actions.NothingNewer):
        take()
    version_offered(offer, newer)
    with pytest.raises(InThePast):
        take(today() - DAY)
    take(today() + 7 * DAY, fee_pence=4500, most_bins=2, deliver_days=14, winter=True)
    assert queries.adoption(BORLEY, "garden-waste", today() + 6 * DAY).version_id == offer.version_id
    assert queries.adoption(BORLEY, "garden-waste", today() + 7 * DAY).version_id == newer.id


def test_it_is_read_and_taken_by_pages(client, offer, newer):
    draw_id = ready(offer)
    live(draw_id)
    provider_runs(newer.id)
    world.as_staff(client, ASHBY, "manager")
    assert "Offer the newer version" in client.get(reverse("sharing:offer", args=[offer.pk])).content.decode()
    client.post(reverse("sharing:offer_version", args=[offer.pk]))
    world.as_staff(client, BORLEY, "partnership-office")
    assert "version 2 is offered" in client.get(reverse("sharing:draw_downs")).content.decode()
    assert "See what changes" in client.get(reverse("sharing:draw_down", args=[draw_id])).content.decode()
    url = reverse("sharing:take_version", args=[draw_id])
    html = client.get(url).content.decode()
    assert "4 settings must be decided" in html
    assert "How many bins do you want?" in html
    assert "You had £45.00; £52.00 is proposed." in html
    assert "Follows what is proposed now: Put it out by 6am on the day" in html
    day = {"starts-day": today().day, "starts-month": today().month, "starts-year": today().year}
    html = client.post(url, day | {"fee_pence": "45.00", "most_bins": "2"}).content.decode()
    assert "Decide this before you take the new version." in html
    given = {"fee_pence": "45.00", "most_bins": "2", "deliver_days": "14", "winter": "yes", "asks_photo": "no"}
    given |= {"put_out-en": "By the gate.", "put_out-cy": ""}
    assert client.post(url, day | given | {"deliver_days": "9"}).status_code == 200
    assert client.post(url, day | given).status_code == 302
    taken = queries.adoption(BORLEY, "garden-waste", today())
    assert (taken.version_id, taken.parameters["put_out"]) == (newer.id, {"en": "By the gate.", "cy": ""})
    assert client.get(url).status_code == 409
