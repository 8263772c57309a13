"""What bodies hold about people, who may see it, and who is the same as whom."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests import world

from moothall.core import audit, ports
from moothall.core.actor import Actor
from moothall.core.ids import new_id
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions, queries
from moothall.people.models import ContactPoint, Link, Name, Person, SourceRecord

pytestmark = pytest.mark.django_db
BORN = date(1980, 5, 17)
LATER = world.BUILT + timedelta(days=40)


@pytest.fixture
def account(told):
    """Return an account that has just signed in, and its person."""
    account = Account.objects.create_user("nia.hollis@post.example")
    with scoped(Scope(account=account.pk)):
        person = actions.welcome(account_id=account.pk, email=account.email, name="Nia Hollis", **told)
    return account.pk, person


def as_resident(account):
    return scoped(Scope(account=account[0], person=account[1], actor=Actor("resident", str(account[0]))))


def test_a_person_is_known_with_all_that_was_collected(ashby, somebody, told):
    person = somebody("Mrs Carys  Milner", email="Carys@Post.example", phone="01632 960 555", uprn=world.MILL_LANE_14)
    actions.set_need(person_id=person, body_id=ashby, kind="language", value="cy", **told)
    about = queries.about(person)
    assert about.card.name == "Mrs Carys Milner"
    assert about.card.language == "cy"
    assert queries.contact_of(person)["phone"] == "01632 960 555"
    assert about.residences[0].address.startswith("14 Mill Lane, Ashby")
    assert [record.body.code for record in about.records] == ["ASH"]


def test_another_body_sees_nothing_of_a_person_and_is_told_what_it_is_told_of_nobody(ashby, somebody):
    person = somebody("Carys Milner", email="carys@post.example")
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        assert not Person.objects.exists()
        assert not ContactPoint.objects.exists()
        assert queries.find("carys@post.example", world.ASHBY) == []
        with pytest.raises(queries.NoSuchPerson) as seen:
            queries.about(person)
        with pytest.raises(queries.NoSuchPerson) as unseen:
            queries.about(new_id())
        assert str(seen.value) == str(unseen.value)


def test_no_scope_sees_nobody(ashby, somebody):
    somebody("Carys Milner")
    with scoped(Scope()):
        assert not Person.objects.exists()
        assert not SourceRecord.objects.exists()
        assert not Name.objects.exists()


def test_a_body_cannot_write_into_another_body_s_record(ashby, somebody, told):
    person = somebody("Carys Milner")
    with scoped(Scope(bodies=(world.BORLEY,))), pytest.raises(queries.NoSuchPerson):
        actions.add_contact(person_id=person, body_id=world.BORLEY, kind="phone", value="01632 960000", **told)
    with scoped(Scope(bodies=(world.BORLEY,))), pytest.raises(Exception, match="row-level security"):
        SourceRecord.objects.create(
            person_id=person, body_id=world.ASHBY, system="x", purpose="x", basis="consent", collected_at=world.BUILT
        )


def test_a_value_belongs_to_the_person_and_the_body_of_its_record(ashby, somebody):
    one, other = somebody("Carys Milner"), somebody("Tom Li")
    record = SourceRecord.objects.get(person_id=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Name.objects.create(record=record, person_id=other, body_id=ashby, full="x", normal="x", family="x")
        connection.check_constraints()


def test_the_same_number_of_the_same_system_is_collected_once(ashby, told):
    ask = {"body_id": ashby, "name": "Tom Li", "system": "council-tax", "reference": "CT-77", **told}
    assert actions.record_person(**ask) == actions.record_person(**ask)
    assert Person.objects.count() == 1


def test_a_person_who_signs_in_owns_what_they_give_and_no_body_sees_it(account):
    with as_resident(account):
        assert queries.person_for_account(account[0]) == account[1]
        card = queries.card(account[1])
        assert (card.name, card.email) == ("Nia Hollis", "nia.hollis@post.example")
        contact = queries.about(account[1]).contacts[0]
        assert (contact.verified_how, contact.verified_at) == ("sign-in", world.BUILT)
    for body in (world.ASHBY, world.MARCHSHIRE, world.EASTWOLD):
        with scoped(Scope(bodies=(body,))):
            assert not Person.objects.filter(pk=account[1]).exists()


def test_signing_in_again_finds_the_same_person(account, told):
    with scoped(Scope(account=account[0])):
        again = actions.welcome(account_id=account[0], email="nia.hollis@post.example", **told)
    assert again == account[1]


def test_signing_in_twice_at_the_same_moment_makes_one_person(account, told, monkeypatch):
    monkeypatch.setattr("moothall.people.actions.record.person_for_account", _late(queries.person_for_account))
    with scoped(Scope(account=account[0])):
        assert actions.welcome(account_id=account[0], email="nia.hollis@post.example", **told) == account[1]


def _late(found):
    """Answer as if the other sign-in had not been there the first time one looked."""
    asked = []

    def look(number):
        asked.append(number)
        return found(number) if len(asked) > 1 else None

    return look


def test_after_an_erasure_a_new_request_starts_a_new_record(ashby, somebody, told):
    person = somebody("Tom Li", email="tom@post.example")
    actions.erase(person_ids=[person], body_id=ashby, **told)
    actions.add_contact(person_id=person, body_id=ashby, kind="phone", value="01632 960888", **told)
    about = queries.about(person)
    assert [contact.value for contact in about.contacts] == ["01632 960888"]
    assert len(about.records) == 1
    assert SourceRecord.objects.filter(person_id=person).count() == 2


def test_the_same_record_of_a_known_person_is_kept_once(ashby, somebody, told):
    person = somebody("Tom Li")
    for name in ("Tom Li", "Tom Li", "Thomas Li"):
        actions.record_person(body_id=ashby, name=name, person_id=person, **told)
    assert SourceRecord.objects.filter(person_id=person).count() == 1
    assert {name.full for name in queries.about(person).names} == {"Tom Li", "Thomas Li"}


def test_an_account_learns_nothing_of_another_account_s_person(account):
    other = Account.objects.create_user("other@post.example")
    with scoped(Scope(account=other.pk)):
        assert queries.person_for_account(account[0]) is None
        assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("email", "nobody"),
        ("email", "a@b"),
        ("phone", "12"),
        ("phone", "call me"),
        ("post", ""),
        ("fax", "01632 960000"),
    ],
)
def test_a_contact_that_cannot_be_one_is_refused(ashby, somebody, told, kind, value):
    person = somebody("Tom Li")
    with pytest.raises(actions.NotAContact):
        actions.add_contact(person_id=person, body_id=ashby, kind=kind, value=value, **told)


def test_the_same_contact_twice_is_one_and_a_verified_one_is_preferred(ashby, somebody, told):
    person = somebody("Tom Li", email="tom@post.example")
    first = ContactPoint.objects.get(person_id=person).pk
    add = {"person_id": person, "body_id": ashby, "kind": "email"}
    assert actions.add_contact(**add, value=" TOM@post.example ", **told) == first
    newer = actions.add_contact(**add, value="tom.li@work.example", at=LATER, by=told["by"])
    actions.verify_contact(contact_id=first, how="code", at=LATER, by=told["by"])
    assert queries.contact_of(person)["email"] == "tom@post.example"
    actions.end_contact(contact_id=first, at=LATER, by=told["by"])
    assert queries.contact_of(person)["email"] == "tom.li@work.example"
    actions.end_contact(contact_id=newer, at=LATER, by=told["by"])
    with pytest.raises(actions.NotKnownHere):
        actions.end_contact(contact_id=newer, at=LATER, by=told["by"])


def test_moving_home_ends_the_earlier_residence_on_the_day_the_new_one_starts(ashby, somebody, told):
    person = somebody("Tom Li", uprn=world.MILL_LANE_14)
    actions.move_home(
        person_id=person,
        body_id=ashby,
        address="2 Quay Road",
        postcode="zz99zz",
        starts=LATER.date(),
        **told,
    )
    now, before = queries.about(person).residences
    assert (now.address, now.postcode, now.ends) == ("2 Quay Road", "ZZ9 9ZZ", None)
    assert (before.uprn, before.ends) == (world.MILL_LANE_14, LATER.date())


def test_language_is_one_at_a_time_and_access_needs_are_several(ashby, somebody, told):
    person = somebody("Tom Li")
    for kind, value in (("language", "cy"), ("language", "pl"), ("access", "hearing"), ("access", "step-free")):
        actions.set_need(person_id=person, body_id=ashby, kind=kind, value=value, **told)
    now = [(n.kind, n.value) for n in queries.about(person).needs if n.ends is None]
    assert sorted(now) == [("access", "hearing"), ("access", "step-free"), ("language", "pl")]
    with pytest.raises(actions.UnknownNeed):
        actions.set_need(person_id=person, body_id=ashby, kind="language", value="klingon", **told)


def test_those_who_keep_house_together_are_shown_together(ashby, somebody, told):
    tom, ada, eve = somebody("Tom Li"), somebody("Ada Li"), somebody("Eve Talbot")
    actions.share_household(person_ids=[tom, ada], body_id=ashby, starts=date(2026, 1, 1), **told)
    assert [row.person_id for row in queries.about(tom).household] == [ada]
    actions.share_household(person_ids=[ada, eve], body_id=ashby, starts=date(2026, 2, 1), **told)
    assert queries.about(tom).household == []


def test_somebody_acts_for_a_person_between_two_days_and_not_outside_them(ashby, somebody, told):
    tom, ada = somebody("Tom Li"), somebody("Ada Li")
    ask = {"person_id": tom, "agent_id": ada, "body_id": ashby, "kind": "attorney", "starts": date(2026, 1, 1)}
    row = actions.appoint_agent(**ask, **told)
    actions.end_agent(acts_for_id=row, ends=date(2026, 6, 1), **told)
    assert queries.may_act_for(ada, tom, date(2026, 5, 31))
    assert not queries.may_act_for(ada, tom, date(2026, 6, 1))
    assert not queries.may_act_for(tom, ada, date(2026, 5, 31))
    with pytest.raises(actions.CannotActForSelf):
        actions.appoint_agent(**ask | {"agent_id": tom}, **told)
    with pytest.raises(actions.NotActing):
        actions.end_agent(acts_for_id=row, ends=date(2026, 7, 1), **told)


def test_people_are_found_by_name_beginning_family_name_email_phone_and_postcode(ashby, somebody):
    person = somebody("Dr Zoë Trevelyan", email="zoe@post.example", phone="01632 960777", uprn=world.MILL_LANE_14)
    somebody("Zora Black")
    for text in ("zoe trev", "Trevelyan", "trevel", "ZOE@POST.EXAMPLE", "+44 1632 960777", "zm11ef"):
        assert [found.person_id for found in queries.find(text, ashby)] == [person], text
    found = queries.find("Trevelyan", ashby)[0]
    assert found.name == "Dr Zoë Trevelyan"
    assert "zoe@post.example" in found.details
    assert queries.find("z", ashby) == []
    assert len(queries.find("zo", ashby)) == 2


def test_only_the_same_name_and_one_more_equal_thing_suggests_that_two_are_one(ashby, somebody):
    tom = somebody("Tom Li", email="tom@post.example", born=BORN)
    same = [
        (somebody("Mr Tom  LI", email="TOM@post.example"), ("email",)),
        (somebody("tom li", born=BORN), ("birth",)),
    ]
    somebody("Ada Li", email="tom@post.example", born=BORN)  # shares an address and a birthday, not a name
    somebody("Tom Li", phone="01632 960001")  # shares a name only
    found = {(s.one, s.other): s.reasons for s in queries.likely_same(tom, ashby)}
    assert found == {tuple(sorted((tom, other))): reasons for other, reasons in same}


def test_suggestions_stop_at_the_body_s_border(ashby, somebody):
    here = somebody("Tom Li", email="tom@post.example")
    with scoped(Scope(bodies=(world.BORLEY,))):
        somebody("Tom Li", body_id=world.BORLEY, email="tom@post.example")
        assert queries.suggestions(world.BORLEY) == []
    with scoped(Scope(bodies=(world.ASHBY, world.BORLEY))):
        assert queries.likely_same(here, world.ASHBY) == []


def test_suggestions_come_in_pages_without_repeating(ashby, somebody):
    for i in range(6):
        for _ in range(2):
            somebody(f"Twin {'abcdef'[i]}", born=BORN)
    first = queries.suggestions(ashby, limit=4)
    rest = queries.suggestions(ashby, after=(first[-1].one, first[-1].other), limit=4)
    assert (len(first), len(rest)) == (4, 2)
    assert not {(s.one, s.other) for s in first} & {(s.one, s.other) for s in rest}


def test_a_link_gives_both_whoever_is_asked_and_undoing_it_gives_each_back(ashby, somebody, told):
    one, other = somebody("Tom Li", email="a@post.example"), somebody("Tom Li", email="b@post.example")
    actions.link(one=other, other=one, body_id=ashby, reason="papers", **told)
    assert queries.identity(one) == queries.identity(other) == tuple(sorted((one, other)))
    assert {c.value for c in queries.about(other).contacts} == {"a@post.example", "b@post.example"}
    with pytest.raises(actions.AlreadyLinked):
        actions.link(one=one, other=other, body_id=ashby, reason="papers", **told)
    actions.unlink(one=one, other=other, body_id=ashby, reason="mistake", **told)
    assert queries.identity(one) == (one,)
    assert [c.value for c in queries.about(other).contacts] == ["b@post.example"]
    assert [d.kind for d in queries.decisions_about([one])] == ["unlink", "link"]


def test_linked_and_kept_apart_pairs_are_not_suggested_and_an_undone_link_is_again(ashby, somebody, told):
    one, other = somebody("Tom Li", born=BORN), somebody("Tom Li", born=BORN)
    pair = {"one": one, "other": other, "body_id": ashby}
    actions.link(**pair, reason="papers", **told)
    assert queries.suggestions(ashby) == []
    actions.unlink(**pair, reason="mistake", **told)
    assert len(queries.suggestions(ashby)) == 1
    actions.keep_apart(**pair, reason="relatives", **told)
    assert queries.suggestions(ashby) == []
    with pytest.raises(actions.NotLinked):
        actions.unlink(**pair, reason="mistake", **told)


def test_a_decision_needs_a_reason_and_two_people(ashby, somebody, told):
    one, other = somebody("Tom Li"), somebody("Tom Li")
    with pytest.raises(actions.UnknownReason):
        actions.link(one=one, other=other, body_id=ashby, reason="", **told)
    with pytest.raises(actions.SamePerson):
        actions.link(one=one, other=one, body_id=ashby, reason="papers", **told)


def test_decisions_are_never_changed_or_removed(ashby, somebody, told):
    one, other = somebody("Tom Li"), somebody("Tom Li")
    actions.link(one=one, other=other, body_id=ashby, reason="papers", **told)
    for change in (lambda: Link.objects.update(reason="mistake"), lambda: Link.objects.all().delete()):
        with pytest.raises(Exception, match=r"permission denied|history"), transaction.atomic():
            change()


def test_another_body_does_not_learn_of_a_link(ashby, somebody, told):
    one, other = somebody("Tom Li"), somebody("Tom Li")
    actions.record_person(body_id=ashby, name="Tom Li", person_id=one, system="second", **told)
    actions.link(one=one, other=other, body_id=ashby, reason="papers", **told)
    with scoped(Scope(bodies=(world.BORLEY,))):
        assert queries.identity(one) == (one,)


def test_a_resident_sees_themself_in_every_body_once_linked_and_not_after_it_is_undone(account, somebody, told):
    both = Scope(bodies=(world.ASHBY,), person=account[1])
    with scoped(both):
        caller = somebody("Nia Hollis", phone="01632 960222")
        actions.link(one=account[1], other=caller, body_id=world.ASHBY, reason="same-account", **told)
    with as_resident(account):
        assert queries.contact_of(account[1])["phone"] == "01632 960222"
        assert set(queries.identity(account[1])) == {account[1], caller}
    with scoped(both):
        actions.unlink(one=account[1], other=caller, body_id=world.ASHBY, reason="mistake", **told)
    with as_resident(account):
        assert queries.contact_of(account[1])["phone"] == ""
        assert not Person.objects.filter(pk=caller).exists()


def test_a_resident_cannot_change_what_a_body_collected(account, somebody, told):
    with scoped(Scope(bodies=(world.ASHBY,), person=account[1])):
        actions.record_person(body_id=world.ASHBY, name="Nia Hollis", person_id=account[1], **told)
    with as_resident(account):
        assert SourceRecord.objects.filter(body_id=world.ASHBY).exists()
        assert SourceRecord.objects.filter(body_id=world.ASHBY).update(system="mine") == 0
        assert Name.objects.filter(body_id=world.ASHBY).delete()[0] == 0


def test_what_is_done_to_a_person_is_written_down_without_their_values(ashby, somebody):
    person = somebody("Tom Li", email="tom@post.example")
    entries = audit.search(body_id=ashby, object=f"person:{person}")
    assert [entry["action"] for entry in entries] == ["person.contact-added", "person.recorded"]
    assert "tom@post.example" not in str(entries)


def test_a_subject_access_pack_says_everything_held_and_by_whom(ashby, somebody):
    person = somebody("Tom Li", email="tom@post.example", born=BORN, uprn=world.MILL_LANE_14)
    answer = next(a for a in ports.subject_access if a.chapter == "people").give([person], at=LATER)
    assert answer["Names"][0]["Name"] == "Tom Li"
    assert answer["Names"][0]["Told by"] == "Ashby District Council"
    assert answer["Ways to reach you"][0]["Value"] == "tom@post.example"
    assert answer["Where we have it from"][0]["Date of birth"] == BORN
    assert answer["Addresses"][0]["Address"].startswith("14 Mill Lane")


def test_erasing_takes_one_body_s_values_leaves_another_s_and_leaves_evidence(ashby, somebody, told):
    person = somebody("Tom Li", email="tom@post.example")
    two = Scope(bodies=(world.ASHBY, world.BORLEY))
    with scoped(two):
        actions.record_person(body_id=world.BORLEY, name="Tom Li", person_id=person, **told)
        erase = next(a for a in ports.erase if a.chapter == "people").give
        assert erase([person], world.ASHBY, at=LATER, by=told["by"]) == {
            "people_name": 1,
            "people_contactpoint": 1,
            "people_sourcerecord": 1,
        }
        assert [name.body_id for name in Name.objects.filter(person_id=person)] == [world.BORLEY]
        assert not ContactPoint.objects.filter(person_id=person).exists()
        assert erase([person], world.ASHBY, at=LATER, by=told["by"]) == {}
    entries = audit.search(body_id=ashby, action="person.erased")
    assert len(entries) == 1


def test_a_record_is_let_go_six_years_after_its_purpose_and_not_a_day_before(ashby, somebody, told):
    person = somebody("Tom Li")
    record = SourceRecord.objects.get(person_id=person)
    actions.end_record(record_id=record.pk, **told)
    let_go = next(a for a in ports.retention if a.chapter == "people").give
    assert let_go(ashby, at=world.BUILT.replace(year=2032, month=3, day=31), by=told["by"]) == {}
    assert let_go(ashby, at=world.BUILT.replace(year=2032, month=4, day=2), by=told["by"])["people_name"] == 1
