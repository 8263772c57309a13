"""A case's life: said, added, cancelled, handed over, complained about, linked, followed, forgotten."""

import datetime as dt
import io

import pytest
from tests.work_done import OF_PAYER, OF_PROVIDER, PAYER, asked, provided
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE

from moothall.casework import actions, queries
from moothall.casework.actions.conversation import CaseEnded, NothingSaid
from moothall.casework.actions.followers import NoLongerOpen
from moothall.casework.actions.life import NotOnOffer, SameBody, UnknownOutcome
from moothall.casework.actions.opening import AnswersWrong, ContactNeeded
from moothall.casework.models import Attachment, Case, Follower, Message, Note, Payload, Step, Task
from moothall.casework.rules.states import CannotFollow
from moothall.casework.tests.conftest import (
    AT,
    CONTACT,
    MARCH,
    NOBODY,
    OFFICER,
    POTHOLE,
    RESIDENT,
    a_place,
    open_pothole,
)
from moothall.core import audit, files, queue
from moothall.core.ids import new_id
from moothall.core.models import Outgoing
from moothall.core.scope import Scope, scoped
from moothall.core.steps import Done

DAY = dt.timedelta(days=1)


@pytest.fixture
def case_id(db, functions):
    """Return a fresh case."""
    with scoped(NOBODY):
        return open_pothole().case_id


def as_tracker(case_id) -> Scope:
    return Scope(case=case_id, actor=RESIDENT, purpose="tracking")


def kinds(case_id):
    return [line.kind for line in queries.timeline(case_id)]


@pytest.mark.django_db
def test_messages_go_both_ways_and_an_answer_makes_work(case_id):
    with scoped(as_tracker(case_id)):
        actions.receive_message(case_id=case_id, text="Any news?", at=AT, by=RESIDENT)
    with scoped(MARCH):
        actions.send_message(case_id=case_id, subject="", text="We come on Monday.", at=AT + DAY, by=OFFICER)
        page = queries.case(case_id, at=AT + DAY)

    assert [(m.direction, m.text) for m in page.messages[1:]] == [("in", "Any news?"), ("out", "We come on Monday.")]
    assert [t.title for t in page.tasks] == ["Answer a message from the resident"]


@pytest.mark.django_db
def test_an_empty_message_is_refused(case_id):
    with scoped(MARCH), pytest.raises(NothingSaid):
        actions.send_message(case_id=case_id, subject="x", text="  ", at=AT, by=OFFICER)


def test_the_acknowledgement_is_handed_over_for_sending_once(real_db, functions):
    with scoped(NOBODY):
        opened = open_pothole()
    queue.run_pending(at=AT)
    queue.run_pending(at=AT + DAY)
    with scoped(MARCH):
        sent = list(Outgoing.objects.filter(case_id=opened.case_id))

    assert [(s.channel, s.template) for s in sent] == [("email", "report-pothole.acknowledged")]


def test_followers_hear_how_it_ends(real_db, functions):
    functions["highways.inspect"] = Done({"risk": "low"})
    with scoped(NOBODY):
        opened = open_pothole()
        place_id = Case.objects.get(pk=opened.case_id).published_id
        actions.follow(place_id=place_id, contact={"email": "bob@example.org"}, at=AT, by=RESIDENT)
        actions.follow(place_id=place_id, contact={"email": "bob@example.org"}, at=AT, by=RESIDENT)
    queue.run_pending(at=AT)
    with scoped(MARCH):
        assert Follower.objects.filter(case_id=opened.case_id).count() == 1
        templates = sorted(Outgoing.objects.filter(case_id=opened.case_id).values_list("template", flat=True))

    assert templates == ["report-pothole.acknowledged", "report-pothole.watched", "report-pothole.watched"]


