"""Answers are kept until they are sent, and picked up with a code."""

import datetime as dt
import re

import pytest

from moothall.casework import actions, queries
from moothall.casework.actions.drafts import AlreadySent
from moothall.casework.models import Draft
from moothall.casework.tests.conftest import AT, CONTACT, NOBODY, OUTSIDER, POTHOLE, RESIDENT, a_place, open_pothole
from moothall.core.ids import new_id
from moothall.core.models import OutgoingWords
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped

EMAIL = "ann@example.org"
LATER = dt.timedelta(minutes=10)


@pytest.fixture
def draft_id(db):
    """Return a draft begun by nobody we know."""
    with scoped(NOBODY):
        return actions.save_draft(service_id="report-pothole", answers={"surface": "road"}, at=AT, by=RESIDENT)


def holder(draft_id):
    return scoped(Scope(case=draft_id, actor=RESIDENT, purpose="front door"))


def the_code(draft_id) -> str:
    with scoped(NOBODY):
        actions.send_draft_code(draft_id=draft_id, email=EMAIL, at=AT, by=RESIDENT)
    return last_code()


def last_code() -> str:
    with scoped(Scope(bodies=(0,))):
        words = OutgoingWords.objects.order_by("-outgoing_id").first()
    assert words.recipient == EMAIL
    return re.search(r"\d{6}", words.text)[0]


@pytest.mark.django_db
def test_only_who_holds_a_draft_sees_it(draft_id):
    with holder(draft_id):
        assert queries.draft(draft_id).answers == {"surface": "road"}
    for who in (NOBODY, OUTSIDER, Scope(case=new_id())):
        with scoped(who):
            assert queries.draft(draft_id) is None


@pytest.mark.django_db
def test_a_draft_is_saved_again_and_again(draft_id):
    with scoped(NOBODY):
        actions.save_draft(draft_id=draft_id, answers=POTHOLE, contact=CONTACT, at=AT + LATER, by=RESIDENT)
        with pytest.raises(NotYours):
            actions.save_draft(draft_id=new_id(), answers=POTHOLE, at=AT, by=RESIDENT)
    with holder(draft_id):
        found = queries.draft(draft_id)
        assert (found.answers, found.contact, found.saved_at) == (POTHOLE, CONTACT, AT + LATER)


@pytest.mark.django_db
def test_the_code_sent_by_e_mail_opens_it_for_half_an_hour(draft_id):
    code = the_code(draft_id)
    with scoped(NOBODY):
        assert actions.pick_up_draft(email="ANN@example.org", code=code, at=AT + LATER, by=RESIDENT) == draft_id
        assert actions.pick_up_draft(email="eve@example.org", code=code, at=AT + LATER, by=RESIDENT) is None
        assert actions.pick_up_draft(email=EMAIL, code=code, at=AT + 4 * LATER, by=RESIDENT) is None


@pytest.mark.django_db
def test_five_wrong_tries_use_a_code_up_and_a_new_one_can_be_asked_for(draft_id):
    code = the_code(draft_id)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    with scoped(NOBODY):
        for _ in range(5):
            assert actions.pick_up_draft(email=EMAIL, code=wrong, at=AT, by=RESIDENT) is None
        assert actions.pick_up_draft(email=EMAIL, code=code, at=AT, by=RESIDENT) is None
        actions.ask_for_code(email=EMAIL, at=AT, by=RESIDENT)
        assert actions.pick_up_draft(email=EMAIL, code=last_code(), at=AT, by=RESIDENT) == draft_id


@pytest.mark.django_db
def test_asking_for_a_code_where_there_is_no_draft_says_nothing():
    with scoped(NOBODY):
        actions.ask_for_code(email=EMAIL, at=AT, by=RESIDENT)
    with scoped(Scope(bodies=(0,))):
        assert not OutgoingWords.objects.exists()


@pytest.mark.django_db
def test_a_draft_that_is_sent_becomes_one_case_with_its_id(functions, draft_id):
    place = a_place()
    with holder(draft_id):
        for _ in range(2):
            opened = open_pothole(place=place, case_id=draft_id, idempotency=str(draft_id))
        actions.mark_sent(draft_id=draft_id, at=AT, by=RESIDENT)
        with pytest.raises(AlreadySent):
            actions.save_draft(draft_id=draft_id, answers={}, at=AT, by=RESIDENT)
        assert Draft.objects.get(pk=draft_id).answers == {}
    assert opened.case_id == draft_id


@pytest.mark.django_db
def test_a_resident_finds_their_drafts_and_may_discard_them():
    ann = new_id()
    with scoped(Scope(person=ann, actor=RESIDENT)):
        draft_id = actions.save_draft(service_id="report-pothole", answers=POTHOLE, person_id=ann, at=AT, by=RESIDENT)
        assert [d.pk for d in queries.my_drafts(ann)] == [draft_id]
        actions.discard_draft(draft_id=draft_id, at=AT, by=RESIDENT)
        assert queries.my_drafts(ann) == []
