"""Officers open, bring, correct and end who owes a return; each change has its reason and its history."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world
from tests.world import ASHBY, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core import queue
from moothall.core.scope import scoped
from moothall.functions.returns import actions, handlers, queries
from moothall.functions.returns.models import Change, Due, Entry
from moothall.functions.returns.tests.test_kinds import FOOD, RATES, at, food, rates
from moothall.functions.returns.tests.test_returns import DISTRICT, OFFICER, OUTSIDER, SENT, landlord, subjects

__all__ = ["landlord"]
pytestmark = pytest.mark.django_db
TODAY = SENT.date()
SOON = TODAY + dt.timedelta(days=30)


def enter(**other) -> Entry:
    told = {"service_id": FOOD, "uprn": MILL_LANE_14, "due_on": SOON, "why": "Found on a visit", "body_id": ASHBY}
    with scoped(DISTRICT):
        return actions.open_entry(**(told | other), at=SENT, by=OFFICER)


def homes(many: int) -> list[str]:
    found = [uprn for uprn in bodies.homes_in(ASHBY, many + 1) if uprn != MILL_LANE_14]
    return found[:many]


def bring(text: str, **other):
    with scoped(DISTRICT):
        return actions.bring(body_id=ASHBY, service_id=FOOD, text=text, at=SENT, by=OFFICER, **other)


def test_an_address_entered_by_hand_owes_what_then_comes(db):
    entry = enter()
    food(SOON, "confirm")

    with scoped(DISTRICT):
        first, second = Due.objects.order_by("number")
        assert (first.entry_id, first.due_on, first.filed_on, first.asked) == (entry.pk, SOON, SOON, True)
        assert second.due_on > SOON + dt.timedelta(days=360)
        assert Entry.objects.get().case_id is not None, "now we know whom to write to"
        assert [one.kind for one in queries.changes(entry)] == ["opened"]


def test_without_a_day_the_service_s_own_rule_says_when(db):
    enter(service_id=RATES, due_on=None)

    with scoped(DISTRICT):
        assert Due.objects.get().due_on == dt.date(2027, 4, 30)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"why": " no "}, actions.ReasonMissing),
        ({"service_id": "missed-bin"}, actions.NotAsked),
        ({"service_id": "report-pothole"}, actions.NotAsked),
        ({"due_on": dt.date(206, 4, 30)}, actions.NoSuchDay),
        ({"uprn": "another council"}, actions.NotOurs),
    ],
)
def test_what_cannot_be_owed_is_refused_and_nothing_is_entered(db, other, refusal):
    if other.get("uprn"):
        other = {"uprn": bodies.homes_in(world.BORLEY, 1)[0]}
    with pytest.raises(refusal):
        enter(**other)
    with scoped(DISTRICT):
        assert not Entry.objects.exists()


def test_an_address_owes_one_return_of_a_kind_once(db):
    enter()
    with pytest.raises(actions.AlreadyOwed):
        enter()
    enter(service_id=RATES)


def test_a_corrected_day_is_told_and_moves_the_reminders_with_it(db):
    opened = rates(TODAY)
    later = dt.date(2027, 6, 30)
    with scoped(DISTRICT):
        actions.correct(
            entry_id=Entry.objects.get().pk, due_on=later, why="They asked for more time", at=SENT, by=OFFICER
        )
    queue.run_pending(at=SENT)
    assert subjects(opened)[-1] == "Your next return is now due by 30 June 2027"
    known = len(subjects(opened))

    for day in (dt.date(2027, 4, 2), dt.date(2027, 5, 1), later - dt.timedelta(days=29)):
        queue.run_pending(at=at(day))
    assert len(subjects(opened)) == known, "nobody is reminded by the day that was told first"
    for day in (later - dt.timedelta(days=28), later - dt.timedelta(days=27)):
        queue.run_pending(at=at(day))
    assert subjects(opened)[-1] == "Your yearly business rates return is due by Wednesday 30 June 2027"
    for day in (later + dt.timedelta(days=1), later + dt.timedelta(days=2)):
        queue.run_pending(at=at(day))
    assert subjects(opened)[-1] == "Your yearly business rates return has not come"


def test_an_address_is_corrected_unless_it_owes_the_same_or_is_another_council_s(db):
    entry, [other] = enter(), homes(1)
    said = {"entry_id": entry.pk, "why": "The van is kept elsewhere", "at": SENT, "by": OFFICER}
    with scoped(DISTRICT):
        actions.correct(uprn=other, **said)
        assert Entry.objects.get().uprn == other
        moved = queries.changes(entry)[0]
        assert (moved.kind, moved.was) == ("readdressed", entry.label)
        assert moved.became == Entry.objects.get().label
        with pytest.raises(actions.NothingNew):
            actions.correct(uprn=other, due_on=SOON, **said)
        with pytest.raises(actions.NotOurs):
            actions.correct(uprn=bodies.homes_in(world.BORLEY, 1)[0], **said)
    enter()
    with scoped(DISTRICT), pytest.raises(actions.AlreadyOwed):
        actions.correct(uprn=MILL_LANE_14, **said)


def test_a_file_is_judged_line_by_line_and_taken_in_once(db):
    one, two, three = homes(3)
    elsewhere = bodies.homes_in(world.BORLEY, 1)[0]
    text = (
        f"uprn;due\n{one};30/04/2027\n{two};\n{two};\nx;\n{three};31/04/2027\n{elsewhere};2027-04-30\n123456789012;\n\n"
    )
    with scoped(DISTRICT):
        report = queries.read_file(body_id=ASHBY, service_id=FOOD, text=text, today=TODAY)
        assert not Entry.objects.exists(), "looking at it writes nothing"
    assert [row.uprn for row in report.good] == [one, two]
    assert [line for line, _words in report.problems] == [4, 5, 6, 7, 8]

    with pytest.raises(actions.HasProblems):
        bring(text)
    bring(text, leave_out=True)
    with scoped(DISTRICT):
        assert list(Due.objects.order_by("due_on").values_list("due_on", flat=True)) == [
            dt.date(2027, 4, 30), dt.date(2027, 11, 23),
        ]  # fmt: skip
        assert set(Change.objects.values_list("kind", flat=True)) == {"brought"}
    with pytest.raises(actions.NothingGood):
        bring(f"uprn,due\n{one},\n{two},\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,due\n1,\n", "The columns uprn are missing. Name them in the first line of the file."),
        ("uprn,due\n", "There is no line below the first."),
        ("", "The columns uprn, due are missing. Name them in the first line of the file."),
        ('uprn,due\n"' + "1" * 200_000, "Line 1 cannot be read: a column is too long. Is a quotation mark missing?"),
    ],
)
def test_a_file_that_is_none_of_ours_says_what_to_do(db, text, says):
    with scoped(DISTRICT):
        report = queries.read_file(body_id=ASHBY, service_id=FOOD, text=text, today=TODAY)
    assert report.problems[-1][1] == says


def test_figures_say_how_many_came_in_time_and_leave_out_what_nobody_had_asked_for(db):
    rates(dt.date(2026, 2, 20))  # the first: nobody had asked for it
    rates(dt.date(2027, 4, 30))  # in time
    for uprn, due in zip(homes(2), (dt.date(2027, 4, 1), dt.date(2027, 6, 30)), strict=True):
        enter(service_id=RATES, uprn=uprn, due_on=due)
    with scoped(DISTRICT):
        [found] = queries.figures(body_ids=(ASHBY,), today=dt.date(2027, 5, 20))

    assert (found.in_time, found.filed_late, found.not_yet, found.of) == (1, 0, 1, 2)
    assert (found.owed, found.late) == (3, 1)


def test_the_reason_and_the_addresses_of_changes_are_erased_with_their_entry(db):
    entry = enter()
    with scoped(DISTRICT):
        actions.end(entry_id=entry.pk, why="It was a mistake", at=SENT, by=OFFICER)
        later = SENT + dt.timedelta(days=366 * 7)
        assert handlers.retention(ASHBY, at=later, by=OFFICER) == {"returns_entry": 1, "returns_change": 2}
        assert set(Change.objects.values_list("was", "became", "why")) == {("", "", "")}


def test_a_council_next_door_sees_no_change_and_makes_none(db):
    entry = enter()
    with scoped(OUTSIDER):
        assert not Change.objects.exists()
        with pytest.raises(queries.UnknownReturn):
            actions.correct(entry_id=entry.pk, due_on=SOON, why="A mistake", at=SENT, by=OUTSIDER.actor)


def test_an_officer_enters_an_address_on_the_page_and_chooses_among_several(db, client):
    world.as_staff(client, ASHBY, "officer")
    assert "Choose which return is owed" in client.post("/returns/new/", {"why": ""}).content.decode()
    form = {"kind": FOOD, "where": bodies.place_of_dwelling(MILL_LANE_14)["postcode"], "why": "Found on a visit"}
    asked = client.post("/returns/new/", form).content.decode()
    assert "Choose one of the addresses" in asked
    assert f'value="{MILL_LANE_14}"' in asked
    assert "Found on a visit" in asked, "what was typed is kept"
    assert "We found no such address" in client.post("/returns/new/", form | {"where": "Nowhere 1"}).content.decode()

    said = client.post(
        "/returns/new/", form | {"uprn": MILL_LANE_14, "due-day": "30", "due-month": "4", "due-year": "2027"}
    )
    page = client.get(said["Location"]).content.decode()
    assert "30 April 2027" in page
    assert "Opened by hand" in page
    assert "Found on a visit" in page
    assert "we know nobody to remind" in page
    again = client.post("/returns/new/", form | {"where": MILL_LANE_14}).content.decode()
    assert "owes this return already" in again


def test_an_officer_corrects_a_day_on_the_page(db, client):
    entry = enter()
    world.as_staff(client, ASHBY, "officer")
    address = f"/returns/{entry.pk}/correct/"
    day = {"due-day": "1", "due-month": "3", "due-year": "2027", "where": ""}
    assert "Write the reason in a few words" in client.post(address, day | {"why": ""}).content.decode()
    client.post(address, day | {"why": "They open later"})
    page = client.get(f"/returns/{entry.pk}/").content.decode()
    assert "Due on another day" in page
    assert "They open later" in page
    assert "1 March 2027" in page


def test_a_file_is_shown_before_it_is_taken_in(db, client):
    one, two = homes(2)
    world.as_staff(client, ASHBY, "officer")
    assert "Choose a file, or type the lines" in client.post("/returns/bring/", {"kind": FOOD}).content.decode()
    wrong = SimpleUploadedFile("a.csv", b"\xff\xfe\x00")
    assert "Save the file as CSV" in client.post("/returns/bring/", {"kind": FOOD, "file": wrong}).content.decode()

    text = f"uprn,due\n{one},\n{two},soon\n"
    page = client.post(
        "/returns/bring/", {"kind": FOOD, "file": SimpleUploadedFile("a.csv", text.encode())}
    ).content.decode()
    assert "1 of 2 lines would be taken in; 1 is wrong" in page
    assert "Line 3: The column due holds no day" in page
    assert f"{two},soon" in page, "what the file held can be put right here"
    refused = client.post("/returns/bring/", {"kind": FOOD, "table": text, "do": "take"}).content.decode()
    assert "Some lines are wrong" in refused
    client.post("/returns/bring/", {"kind": FOOD, "table": text, "do": "take", "leave_out": "on"})
    with scoped(DISTRICT):
        assert Entry.objects.get().uprn == one


def test_the_list_narrows_by_kind_counts_and_hands_out_whom_to_write_to(db, client, django_assert_max_num_queries):
    enter(due_on=dt.date(2026, 10, 1))
    enter(service_id=RATES)
    world.as_staff(client, ASHBY, "officer")
    both = client.get("/returns/?show=all").content.decode()
    one = client.get(f"/returns/?show=all&kind={RATES}").content.decode()
    assert both.count("/returns/0") > one.count("/returns/0") > 0
    assert "Take those that are due soon or late" in client.get("/returns/?show=unknown").content.decode()
    letters = client.get("/returns/letters.csv").content.decode()
    assert "/services/food-business-registration/" in letters
    assert client.get(f"/returns/letters.csv?kind={RATES}").content.decode().count("\n") <= 2


def test_the_list_is_read_in_few_statements(db, client, django_assert_max_num_queries):
    for uprn in homes(8):
        enter(uprn=uprn)
    world.as_staff(client, ASHBY, "officer")
    client.get("/returns/?show=all")
    with django_assert_max_num_queries(14):  # who asks (8); figures, names, list with its entries, counts; and a spare
        assert client.get("/returns/?show=all").status_code == 200


def test_who_signed_in_reads_first_of_all_what_they_have_to_send(landlord, client):
    from moothall.functions.returns.tests.test_returns import send

    account, person_id = landlord
    send(tested=dt.date(2025, 12, 20), person_id=person_id)
    world.sign_in(client, account)
    page = client.get("/account/").content.decode()
    assert "What you have to send us" in page
    assert "20 December 2026" in page
    in_welsh = client.get("/account/", headers={"accept-language": "cy"}).content.decode()
    assert "Yr hyn y mae'n rhaid i chi ei anfon atom" in in_welsh
    assert "yn ddyledus erbyn" in in_welsh


def test_a_return_that_was_filed_in_another_system_comes_with_its_case(db):
    place = bodies.place_of_dwelling(MILL_LANE_14)
    answers = {
        "what": "confirm",
        "where": place,
        "business": "Rowe Bakery",
        "operator": {"name": "Sam"},
        "kind": ["shop"],
    }
    came = casework.Brought(
        system="Old register", number="F/17", service_id=FOOD, opened_at=SENT - dt.timedelta(days=90), answers=answers,
        place=place, contact={"name": "Sam Rowe", "email": "sam@example.org"},
    )  # fmt: skip
    with scoped(DISTRICT):
        opened, is_new = casework.take_over(body_id=ASHBY, case=came, at=SENT, by=OFFICER)
        assert is_new
        entry = Entry.objects.get()
        assert entry.case_id == opened.case_id
        assert queries.owed_after(ASHBY, opened.case_id).due_on == dt.date(2027, 11, 23)
    queue.run_pending(at=SENT)
    assert subjects(opened) == [], "nobody is written to about what was brought"