@pytest.mark.django_db
def test_a_report_that_was_dealt_with_is_not_followed(case_id):
    with scoped(MARCH):
        place_id = Case.objects.get(pk=case_id).published_id
        actions.cancel_case(case_id=case_id, at=AT, by=OFFICER)
    with scoped(NOBODY), pytest.raises(NoLongerOpen):
        actions.follow(place_id=place_id, contact=CONTACT, at=AT, by=RESIDENT)
    with scoped(NOBODY), pytest.raises(ContactNeeded):
        actions.follow(place_id=place_id, contact={}, at=AT, by=RESIDENT)


@pytest.mark.django_db
def test_information_is_added_to_open_cases_only(case_id):
    with scoped(as_tracker(case_id)):
        actions.add_information(case_id=case_id, text="It is deeper now", at=AT, by=RESIDENT)
        said = [line.text for line in queries.timeline(case_id) if line.kind == "information-added"]
        actions.cancel_case(case_id=case_id, at=AT, by=RESIDENT)
        with pytest.raises(CaseEnded):
            actions.add_information(case_id=case_id, text="More", at=AT, by=RESIDENT)
    assert said == ["It is deeper now"]


@pytest.mark.django_db
def test_a_case_is_cancelled_once(case_id):
    with scoped(as_tracker(case_id)):
        actions.cancel_case(case_id=case_id, reason="Wrong street", at=AT, by=RESIDENT)
        with pytest.raises(CannotFollow):
            actions.cancel_case(case_id=case_id, at=AT, by=RESIDENT)
        assert "cancelled" in kinds(case_id)


@pytest.mark.django_db
def test_a_case_is_closed_by_hand_with_one_of_its_outcomes(case_id):
    with scoped(MARCH):
        with pytest.raises(UnknownOutcome):
            actions.close_case(case_id=case_id, outcome="vanished", at=AT, by=OFFICER)
        actions.close_case(case_id=case_id, outcome="mended", reason="Seen on patrol", at=AT, by=OFFICER)
        case = Case.objects.get(pk=case_id)
    assert (case.state, case.outcome, case.promise_kept) == ("closed", "mended", True)


@pytest.mark.django_db
def test_files_and_notes_lie_with_the_case(case_id):
    with scoped(MARCH):
        kept = files.keep(_png(), name="hole.png", body_id=MARCHSHIRE, case_id=case_id, at=AT, by=OFFICER)
        actions.attach(case_id=case_id, file_id=kept.pk, kind="before", at=AT, by=OFFICER)
        actions.add_note(case_id=case_id, text="Near the school", at=AT, by=OFFICER)
        page = queries.case(case_id, at=AT)
    assert [(a.kind, a.file_id) for a in page.attachments] == [("before", kept.pk)]
    assert [n.text for n in page.notes] == ["Near the school"]


def _png():
    from PIL import Image

    found = io.BytesIO()
    Image.new("RGB", (4, 4), "grey").save(found, "PNG")
    found.seek(0)
    return found


@pytest.mark.django_db
def test_work_is_handed_to_another_body_that_offers_it_only(case_id):
    with scoped(MARCH):
        with pytest.raises(SameBody):
            actions.hand_over(case_id=case_id, body_id=MARCHSHIRE, reason="x", at=AT, by=OFFICER)
        with pytest.raises(NotOnOffer):
            actions.hand_over(case_id=case_id, body_id=EASTWOLD, reason="x", at=AT, by=OFFICER)


