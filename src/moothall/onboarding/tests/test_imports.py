"""What a body brings is read whole first, taken in batch by batch, once; and after a kill it goes on."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests import world
from tests.world import EASTWOLD

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import operations
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Fact, File, Outgoing
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions, queries
from moothall.onboarding.models import Import
from moothall.onboarding.rules.lines import Line
from moothall.onboarding.tests.conftest import PAPERS
from moothall.people import actions as collecting
from moothall.people import queries as people

OFFICE = Actor("staff", "7", EASTWOLD)
SCOPE = Scope(bodies=(EASTWOLD,), purpose="test", actor=OFFICE)


def told():
    return {"at": now(), "by": OFFICE}


@pytest.fixture
def eastwold(real_db):
    """Let Eastwold, a district next door, join with its starter pack."""
    with scoped(SCOPE):
        actions.begin(body_id=EASTWOLD, **told())
        actions.take_pack(body_id=EASTWOLD, code="district", papers=PAPERS, **told())
    run_pending(at=now())


def brought(kind, content, system="Old CRM"):
    about = {"kind": kind, "system": system, "title": f"{kind}.csv"}
    with scoped(SCOPE):
        return actions.bring_file(body_id=EASTWOLD, content=content, **about, **told())


def taken(row, leave_out=False):
    with scoped(SCOPE):
        actions.begin_taking(import_id=row.pk, leave_out=leave_out, **told())
    run_pending(at=now())
    with scoped(SCOPE):
        return queries.one_import(row.pk)


def spot():
    lat, lon = bodies.spot_in(EASTWOLD)
    return lat, lon


HEADS = "number,service,opened,name,email," + ",".join(
    f"answer_{name}" for name in ("about", "had_answer", "happened", "put_right", "for_other")
)


def complaints(count, wrong=()):
    """Return a file of open complaints; those numbered in `wrong` are about what nobody can complain about."""
    lines, day = [HEADS], now().date() - dt.timedelta(days=3)
    for n in range(count):
        said = f"{'weather' if n in wrong else 'delay'},no,It was late.,Be on time.,no"
        lines.append(f"C-{n},complaint,{day},Ann Example,ann{n}@example.org,{said}")
    return "\n".join(lines) + "\n"


def opened():
    year = dt.timedelta(days=365)
    with scoped(SCOPE):
        return cases.volume("complaint", EASTWOLD, now().date() - year, now().date() + year)


def test_open_cases_are_read_first_and_nothing_is_taken_in(eastwold):
    row = brought("cases", complaints(3, wrong={1}))
    assert (row.state, row.lines, row.good) == ("checked", 3, 2)
    assert row.counts == {"Make a complaint": 2, "wrong": 1}
    [(line, said)] = row.problems
    assert (line, said.startswith("about: ")) == (3, True)
    assert opened() == 0


def test_wrong_lines_are_left_out_only_when_that_is_said(eastwold):
    row = brought("cases", complaints(3, wrong={1}))
    with scoped(SCOPE), pytest.raises(actions.HasProblems):
        actions.begin_taking(import_id=row.pk, **told())
    assert taken(row, leave_out=True).taken == 2
    assert opened() == 2


def test_what_is_taken_in_is_the_body_s_work_and_writes_to_nobody(eastwold):
    row = taken(brought("cases", complaints(2)))
    assert (row.state, row.taken, row.file_id) == ("loaded", 2, None)
    with scoped(SCOPE):
        [case] = cases.by_former_number("C-1")
        assert case.reference.startswith("EAS-")
        assert len(cases.queue(bodies=(EASTWOLD,), at=now()).rows) == 2
        assert not Outgoing.objects.filter(body_id=EASTWOLD).exists()
        assert not File.objects.filter(body_id=EASTWOLD, erased_at=None).exists()


def test_the_same_cases_in_another_file_are_not_taken_twice(eastwold):
    taken(brought("cases", complaints(2)))
    again = brought("cases", complaints(3))
    assert (again.good, again.counts["here already"]) == (1, 2)
    assert taken(again).taken == 1
    assert opened() == 3


def test_the_same_file_sent_twice_is_one_until_it_is_put_away(eastwold):
    row = brought("cases", complaints(1))
    assert brought("cases", complaints(1)).pk == row.pk
    with scoped(SCOPE):
        actions.put_away(import_id=row.pk, **told())
        assert queries.imports(EASTWOLD) == []
    assert brought("cases", complaints(1)).pk != row.pk


def test_a_long_file_is_read_by_an_operation(eastwold, monkeypatch):
    monkeypatch.setattr("moothall.onboarding.actions.importing.AT_ONCE", 2)
    row = brought("cases", complaints(4))
    assert row.state == "reading"
    run_pending(at=now())
    with scoped(SCOPE):
        row = queries.one_import(row.pk)
        assert (row.state, row.good) == ("checked", 4)
        assert operations.get(row.operation_id).result == {"lines": 4, "good": 4, "wrong": 0}
    assert taken(row).taken == 4


@pytest.mark.parametrize("after", [0, 1, 2])
def test_killed_half_way_it_goes_on_where_it_stopped_and_takes_each_line_once(eastwold, monkeypatch, after):
    monkeypatch.setattr(actions, "SOME", 2)
    row, batches = brought("cases", complaints(5)), []
    real = actions.take_many

    def killed(**given):
        if len(batches) == after:
            raise KeyboardInterrupt
        batches.append(given)
        return real(**given)

    with scoped(SCOPE):
        actions.begin_taking(import_id=row.pk, **told())
        operation_id = queries.one_import(row.pk).operation_id
    monkeypatch.setattr(actions, "take_many", killed)
    with pytest.raises(KeyboardInterrupt):
        operations.run(operation_id)
    assert opened() == 2 * after
    monkeypatch.setattr(actions, "take_many", real)
    assert operations.run(operation_id)
    assert opened() == 5
    with scoped(SCOPE):
        row = queries.one_import(row.pk)
    assert (row.state, row.taken) == ("loaded", 5)


def test_json_lines_carry_answers_steps_and_places_whole(eastwold):
    lat, lon = spot()
    case = {"number": "F-1", "service": "fly-tipping", "opened": "2026-11-16T10:00:00+00:00", "promised": "2026-12-24",
            "place": {"lat": lat, "lon": lon}, "contact": {"email": "ann@example.org"},
            "answers": {"what": ["bags"], "amount": "boot", "land": "public", "saw": False}}  # fmt: skip
    from moothall.catalogue import queries as catalogue

    for question in catalogue.current("fly-tipping").definition.questions:
        if question.type == "yes-no":
            case["answers"].setdefault(question.id, False)
    row = brought("cases", json.dumps(case) + "\n")
    assert (row.problems, row.good) == ([], 1)
    assert taken(row).taken == 1
    with scoped(SCOPE):
        [found] = cases.by_former_number("F-1")
        assert found.promise_due.date() == dt.date(2026, 12, 24)
        assert found.easting


def ended(number="C-9", outcome="upheld"):
    """Return a file with a complaint that ended in the old system."""
    heads, line = complaints(1).splitlines()
    opened, closed = now().date() - dt.timedelta(days=90), now().date() - dt.timedelta(days=60)
    line = line.replace("C-0", number).replace(str(now().date() - dt.timedelta(days=3)), str(opened))
    return f"{heads},closed,outcome\n{line},{closed},{outcome}\n"


def test_a_case_that_ended_there_comes_as_history_with_its_papers(eastwold):
    wrong = brought("cases", ended(outcome="fine"))
    assert "The column outcome says how it ended: " in wrong.problems[0][1]
    row = brought("cases", ended() + complaints(1).splitlines()[1] + ",,\n")
    assert row.counts == {"Make a complaint, ended": 1, "Make a complaint": 1, "wrong": 0}
    assert taken(row).taken == 2
    with scoped(SCOPE):
        [case] = cases.by_former_number("C-9")
        assert (case.state, case.outcome, case.promise_kept) == ("closed", "upheld", False)
        assert {one.case_id for one in cases.queue(bodies=(EASTWOLD,), at=now()).rows}.isdisjoint({case.pk})
        assert not Fact.objects.filter(payload__case_id=str(case.pk)).exists(), "no figure counts it"
        assert [line.kind for line in cases.timeline(case.pk)] == ["opened", "closed", "taken-over"]

    zipped = packed({
        "papers/C-9/Letter of 3 May.pdf": b"%PDF-1.4 hello", "papers/C-9/again.pdf": b"%PDF-1.4 hello",
        "papers/C-0/photo.png": _png(), "papers/C-77/lost.pdf": b"%PDF-1.4 lost", "papers/C-0/run.exe": b"MZ\x90",
        "__MACOSX/C-9/._x": b"junk",
    })  # fmt: skip
    row = brought("papers", zipped)
    assert row.state == "reading"
    run_pending(at=now())
    with scoped(SCOPE):
        row = queries.one_import(row.pk)
    assert (row.lines, row.good, row.counts) == (5, 2, {"files": 2, "here already": 1, "wrong": 2})
    refused, unknown = (said for _, said in row.problems)
    assert refused.startswith("In the folder C-0: ")
    assert unknown.startswith("No case has the number C-77 here.")
    assert taken(row, leave_out=True).taken == 2
    with scoped(SCOPE):
        page = cases.case(case.pk, at=now())
        assert [(one.name, one.kind) for one in page.attachments] == [("Letter of 3 May.pdf", "document")]
        casework.reopen_case(case_id=case.pk, reason="It goes on", at=now(), by=OFFICE)
        assert cases.case(case.pk, at=now()).case.state == "open"
    assert not Outgoing.objects.filter(body_id=EASTWOLD, case_id=None).exists()
    again = brought("papers", packed({"C-9/letter.pdf": b"%PDF-1.4 hello"}))
    run_pending(at=now())
    with scoped(SCOPE):
        assert queries.one_import(again.pk).counts == {"here already": 1, "wrong": 0}
    assert world.as_staff(Client(), EASTWOLD, "manager").get(f"/staff/joining/ours/data/{row.pk}/").status_code == 200


def packed(entries: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def test_customers_come_once_with_what_is_known_of_them(eastwold):
    content = (
        "number,name,born,email,phone,address,postcode\n"
        "P-1,Ann Example,30/04/1970,ann@example.org,01632 960001,1 High Street,ZM9 9ZZ\n"
        "P-2,Bob Example,,,,,\nP-3,12345,,,,,\nP-4,Eve Example,,eve,,,\n"
    )
    row = brought("customers", content)
    assert (row.good, [line for line, _ in row.problems]) == (2, [4, 5])
    assert "eve" not in json.dumps(row.problems).lower().replace("every", "")
    assert taken(row, leave_out=True).taken == 2
    with scoped(SCOPE):
        found = people.of_system(EASTWOLD, "Old CRM", ["P-1", "P-2", "P-3"])
        assert set(found) == {"P-1", "P-2"}
        assert people.contact_of(found["P-1"]) is not None
    again = brought("customers", content + "P-9,Zoe Example,,,,,\n")
    assert again.counts["here already"] == 2
    again = taken(again, leave_out=True)
    assert (again.taken, again.counts, again.done) == (1, {"here already": 2, "customers": 1, "wrong": 2}, 6)


def test_customers_of_json_lines_are_judged_by_the_rules_of_one_each(eastwold):
    lines = [
        {"number": 7, "name": "Ann Example", "born": "1970-04-30"}, {"number": "P-2", "name": "Bob", "email": "b@x.y"},
        {"number": "P-3", "name": "Cat", "phone": "0163296000100000000"}, {"number": "P-4", "name": "D" * 150},
        {"number": "P-5", "name": "Eve", "born": "2999-01-01"}, {"number": "P-6", "name": "Fay", "uprn": "1"},
        {"number": "7", "name": "Ann Again"}, {"number": "P-8", "name": "\ud83d"}, {"number": "P-9", "name": 1e999},
        {"number": "P-10", "name": "Gil", "address": "x" * 400},
    ]  # fmt: skip
    row = brought("customers", "".join(json.dumps(line) + "\n" for line in lines))
    assert (row.lines, row.good, row.counts) == (10, 1, {"customers": 1, "wrong": 9})
    for (line, said), begins in zip(row.problems, (
        "The column email holds none", "The column phone holds none", "That name is too long", "That date of birth",
        "That uprn is no home", "The same number", "It holds half a character", "It holds NaN", "That address is too",
    ), strict=True):  # fmt: skip
        assert said.startswith(begins), (line, said)
    assert taken(row, leave_out=True).taken == 1


def customers(count):
    """Return a file of customers, each with all that can be said of one."""
    lines = [f"P-{n},Ann Example {n},30/04/1970,ann{n}@post.example,01632 {n:06},1 High Street,ZM9 9ZZ"
             for n in range(count)]  # fmt: skip
    return "\n".join(["number,name,born,email,phone,address,postcode", *lines]) + "\n"


@pytest.mark.parametrize("after", [0, 2])
def test_customers_go_on_where_they_stopped_and_each_is_taken_once(eastwold, monkeypatch, after):
    monkeypatch.setattr(actions, "SOME", 2)
    row, batches = brought("customers", customers(5)), []
    real = actions.take_many

    def killed(**given):
        if len(batches) == after:
            raise KeyboardInterrupt
        batches.append(given)
        return real(**given)

    with scoped(SCOPE):
        actions.begin_taking(import_id=row.pk, **told())
        operation_id = queries.one_import(row.pk).operation_id
    monkeypatch.setattr(actions, "take_many", killed)
    with pytest.raises(KeyboardInterrupt):
        operations.run(operation_id)
    numbers = [f"P-{n}" for n in range(5)]
    with scoped(SCOPE):
        assert len(people.of_system(EASTWOLD, "Old CRM", numbers)) == 2 * after
        assert queries.one_import(row.pk).taken == 2 * after
    monkeypatch.setattr(actions, "take_many", real)
    assert operations.run(operation_id)
    with scoped(SCOPE):
        row = queries.one_import(row.pk)
        stage = operations.get(operation_id).stages[-1]
        assert len(people.of_system(EASTWOLD, "Old CRM", numbers)) == 5
        assert [one.name for one in people.find("ann4@post.example", EASTWOLD)] == ["Ann Example 4"]
    assert (row.state, row.taken, row.counts) == ("loaded", 5, {"customers": 5, "wrong": 0})
    assert (stage["name"], stage["done"], stage["total"]) == ("take", 5, 5)


def test_a_customer_who_came_meanwhile_is_left_as_they_are_and_the_others_come_one_by_one(eastwold, monkeypatch):
    real, row = actions.take_many, brought("customers", customers(3))

    def meanwhile(*, judged, **given):
        collecting.take_in(body_id=EASTWOLD, brought=judged[1].item, **told())
        return real(judged=judged, **given)

    monkeypatch.setattr(actions, "take_many", meanwhile)
    row = taken(row)
    assert (row.taken, row.counts) == (2, {"customers": 2, "here already": 1, "wrong": 0})
    with scoped(SCOPE):
        assert len(people.find("ZM9 9ZZ", EASTWOLD)) == 3


def test_who_looks_like_somebody_here_is_counted_taken_in_apart_and_suggested(eastwold):
    taken(brought("customers", customers(2)))
    row = brought("customers", customers(3), system="Old housing system")
    assert row.counts == {"customers": 3, "alike": 2, "wrong": 0}
    manager = world.as_staff(Client(), EASTWOLD, "manager")
    here = f"/staff/joining/ours/data/{row.pk}/"
    assert "2 of them look like somebody who is here already" in manager.get(here).text
    row = taken(row)
    assert (row.taken, row.counts) == (3, {"alike": 2, "customers": 3, "wrong": 0})
    with scoped(SCOPE):
        assert len(people.suggestions(EASTWOLD)) == 2


def test_a_case_belongs_to_its_customer(eastwold):
    taken(brought("customers", "number,name\nP-1,Ann Example\n"))
    lines = complaints(1).splitlines()
    row = brought("cases", f"{lines[0]},customer\n{lines[1]},P-1\n{lines[1].replace('C-0', 'C-1')},P-7\n")
    assert [said for _, said in row.problems] == ["That customer is not here. Take in the customers first."]
    taken(row, leave_out=True)
    with scoped(SCOPE):
        [case] = cases.by_former_number("C-0")
        assert case.person_id == people.of_system(EASTWOLD, "Old CRM", ["P-1"])["P-1"]


def test_streets_and_addresses_of_the_body_s_own_area_are_laid_out(eastwold):
    lat, lon = spot()
    streets = (
        "usrn,street,locality,class,line\n"
        f'77000001,Brand New Lane,Eastwold,local,"LINESTRING ({lon} {lat}, {lon + 0.001} {lat})"\n'
        '77000002,Far Road,Ashby,local,"LINESTRING (-2.097 52.447, -2.096 52.447)"\n'
    )
    row = brought("streets", streets)
    assert (row.good, row.problems) == (1, [[3, "It lies outside your area. Leave it to the body whose it is."]])
    assert taken(row, leave_out=True).taken == 1
    homes = (
        f"uprn,usrn,number,postcode,lon,lat\n880000000001,77000001,1,ZM8 1AA,{lon},{lat}\n"
        "880000000002,77009999,2,ZM8 1AA,0,0\n"
    )
    row = brought("addresses", homes)
    assert [said for _, said in row.problems] == ["Street 77009999 is not here. Take in the streets first."]
    taken(row, leave_out=True)
    assert bodies.place_of_dwelling("880000000001")["label"] == "1 Brand New Lane, Eastwold, ZM8 1AA"


@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        ("cases", "service\ncomplaint\n", "The columns number, opened are missing"),
        ("cases", '{"number": 1', "It is not one JSON object"),
        ("customers", "number,name\n", "no line below its first"),
        ("cases", "number,service,opened\n1,parking,2026-01-01\n", "Your body does not offer “parking”"),
        ("cases", "number,service,opened\n1,complaint,soon\n", "no day like"),
        ("papers", b"hello", "no zip file"),
    ],
)
def test_a_file_that_is_none_says_what_to_do(eastwold, kind, content, says):
    row = brought(kind, content)
    run_pending(at=now())
    with scoped(SCOPE):
        row = queries.one_import(row.pk)
    assert says in row.problems[0][1]
    assert row.good == 0


def test_the_pages_show_what_is_in_a_file_and_take_it_in(eastwold):
    manager = world.as_staff(Client(), EASTWOLD, "manager")
    url = "/staff/joining/ours/data/"
    assert manager.post(url, {"kind": "cases"}).status_code == 200
    upload = SimpleUploadedFile("cases.csv", complaints(3, wrong={1}).encode(), "text/csv")
    page = manager.post(url, {"kind": "cases", "system": "Old CRM", "file": upload}, follow=True)
    html, here = page.content.decode(), page.redirect_chain[-1][0]
    assert "2 of 3 lines would be taken in; 1 is wrong. Nothing is taken in yet." in html
    assert "Some lines are wrong" in manager.post(f"{here}take/", follow=True).content.decode()
    manager.post(f"{here}take/", {"leave_out": "on"})
    run_pending(at=now())
    assert "2 of 3 lines taken in. The file itself is erased." in manager.get(here).content.decode()
    assert "cases.csv" in manager.get(url).content.decode()
    assert manager.post(f"{here}take/").status_code == 409
    assert manager.post(f"{here}away/").status_code == 409
    outsider = world.as_staff(Client(), world.ASHBY, "manager")
    assert outsider.get(here).status_code == 404


def test_each_line_is_counted_once_whatever_came_of_it(eastwold):
    taken(brought("cases", complaints(2)))
    broken = json.dumps({"number": "J-1", "service": "complaint", "opened": "2026-11-16"})
    row = taken(brought("cases", complaints(6, wrong={4})), leave_out=True)
    assert (row.lines, row.taken, row.counts) == (6, 3, {"here already": 2, "Make a complaint": 3, "wrong": 1})
    assert [line for line, _ in row.problems] == [6]
    row = brought("cases", f'{broken}\n["no object"]\n{broken[:-2]}\n{broken}\n')
    assert [line for line, _ in row.problems] == [1, 2, 3, 4]
    assert row.problems[3][1] == "The same number stands on an earlier line."


def test_where_one_came_meanwhile_the_others_of_its_batch_are_taken_one_by_one(eastwold, monkeypatch):
    real, row = actions.take_many, brought("cases", complaints(3))

    def meanwhile(*, judged, **given):
        casework.take_over(body_id=EASTWOLD, case=judged[1].item, **told())
        return real(judged=judged, **given)

    monkeypatch.setattr(actions, "take_many", meanwhile)
    row = taken(row)
    assert (row.taken, row.counts) == (2, {"Make a complaint": 2, "here already": 1, "wrong": 0})
    assert opened() == 3


def test_the_command_reads_a_file_says_what_is_wrong_and_takes_the_rest_in_once(eastwold, tmp_path, capsys):
    file = tmp_path / "old.csv"
    file.write_text(complaints(3, wrong={1}))
    words = ["bring", "cases", str(file), "--body", "eastwold", "--system", "Old CRM"]
    call_command(*words)
    assert "3 lines: 2 would be taken in, 1 are wrong.\nline 3: about: " in capsys.readouterr().out
    with pytest.raises(CommandError, match="Some lines are wrong"):
        call_command(*words, "--take")
    for _ in range(2):
        call_command(*words, "--take", "--leave-out")
        assert "2 taken in, 0 here already, 1 left out." in capsys.readouterr().out
    assert opened() == 2


def test_a_body_that_works_here_already_finds_where_to_bring_its_old_cases(db):
    manager = world.as_staff(Client(), world.ASHBY, "manager")
    assert 'href="/staff/joining/ours/data/"' in manager.get("/staff/joining/").content.decode()
    page = manager.get("/staff/joining/ours/data/")
    assert page.status_code == 200


def test_many_cases_and_customers_are_checked_by_as_many_statements_as_two(eastwold):
    taken(brought("customers", "number,name\nP-1,Ann Example\n"))
    lat, lon = spot()
    line = f'"LINESTRING ({lon} {lat}, {lon + 0.001} {lat})"'
    taken(brought("streets", f"usrn,street,locality,class,line\n77000001,Brand New Lane,Eastwold,local,{line}\n"))
    homes = [f"88000000000{n}" for n in (1, 2, 3)]
    rows = "".join(f"{uprn},77000001,{n},ZM8 1AA,{lon},{lat}\n" for n, uprn in enumerate(homes, 1))
    assert taken(brought("addresses", f"uprn,usrn,number,postcode,lon,lat\n{rows}")).taken == 3

    def statements(kind, count):
        if kind == "customers":
            told_of = [{"number": f"{count}-{n}", "name": f"Ann {n}", "born": "1970-04-30"} for n in range(count)]
        else:
            answers = {"about": "delay", "had_answer": False, "happened": "It was late.", "put_right": "Be on time.",
                       "for_other": False}  # fmt: skip
            told_of = [{"number": f"{count}-{n}", "service": "complaint", "opened": "2026-11-02", "customer": "P-1",
                        "answers": answers, "contact": {"email": "ann@example.org"}} for n in range(count)]  # fmt: skip
        for n, one in enumerate(told_of):
            one |= {"uprn": homes[n % len(homes)]}
        row = Import(body_id=EASTWOLD, kind=kind, system="Old CRM", state="reading")
        lines = [Line(n, one) for n, one in enumerate(told_of, 1)]
        with scoped(SCOPE):
            reader = actions.LINES[kind](row, now(), OFFICE)
            reader.judge(lines[:1])
            with CaptureQueriesContext(connection) as asked:
                judged = reader.judge(lines[1:])
        assert [one.wrong for one in judged] == [""] * (count - 1)
        return len(asked)

    for kind in actions.LINES:
        assert statements(kind, 3) == statements(kind, 31), kind
