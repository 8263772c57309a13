"""How letters are filled in, and what a page says of an answer and a price."""

from moothall.catalogue.rules import flow, letters, saying
from moothall.catalogue.rules.answers import told
from moothall.catalogue.tests.test_shipped import DEFINITIONS

OF = {d.id: d for d in DEFINITIONS}
BOOKED = {"confirm": {"day": "2026-06-10", "time": "13:30"}}


def written(service, letter, lang, values, outputs):
    guarded = flow.seen(OF[service], {}, outputs, {})
    return letters.write(OF[service], letter, lang, {"reference": "MAR-1", "body": "Marchshire"} | values, guarded)


def test_a_day_and_a_time_are_written_out_in_each_language():
    for lang, subject, line in (
        ("en", "Giving notice on Wednesday 10 June 2026", "Wednesday 10 June 2026 at 1:30pm;"),
        ("cy", "Rhoi hysbysiad ar dydd Mercher 10 Mehefin 2026", "dydd Mercher 10 Mehefin 2026 am 1:30yp;"),
    ):
        head, text = written("registrar-appointment", "notice-booked", lang, {}, BOOKED)
        assert head == subject
        assert line in text


def test_a_line_with_nothing_to_fill_it_is_left_out():
    paid = written("pest-control", "acknowledged", "en", {"fee": "£60.00", "track": "https://x.example/t"}, {})[1]
    free = written("pest-control", "acknowledged", "en", {"fee": "", "track": "https://x.example/t"}, {})[1]
    assert "It costs £60.00." in paid
    assert "costs" not in free
    assert "Choose a day here, within 24 hours: https://x.example/t" in free


def test_a_reason_that_nobody_gave_leaves_no_why_behind():
    visit = {"visit": {"decision": "no-entry", "reason": "We rang twice."}}
    text = written("home-repair", "not-done", "en", {"track": "https://x.example/t", "reason": ""}, visit)[1]
    assert "Why:" not in text
    assert "We rang twice." in text
    assert (
        "Why: The owner said no." in written("home-repair", "not-done", "en", {"reason": "The owner said no."}, {})[1]
    )


def test_a_day_that_was_answered_is_said_as_people_say_it():
    closes = OF["planning-comment"].ask["closes"]
    assert told(closes, "2026-06-12", "en") == "12 June 2026"
    assert told(closes, "2026-06-12", "cy") == "12 Mehefin 2026"


def test_what_may_be_free_says_so_and_how_much_it_may_be():
    assert saying.cost(OF["new-bin"]).startswith("Nothing, or up to £30.00, for a rubbish bin;")
    assert saying.cost(OF["new-bin"], lang="cy").startswith("Dim, neu hyd at £30.00, am bin sbwriel;")
    assert saying.cost(OF["new-bin"], {"fee_pence": 0}) == "Nothing."