def test_after_a_hand_over_the_new_provider_works_on_it_and_the_first_stays_accountable(real_db, functions):
    from moothall.catalogue import queries as catalogue
    from moothall.sharing.actions import adoptions

    with scoped(NOBODY):
        case_id = open_pothole().case_id
    queue.run_pending(at=AT)
    with scoped(Scope(bodies=(ASHBY,), actor=OFFICER)):
        version = catalogue.current("report-pothole").id
        adoptions.adopt(body_id=ASHBY, service_id="report-pothole", version_id=version, at=AT, by=OFFICER)
    with scoped(MARCH):
        actions.hand_over(case_id=case_id, body_id=ASHBY, reason="Their crew is there", at=AT, by=OFFICER)
    queue.run_pending(at=AT)
    with scoped(Scope(bodies=(ASHBY,), actor=OFFICER)):
        case = Case.objects.get(pk=case_id)
        assert (case.body_id, case.provider_id, case.seen_by) == (MARCHSHIRE, ASHBY, [MARCHSHIRE, ASHBY])
        assert Task.objects.get(case_id=case_id, state="open").body_id == ASHBY
        assert Step.objects.get(case_id=case_id).body_id == ASHBY


@pytest.mark.django_db
def test_a_case_is_linked_to_a_person_and_unlinked_with_the_history_of_it(case_id):
    person = new_id()
    with scoped(MARCH):
        actions.link_person(case_id=case_id, person_id=person, at=AT, by=OFFICER)
    with scoped(Scope(person=person)):
        assert [c.pk for c in queries.my_cases([person])] == [case_id]
    with scoped(MARCH):
        actions.link_person(case_id=case_id, person_id=None, at=AT, by=OFFICER)
        linked = [line.data for line in queries.timeline(case_id) if line.kind == "person-linked"]
    assert [line["person"] for line in linked] == [str(person), None]


@pytest.mark.django_db
def test_cases_are_related_both_ways(case_id):
    with scoped(NOBODY):
        other = open_pothole(place=a_place(metres_east=40)).case_id
    with scoped(MARCH):
        actions.relate(case_id=case_id, other_id=other, kind="duplicate", at=AT, by=OFFICER)
        actions.relate(case_id=case_id, other_id=other, kind="duplicate", at=AT, by=OFFICER)
        assert [(kind, c.pk) for kind, c in queries.related(case_id)] == [("duplicate", other)]
        assert [(kind, c.pk) for kind, c in queries.related(other)] == [("duplicate", case_id)]


@pytest.mark.django_db
def test_every_change_of_a_case_is_in_the_audit_trail(case_id):
    with scoped(MARCH):
        actions.add_note(case_id=case_id, text="x", at=AT, by=OFFICER)
        actions.cancel_case(case_id=case_id, at=AT, by=OFFICER)
        entries = audit.search(body_id=MARCHSHIRE, object=f"case:{case_id}")
    assert {"case.opened", "case.note-added"} <= {entry["action"] for entry in entries}
    assert entries[0]["actor"] == str(OFFICER)


@pytest.mark.django_db
def test_erasing_a_person_leaves_the_history_and_nothing_personal(functions):
    person = new_id()
    with scoped(Scope(person=person, actor=RESIDENT)):
        case_id = open_pothole(person_id=person).case_id
    with scoped(MARCH):
        actions.add_note(case_id=case_id, text="Rang Ann", at=AT, by=OFFICER)
        assert actions.erase_person(person_ids=[person], body_id=MARCHSHIRE, at=AT, by=OFFICER)["casework_case"] == 0
        actions.cancel_case(case_id=case_id, at=AT, by=OFFICER)
        counts = actions.erase_person(person_ids=[person], body_id=MARCHSHIRE, at=AT, by=OFFICER)

        assert (counts["casework_case"], counts["casework_payload"]) == (1, 2)
        rows = [*Payload.objects.values_list("data", flat=True), *Note.objects.values_list("text", flat=True)]
        rows += [*Message.objects.values_list("text", flat=True), *Attachment.objects.values_list("name", flat=True)]
        assert not [row for row in rows if any(value in str(row) for value in CONTACT.values())]
        case = Case.objects.get(pk=case_id)
        assert (case.person_id, case.contact_digests, case.place_label, case.lat) == (None, [], "erased", None)
        assert "opened" in kinds(case_id)


