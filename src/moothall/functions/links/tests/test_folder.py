"""A system that can only read and write files: whole files out, rows back once, and bad rows set aside with why."""

import csv
import datetime as dt
import doctest
import io
import os

import pytest
from django.core.management import CommandError, call_command
from tests.world import BORLEY, as_staff

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import scoped
from moothall.functions.links import actions, queries, tasks
from moothall.functions.links.models import System
from moothall.functions.links.rules import folder
from moothall.functions.links.tests.conftest import DISTRICT, OPERATOR, calls, dump_reported, step

DONE = "id,state,reference,output_cleared,output_evidence\n{id},done,W-1,yes,no\n"


@pytest.fixture
def system(db, settings, tmp_path) -> System:
    """Link Borley's waste by files."""
    settings.MOOTHALL_LINK_FOLDERS = tmp_path
    with scoped(DISTRICT):
        return actions.connect(body_id=BORLEY, function="waste", name="Old waste system", at=now(), by=OPERATOR)


@pytest.fixture
def asked(system):
    """Report rubbish, and lay its clearing into the folder."""
    opened = dump_reported()
    queue.run_pending(at=now())
    return opened, calls()[0]


def rows(path) -> list[dict]:
    return list(csv.DictReader(io.StringIO(path.read_text())))


def answered(system, content, name="answers.csv"):
    """Let the other system lay a file of answers there, a minute ago."""
    path = queries.folder.of(system) / "in" / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (now().timestamp() - 60,) * 2)
    return path


def collect(at=None):
    tasks.collect(body=BORLEY, at=at or now(), by=Actor.system("test", BORLEY))


def aside(system) -> list[tuple]:
    with scoped(DISTRICT):
        return [(one["file"], one["line"], one["why"]) for one in System.objects.get(pk=system.pk).aside]


def test_a_step_lies_there_as_one_whole_file_and_its_answer_moves_the_case(system, asked):
    opened, call = asked
    [path] = (queries.folder.of(system) / "out").iterdir()
    [row] = rows(path)
    assert (row["id"], row["step"], row["reference"]) == (str(call.pk), "waste.clear", opened.reference)
    assert row["answer_what"] == '["bags"]'
    assert row["label"]
    assert "ann@example.org" not in path.read_text()
    assert call.state == "accepted"
    answer = answered(system, DONE.format(id=call.pk))
    collect()
    assert step(opened).outputs == {"cleared": True, "evidence": False}
    assert (calls()[0].state, calls()[0].their_reference, calls()[0].request) == ("done", "W-1", {})
    assert not answer.exists()
    collect()
    assert not path.exists(), "what was sent is kept only until it is answered"


def test_asked_again_it_is_the_same_file_and_answered_again_nothing_changes(system, asked):
    opened, call = asked
    with scoped(DISTRICT):
        queries.ask(queries.call(call.pk), first=False, at=now())
    assert len(list((queries.folder.of(system) / "out").iterdir())) == 1
    for name in ("a.csv", "b.csv"):
        refused = f"{call.pk},refused,Not ours.,,\n"
        answered(system, DONE.replace("reference", "reason").format(id=call.pk) + refused, name)
        collect()
    assert (step(opened).state, calls()[0].repeats, aside(system)) == ("done", 3, [])


def test_bad_rows_are_set_aside_with_why_and_the_good_ones_are_taken(system, asked, client):
    opened, call = asked
    other = "00000000-0000-7000-8000-000000000000"
    answered(system, (
        "id,state,reason,output_cleared,output_evidence,outputs\n"
        f"{call.pk},done,,perhaps,no,\n{other},accepted,,,,\nno id,done,,yes,no,\n{call.pk},cleared,,,,\n"
        f"{call.pk},done,,,,{{no json\n{call.pk},refused,=Too far away,,,\n"
    ))  # fmt: skip
    collect()
    assert step(opened).state == "refused"
    found = {line: why for _, line, why in aside(system)}
    assert found[2].startswith("output_cleared: Input should be a valid boolean")
    assert found[3] == "We did not ask you for that. Check the id of the request."
    assert found[4].startswith("The column id holds no request")
    assert "accepted, done (with outputs) or refused" in found[5]
    assert found[6] == "The column outputs is no JSON object."
    assert len(found) == 5
    kept = rows(queries.folder.of(system) / "aside" / "answers.csv")
    assert [row["why"] for row in kept] == [found[line] for line in sorted(found)]
    as_staff(client, BORLEY, "operator")
    assert "5 rows of its files could not be taken" in client.get("/links/").content.decode()
    page = client.get("/links/systems/waste/").content.decode()
    assert "We did not ask you for that." in page
    assert "Make a new key" not in page
    client.post("/links/systems/waste/aside/")
    assert aside(system) == []
    collect(at=now() + dt.timedelta(days=31))
    assert list((queries.folder.of(system) / "aside").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("name\nAnn\n", "The columns id, state are missing."),
        (b"%PDF\0\0", "It is no text."),
        ("id,state\n" + "1,done\n" * 10_001, "It has more than 10,000 rows."),
        ('id,state\n1,"' + "x" * 200_000, "Line 1 cannot be read: "),
    ],
)
def test_a_file_that_is_none_is_laid_aside_whole(system, content, why):
    path = answered(system, content)
    collect()
    assert not path.exists()
    assert (queries.folder.of(system) / "aside" / path.name).exists()
    [(file, line, said)] = aside(system)
    assert (file, line) == (path.name, 1)
    assert said.startswith(why)


