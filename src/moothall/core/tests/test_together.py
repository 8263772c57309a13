"""Several writes in one statement."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from moothall.core import audit, queue
from moothall.core.actor import Actor
from moothall.core.events import Event, on
from moothall.core.ids import new_id
from moothall.core.models import Fact, File, Receipt
from moothall.core.scope import Scope, scoped
from moothall.core.together import Together

AT = dt.datetime(2026, 11, 20, 10, 30, 15, 123456, tzinfo=dt.UTC)
BY = Actor.system("test")
done = []


@dataclass(frozen=True)
class KettleBoiled(Event):
    litres: int


@dataclass(frozen=True)
class KettleSang(Event):
    """Nobody listens to this one."""


@on(KettleBoiled)
def pour(event, *, at, by):
    done.append(("poured", event.litres))


@queue.task("test.make_tea")
def make_tea(*, body, cup, at, by):
    done.append(("made", cup))


@pytest.fixture(autouse=True)
def _clear():
    done.clear()


def gathered() -> Together:
    together = Together()
    together.row(Receipt(key="tea:1", at=AT))
    together.row(Receipt(key="tea: “two” \\ 'three'", at=AT))
    together.fact(KettleBoiled(body_id=1, litres=2), at=AT, by=BY)
    together.fact(KettleSang(body_id=1), at=AT, by=BY)
    together.job("test.make_tea", {"body": 1, "key": "tea:cup", "cup": 7})
    together.entry(action="tea.made", object="cup:7", body_id=1, at=AT, by=BY, data={"sugar": 1})
    return together


def test_rows_facts_jobs_and_the_entry_are_one_statement_and_all_of_them_are_there(real_db):
    with scoped(Scope(bodies=(1,), purpose="tea")):
        together = gathered()
        with CaptureQueriesContext(connection) as asked:
            together.write()
            together.write()
    assert len(asked) == 1
    queue.run_pending(at=AT)
    assert done == [("poured", 2), ("made", 7)]
    with scoped(Scope(bodies=(1,))):
        receipts = dict(Receipt.objects.filter(key__startswith="tea:").values_list("key", "at"))
        assert receipts.keys() == {"tea:1", "tea: “two” \\ 'three'", "tea:cup"}
        assert receipts["tea:1"] == AT
        told = list(
            Fact.objects.filter(name__contains="Kettle").order_by("id").values_list("name", "payload", "at", "by")
        )
        assert [name.rpartition(".")[2] for name, *_ in told] == ["KettleBoiled", "KettleSang"]
        assert told[0][1:] == ({"body_id": 1, "litres": 2}, AT, str(BY))
        (entry,) = audit.search(body_id=1, action="tea.made")
        assert (entry["object"], entry["purpose"], entry["data"]) == ("cup:7", "tea", {"sugar": 1})


def test_all_of_it_is_undone_with_its_transaction(real_db):
    with pytest.raises(RuntimeError), scoped(Scope(bodies=(1,))):
        gathered().write()
        raise RuntimeError("the cup broke")
    assert queue.run_pending(at=AT) == 0
    with scoped(Scope(bodies=(1,))):
        assert not Fact.objects.filter(name__contains="Kettle").exists()
        assert not Receipt.objects.filter(key__startswith="tea").exists()


def test_a_job_that_nobody_registered_is_refused_before_anything_is_written():
    with pytest.raises(LookupError, match=r"test\.make_coffee"):
        Together().job("test.make_coffee", {"body": 1, "key": "coffee"})


def page_of(body_id: int) -> File:
    words = {"name": "a.pdf", "kind": "application/pdf", "size": 3, "digest": "0" * 64, "lat": 52.25, "by": str(BY)}
    return File(id=new_id(), body_id=body_id, seen_by=[body_id, 3], at=AT, **words)


def test_lists_numbers_and_what_is_missing_arrive_as_they_were(real_db):
    kept = page_of(1)
    with scoped(Scope(bodies=(1,))):
        together = Together()
        together.row(kept)
        together.write()
        found = File.objects.get(pk=kept.pk)
    assert (found.seen_by, found.lat, found.lon, found.at) == ([1, 3], 52.25, None, AT)


def test_a_row_that_is_there_is_changed_in_the_named_fields_alone(real_db):
    pages = [page_of(1), page_of(1)]
    with scoped(Scope(bodies=(1,))):
        File.objects.bulk_create(pages)
        together = Together()
        pages[0].name, pages[0].seen_by, pages[0].lat = "b.pdf", [1], 9.5
        together.change(pages[0], "name")
        together.change(pages[0], "seen_by")
        pages[1].lat = None
        together.change(pages[1], "lat")
        with CaptureQueriesContext(connection) as asked:
            together.write()
        found = {file.pk: (file.name, file.seen_by, file.lat) for file in File.objects.all()}
    assert len(asked) == 1
    assert found == {pages[0].pk: ("b.pdf", [1], 52.25), pages[1].pk: ("a.pdf", [1, 3], None)}


def test_row_security_holds_for_rows_written_so(real_db):
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(Scope(bodies=(1,))):
        together = Together()
        together.row(page_of(2))
        together.write()
