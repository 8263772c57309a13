"""Managers bring colleagues in and let them go; nobody does so for themself, and every change is written down."""

from datetime import timedelta

import pytest
from tests import world

from moothall.bodies import actions, queries
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.models import Account, OutgoingWords
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
NEW = {"name": "Ines Costa", "email": "ines.costa@ashby.example", "roles": ["adviser", "officer"]}


def dated(day):
    return {"starts-day": day.day, "starts-month": day.month, "starts-year": day.year}


def at_ashby():
    return scoped(Scope(bodies=(world.ASHBY,)))


@pytest.fixture
def manager(client):
    return world.as_staff(client, world.ASHBY, "manager")


def names(page):
    return page.content.decode()


def test_a_manager_brings_somebody_in_and_they_are_told_how_to_sign_in(manager):
    today = local(now()).date()
    team = queries.team(world.ASHBY, "contact-centre")
    answer = manager.post("/staff/colleagues/new/", NEW | {"team": team.pk} | dated(today))
    assert answer.status_code == 302
    page = names(manager.get("/staff/colleagues/"))
    assert "Ines Costa" in page
    account = Account.objects.get(email=NEW["email"])
    assert account.is_staff_account
    assert not account.has_usable_password()
    with at_ashby():
        assert queries.staff_of(account.pk, today)[0].roles == ["adviser", "officer"]
        assert "/sign-in/password/reset/" in OutgoingWords.objects.get(recipient=NEW["email"]).text
        assert audit.search(body_id=world.ASHBY, action="staff.appointed")


def test_what_is_missing_is_said_beside_the_question(manager):
    page = names(manager.post("/staff/colleagues/new/", {"email": "no"}))
    for words in ("Write their full name.", "Write an e-mail address like", "Choose at least one."):
        assert words in page


def test_a_resident_s_address_is_not_made_a_member_of_staff(manager):
    Account.objects.create_user(NEW["email"])
    page = names(manager.post("/staff/colleagues/new/", NEW | dated(local(now()).date())))
    assert "Use a work address" in page
    assert not Account.objects.get(email=NEW["email"]).is_staff_account


def test_an_appointment_ended_today_opens_nothing_from_tomorrow(manager, client):
    today = local(now()).date()
    with at_ashby():
        crew = queries.staff(world.ASHBY, today, role="councillor").first()
    assert manager.post(f"/staff/colleagues/{crew.pk}/end/").status_code == 302
    with scoped(Scope(account=crew.account_id)):
        assert queries.staff_of(crew.account_id, today)
        assert not queries.staff_of(crew.account_id, today + timedelta(days=1))


def test_nobody_gives_themself_work_or_takes_it(manager):
    with at_ashby():
        me = queries.staff(world.ASHBY, local(now()).date(), role="manager").first()
        by = Actor("staff", str(me.account_id), world.ASHBY)
        account = Account.objects.get(pk=me.account_id)
        told = {"at": world.BUILT, "by": by}
        with pytest.raises(actions.NotOneself):
            actions.let_go(staff_id=me.pk, ends=world.BUILT.date(), **told)
        with pytest.raises(actions.NotOneself):
            actions.bring_in(
                body_id=world.ASHBY,
                email=account.email,
                name=me.name,
                roles=["auditor"],
                team_id=None,
                starts=world.BUILT.date(),
                **told,
            )


def test_another_body_s_appointments_cannot_be_ended_or_seen(manager):
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        theirs = queries.staff(world.EASTWOLD, world.BUILT.date()).first()
    assert manager.post(f"/staff/colleagues/{theirs.pk}/end/").status_code == 404
    assert theirs.name not in names(manager.get("/staff/colleagues/"))


def test_who_is_no_manager_sees_colleagues_and_changes_none(client):
    world.as_staff(client, world.ASHBY, "adviser")
    assert "Bring somebody in" not in names(client.get("/staff/colleagues/"))
    assert client.get("/staff/colleagues/new/").status_code == 403
    client.logout()
    assert client.get("/staff/colleagues/").status_code == 302
