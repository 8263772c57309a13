"""What came in writing, on the adviser's pages: read, answered, added to a case, made a request of, counted."""

import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.letters import a_case, letter, sent_to, taken
from tests.world import ASHBY, BORLEY, MARCHSHIRE, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework_actions
from moothall.casework import queries as casework
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import AuditEntry
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.desk.models import Contact
from moothall.desk.views.from_letters import answers_in
from moothall.inbox import queries as inbox

pytestmark = pytest.mark.django_db
INBOX = "/desk/inbox/"


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path


@pytest.fixture
def adviser(client):
    """Sign in an adviser of Marchshire."""
    return as_staff(client, MARCHSHIRE, "adviser")


def arrive(*args, **headers):
    """Let a letter come in today, and return it."""
    return taken(letter(*args, **headers), at=now())


def seen(client, address, **data):
    answer = client.post(address, data) if data else client.get(address)
    if answer.status_code == 302:
        answer = client.get(answer["Location"])
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def fields(page):
    """Return what stands in a page's boxes."""
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page))
    checked = re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"[^>]*? checked', page)
    return {name: value for name, value in found.items() if name not in dict(checked)} | dict(checked)


def test_an_adviser_makes_a_request_of_a_letter_with_what_its_words_hold(adviser):
    row = arrive()
    assert "1 to deal with" in seen(adviser, "/desk/")
    assert "Pothole in Mill Lane" in seen(adviser, INBOX)
    page = seen(adviser, f"{INBOX}{row.pk}/")
    assert "Because it says: " in page
    assert "hole" in page
    address = re.search(r"/desk/start/report-pothole/\?letter=[\w-]+", page)[0]
    page = seen(adviser, address)
    given = fields(page)
    assert given["email"] == "ann@example.org"
    assert given["phone"] == "01632 960 001"
    assert given["channel"] == "email"
    assert given["where-search"].startswith("14 Mill Lane")
    assert "What they wrote" in page
    sent = adviser.post(
        "/desk/start/report-pothole/",
        {k: v for k, v in given.items() if not k.endswith("-find")}
        | {"surface": "road", "width": "dinner-plate", "depth": "fist", "avoiding": "no"},
    )
    assert sent.status_code == 302, re.findall(r'error-message".*?</p>', sent.content.decode(), re.S)
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        row.refresh_from_db()
        assert (row.state, row.outcome) == ("done", "opened")
        assert casework.by_ids([row.case_id])[0].channel == "email"
        run_pending(at=now(), bodies=(MARCHSHIRE,))
        contact = Contact.objects.get(case_id=row.case_id)
        assert (contact.channel, contact.kind, contact.outcome, contact.at) == ("email", "request", "opened", row.at)


def test_the_words_answer_the_first_long_question_whatever_it_is_called():
    asked = [SimpleNamespace(id=name, type="long-text", most=20) for name in ("told", "more")]
    row = SimpleNamespace(text="There is a hole in the road", sender_name="", found={})
    assert answers_in(row, SimpleNamespace(questions=asked)) == {"told": "There is a hole in t"}


def test_a_letter_is_answered_and_counts_as_a_contact(adviser):
    row = arrive("When is the tip open?", Subject="Opening times")
    assert "Write your answer" in seen(adviser, f"{INBOX}{row.pk}/", do="reply", text="")
    assert "Your answer is on its way." in seen(adviser, f"{INBOX}{row.pk}/", do="reply", text="From eight to six.")
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        wrote = sent_to("ann@example.org")[-1]
        assert (wrote.words.subject, wrote.words.text) == ("Re: Opening times", "From eight to six.")
        run_pending(at=now(), bodies=(MARCHSHIRE,))
        contact = Contact.objects.get(channel="email")
        assert (contact.kind, contact.outcome) == ("question", "answered")
    assert "Somebody has dealt with this already" in seen(adviser, f"{INBOX}{row.pk}/", do="reply", text="Again.")


def test_a_letter_is_added_to_the_case_that_its_sender_has(adviser):
    opened, row = a_case(email="ann@example.org"), arrive("It is deeper now.", Subject="The hole")
    page = seen(adviser, f"{INBOX}{row.pk}/")
    assert opened.reference in page
    wrong = seen(adviser, f"{INBOX}{row.pk}/", do="add", reference="MAR-0000-0000")
    assert "We know of no such case here" in wrong
    page = seen(adviser, f"{INBOX}{row.pk}/", do="add", case_id=str(opened.case_id))
    assert f"Added to {opened.reference}" in page
    assert "Added to a case" in seen(adviser, f"{INBOX}?list=done")


def test_what_was_put_aside_says_why_and_can_be_brought_back(adviser):
    row = arrive(From="Help <help@moothall.example>")
    assert "Nothing waits" in seen(adviser, INBOX)
    page = seen(adviser, f"{INBOX}{row.pk}/")
    assert "It claims to come from us and was not checked." in page
    assert "We did not write that it has come." in page
    assert "It is in the list again." in seen(adviser, f"{INBOX}{row.pk}/", do="back")
    assert "Pothole in Mill Lane" in seen(adviser, INBOX)


