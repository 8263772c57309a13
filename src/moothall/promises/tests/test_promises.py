"""The fit test and health of a partnership: from the platform's own evidence, published, and warned of once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from tests.terms import AT, BY, SECRET, as_body, cases, councillor, propose, running, terms
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD, as_staff

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core.clock import now
from moothall.core.models import Outgoing
from moothall.promises import actions, queries
from moothall.promises.models import FitRun, Measurement
from moothall.promises.rules import health as healthy
from moothall.promises.rules import outside
from moothall.promises.rules.thresholds import thresholds
from moothall.sharing import actions as sharing_acts
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

pytestmark = pytest.mark.django_db
TODAY = AT.date()
SLUG = "ashby-and-borley-waste"
NAMES = {ASHBY: "Ashby", BORLEY: "Borley"}


def found(on=TODAY):
    return sharing.partnership(SLUG, on)


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


def measure(figure, day=TODAY, aim="Fewer missed bins", source="Monthly report"):
    with as_body(ASHBY):
        return actions.measure(
            body_id=ASHBY, partnership_id=found().id, aim=aim, figure=Decimal(figure), day=day, source=source, at=AT,
            by=BY,
        )  # fmt: skip


def timed(minutes, body_id=ASHBY, service_id="garden-waste", day=TODAY, source="Two weeks in June"):
    with as_body(body_id):
        return actions.time_requests(
            body_id=body_id, service_id=service_id, minutes=minutes, day=day, source=source, at=AT, by=BY
        )


def test_staff_time_is_the_providers_measure_times_its_requests():
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 12, ASHBY, days_ago=10)
    assert queries.health(found(), TODAY).minutes[ASHBY][BORLEY] is None, "nobody has measured it"
    timed(90, day=TODAY - dt.timedelta(days=9))
    timed(25)
    timed(600, body_id=BORLEY)
    how = queries.health(found(), TODAY)
    assert how.minutes == {ASHBY: {ASHBY: 0, BORLEY: 12 * 25}, BORLEY: {ASHBY: 0, BORLEY: 0}}


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"minutes": 0}, actions.TimeWrong),
        ({"day": TODAY + dt.timedelta(days=1)}, actions.MeasuredInTheFuture),
        ({"source": " "}, actions.SourceMissing),
    ],
)
def test_time_names_minutes_a_day_and_how_it_was_measured(change, refusal):
    with pytest.raises(refusal):
        timed(**{"minutes": 5} | change)


def test_a_member_records_its_time_on_a_page_and_everybody_reads_the_hours(client):
    running(at=AT - dt.timedelta(days=60))
    cases(BORLEY, 12, ASHBY, days_ago=10)
    address = f"/staff/partnerships/at/{SLUG}/time/"
    today = now().date()
    form = {
        "service": "garden-waste", "minutes": "25", "timed_on-day": today.day, "timed_on-month": today.month,
        "timed_on-year": today.year, "timed_source": "Two weeks in June",
    }  # fmt: skip
    as_staff(client, ASHBY, "partnership-office")
    wrong = client.post(address, form | {"minutes": "0"})
    assert (wrong.status_code, "Give 1 or more." in wrong.content.decode()) == (422, True)
    assert client.post(address, form).status_code == 302
    assert "5 hours" in client.get(f"/partnerships/{SLUG}/health/").content.decode()


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


GIVES = [
    {"body_id": ASHBY, "what": "Two lorries"},
    {"body_id": BORLEY, "what": "Fuel", "pence_a_year": 1_200_000},
]


def put_in(figure, body_id=BORLEY, what="Fuel", day=TODAY, source="Ledger code 4410"):
    with as_body(body_id):
        return actions.put_in(
            body_id=body_id, partnership_id=found().id, what=what, figure=Decimal(figure), day=day, source=source,
            at=AT, by=BY,
        )  # fmt: skip


def test_what_members_put_in_stands_beside_what_they_promised_and_warns_when_it_falls_short():
    running(at=AT - dt.timedelta(days=60), contributions=GIVES)
    assert [row.percent for row in queries.health(found(), TODAY).put_in] == [None, None]
    assert queries.health(found(), TODAY).alarms == (), "nothing is late in the first year"
    put_in(100, ASHBY, "Two lorries")
    put_in(10_800)
    assert [row.percent for row in queries.health(found(), TODAY).put_in] == [100, 90]
    put_in(9_500)
    (alarm,) = queries.health(found(), TODAY).alarms
    assert healthy.alarm_words(alarm, NAMES, date_words) == (
        "Borley promised to put in “Fuel”: £9,500.00 of £12,000.00 in the year to 20 November 2026."
    )
    assert "Addawodd Borley" in healthy.alarm_words(alarm, NAMES, date_words, "cy")


def test_a_contribution_that_nobody_recorded_in_a_whole_year_warns():
    running(at=AT - dt.timedelta(days=366), contributions=GIVES[1:])
    assert [one.kind for one in queries.health(found(), TODAY).alarms] == ["put-in"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"body_id": ASHBY}, actions.NotYourContribution),
        ({"what": "World peace"}, actions.NotYourContribution),
        ({"day": TODAY + dt.timedelta(days=1)}, actions.MeasuredInTheFuture),
        ({"source": " "}, actions.SourceMissing),
    ],
)
def test_only_a_member_s_own_contribution_is_recorded_with_its_day_and_source(change, refusal):
    running(contributions=GIVES)
    with pytest.raises(refusal):
        put_in(1, **change)


def test_a_member_records_what_it_put_in_on_a_page_and_everybody_reads_it(client):
    running(at=now() - dt.timedelta(days=60), contributions=GIVES)
    today = now().date()
    address = f"/staff/partnerships/at/{SLUG}/contribution/"
    form = {
        "put_in": "Fuel", "put_in_figure": "9500", "put_in_source": "Ledger code 4410", "put_in_day-day": today.day,
        "put_in_day-month": today.month, "put_in_day-year": today.year,
    }  # fmt: skip
    as_staff(client, BORLEY, "partnership-office")
    assert "Record what we put in" in client.get(f"/staff/partnerships/at/{SLUG}/measure/").content.decode()
    wrong = client.post(address, form | {"put_in_figure": "much"})
    assert (wrong.status_code, "Give a number, such as 9500" in wrong.content.decode()) == (422, True)
    assert client.post(address, form).status_code == 302
    assert "£9,500.00 of £12,000.00" in client.get(f"/partnerships/{SLUG}/health/").content.decode()


def test_withheld_contributions_are_told_as_withheld(client):
    running(at=now() - dt.timedelta(days=60), contributions=GIVES, withheld=[SECRET | {"part": "contributions"}])
    page = client.get(f"/partnerships/{SLUG}/health/").content.decode()
    assert "do not show yet who puts in what" in page
    assert "Fuel" not in page
    with pytest.raises(actions.StillWithheld):
        put_in(9_500)


EARN = {"words": "Earn from others", "words_cy": "Ennill gan eraill", "when": "far", "measure": "paid by others",
        "unit": "£", "target": "1000", "due": "2028-04-01", "counts": "outside-pounds"}  # fmt: skip


def earning(at, **changes):
    """Let the partnership run with an aim that is counted here, and Ashby do garden waste for Coveham, no member."""
    running(at=at, aims=[*terms()["aims"], EARN | changes])
    with as_body(ASHBY, COVEHAM):
        sharing_acts.agree_terms(
            payer_id=COVEHAM, provider_id=ASHBY, service_id="garden-waste", rule={"method": "per-case", "pence": 2150},
            vat="non-business", basis="Minute 4", payer_post="Officer", provider_post="Officer",
            starts=at.date(), at=at, by=BY,
        )  # fmt: skip
    cases(COVEHAM, 10, ASHBY, days_ago=10)
    cases(COVEHAM, 4, BORLEY, "bulky-waste", days_ago=10)  # fewer than five are not told
    cases(BORLEY, 8, ASHBY, days_ago=10)  # a member is not outside


def test_work_won_outside_is_counted_by_money_requests_and_staff_time_beside_what_an_aim_promised():
    earning(AT - dt.timedelta(days=60))
    timed(25)
    how = queries.health(found(), TODAY)
    assert [(row.provider, row.receiver, row.cases, row.pence, row.minutes) for row in how.outside] == [
        (ASHBY, COVEHAM, 10, 21500, 250)
    ]
    aim = how.aims[-1]
    assert (aim.figure, aim.reached, aim.day) == (215, False, TODAY)
    said = outside.sentence(how.outside, how.aims, ("then", "now"), date_words)
    assert said == (
        "Between then and now members did 10 requests for one body that is no member: £215.00 by their published "
        "prices, 4 hours of staff time. Their aims promise £1,000.00 a year by 1 April 2028."
    )
    assert [one.kind for one in how.alarms] == ["reciprocity"], "work has to be found before it can be done"


def test_too_little_outside_work_warns_on_the_way_to_the_day_by_a_threshold_that_is_data():
    earning(AT - dt.timedelta(days=300), target="2000")
    (alarm,) = (one for one in queries.health(found(), TODAY).alarms if one.kind == "outside")
    assert healthy.alarm_words(alarm, NAMES, date_words) == (
        "Work won outside comes to £215.00 in a year: £751.88 would be due by now towards “Earn from others”."
    )
    assert "Ennill gan eraill" in healthy.alarm_words(alarm, NAMES, date_words, "cy")


def test_what_is_counted_here_is_measured_by_nobody_and_unknown_where_a_price_is():
    earning(AT - dt.timedelta(days=60), counts="outside-hours")
    with pytest.raises(actions.CountedHere):
        measure(9, aim="Earn from others")
    aim = queries.health(found(), TODAY).aims[-1]
    assert (aim.figure, aim.reached) == (None, False)


def test_everybody_reads_what_was_won_outside(client):
    earning(now() - dt.timedelta(days=60))
    page = client.get(f"/partnerships/{SLUG}/health/").content.decode()
    assert "10 requests for one body that is no member" in page
    assert "£215.00" in page
    assert "£215.00 in the year to" in page
    assert "£1,000.00 wanted (counted here)" in page
    welsh = client.get(f"/partnerships/{SLUG}/health/", headers={"Accept-Language": "cy"}).content.decode()
    assert "Gwaith a enillwyd y tu allan" in welsh
    as_staff(client, ASHBY, "partnership-office")
    assert "Earn from others" not in client.get(f"/staff/partnerships/at/{SLUG}/measure/").content.decode()


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
    assert client.post(address, given | {"aim": "World peace"}).status_code == 200
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