@pytest.mark.django_db
def test_what_is_past_its_time_is_forgotten_and_what_is_not_is_kept(functions):
    with scoped(NOBODY):
        old = open_pothole().case_id
        young = open_pothole(at=AT + 3000 * DAY).case_id
    with scoped(MARCH):
        actions.cancel_case(case_id=old, at=AT + DAY, by=OFFICER)
        actions.cancel_case(case_id=young, at=AT + 3000 * DAY, by=OFFICER)
        actions.keep_no_longer(body_id=MARCHSHIRE, at=AT + 6 * 365 * DAY, by=OFFICER)
        assert Case.objects.get(pk=old).place_label != "erased"  # six years are not over yet
        actions.keep_no_longer(body_id=MARCHSHIRE, at=AT + 2200 * DAY, by=OFFICER)
        assert Case.objects.get(pk=old).place_label == "erased"
        assert Case.objects.get(pk=young).place_label != "erased"


@pytest.mark.django_db
def test_a_subject_access_pack_holds_what_was_said_and_written(functions):
    person = new_id()
    with scoped(Scope(person=person, actor=RESIDENT)):
        case_id = open_pothole(person_id=person).case_id
    with scoped(MARCH):
        actions.add_note(case_id=case_id, text="Rang Ann", at=AT, by=OFFICER)
        held = queries.held_about([person])
    assert held["What you told us"][0]["data"]["contact"]["email"] == CONTACT["email"]
    assert [note["text"] for note in held["Notes by staff"]] == ["Rang Ann"]
    assert held["Cases"][0]["service"] == "Report a pothole"


@pytest.mark.django_db
def test_a_photo_sent_with_an_answer_lies_with_the_case_where_every_body_that_sees_it_can_read_it(functions):
    case_id = new_id()
    with scoped(Scope(case=case_id, actor=RESIDENT)):
        photo = files.keep(_png(), name="hole.png", body_id=ASHBY, case_id=case_id, at=AT, by=RESIDENT)
        answers = POTHOLE | {"where": a_place(), "photo": [str(photo.pk)]}
        open_pothole(case_id=case_id, answers=answers)
    with scoped(MARCH):
        assert [(a.kind, a.file_id) for a in queries.case(case_id, at=AT).attachments] == [("answer", photo.pk)]
        assert files.find(photo.pk).name


@pytest.mark.django_db
def test_a_complaint_goes_to_the_body_that_dealt_with_the_case_and_is_related_to_it(case_id):
    answers = {"about": "delay", "had_answer": False, "happened": "Nobody came for weeks.", "put_right": "Mend it."}
    with scoped(as_tracker(case_id)):
        with pytest.raises(AnswersWrong) as refused:
            actions.complain(case_id=case_id, answers={}, contact=CONTACT, at=AT, by=RESIDENT)
        assert refused.value.details["problems"]
        complaint = actions.complain(
            case_id=case_id, answers=answers | {"for_other": False}, contact=CONTACT, at=AT, by=RESIDENT
        )
    with scoped(MARCH):
        assert [(kind, c.pk) for kind, c in queries.related(case_id)] == [("complaint", complaint.case_id)]
        assert queries.case_file(complaint.case_id).answers["reference"].startswith("MAR-")


def test_a_case_that_is_taken_back_leaves_the_queue_of_who_did_it_with_what_the_resident_wrote(real_db):
    provided()
    case_id = asked(AT)
    with scoped(Scope(case=case_id, purpose="front door", actor=RESIDENT)):
        actions.receive_message(case_id=case_id, text="Any news?", at=AT, by=RESIDENT)
    with scoped(OF_PAYER):
        actions.hand_over(case_id=case_id, body_id=ASHBY, reason="Our team has time", at=AT, by=PAYER)
    with scoped(OF_PROVIDER):
        assert not Task.objects.filter(case_id=case_id, state="open").exists()
    with scoped(OF_PAYER):
        assert "Answer a message from the resident" in Task.objects.filter(state="open").values_list("title", flat=True)