def test_a_link_to_another_file_is_never_followed(system, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("id,state\n1,done\n")
    path = queries.folder.of(system) / "in" / "x.csv"
    path.symlink_to(secret)
    collect(at=now() + dt.timedelta(minutes=1))
    assert not path.is_symlink()
    assert aside(system)[0][2] == "It is no plain file. Put the file itself there."
    assert secret.exists()


def test_a_folder_among_the_answers_is_let_be_and_stands_in_no_answer_s_way(system, asked):
    opened, call = asked
    theirs = queries.folder.of(system) / "in" / "archive"
    theirs.mkdir()
    (theirs / "last-year.csv").write_text("id,state\n")
    answered(system, DONE.format(id=call.pk))
    collect(at=now() + dt.timedelta(minutes=1))
    assert (step(opened).state, aside(system)) == ("done", [])
    assert [path.name for path in theirs.iterdir()] == ["last-year.csv"]


def test_a_file_that_is_still_being_written_is_left_until_it_rests(system, asked):
    opened, call = asked
    inbox = queries.folder.of(system) / "in"
    for name in (".answers.csv.part", "answers.csv"):
        (inbox / name).write_text(DONE.format(id=call.pk))
    collect()
    assert step(opened).state == "waiting"
    collect(at=now() + dt.timedelta(seconds=30))
    assert step(opened).state == "done"
    assert [path.name for path in inbox.iterdir()] == [".answers.csv.part"]


def test_killed_between_two_rows_the_file_is_read_again_and_each_row_counts_once(system, asked, monkeypatch):
    opened, call = asked
    real = actions.hear_row
    path = answered(system, f"id,state,output_cleared,output_evidence\n{call.pk},accepted,,\n{call.pk},done,yes,no\n")

    def killed(*, row, **given):
        if row.given["state"] == "done":
            raise KeyboardInterrupt
        return real(row=row, **given)

    monkeypatch.setattr(actions, "hear_row", killed)
    with pytest.raises(KeyboardInterrupt):
        collect()
    assert path.exists()
    monkeypatch.setattr(actions, "hear_row", real)
    collect()
    assert (step(opened).state, calls()[0].repeats) == ("done", 1)


def test_a_folder_that_cannot_be_written_to_is_tried_again(system, monkeypatch):
    def full(*given):
        raise OSError("no space left")

    monkeypatch.setattr(queries.folder, "put", full)
    dump_reported()
    queue.run_pending(at=now())
    assert (calls()[0].state, calls()[0].error) == ("waiting", "The folder of the link cannot be written to (OSError).")


def test_the_command_links_by_files_and_says_where_they_are(db, settings, tmp_path, capsys):
    settings.MOOTHALL_LINK_FOLDERS = tmp_path
    assert queries.folder.bodies_to_ask() == ()
    call_command("link", "connect", "borley", "waste", "--folder", "--steps", "waste.clear")
    [made] = tmp_path.iterdir()
    assert f"does waste.clear for Borley District Council, by files below {made}" in capsys.readouterr().out
    assert sorted(path.name for path in made.iterdir()) == ["aside", "in", "out"]
    assert BORLEY in queries.folder.bodies_to_ask()
    with pytest.raises(CommandError, match="Give the address where it listens, or --folder"):
        call_command("link", "connect", "borley", "waste")


def test_what_a_spreadsheet_would_run_is_made_plain(system, asked):
    _, call = asked
    with scoped(DISTRICT):
        found = queries.call(call.pk)
        found.request["answers"]["note"] = "=cmd|'/c calc'!A1"
        queries.folder.ask(found, queries.message(found))
    [path] = (queries.folder.of(system) / "out").iterdir()
    assert rows(path)[0]["answer_note"].startswith("'=cmd")


def test_the_examples_of_the_rules_hold():
    assert doctest.testmod(folder).failed == 0
