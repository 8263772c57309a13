"""The workbench: a case written field by field by several people, frozen, published, and read by everybody."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.appraisal import actions
from moothall.appraisal.models import Case, Change, Withheld
from moothall.appraisal.queries import cases, workings
from moothall.appraisal.rules import draft
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.withholding import Withholding
from moothall.appraisal.tests.small import given, small
from moothall.core.actor import Actor
from moothall.core.ports import closed_appraisals
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
BY = Actor.system("tests.appraisal")
SHORT = {"at": AT, "by": BY}
SECRET = Withholding("cost_then", "A bidder's price", "Monitoring officer", "Bids are still open.", dt.date(2027, 3, 1))


def as_body(body_id=ASHBY):
    return scoped(Scope(bodies=(body_id,), purpose="tests", actor=BY))


def begun(**more):
    with as_body():
        return actions.begin(body_id=ASHBY, document=draft.drafted(small(**more)), why="A trial", **SHORT)


def changed(row, path, value, seen=None, body_id=ASHBY, why="Looked at again"):
    with as_body(body_id):
        seen = Case.objects.get(pk=row.pk).version if seen is None else seen
        by = Actor.system("tests.appraisal", body_id)
        return actions.change(case_id=row.pk, changes=[(path, value)], why=why, seen=seen, at=AT, by=by)


def published(withheld=(), **more):
    row = begun(**more)
    with as_body():
        actions.freeze(case_id=row.pk, why="Ready", **SHORT)
        return actions.publish(case_id=row.pk, why="For everybody", withheld=list(withheld), **SHORT)


def test_a_case_begins_from_an_example_and_lists_what_is_missing(client):
    as_staff(client, ASHBY, "manager")
    assert client.get("/staff/appraisals/").status_code == 200
    asked = {"title": "Bins together", "template": "in-house", "figures": "no", "author": "Head of waste"}
    page = client.post("/staff/appraisals/begin/", asked, follow=True)
    said = page.content.decode()
    assert page.status_code == 200
    assert "missing before the options can be compared" in said
    assert "Where does it come from?" in said
    assert client.post("/staff/appraisals/begin/", asked).status_code == 422, "the title is taken"
    nothing = client.post("/staff/appraisals/begin/", asked | {"title": "X", "template": "blank"})
    assert b"Choose at least one way" in nothing.content


def test_a_field_is_changed_with_a_reason_that_stays_in_the_history(client):
    row = begun()
    as_staff(client, ASHBY, "finance")
    url = f"/staff/appraisals/at/{row.slug}/in/inputs/cost_now/"
    page = client.get(url).content.decode()
    assert 'value="1000"' in page
    sent = {
        "what": "Cost today", "value": "1,100", "unit": "£", "source": "Ledger 2025-26", "author": "Finance",
        "on-day": "1", "on-month": "10", "on-year": "2026", "seen": row.version,
    }  # fmt: skip
    assert client.post(url, sent | {"why": ""}).status_code == 422
    assert client.post(url, sent | {"why": "The year-end books are closed"}, follow=True).status_code == 200
    with as_body():
        last = Change.objects.order_by("-version").first()
        assert (last.path, last.before, last.after, last.why) == (
            ["inputs", "cost_now", "value"], 1000, 1100, "The year-end books are closed",
        )  # fmt: skip
        assert draft.get(Case.objects.get().document, ("inputs", "cost_now", "value")) == 1100
    told = client.get(f"/staff/appraisals/at/{row.slug}/history/").content.decode()
    assert "1000 → 1100" in told
    assert "The year-end books are closed" in told
    assert client.post(url, sent | {"why": "Once more", "seen": row.version + 1}).status_code == 422, "nothing changed"


def test_nobody_alters_or_removes_what_was_changed():
    row = begun()
    with as_body():
        one = Change.objects.get(case_id=row.pk)
        for tried in (lambda: Change.objects.filter(pk=one.pk).update(why="Other"), one.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                tried()


def test_an_entry_is_added_and_taken_out(client):
    row = begun()
    as_staff(client, ASHBY, "manager")
    url = f"/staff/appraisals/at/{row.slug}/in/voices/"
    sent = {"who": "Users' panel", "says": "Who reads the letters?", "on-day": "2", "on-month": "11", "on-year": "2026"}
    client.post(url, sent | {"why": "Heard at the panel", "seen": row.version})
    with as_body():
        assert [one["who"] for one in Case.objects.get().document["voices"]] == ["Users' panel"]
    said = client.get(f"/staff/appraisals/at/{row.slug}/").content.decode()
    assert "1 written" in said
    page = client.get(f"/staff/appraisals/at/{row.slug}/in/voices/0/")
    assert b"Who reads the letters?" in page.content
    client.post(
        f"/staff/appraisals/at/{row.slug}/in/voices/0/", {"remove": "yes", "why": "Sent twice", "seen": row.version + 1}
    )
    with as_body():
        assert Case.objects.get().document["voices"] == []
    inputs = f"/staff/appraisals/at/{row.slug}/in/inputs/"
    named = {"name": "cost_now", "what": "Again", "why": "A test", "seen": row.version + 2}
    assert b"already" in client.post(inputs, named).content


def test_two_authors_never_overwrite_each_other_and_both_values_are_shown(client):
    row = begun()
    changed(row, ("inputs", "cost_now", "value"), 1200, why="The other council's books")
    as_staff(client, ASHBY, "manager")
    sent = {
        "what": "Cost today", "value": "1300", "unit": "£", "source": "Ledger 2025-26", "author": "Finance",
        "on-day": "1", "on-month": "10", "on-year": "2026", "seen": row.version, "why": "My own count",
    }  # fmt: skip
    page = client.post(f"/staff/appraisals/at/{row.slug}/in/inputs/cost_now/", sent)
    said = page.content.decode()
    assert page.status_code == 409
    assert "“1200”" in said
    assert 'value="1300"' in said
    assert "The other council&#x27;s books" in said
    with as_body():
        assert draft.get(Case.objects.get().document, ("inputs", "cost_now", "value")) == 1200
    elsewhere = changed(row, ("inputs", "checking", "value"), 60, seen=row.version)
    assert elsewhere.version == row.version + 2, "what somebody else did not touch is no conflict"


def test_another_body_writes_too_once_it_is_let_in_and_a_stranger_sees_nothing(client):
    row = begun()
    with as_body(BORLEY), pytest.raises(cases.UnknownCase):
        cases.case(row.slug)
    with as_body():
        actions.let_in(case_id=row.pk, body_id=BORLEY, **SHORT)
    changed(row, ("inputs", "checking", "value"), 70, body_id=BORLEY)
    as_staff(client, EASTWOLD, "manager")
    assert client.get(f"/staff/appraisals/at/{row.slug}/").status_code == 404
    with as_body(EASTWOLD):
        assert Case.objects.count() == Change.objects.count() == 0


def test_the_result_is_shown_with_every_figure_leading_to_how_it_is_made(client):
    row = begun()
    as_staff(client, ASHBY, "councillor")
    page = client.get(f"/staff/appraisals/at/{row.slug}/result/")
    said = page.content.decode()
    assert "costs society least" in said
    assert said.count("<svg") >= 3
    figure = client.get(f"/staff/appraisals/at/{row.slug}/result/figures/in-house.gain/").content.decode()
    assert "How it is made" in figure
    assert "Ledger 2025-26" in figure
    sheet = client.get(f"/staff/appraisals/at/{row.slug}/result/options.csv")
    assert sheet.content.decode().startswith("option,cost,gain")
    assert client.get(f"/staff/appraisals/at/{row.slug}/result/nothing.csv").status_code == 404


def test_a_case_does_not_close_over_an_unanswered_voice_or_an_unmet_harm(client):
    voice = {"who": "Users", "on": "2026-11-01", "says": "Where do we go now?"}
    harm = {"subject": "age", "options": ["in-house"], "what": "Further to walk", "adverse": True, "source": "Survey"}
    row = begun(voices=[voice], impacts=[harm])
    as_staff(client, ASHBY, "manager")
    page = client.post(f"/staff/appraisals/at/{row.slug}/do/close/", {"why": "Time is up"})
    said = page.content.decode()
    assert page.status_code == 422
    assert "what Users said on 2026-11-01 has no reply" in said
    assert "harm to age stands" in said
    with as_body():
        assert Case.objects.get().document["state"] == "open"


def test_only_staff_of_the_body_that_said_stop_alter_or_withdraw_it(client):
    stop = {"partner": "Borley", "stage": "decision", "on": "2026-11-01", "why": "Too dear for us"}
    row = begun(stops=[stop])
    with as_body():
        actions.let_in(case_id=row.pk, body_id=BORLEY, **SHORT)
    tried = ((("stops", 0, "withdrawn_on"), "2026-11-20"), (("stops", 0, "partner"), "Ashby"), (("stops",), []))
    for path, value in tried:
        with pytest.raises(actions.NotYourStop, match="Only staff of Borley"):
            changed(row, path, value)
    as_staff(client, ASHBY, "manager")
    url = f"/staff/appraisals/at/{row.slug}/in/stops/0/"
    taken = client.post(url, {"remove": "yes", "why": "In our way", "seen": row.version}, follow=True)
    assert "Only staff of Borley" in taken.content.decode()
    with as_body():
        assert Case.objects.get().document["stops"] == [stop]
    changed(row, ("stops", 1), stop | {"partner": "Ashby"})
    changed(row, ("stops", 0, "withdrawn_on"), "2026-11-20", body_id=BORLEY)
    with as_body():
        assert [one.get("withdrawn_on") for one in Case.objects.get().document["stops"]] == ["2026-11-20", None]


def test_the_stop_of_a_partner_who_has_no_staff_here_is_kept_by_the_body_that_began_the_case():
    stop = {"partner": "Friends of the library", "stage": "decision", "on": "2026-11-01", "why": "Too far"}
    row = begun(stops=[stop])
    with as_body():
        actions.let_in(case_id=row.pk, body_id=BORLEY, **SHORT)
    with pytest.raises(actions.NotYourStop, match="Only staff of Ashby"):
        changed(row, ("stops", 0, "withdrawn_on"), "2026-11-20", body_id=BORLEY)
    changed(row, ("stops", 0, "withdrawn_on"), "2026-11-20")


def test_what_is_frozen_is_not_changed_and_what_is_published_is_read_by_everybody(client):
    edition = published()
    with as_body():
        row = Case.objects.get()
    with pytest.raises(actions.Frozen):
        changed(row, ("inputs", "checking", "value"), 1)
    page = client.get(f"/appraisals/{edition.slug}/")
    said = page.content.decode()
    assert page.status_code == 200
    assert "costs society least" in said
    assert "Ledger 2025-26" in said
    assert edition.basis in said
    assert "Billing" in client.get("/appraisals/").content.decode()
    again = client.get(f"/appraisals/{edition.slug}/1/case.yaml").content.decode()
    assert workings.read(draft.drafted_from(again)).title == "Billing"
    with as_body():
        actions.reopen(case_id=row.pk, why="New figures", **SHORT)
        with pytest.raises(actions.NotFrozen):
            actions.publish(case_id=row.pk, why="x", **SHORT)
        actions.freeze(case_id=row.pk, why="Ready", **SHORT)
        assert actions.publish(case_id=row.pk, why="Newer", **SHORT).number == 2
    assert client.get(f"/appraisals/{edition.slug}/1/").status_code == 200
    assert client.get(f"/appraisals/{edition.slug}/3/").status_code == 404
    assert client.get("/appraisals/none/").status_code == 404


def test_a_withheld_figure_needs_its_reasons_and_an_end():
    row = begun()
    with as_body():
        actions.freeze(case_id=row.pk, why="Ready", **SHORT)
        for wrong in ({"reason": ""}, {"owner": " "}, {"test": ""}, {"expires": AT.date()}, {"figure": "cost_now"}):
            with pytest.raises(actions.WithheldUnsoundly):
                actions.publish(
                    case_id=row.pk, why="x", withheld=[Withholding(**(vars(SECRET) | wrong))], **SHORT
                )  # fmt: skip


def test_a_withheld_figure_and_what_would_give_it_away_stay_withheld_until_their_day(client):
    uncertain = given(912.34, "Cost after redesign", evidence=["Bid of October"])
    edition = published([SECRET], inputs=small()["inputs"] | {"cost_then": uncertain})
    seen = "".join(
        client.get(f"/appraisals/{edition.slug}/{part}").content.decode()
        for part in (
            "1/",
            "1/case.yaml",
            "1/result.json",
            "1/figures.csv",
            "1/tables/gains.csv",
            "1/tables/options.csv",
        )
    )
    assert "912.34" not in seen
    assert "Bid of October" not in seen
    assert "Bids are still open." in seen
    told = json.loads(client.get(f"/appraisals/{edition.slug}/1/result.json").content)
    assert "in-house" not in told["side"]
    assert client.get(f"/appraisals/{edition.slug}/1/figures/in-house.gain/").status_code == 404
    with as_body(EASTWOLD):
        assert Withheld.objects.count() == 0
        later = cases.edition(edition.slug, 1, SECRET.expires)
    assert later.withheld == ()
    with as_body():
        assert Withheld.objects.count() == 3
        assert (
            draft.get(cases.edition(edition.slug, 1, SECRET.expires).document, ("inputs", "cost_then", "value"))
            == 912.34
        )


def test_scales_are_sealed_before_anybody_scores_and_change_only_beside_what_was_sealed():
    scale = {"what": "Reach", "nought": "None", "hundred": "All"}
    weights = {"who": "The council", "on": "2026-10-01", "swings": {"reach": 100, "speed": 50}}
    row = begun(criteria={"scales": {"reach": scale, "speed": scale}, "weights": {"council": weights}, "scores": {}})
    score = {"figure": 50, "why": "Plan", "source": "Sheet", "author": "Panel", "on": "2026-11-22"}
    with pytest.raises(actions.NotSealedYet):
        changed(row, ("criteria", "scores", "now", "reach"), score)
    with as_body():
        actions.seal(case_id=row.pk, who="Scrutiny", why="Agreed", **SHORT)
    with pytest.raises(actions.Sealed):
        changed(row, ("criteria", "weights", "council", "swings"), {"reach": 100, "speed": 100})
    for option in ("now", "in-house"):
        for criterion in ("reach", "speed"):
            changed(row, ("criteria", "scores", option, criterion), score)
    with as_body():
        assert draft.missing(Case.objects.get().document) == []


def test_pages_are_for_authors_and_those_who_hold_them_to_account(client):
    row = begun()
    as_staff(client, ASHBY, "adviser")
    assert client.get("/staff/appraisals/").status_code == 403
    as_staff(client, ASHBY, "councillor")
    page = client.get(f"/staff/appraisals/at/{row.slug}/in/inputs/cost_now/").content.decode()
    assert "Keep it" not in page
    assert (
        client.post(
            f"/staff/appraisals/at/{row.slug}/in/inputs/cost_now/", {"value": "1", "seen": 1, "why": "x"}
        ).status_code
        == 403
    )


def test_a_body_that_draws_a_contractor_s_offer_down_chooses_its_closed_appraisal():
    (answer,) = closed_appraisals
    published()
    assert answer.give(ASHBY) == [], "it is not closed"
    with as_body():
        row = Case.objects.get()
        actions.reopen(case_id=row.pk, why="To close it", **SHORT)
    seen = [
        {"subject": one, "options": ["in-house"], "what": "No effect found", "adverse": False, "source": "Survey"}
        for one in fact("impacts")["subjects"]
    ]
    changed(row, ("impacts",), seen)
    with as_body():
        actions.close(case_id=row.pk, why="Nothing keeps it open", **SHORT)
        actions.freeze(case_id=row.pk, why="Ready", **SHORT)
        actions.publish(case_id=row.pk, why="For everybody", **SHORT)
    (found,) = answer.give(ASHBY)
    assert (found["key"], found["in_house"]) == ("ashby-billing/2", True)
    assert found["address"].endswith("/appraisals/ashby-billing/2/")
    assert answer.give(BORLEY) == []


def test_everybody_reads_known_deals_with_both_of_essex_s_budgets_and_what_is_not_told(client):
    assert "/appraisals/known-deals/" in client.get("/appraisals/").content.decode()
    page = client.get("/appraisals/known-deals/").content.decode()

    assert "£240 million" in page
    assert "£440 million" in page
    assert "one option must be `model: now`, and there are 2" in page
    assert page.count("things our sources do not tell") == 5
