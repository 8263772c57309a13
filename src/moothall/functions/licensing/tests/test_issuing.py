"""From a request to a licence: paid for, checked, decided, issued once, published as far as the law says."""

import datetime as dt
import io
import re
from urllib.parse import unquote, urlsplit

import pypdf
import pytest
import segno

from moothall.core import files, queue
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.functions.licensing import actions, queries, rules
from moothall.functions.licensing.actions.checking import NotAllSeen, SayWhyNot
from moothall.functions.licensing.models import Entry, Evidence, Licence
from moothall.functions.licensing.tests.conftest import (
    ASHBY,
    ASKED,
    DAY,
    DISTRICT,
    NOBODY,
    OFFICER,
    OUTSIDER,
    SECOND,
    THIRD,
    VEHICLE,
    again,
    all_seen,
    ask,
    decide,
    entries,
    grant,
    pass_checks,
    pay,
    states,
    steps,
    written,
)
from moothall.ledger import queries as money


def test_a_driver_who_is_fit_and_proper_has_a_licence_in_the_register(db):
    opened = ask()
    assert states(opened) == {"pay": "waiting", "court": "skipped"}
    licence = grant(opened)
    assert (licence.holder, licence.state, licence.body_id, licence.doer_id) == ("Sam Rowe", "in-force", ASHBY, ASHBY)
    assert (licence.starts, licence.ends) == (dt.date(2026, 11, 23), dt.date(2029, 11, 22))
    assert licence.number.startswith("ASH-D-")
    assert states(opened)["issue"] == "done"
    assert entries("sam rowe") == [licence.number] == entries(licence.number)
    last = written(opened)[-1]
    assert last.subject == "You have your taxi driver's licence"
    assert queries.check_address(licence.code) in last.text
    assert "22 November 2029" in last.text


def test_the_register_says_of_a_driver_the_name_and_no_more(db):
    licence = grant(ask())
    with scoped(NOBODY):
        (entry,) = Entry.objects.all()
        assert not Licence.objects.exists()
        assert not Evidence.objects.exists()
    assert [fact["value"]["en"] for fact in entry.facts] == ["Sam Rowe"]
    assert "1988" not in str(entry.facts) + entry.words
    assert entries("1988") == entries("mill lane") == []
    assert "1988" not in queries.document_html(licence)


def test_the_register_says_of_a_vehicle_what_it_is_and_not_whose(db):
    licence = grant(ask("taxi-vehicle-licence", VEHICLE))
    assert entries("zm26abc") == entries("ZM26 ABC") == entries("skoda") == [licence.number]
    assert entries("rowe") == []
    assert licence.vehicle == "ZM26ABC"
    assert "Rowe Cars" in queries.document_html(licence)
    assert entries(body_id=ASHBY, service_id="taxi-vehicle-licence") == [licence.number]
    assert entries(service_id="taxi-driver-licence") == []


def test_another_district_sees_the_register_and_nothing_behind_it(db):
    licence = grant(ask())
    with scoped(OUTSIDER):
        assert queries.verify(licence.code).number == licence.number
        for look in (queries.licence, queries.check_of):
            with pytest.raises(NotYours):
                look(licence.pk)
        Entry.objects.all().delete()
        Entry.objects.update(number="MINE")
    assert entries() == [licence.number]


def test_the_same_step_again_is_the_same_licence(db):
    opened = ask()
    licence, step = grant(opened), steps(opened)["issue"]
    with scoped(DISTRICT):
        file_terms = {"prefix": "D"}
        same = actions.issue(
            body_id=ASHBY, doer_id=ASHBY, case_id=opened.case_id, step_id=step.pk, step="issue",
            service_id="taxi-driver-licence", version_id=licence.version_id, told=file_terms, answers={}, outputs={},
            at=ASKED, by=OFFICER,
        )  # fmt: skip
        assert same.pk == licence.pk
        assert Licence.objects.count() == 1


def test_nothing_is_passed_before_every_paper_was_seen(db):
    opened = ask()
    pay(opened)
    step = steps(opened)["record"]
    said = all_seen(step.pk)
    with scoped(DISTRICT):
        with pytest.raises(NotAllSeen) as refused:
            actions.finish_check(step_id=step.pk, said={**said, "dbs": {"finding": "seen", "expires": None}},
                                 verdict="passed", at=ASKED, by=OFFICER)  # fmt: skip
        assert refused.value.details["problems"] == {"dbs": "Write until which day it holds"}
        with pytest.raises(SayWhyNot):
            actions.finish_check(step_id=step.pk, said=said, verdict="failed", at=ASKED, by=OFFICER)
        actions.finish_check(step_id=step.pk, said={"nr3s": {"finding": "seen"}}, verdict="later", at=ASKED, by=OFFICER)
        assert {row.code: row.finding for row in queries.check_of(step.pk)}["nr3s"] == "seen"
    assert states(opened)["record"] == "waiting"


def test_a_refusal_by_two_officers_gives_back_what_exceeds_the_cost_of_looking(db):
    opened = ask()
    pay(opened)
    pass_checks(opened)
    decide(opened, "recommend", "refuse", "Points.", by=OFFICER)
    assert states(opened)["confirm"] == "waiting"
    decide(opened, "confirm", "refuse", "Twelve points on the licence.", by=SECOND)
    assert steps(opened)["give_back"].outputs == {"pence": 24000 - 9000}
    with scoped(DISTRICT):
        (charge,) = money.charges_for(opened.case_id)
        assert [row.pence for row in money.refunds_of(charge.id)] == [15000]
        assert not Licence.objects.exists()
    said = written(opened)[-1].text
    assert "Twelve points on the licence." in said
    assert "magistrates' court within 21 days" in said