def test_unwanted_letters_are_no_contact(adviser):
    row = arrive("Buy one, get one free", Subject="Offer")
    assert "Done." in seen(adviser, f"{INBOX}{row.pk}/", do="close", outcome="unwanted")
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        run_pending(at=now(), bodies=(MARCHSHIRE,))
        assert not Contact.objects.exists()


def test_words_about_danger_stand_first(adviser):
    arrive()
    arrive("A child at number 4 is being hurt and I am worried about a child at risk.", Subject="Child at risk")
    page = seen(adviser, INBOX)
    assert page.index("Child at risk") < page.index("Pothole in Mill Lane")
    assert "Somebody may be in danger" in page


def test_what_a_letter_says_is_shown_and_never_run(adviser):
    row = arrive("<script>alert(1)</script>", Subject="<b>Hello</b>")
    page = seen(adviser, f"{INBOX}{row.pk}/")
    assert "<script>alert(1)" not in page
    assert "<b>Hello" not in page


def test_another_bodys_adviser_sees_none_of_it(adviser, client):
    row = arrive()
    other = as_staff(client, ASHBY, "adviser")
    assert "Pothole in Mill Lane" not in seen(other, INBOX)
    assert other.get(f"{INBOX}{row.pk}/").status_code == 404
    assert as_staff(client, BORLEY, "officer").get(INBOX).status_code == 403


def test_the_list_goes_on_after_a_page_and_reads_in_few_statements(adviser, django_assert_max_num_queries):
    for number in range(27):
        arrive(f"Number {number}", Subject=f"Letter {number:02d}", From=f"a{number}@example.org")
    with django_assert_max_num_queries(16):
        first = seen(adviser, INBOX)
    assert len(re.findall(r"Letter \d\d", first)) == 25
    older = re.search(r'href="(\?list=waiting&amp;after=[^"]+)"', first)[1].replace("&amp;", "&")
    assert len(re.findall(r"Letter \d\d", seen(adviser, INBOX + older))) == 2


def test_in_the_demo_something_can_be_let_in(adviser, settings):
    settings.DEMO = False
    assert adviser.get(f"{INBOX}drop/").status_code == 404
    settings.DEMO = True
    assert "Write what it says, or choose a file" in seen(adviser, f"{INBOX}drop/", channel="post")
    said = {"channel": "email", "sender": "bob@example.org", "subject": "Lamp", "text": "The street lamp is out."}
    page = seen(adviser, f"{INBOX}drop/", **said)
    assert "It has just come in" in page
    paper = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 scanned", "application/pdf")
    assert adviser.post(f"{INBOX}drop/", {"channel": "post", "file": paper}).status_code == 302
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        assert sorted(row.channel for row in inbox.waiting(MARCHSHIRE, "received")) == ["email", "post"]


def a_bill(email):
    """Let somebody ask Ashby for a copy of a council tax bill: only they may be told of it."""
    answers = {"where": bodies.place_of_dwelling(MILL_LANE_14), "wanted": "copy", "copy_by": "email"}
    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        return casework_actions.open_case(
            service_id="council-tax-payment", channel="web", answers=answers, body_id=ASHBY,
            contact={"name": "Ann Reed", "email": email, "phone": "01632 960 001"}, at=now(), by=Actor("contact"),
        )  # fmt: skip


def test_a_case_about_money_stands_beside_a_letter_only_once_we_know_who_wrote(client):
    adviser, bill, other = as_staff(client, ASHBY, "adviser"), a_bill("ann@example.org"), a_bill("bob@example.org")
    row = taken(letter(f"My bill is wrong, and {other.reference} too.", Subject="Bill"), body_id=ASHBY, at=now())
    here = f"{INBOX}{row.pk}/"
    page = seen(adviser, here)
    assert "2 cases are shown once you know who wrote" in page
    assert "01632 960 001" in page, "what the letter is compared with"
    for case in (bill, other):
        assert case.reference not in page.replace(f"and {case.reference} too", "")
    assert "Copy of a bill" not in page
    refused = seen(adviser, here, do="add", case_id=str(bill.case_id))
    assert "Choose a case, or write its reference" in refused

    page = seen(adviser, here, do="who", of=str(bill.case_id))
    assert "2 cases are shown" in page, "without saying how we are sure nothing is opened"
    assert "Choose how you made sure of who it is" in page
    assert "2 cases are shown" in seen(adviser, here, do="who", of=str(row.pk), identity="known")
    page = seen(adviser, here, do="who", of=str(bill.case_id), identity="known")
    assert bill.reference in page
    assert "1 more case is shown once you know who wrote" in page, "being sure of one opens nothing of another"
    assert f'value="{other.case_id}"' not in page.replace(f'name="of" value="{other.case_id}"', "")
    with scoped(Scope(bodies=(ASHBY,))):
        assert AuditEntry.objects.filter(action="identity.known", object=f"case:{bill.case_id}").count() == 1
    assert f"Added to {bill.reference}" in seen(adviser, here, do="add", case_id=str(bill.case_id))
