"""The fit test and health of a partnership: from the platform's own evidence, published, and warned of once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from tests.measures import NAMES, SLUG, TODAY, found, measure
from tests.terms import AT, BY, as_body, cases, councillor, propose, running, terms
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD, as_staff

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core.clock import now
from moothall.core.models import Outgoing
from moothall.promises import actions, queries
from moothall.promises.models import FitRun, Measurement
from moothall.promises.rules import health as healthy
from moothall.promises.rules.thresholds import thresholds
from moothall.ui.rules import date_words

pytestmark = pytest.mark.django_db


def run(body_id=ASHBY, at=AT):
    with as_body(body_id):
        return actions.run_fit(body_id=body_id, partnership_id=found().id, at=at, by=BY)


def levels(fit_run):
    return {one.key: one.level for one in queries.findings(fit_run)}


def test_the_test_is_answered_by_what_the_platform_knows():
    running()
    cases(ASHBY, 20, ASHBY)
    cases(BORLEY, 12, ASHBY)
    said = {one.key: one for one in queries.findings(run())}
    sound = ("aims", "services", "notice", "leaving", "powers", "interests", "size")
    assert {said[key].level for key in sound} == {"sound"}
    flow = said["reciprocity"]
    assert (flow.level, flow.values["given"], flow.values["percent"], flow.values["state"]) == (
        "warning", 12, 100, "requests",
    )  # fmt: skip
    assert said["demand"].values["service"] == "Garden waste"
    assert said["treatment"].values["facts"] == 3


def test_work_in_both_directions_is_sound():
    there = terms()["services"][0] | {"councillor": councillor()}
    back = there | {"title": "Large items", "service_id": "bulky-waste", "provider": BORLEY, "receivers": [ASHBY]}
    running(services=[there, back])
    assert levels(run())["reciprocity"] == "sound"


def test_a_run_is_stored_with_its_day_and_never_changed():
    running()
    first = run()
    again = run(BORLEY, AT + dt.timedelta(days=1))
    assert [one.pk for one in queries.runs(found().id)] == [again.pk, first.pk]
    with as_body(ASHBY), pytest.raises(Exception, match="permission denied"):
        FitRun.objects.update(day=TODAY)


def test_an_outsider_runs_nothing_and_measures_nothing():
    running()
    with pytest.raises(actions.NotAMember):
        run(EASTWOLD)
    with as_body(COVEHAM), pytest.raises(actions.NotAMember):
        actions.measure(body_id=COVEHAM, partnership_id=found().id, aim="Fewer missed bins", figure=Decimal(3),
                        day=TODAY, source="x", at=AT, by=BY)  # fmt: skip


def test_an_aim_is_reached_when_its_measure_says_so():
    running()
    assert [one.figure for one in queries.health(found(), TODAY).aims] == [None, None]
    measure(41, TODAY - dt.timedelta(days=30))
    assert not queries.health(found(), TODAY).aims[0].reached
    measure(40)
    one = queries.health(found(), TODAY).aims[0]
    assert (one.reached, one.figure, one.source) == (True, 40, "Monthly report")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"aim": "World peace"}, actions.NoSuchAim),
        ({"day": TODAY + dt.timedelta(days=1)}, actions.MeasuredInTheFuture),
        ({"source": " "}, actions.SourceMissing),
    ],
)
def test_a_measurement_names_an_aim_a_day_and_its_source(change, refusal):
    running()
    with pytest.raises(refusal):
        measure(1, **change)
    assert not Measurement.objects.exists()


def test_the_matrix_counts_who_did_how_much_for_whom_and_says_so_honestly():
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 40, ASHBY, days_ago=10)
    cases(ASHBY, 6, BORLEY, days_ago=10)
    cases(ASHBY, 4, BORLEY, "bulky-waste", days_ago=10)  # fewer than five are not told
    how = queries.health(found(), TODAY)
    assert how.matrix == {ASHBY: {ASHBY: 0, BORLEY: 40}, BORLEY: {ASHBY: 6, BORLEY: 0}}
    assert (how.total, how.percent, how.giver) == (46, 73, ASHBY)
    said = healthy.sentence(how, NAMES, 60, date_words)
    assert said.endswith("73 % were not returned: Ashby works for the others and they hardly for it.")
    assert [one.kind for one in how.alarms] == ["reciprocity"]


@pytest.mark.parametrize(
    ("back", "ends"),
    [(38, "each does for the others about what they do for it."), (20, "Ashby gives more than it gets.")],
)
def test_the_sentence_follows_the_figures(back, ends):
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 40, ASHBY, days_ago=10)
    cases(ASHBY, back, BORLEY, days_ago=10)
    assert healthy.sentence(queries.health(found(), TODAY), NAMES, 60, date_words).endswith(ends)


def test_without_any_work_it_says_that():
    running()
    said = healthy.sentence(queries.health(found(), TODAY), NAMES, 60, date_words, "cy")
    assert said.startswith("Rhwng 20 Tachwedd 2026")


def test_what_is_overdue_warns():
    system = {"name": "Old rounds system", "body_id": BORLEY, "retire_by": "2026-12-31"}
    running(systems=[system])
    later = dt.date(2027, 12, 2)
    kinds = {one.kind for one in queries.health(found(later), later).alarms}
    assert kinds == {"aim", "system"}
    said = [healthy.alarm_words(one, NAMES, date_words) for one in queries.health(found(later), later).alarms]
    assert "Old rounds system of Borley was to be given up by 31 December 2026." in said
    assert "“Fewer missed bins” was due on 1 December 2027 and is not reached: nobody has measured it." in said


def test_an_aim_that_was_missed_says_by_how_much():
    running()
    measure("41.50")
    late = found(dt.date(2027, 12, 2))
    (alarm,) = queries.health(late, dt.date(2027, 12, 2)).alarms
    assert healthy.alarm_words(alarm, NAMES, date_words).endswith("not reached: 41.5 bins measured, 40 wanted.")


def test_few_promises_kept_warn():
    limits = thresholds(TODAY)
    how = healthy.health_of(
        members=[ASHBY, BORLEY], work=[], times={}, aims=[],
        kept=[healthy.Kept(ASHBY, 79, 100), healthy.Kept(BORLEY, 80, 100)],
        promised_ways=1, systems=[], outside=[], put_in=[], starts=TODAY, first=TODAY, on=TODAY, limits=limits,
    )  # fmt: skip
    assert [healthy.alarm_words(one, NAMES, date_words) for one in how.alarms] == [
        "Ashby kept 79 % of 100 promises in the shared services."
    ]


def test_a_warning_is_sent_once_to_those_who_answer():
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 40, ASHBY, days_ago=10)
    for told in (1, 0):
        with as_body(ASHBY):
            assert actions.watch(body_id=ASHBY, at=AT, by=BY) == told
    with as_body(ASHBY):
        sent = Outgoing.objects.select_related("words").filter(template="partnership-warning")
        office = bodies.staff(ASHBY, TODAY, "partnership-office").select_related("account")
        answers = bodies.staff(ASHBY, TODAY, "councillor").select_related("account").get(name=councillor())
        assert {row.words.recipient for row in sent} == {
            answers.account.email,
            *(post.account.email for post in office),
        }
        assert "has become the others' supplier" in sent[0].words.text
    with as_body(BORLEY):
        assert not Outgoing.objects.filter(template="partnership-warning").exists()


def test_the_yearly_test_runs_by_itself_when_it_is_due():
    running()
    for days, runs in ((0, 1), (364, 1), (365, 2)):
        at = AT + dt.timedelta(days=days)
        for body in (ASHBY, BORLEY):
            with as_body(body):
                actions.watch(body_id=body, at=at, by=BY)
        assert FitRun.objects.count() == runs


def test_everybody_reads_the_findings_in_two_languages(client):
    running(at=now() - dt.timedelta(days=60))
    assert "has not been run yet" in client.get(f"/partnerships/{SLUG}/fit/").content.decode()
    as_staff(client, BORLEY, "manager")
    assert client.post(f"/staff/partnerships/at/{SLUG}/fit/").status_code == 302
    client.logout()
    page = client.get(f"/partnerships/{SLUG}/fit/").content.decode()
    assert "Who does how much" not in page
    assert "A member leaves with 6 months&#x27; notice." in page
    assert "What would change it:" in page
    welsh = client.get(f"/partnerships/{SLUG}/fit/", headers={"Accept-Language": "cy"}).content.decode()
    assert "A ydynt yn gweddu" in welsh
    assert "Beth fyddai&#x27;n ei newid" in welsh or "Beth fyddai'n ei newid" in welsh
    own = client.get(f"/partnerships/{SLUG}/").content.decode()
    assert "Fit test:" in own
    assert "no member did anything for another" in own
    how = client.get(f"/partnerships/{SLUG}/health/").content.decode()
    assert "Nothing warns today." in how
    address = f"/partnerships/{SLUG}/health/"
    assert "outside-after" not in how
    assert "Work won outside warns of nothing in a partnership&#x27;s first 6 months." in how
    welsh = client.get(address, headers={"Accept-Language": "cy"}).content.decode()
    assert "Rhaid dod o hyd i waith cyn y gellir ei wneud." in welsh
    assert "Work has to be found" not in welsh
    assert "nobody has measured it yet" in how


def test_systems_are_listed_with_their_day_and_what_is_overdue_is_marked(client):
    at = now() - dt.timedelta(days=60)
    dates = [(at + dt.timedelta(days=n)).date().isoformat() for n in (30, 300)]
    running(
        at=at, systems=[{"name": f"System {n}", "body_id": BORLEY, "retire_by": day} for n, day in enumerate(dates)]
    )
    page = client.get(f"/partnerships/{SLUG}/health/").content.decode()
    assert "System 0" in page
    assert "System 1" in page
    assert page.count("Day has passed") == 1


def test_the_test_can_be_run_before_joining(client):
    propose(at=now())
    as_staff(client, BORLEY, "manager")
    page = client.get(f"/staff/partnerships/at/{SLUG}/").content.decode()
    assert f'href="/staff/partnerships/at/{SLUG}/measure/"' in page
    client.post(f"/staff/partnerships/at/{SLUG}/fit/")
    assert "Fit test:" in client.get(f"/partnerships/{SLUG}/").content.decode()


def test_a_member_s_staff_measure_an_aim_on_their_page(client):
    running(at=now())
    as_staff(client, ASHBY, "partnership-office")
    address = f"/staff/partnerships/at/{SLUG}/measure/"
    assert "It has not been run yet." in client.get(address).content.decode()
    today = now().date()
    given = {"aim": "Fewer missed bins", "figure": "38", "source": "Report, page 2",
             "day-day": today.day, "day-month": today.month, "day-year": today.year}  # fmt: skip
    assert client.post(address, given | {"aim": "World peace"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert "Reached" in client.get(f"/partnerships/{SLUG}/health/").content.decode()
    as_staff(client, EASTWOLD, "manager")
    assert client.get(address).status_code == 404
    assert client.post(f"/staff/partnerships/at/{SLUG}/fit/").status_code == 404


def test_known_cases_are_told_with_what_came_of_them(client):
    page = client.get("/fit-test/").content.decode()
    for word in ("Aylesbury Vale", "East Kent", "LGSS", "oneSource", "Southwest One", "Two valleys", "0 warnings."):
        assert word in page, word


def test_the_count_of_work_shows_no_case_to_anybody():
    running()
    cases(BORLEY, 5, ASHBY)
    cases(ASHBY, 4, ASHBY)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.bodies', '', true)")
        cursor.execute("select * from casework_work_done(%s::smallint[], %s, %s)",
                       [[ASHBY, BORLEY], AT - dt.timedelta(days=30), AT])  # fmt: skip
        assert cursor.fetchall() == [(BORLEY, ASHBY, "garden-waste", 5)]


def test_a_partnership_can_be_read_after_a_member_has_ended(client):
    row = running()
    run()
    with connection.cursor() as cursor:
        cursor.execute("update bodies_body set ends = %s where id = %s", [TODAY, BORLEY])
        cursor.execute("update bodies_edition set stamp = gen_random_uuid()")
    expect_change()
    for path in ("", "versions/1/", "fit/", "health/"):
        answer = client.get(f"/partnerships/{row.partnership.slug}/{path}")
        assert answer.status_code == 200, path
        assert "Borley" in answer.content.decode()