def test_what_the_panel_writes_as_conditions_stands_on_the_licence(db):
    opened = ask(language="cy")
    pay(opened)
    pass_checks(opened)
    decide(opened, "recommend", "panel", "An old conviction.", by=OFFICER)
    decide(opened, "panel", "conditions", "No school contracts.\n\nA camera in the car.", by=THIRD)
    with scoped(DISTRICT):
        licence = Licence.objects.get()
    assert [one["en"] for one in licence.conditions][-2:] == ["No school contracts.", "A camera in the car."]
    assert len(licence.conditions) == 5
    page = queries.document_html(licence)
    assert 'lang="cy"' in page
    assert "Trwydded gyrrwr tacsi" in page
    assert "A camera in the car." in page
    assert "Wear the badge" not in page
    assert "Mewn grym tan" in page


def test_a_licence_that_follows_another_begins_when_that_one_ends(db):
    first = grant(ask("taxi-vehicle-licence", VEHICLE))
    late = ASKED.replace(year=2027, month=10)
    known = VEHICLE | {"before": "renew", "number": f" {first.number.lower()} "}
    second = grant(ask("taxi-vehicle-licence", known, late), late, until=late.date() + 90 * DAY)
    assert (second.renews_id, second.starts) == (first.pk, first.ends + DAY)
    with scoped(DISTRICT):
        assert queries.happened(second)[0].kind == "renewed"
        assert queries.renewed(first)
    assert entries("zm26abc", today=late.date()) == [first.number]
    assert entries("zm26abc", today=second.starts) == [second.number]


def test_who_writes_somebody_else_s_number_follows_nobody(db):
    first = grant(ask())
    other = grant(ask(before="renew", number=first.number, driver={"name": "Kim Lee", "born": "1990-01-01"}))
    assert (other.renews_id, other.starts) == (None, ASKED.date())


def test_a_case_opened_again_does_not_lead_to_a_second_licence(db):
    from moothall.casework import actions as casework

    opened = ask()
    licence = grant(opened)
    with scoped(DISTRICT):
        casework.reopen_case(case_id=opened.case_id, reason="My name is spelt wrong.", at=ASKED + DAY, by=NOBODY.actor)
    queue.run_pending(at=ASKED + DAY)
    decide(opened, "court", "grant", by=THIRD, when=ASKED + DAY)
    assert steps(opened)["issue"].outputs["number"] == licence.number
    assert steps(opened)["pay"].state == "skipped"


def test_a_request_that_is_withdrawn_asks_for_no_more_papers(db):
    from moothall.casework import actions as casework

    opened = ask()
    pay(opened)
    with scoped(DISTRICT):
        assert Evidence.objects.filter(case_id=opened.case_id).count() == 9
        casework.cancel_case(case_id=opened.case_id, reason="", at=ASKED, by=NOBODY.actor)
    queue.run_pending(at=ASKED)
    with scoped(DISTRICT):
        assert not Evidence.objects.filter(case_id=opened.case_id).exists()


@pytest.mark.usefixtures("pango")
def test_the_document_is_a_tagged_pdf_on_the_case(db, monkeypatch):
    from moothall.core.letters import tagged_pdf

    monkeypatch.setattr("moothall.functions.licensing.actions.issuing.tagged_pdf", tagged_pdf)
    licence = again(grant(ask()))
    with scoped(DISTRICT):
        kept = files.find(licence.document)
        content = files.path_of(kept).read_bytes()
        assert (kept.name, kept.kind, kept.case_id) == (f"{licence.number}.pdf", "application/pdf", licence.case_id)
        assert actions.make_document(licence_id=licence.pk, at=ASKED, by=OFFICER) == kept.pk
    assert content.startswith(b"%PDF-")
    paper = pypdf.PdfReader(io.BytesIO(content))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    said = [one for one in map(str, alternatives(paper.trailer["/Root"]["/StructTreeRoot"])) if "Square code" in one]
    assert len(said) == 1
    words = "".join(page.extract_text() for page in paper.pages)
    assert rules.spoken(licence.code) in words


def alternatives(element) -> list:
    """Return what is said of each picture of a tagged PDF to somebody who cannot see it."""
    element = element.get_object()
    if isinstance(element, list):
        return [one for child in element for one in alternatives(child)]
    if not isinstance(element, dict):
        return []
    found = [element["/Alt"]] if "/Alt" in element else []
    return found + (alternatives(element["/K"]) if "/K" in element else [])


def test_the_square_on_the_document_leads_to_the_page_that_says_whether_it_is_in_force(db, client):
    licence = grant(ask())
    with scoped(DISTRICT):
        page = queries.document_html(licence)
    address = queries.check_address(licence.code)
    assert address in page
    [source] = re.findall(r'<img src="data:image/svg\+xml[^,]*,([^"]+)"', page)
    drawn = segno.make_qr(address, error="q").svg_inline(border=4, dark="#0b0c0c", light="#fff", omitsize=True)
    paths = re.compile(r' d="([^"]+)"')
    assert paths.findall(unquote(source).replace("'", '"')) == paths.findall(drawn)
    assert address.startswith("http")
    found = client.get(urlsplit(address).path)
    assert f"Licence {licence.number} is in force" in found.text
