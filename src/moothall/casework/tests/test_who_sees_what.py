"""Row security: the accountable body, the provider and the desk see a case; others, and nobody, see nothing."""

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from tests.world import ASHBY, BORLEY, MARCHSHIRE

from moothall.casework import actions, queries
from moothall.casework.models import Case, Event, Follower, Message, Note, Payload, PublicPlace, Step, Task
from moothall.casework.tests.conftest import (
    ADVISER,
    AT,
    CONTACT,
    MARCH,
    NOBODY,
    OFFICER,
    OUTSIDER,
    RESIDENT,
    a_place,
    open_pothole,
    scope,
)
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.ids import new_id
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped

OF_CASE = (Event, Payload, Step, Message)


@pytest.fixture
def case_id(real_db, functions):
    """Return a case of Marchshire, inspected-to-be, with a note, an attachment-less message and a follower."""
    with scoped(NOBODY):
        opened = open_pothole()
    queue.run_pending(at=AT)
    with scoped(MARCH):
        actions.add_note(case_id=opened.case_id, text="CANARY note", at=AT, by=OFFICER)
        place_id = Case.objects.get(pk=opened.case_id).published_id
    with scoped(NOBODY):
        actions.follow(place_id=place_id, contact={"email": "bob@example.org"}, at=AT, by=RESIDENT)
    return opened.case_id


def seen(model, case_id):
    key = "pk" if model is Case else "case_id"
    return model.objects.filter(**{key: case_id}).count()


def test_the_accountable_body_sees_all_of_it(case_id):
    with scoped(MARCH):
        assert all(seen(model, case_id) for model in (Case, *OF_CASE, Note, Task, Follower))


@pytest.mark.parametrize("who", [OUTSIDER, NOBODY, scope(BORLEY), Scope(person=new_id()), Scope(case=new_id())])
def test_others_see_nothing_of_it(case_id, who):
    with scoped(who):
        assert not any(seen(model, case_id) for model in (Case, *OF_CASE, Note, Task, Follower))
        assert not Case.objects.exists()
        with pytest.raises(NotYours):
            queries.case(case_id, at=AT)


def test_who_tracks_it_sees_the_case_and_what_was_said_and_no_notes_and_no_followers(case_id):
    with scoped(Scope(case=case_id, actor=RESIDENT)):
        assert all(seen(model, case_id) for model in (Case, *OF_CASE))
        assert not seen(Note, case_id)
        assert not seen(Follower, case_id)


def test_a_resident_sees_their_own_and_not_another_s(real_db, functions):
    ann, bob = new_id(), new_id()
    with scoped(Scope(person=ann, actor=RESIDENT)):
        mine = open_pothole(person_id=ann)
    with scoped(Scope(person=bob, actor=RESIDENT)):
        assert queries.my_cases([ann]) == []
    with scoped(Scope(person=ann, actor=RESIDENT)):
        assert [case.pk for case in queries.my_cases([ann])] == [mine.case_id]


def test_the_desk_that_took_it_sees_it_and_gets_no_work_from_it(real_db, functions):
    desk = scope(ASHBY, by=ADVISER)
    with scoped(desk):
        opened = open_pothole(channel="phone", by=ADVISER)
    queue.run_pending(at=AT)
    with scoped(desk):
        assert queries.case(opened.case_id, at=AT).case.desk_id == ASHBY
        assert not Task.objects.exists()
    with scoped(OUTSIDER):
        assert not Case.objects.exists()


def test_nobody_can_put_rows_into_another_body_s_case(case_id):
    with pytest.raises(DatabaseError), scoped(OUTSIDER), transaction.atomic():
        Note.objects.create(case_id=case_id, body_id=OFFICER.body_id, at=AT, by="x", text="forged")
    with scoped(OUTSIDER):
        assert Case.objects.filter(pk=case_id).update(state="cancelled") == 0


def test_history_cannot_be_changed_even_by_who_sees_it(case_id):
    with pytest.raises(DatabaseError), scoped(MARCH):
        Event.objects.filter(case_id=case_id).update(kind="forged")
    with pytest.raises(DatabaseError), scoped(MARCH):
        Event.objects.filter(case_id=case_id).delete()


def test_published_places_are_everybody_s_and_say_nothing_of_the_person(case_id):
    with scoped(NOBODY):
        (distance, near), *_ = queries.nearby("report-pothole", a_place(), at=AT)
    words = " ".join(str(getattr(near, f.attname)) for f in PublicPlace._meta.concrete_fields)

    assert distance <= 15
    assert near.reports == 2
    assert str(case_id) not in words
    assert not [value for value in CONTACT.values() if value in words]


def test_reference_and_contact_together_open_the_case_to_who_gave_it_or_follows_it(case_id):
    with scoped(MARCH):
        reference = Case.objects.get(pk=case_id).reference
    with scoped(NOBODY):
        assert queries.track(reference.lower(), " Ann@Example.org ") == case_id
        assert queries.track(reference, "zm12ab") == case_id
        assert queries.track(reference, "bob@example.org") == case_id
        assert queries.track(reference, "eve@example.org") is None
        assert queries.track("MAR-0000-001X", "ann@example.org") is None
        assert queries.track(reference, " ") is None


def test_search_finds_one_s_own_body_s_work_only(case_id):
    with scoped(MARCH):
        assert len(queries.queue(bodies=(MARCHSHIRE,), text="mill lane", at=AT).rows) == 1
    with scoped(OUTSIDER):
        assert queries.queue(bodies=(MARCHSHIRE,), text="mill lane", at=AT).rows == []


def test_every_table_of_casework_is_closed_to_nobody(case_id):
    """Published places alone are open to read."""
    with scoped(NOBODY):
        open_ = [m.__name__ for m in apps.get_app_config("casework").get_models() if m.objects.exists()]
    assert open_ == ["PublicPlace"]


def test_a_key_used_by_one_caller_tells_another_nothing(real_db, functions):
    place = a_place()
    with scoped(NOBODY):
        first = open_pothole(place=place, idempotency="k", by=Actor("api", "one"))
    with scoped(NOBODY):
        second = open_pothole(place=place, idempotency="k", by=Actor("api", "two"))
    assert first.reference != second.reference
