"""A body joins: invited, set up by its own people, live when nothing is missing."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import world
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE

from moothall.bodies import actions as organising
from moothall.bodies import queries as bodies
from moothall.casework import queries as cases
from moothall.core.clock import local, now
from moothall.core.models import Account, Outgoing
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions, queries
from moothall.onboarding.models import Joining, Trial
from moothall.onboarding.tests.conftest import FIRST, PAPERS, TYPED, as_force, invited, told
from moothall.sharing import queries as sharing

pytestmark = pytest.mark.django_db
PEOPLE = """name,email,roles,team,starts
Owen Reed,owen.reed@woldshire-police.example,officer; information-governance,governance,
Mair Lowe,mair.lowe@woldshire-police.example,finance,,01/05/2026
"""


def lines(body_id):
    with as_force(body_id):
        return {line.code: line for line in queries.progress(queries.joining(body_id), local(now()).date())}


def open_lines(body_id):
    return [code for code, line in lines(body_id).items() if not line.done]


def set_up(body_id):
    """Do everything that is needed."""
    with as_force(body_id):
        organising.restyle(colour="#123a5c", accent="#f2c14e", **told(body_id))
        areas = [one.id for one in bodies.building_areas() if one.name in ("Eastwold", "Fenmouth")]
        actions.set_area(areas=areas, **told(body_id))
        actions.take_pack(code="police", papers=PAPERS, **told(body_id))
        from moothall.onboarding.rules.staff import read_staff

        teams = {team.code for team in bodies.teams(body_id)}
        found = read_staff(PEOPLE, roles=set(bodies.ROLE_NAMES), teams=teams, today=local(now()).date())
        assert found.problems == []
        actions.bring_staff(people=[one for _, one in found.good], **told(body_id))
        actions.open_books(**told(body_id))
        actions.try_services(**told(body_id))


def test_an_invited_body_is_known_and_its_people_are_sent_to_its_own_pages(force):
    assert not bodies.body(force).partner
    assert bodies.body(force).signpost_url == "https://www.woldshire-police.example/"
    with as_force(force):
        [first] = bodies.staff(force, local(now()).date())
        assert (first.name, first.roles) == ("Rhian Marlow", ["manager", "operator"])
        assert Outgoing.objects.filter(body_id=force, template="staff-welcome").count() == 1


def test_whoever_invited_sees_that_it_joins_and_nothing_else(force):
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="test")):
        assert [row.body_id for row in queries.joinings()] == [force]
        assert not bodies.staff(force, local(now()).date()).exists()
        assert not Joining.objects.filter(pk=force).exclude(host_id=MARCHSHIRE).exists()
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        assert queries.joinings() == []


def test_a_body_with_staff_here_is_not_invited_by_another_as_that_would_open_its_doors(db):
    with pytest.raises(actions.HasStaff), scoped(Scope(bodies=(MARCHSHIRE,), purpose="test")):
        actions.invite(host_id=MARCHSHIRE, known_id=EASTWOLD, **FIRST, at=now(), by=world.BY)


def test_a_partner_does_not_join_again(db):
    with pytest.raises(actions.AlreadyHere), scoped(Scope(bodies=(MARCHSHIRE,), purpose="test")):
        actions.invite(host_id=MARCHSHIRE, known_id=ASHBY, **FIRST, at=now(), by=world.BY)


def test_a_kind_without_a_pack_is_told_so(db):
    with pytest.raises(actions.NoPack):
        invited(kind="road-operator")


def test_each_line_is_seen_from_what_is_there(force):
    assert open_lines(force) == ["look", "area", "services", "teams", "staff", "books", "trials"]
    with as_force(force):
        actions.take_pack(code="police", papers=PAPERS, **told(force))
    assert open_lines(force) == ["look", "area", "staff", "books", "trials"]
    assert lines(force)["services"].said == "Ask for information we hold"
    set_up_rest = lines(force)["staff"]
    assert set_up_rest.to_do == "Nobody is yet: officer, finance officer, information governance officer."


def test_everything_set_up_it_goes_live_and_is_a_partner(force):
    set_up(force)
    assert open_lines(force) == []
    with as_force(force):
        actions.go_live(**told(force))
        assert bodies.body(force).partner
        with pytest.raises(queries.NotJoining):
            actions.go_live(**told(force))
        late = {"kind": "customers", "system": "CRM", "title": "late.csv", "content": "number,name\nC-1,Ann Example\n"}
        assert actions.bring_file(**late, **told(force)).good == 1


def test_what_was_left_behind_can_still_be_brought_after_the_body_is_live(rhian, force):
    set_up(force)
    assert rhian.post("/staff/joining/ours/live/").status_code == 302
    page = rhian.get("/staff/joining/").content.decode()
    assert "Bring in cases and customers of another system" in page
    assert rhian.get("/staff/joining/ours/data/").status_code == 200
    assert rhian.get("/staff/joining/ours/").status_code == 404


def test_it_does_not_go_live_while_something_is_missing_and_says_what(force):
    with as_force(force), pytest.raises(actions.NotReady) as refused:
        actions.go_live(**told(force))
    assert refused.value.details["missing"] == ["look", "area", "services", "teams", "staff", "books", "trials"]
    assert "the area it answers for: send the outline" in refused.value.message.lower()
    assert not bodies.body(force).partner


def test_the_pack_taken_twice_adopts_once(force):
    with as_force(force):
        assert actions.take_pack(code="police", papers=PAPERS, **told(force)) == 1
        assert actions.take_pack(code="police", papers=PAPERS, **told(force)) == 0
        assert len(sharing.adoptions(local(now()).date(), body_id=force)) == 1


def test_the_pack_of_another_kind_is_refused(force):
    with as_force(force), pytest.raises(actions.UnknownPack):
        actions.take_pack(code="county", papers=PAPERS, **told(force))


def test_nobody_sets_another_body_up(force):
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="test")):
        colours = {"colour": "#123a5c", "accent": "#f2c14e"}
        for action, given in (
            (actions.take_pack, {"code": "police", "papers": PAPERS}),
            (actions.open_books, {}),
            (actions.set_area, {"areas": [1]}),
            (organising.restyle, colours),
            (organising.admit, {}),
        ):
            with pytest.raises(NotYours):
                action(**given, **told(force))


def test_people_brought_twice_hold_one_appointment_each(force):
    set_up(force)
    with as_force(force):
        from moothall.onboarding.rules.staff import Colleague

        owen = Colleague("Owen Reed", "owen.reed@woldshire-police.example", ("officer",), "", local(now()).date())
        assert actions.bring_staff(people=[owen], **told(force)) == 0
        assert bodies.staff(force, local(now()).date()).count() == 3


def test_a_list_with_a_resident_s_address_brings_nobody_in_and_says_whose_it_was(rhian, force):
    Account.objects.create_user("resident@people.example", name="Some Body")
    table = PEOPLE.replace("governance,\n", ",\n") + "Some Body,resident@people.example,officer,,\n"
    page = rhian.post("/staff/joining/ours/staff/", {"table": table, "do": "bring"}).content.decode()
    assert "resident@people.example: Somebody signs in as a resident with that address." in page
    with as_force(force):
        assert bodies.staff(force, local(now()).date()).count() == 1


def test_trying_out_leaves_no_case_no_letter_and_no_job_behind(force):
    with as_force(force):
        actions.take_pack(code="police", papers=PAPERS, **told(force))
        before = Outgoing.objects.count()
        assert actions.try_services(**told(force)) == {"information-request": True}
        assert Outgoing.objects.count() == before
        year = dt.timedelta(days=365)
        assert cases.volume("information-request", force, now().date() - year, now().date() + year) == 0
        [trial] = Trial.objects.filter(body_id=force)
        assert [one["example"] for one in trial.found][-1] == "What is wanted must be said"
        assert trial.found[0]["steps"] == [["We look for it and answer you", "Governance"]]


def test_a_trial_says_which_team_is_missing(force):
    with as_force(force):
        from moothall.catalogue import queries as catalogue
        from moothall.sharing.actions import adoptions

        adoptions.adopt(
            service_id="information-request", version_id=catalogue.current("information-request").id, **told(force)
        )
        assert actions.try_services(**told(force)) == {"information-request": False}
        assert "There is no team “governance” to do it." in Trial.objects.get(body_id=force).found[0]["problems"]


def test_every_service_of_every_pack_is_shipped_and_its_teams_are_in_the_pack(db):
    from moothall.catalogue import queries as catalogue
    from moothall.onboarding.rules.packs import PACKS

    for pack in PACKS.values():
        for service_id in pack.services:
            definition = catalogue.current(service_id).definition
            assert pack.kind in definition.done_by.bodies, (pack.code, service_id)
            own = [s for s in definition.steps.values() if s.work is None or bodies.does(s.work, pack.kind)]
            named = {step.using["team"] for step in own if step.using.get("team")}
            assert named <= set(pack.teams), (pack.code, service_id)
        assert set(pack.posts) <= set(bodies.ROLE_NAMES)


SQUARE = {"type": "Polygon", "coordinates": [[[-3, 52], [-3, 52.1], [-2.9, 52.1], [-2.9, 52], [-3, 52]]]}


def test_an_outline_becomes_the_area(force):
    with as_force(force):
        actions.set_area(geojson=json.dumps({"type": "Feature", "properties": {}, "geometry": SQUARE}), **told(force))
        assert bodies.square_kilometres(force) == pytest.approx(75.4, abs=0.5)
        with pytest.raises(actions.HasArea):
            actions.set_area(geojson=json.dumps(SQUARE), **told(force))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no GeoJSON"),
        ('{"type": "Point", "coordinates": [1, 2]}', "A Point is no area"),
        ('{"type": "Polygon", "coordinates": [[[400, 280], [400, 281], [401, 280], [400, 280]]]}',
         "not in longitude and latitude"),
        ('{"type": "Polygon", "coordinates": [[[0, 52], [1, 53], [1, 52], [0, 53], [0, 52]]]}', "crosses itself"),
    ],
)  # fmt: skip
def test_an_outline_that_is_none_says_what_to_do(force, text, says):
    with as_force(force), pytest.raises(actions.AreaWrong, match=says):
        actions.set_area(geojson=text, **told(force))


def test_a_council_does_not_take_land_of_another_of_its_tier(db):
    body_id = invited(kind="district")
    ashby = next(one.id for one in bodies.building_areas() if one.name == "Ashby")
    with as_force(body_id), pytest.raises(actions.AreaOverlaps, match="Ashby District Council"):
        actions.set_area(areas=[ashby], **told(body_id))


def test_the_pages_lead_from_an_invitation_to_the_list(client, rhian, force):
    operator = world.as_staff(client, MARCHSHIRE, "operator")
    assert "Woldshire Police" in operator.get("/staff/joining/").content.decode()
    assert operator.get("/staff/joining/ours/").status_code == 404
    page = rhian.get("/staff/joining/ours/").content.decode()
    assert "7 of 9 things are still to do" in page


def test_the_list_is_worked_out_in_few_statements(force, django_assert_max_num_queries):
    set_up(force)
    with as_force(force):
        joining = queries.joining(force)
        with django_assert_max_num_queries(12):
            queries.progress(joining, local(now()).date())


def test_an_invitation_that_goes_wrong_leaves_nothing_behind(client):
    operator = world.as_staff(client, MARCHSHIRE, "operator")
    resident = Account.objects.create_user("somebody@people.example", name="Some Body")
    given = {"name": "Other Police", "kind": "police", "code": "OTH", "slug": "other-police",
             "signpost_phone": "01632 960990", "first_name": "Some Body", "first_email": resident.email}  # fmt: skip
    answer = operator.post("/staff/joining/invite/", given)
    assert answer.status_code == 200
    assert "signs in as a resident" in answer.content.decode()
    assert not any(one.code == "OTH" for one in bodies.bodies())
    answer = operator.post("/staff/joining/invite/", given | {"first_email": "some@other-police.example"})
    assert answer.status_code == 302
    assert any(one.code == "OTH" for one in bodies.bodies())


def test_the_page_of_colours_shows_before_it_keeps(rhian, force):
    url = "/staff/joining/ours/look/"
    page = rhian.post(url, {"colour": "#ffff00", "accent": "#000000", "do": "show"}).content.decode()
    assert "It cannot be read well enough" in page
    answer = rhian.post(url, {"colour": "#ffff00", "accent": "#000000", "do": "keep"})
    assert answer.status_code == 200
    assert "hard to read" in answer.content.decode()
    assert rhian.get(f"{url}preview/", {"colour": "#123a5c", "accent": "#f2c14e"}).content.decode().count("<rect") == 4
    assert rhian.get(f"{url}preview/", {"colour": "red", "accent": "#f2c14e"}).status_code == 200
    assert rhian.post(url, {"colour": "#123A5C", "accent": "#f2c14e", "do": "keep"}).status_code == 302
    assert bodies.body(force).colour == "#123a5c"


def test_a_list_of_people_is_checked_before_anybody_is_brought_in(rhian, force):
    url = "/staff/joining/ours/staff/"
    wrong = rhian.post(url, {"table": PEOPLE.replace("officer;", "boss;"), "do": "bring"})
    assert wrong.status_code == 200
    assert "Line 2: There is no role “boss”" in wrong.content.decode()
    rhian.post("/staff/joining/ours/services/", TYPED)
    checked = rhian.post(url, {"file": SimpleUploadedFile("p.csv", PEOPLE.encode(), "text/csv"), "do": "check"})
    assert "All 2 lines will do. Nobody is brought in yet." in checked.content.decode()
    assert rhian.post(url, {"table": PEOPLE, "do": "bring"}).status_code == 302
    with as_force(force):
        assert bodies.staff(force, local(now()).date()).count() == 3


def test_the_other_pages_do_what_they_say(rhian, force):
    ours = "/staff/joining/ours/"
    said = {"name": "Woldshire Police", "name_cy": "Heddlu Woldshire", "wordmark": "Woldshire Police",
            "signpost_url": "https://www.woldshire-police.example/", "signpost_phone": ""}  # fmt: skip
    assert rhian.post(f"{ours}identity/", said).status_code == 302
    assert bodies.body(force).name_cy == "Heddlu Woldshire"
    assert rhian.post(f"{ours}identity/", said | {"signpost_url": ""}).status_code == 200
    assert rhian.post(f"{ours}identity/", said | {"name": "Ashby District Council"}).status_code == 200
    outline = SimpleUploadedFile("a.geojson", json.dumps(SQUARE).encode(), "application/geo+json")
    assert rhian.post(f"{ours}area/", {"outline": outline}).status_code == 302
    assert rhian.post(f"{ours}area/", {"other": "1"}).status_code == 200
    assert "Choose yes or no." in rhian.post(f"{ours}services/", {"moves": ""}).content.decode()
    late = TYPED | {"decided_on-year": "2099"}
    assert "This day has not come yet." in rhian.post(f"{ours}services/", late).content.decode()
    assert rhian.post(f"{ours}services/", TYPED).status_code == 302
    assert rhian.post(f"{ours}teams/", {"name": "Custody"}).status_code == 302
    assert rhian.post(f"{ours}books/").status_code == 302
    assert rhian.post(f"{ours}trials/").status_code == 302
    assert rhian.post(f"{ours}live/").status_code == 409
    for page in ("", "identity/", "look/", "area/", "services/", "teams/", "staff/", "books/", "trials/"):
        assert rhian.get(f"{ours}{page}").status_code == 200, page


def test_a_body_that_is_known_here_with_staff_begins_of_its_own(client):
    eastwold = world.as_staff(client, EASTWOLD, "manager")
    assert "Begin to join" in eastwold.get("/staff/joining/").content.decode()
    assert eastwold.post("/staff/joining/begin/").headers["Location"] == "/staff/joining/ours/"
    assert eastwold.get("/staff/joining/ours/").status_code == 200
    assert eastwold.post("/staff/joining/begin/").status_code == 409
