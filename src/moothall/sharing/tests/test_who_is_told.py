"""A body says which of its own people are told of requests: its teams, its posts, its mailboxes, and nobody else's."""

import pytest
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.clock import now
from moothall.core.refusal import NotYours
from moothall.sharing import actions, queries
from moothall.sharing.models import Telling
from moothall.sharing.queries import telling
from moothall.sharing.tests.test_drawing import as_body, begun, offered, today, who

pytestmark = pytest.mark.django_db
SERVICE = "garden-waste"


def tell(kind, named, *moments, body_id=ASHBY, service_id=SERVICE):
    with as_body(body_id):
        actions.tell(body_id=body_id, service_id=service_id, kind=kind, named=named, moments=list(moments), at=now(),
                     by=who("manager", body_id))  # fmt: skip


def told(body_id=ASHBY):
    with as_body(body_id):
        return [(one.kind, one.named, one.moments) for one in queries.who_is_told(body_id, SERVICE, today())]


def mailbox(body_id=ASHBY):
    """Return an address such as a body's own people have."""
    with as_body(body_id):
        return f"gardens@{sorted(telling.own_domains(body_id, today()))[0]}"


def a_team(body_id=ASHBY):
    return next(team.code for team in bodies.teams(body_id, today()))


def test_nobody_is_told_until_the_body_says_so_and_saying_it_again_changes_when():
    assert told() == []
    tell("role", "manager", "opened", "late")
    tell("team", a_team(), "ended")
    tell("role", "manager", "late", "ended")
    assert told() == [("team", a_team(), ("ended",)), ("role", "manager", ("late", "ended"))]
    assert queries.told_at(ASHBY, SERVICE) == {"late", "ended"}
    with as_body(ASHBY):
        (entry, *_) = audit.search(body_id=ASHBY, action="telling.set")
    assert entry["object"] == f"service:{SERVICE}"


@pytest.mark.parametrize(
    ("kind", "named", "refusal"),
    [
        ("team", "no-such-team", actions.NotOurOwn),
        ("role", "mayor", actions.NotOurOwn),
        ("body", "ashby", actions.NotOurOwn),
        ("mailbox", "gardens", actions.NotOurMailbox),
        ("mailbox", "gardens@elsewhere.example", actions.NotOurMailbox),
    ],
)
def test_only_a_body_s_own_can_be_named(kind, named, refusal):
    with pytest.raises(refusal):
        tell(kind, named, "opened")
    assert told() == []


def test_a_mailbox_of_another_body_is_refused_and_its_own_taken():
    with pytest.raises(actions.NotOurMailbox):
        tell("mailbox", mailbox(BORLEY), "opened")
    tell("mailbox", mailbox(), "opened")
    assert told() == [("mailbox", mailbox(), ("opened",))]


def test_it_asks_for_a_moment_and_for_a_service_that_the_body_offers_or_prepares():
    with pytest.raises(actions.MomentMissing):
        tell("role", "manager")
    with as_body(BORLEY):
        actions.end_adoption(body_id=BORLEY, service_id=SERVICE, ends=today(), at=now(), by=world.BY)
    with pytest.raises(actions.NobodyToTell):
        tell("role", "manager", "late", body_id=BORLEY)
    begun(offered())
    tell("role", "manager", "late", body_id=BORLEY)
    assert told(BORLEY) == [("role", "manager", ("late",))]


def test_of_an_urgent_referral_nobody_is_told(client):
    with pytest.raises(actions.ForItsTeamAlone):
        tell("role", "manager", "opened", service_id="homelessness")
    world.as_staff(client, ASHBY, "manager")
    page = reverse("sharing:told", args=["homelessness"])
    assert "its team alone sees" in client.get(page).content.decode()
    assert client.post(page, {"who": "role:manager", "moments": ["opened"]}).status_code == 409


def test_no_other_body_sees_changes_or_ends_it():
    tell("role", "manager", "opened")
    with as_body(ASHBY):
        telling_id = Telling.objects.get().pk
    with as_body(BORLEY):
        assert not Telling.objects.exists()
        assert queries.recipients(ASHBY, SERVICE, "opened", today()) == []
        assert queries.told_at(ASHBY, SERVICE) == {"opened"}, "that somebody is told is asked in every scope"
        with pytest.raises(NotYours):
            actions.tell_no_more(telling_id=telling_id, body_id=BORLEY, at=now(), by=who("manager"))
    with as_body(ASHBY):
        actions.tell_no_more(telling_id=telling_id, body_id=ASHBY, at=now(), by=who("manager", ASHBY))
    assert told() == []


def test_each_address_is_told_once_whatever_it_is_named_by():
    tell("role", "manager", "opened")
    tell("role", "officer", "opened")
    with as_body(ASHBY):
        posts = bodies.staff(ASHBY, today()).select_related("account")
        address = posts.filter(roles__contains=["manager"]).first().account.email
        everybody = {post.account.email for post in posts if {"manager", "officer"} & set(post.roles)}
    tell("mailbox", address, "opened", "late")
    with as_body(ASHBY):
        assert {one.address for one in queries.recipients(ASHBY, SERVICE, "opened", today())} == everybody
        assert len(queries.recipients(ASHBY, SERVICE, "opened", today())) == len(everybody)
        assert [one.address for one in queries.recipients(ASHBY, SERVICE, "late", today())] == [address]


def test_it_is_set_and_ended_by_pages_and_shown_where_the_service_is_tried_out(client):
    draw_id = begun(offered())
    page = reverse("sharing:told", args=[SERVICE])
    world.as_staff(client, BORLEY, "councillor")
    assert "Nobody is told" in client.get(page).content.decode()
    assert client.post(page, {"who": "role:manager", "moments": ["late"]}).status_code == 403
    world.as_staff(client, BORLEY, "manager")
    assert page in client.get(reverse("sharing:draw_down", args=[draw_id])).content.decode()
    html = client.post(page, {"who": "mailbox:", "moments": ["late"]}).content.decode()
    assert "Write the address of the mailbox." in html
    html = client.post(page, {"who": "mailbox:", "mailbox": mailbox(ASHBY), "moments": ["late"]}).content.decode()
    assert "That is not an address of your body." in html
    html = client.post(page, {"who": "role:manager", "moments": ["opened", "late"]}, follow=True).content.decode()
    assert "They are told from now on." in html
    assert "Role: Manager" in html
    answers = {"language": "en", "where": "14 Mill Lane, Ashby", "start": "new", "bins": "1", "agreed": "on"}
    tried = client.get(reverse("sharing:draw_try", args=[draw_id]), answers).content.decode()
    assert "Manager: when a request is made, when a promise is missed" in tried
    with as_body(BORLEY):
        row = queries.who_is_told(BORLEY, SERVICE, today())[0]
    html = client.post(reverse("sharing:told_no_more", args=[SERVICE, row.key]), follow=True).content.decode()
    assert "Nobody is told" in html
