"""Cases taken over together are as if each had been taken over by itself."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from tests.world import ASHBY, MARCHSHIRE

from moothall.casework import actions
from moothall.casework.actions.taking_many import OneByOne
from moothall.casework.models import Case, Event, Payload, PublicPlace, Step, Task
from moothall.casework.tests.conftest import AT, OFFICER, scope
from moothall.casework.tests.test_taking_over import OPENED, hole
from moothall.core.models import AuditEntry, Fact
from moothall.core.scope import scoped

pytestmark = pytest.mark.django_db
OWN = {"id", "number", "reference", "former_number", "case_id", "step_id", "published_id", "place_id", "salt", "search"}
ANSWERS = {"about": "delay", "had_answer": False, "happened": 'It was "late"\\ again;\nand\ttwice — péniblement.',
           "put_right": "Be on time.", "for_other": False}  # fmt: skip
COMPLAINT = {"service_id": "complaint", "answers": ANSWERS, "place": None}
ENDED = {"closed_at": OPENED + dt.timedelta(days=2), "outcome": "upheld"}
KINDS = {
    "open with a place": (MARCHSHIRE, {}),
    "open, late there": (MARCHSHIRE, {"promise_due": AT - dt.timedelta(days=1)}),
    "open with a step that ended": (ASHBY, COMPLAINT | {"done": {"acknowledge": {"note": "Seen."}}}),
    "ended": (ASHBY, COMPLAINT | ENDED),
}


def together(body_id, *brought):
    with scoped(scope(body_id)):
        told = {"body_id": body_id, "at": AT, "by": OFFICER}
        files = [one.file for one in actions.check_many(cases=list(brought), **told)]
        actions.give_numbers(files=files, **told)
        actions.take_over_many(files=files, **told)
        return [file.case.pk for file in files]


def written(case_id, body_id):
    """Return all rows of a case without what is its own alone."""
    with scoped(scope(body_id)):
        case = Case.objects.get(pk=case_id)
        rows = {model.__name__: list(model.objects.filter(case_id=case_id).order_by("id").values())
                for model in (Event, Payload, Step, Task)}  # fmt: skip
        rows["Case"] = list(Case.objects.filter(pk=case_id).values())
        rows["PublicPlace"] = list(PublicPlace.objects.filter(pk=case.published_id).values())
        rows["Fact"] = list(Fact.objects.filter(payload__case_id=str(case_id)).order_by("id").values("name"))
        object_ = f"case:{case_id}"
        rows["Audit"] = list(AuditEntry.objects.filter(object=object_).order_by("id").values("action", "actor", "at"))
    for row in (row for rows_ in rows.values() for row in rows_):
        for name in OWN & row.keys():
            row[name] = row[name] is not None
        if "detail" in row:
            row["detail"] = sorted(row["detail"])
        if "data" in row:
            row["data"] = {key: value for key, value in row["data"].items() if key not in
                           ("payload", "commitment", "number", "step_id")}  # fmt: skip
    return rows


def undone(write, body_id):
    """Return the rows of the case that is written, and undo it: what comes second finds the place as the first did."""
    with transaction.atomic():
        rows = written(write(), body_id)
        transaction.set_rollback(True)
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_of_each_is_what_is_written_of_one(kind):
    body_id, changes = KINDS[kind]
    brought = hole(**changes)

    def one():
        with scoped(scope(body_id)):
            return actions.take_over(body_id=body_id, case=brought, at=AT, by=OFFICER)[0].case_id

    expected = undone(one, body_id)
    assert expected["Audit"]
    assert len(expected["Event"]) >= 3
    assert undone(lambda: together(body_id, brought)[0], body_id) == expected


def test_each_has_a_number_and_a_reference_of_its_own():
    ids = together(ASHBY, *(hole(number=f"A-{n}", **COMPLAINT | ENDED) for n in range(5)))
    with scoped(scope(ASHBY)):
        rows = list(Case.objects.filter(pk__in=ids).values_list("number", "reference"))
    assert len(set(rows)) == 5
    assert all(reference.startswith("ASH-") for _, reference in rows)


def test_each_is_checked_by_itself_and_what_is_here_is_neither_kept_nor_refused():
    together(ASHBY, hole(number="A-1", **COMPLAINT | ENDED))
    wrong = hole(number="A-2", **COMPLAINT | ENDED | {"outcome": "fine"})
    with scoped(scope(ASHBY)):
        here, refused, new = actions.check_many(
            body_id=ASHBY, cases=[hole(number="A-1", **COMPLAINT), wrong, hole(number="A-3", **COMPLAINT)],
            at=AT, by=OFFICER,
        )  # fmt: skip
    assert (here.file, here.refusal) == (None, None)
    assert "upheld" in refused.refusal.message
    assert new.file.case.former_number == "A-3"


def test_one_that_came_meanwhile_keeps_none_of_them_and_no_row_twice():
    brought = [hole(number=f"A-{n}", **COMPLAINT | ENDED) for n in (1, 2)]
    told = {"body_id": ASHBY, "at": AT, "by": OFFICER}
    with scoped(scope(ASHBY)):
        files = [one.file for one in actions.check_many(cases=brought, **told)]
        actions.give_numbers(files=files, **told)
    with scoped(scope(ASHBY)):
        actions.take_over(case=brought[1], **told)
    with scoped(scope(ASHBY)), pytest.raises(IntegrityError), transaction.atomic():
        actions.take_over_many(files=files, **told)
    with scoped(scope(ASHBY)):
        assert [row.former_number for row in Case.objects.filter(former_system="Old CRM")] == ["A-2"]


def test_what_one_team_alone_may_see_is_taken_over_by_itself():
    told = {"body_id": ASHBY, "at": AT, "by": OFFICER}
    with scoped(scope(ASHBY)):
        [checked] = actions.check_many(cases=[hole(number="A-1", **COMPLAINT)], **told)
        checked.file.case.only_team = "safeguarding"
        with pytest.raises(OneByOne):
            actions.take_over_many(files=[checked.file], **told)
