"""People of another system who are taken in together are as if each had been taken in by themself."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import world

from moothall.core.models import AuditEntry
from moothall.core.scope import Scope, scoped
from moothall.people import actions, queries
from moothall.people.models import ContactPoint, Name, Person, Residence, SourceRecord

pytestmark = pytest.mark.django_db
OWN = {"id", "person_id", "record_id", "object"}


def brought(number="P-1", name="Mrs Siân  O’Neill", **said):
    return actions.Brought(system="Old CRM", number=number, name=name, **said)


KINDS = {
    "a name alone": {},
    "all that is known": {
        "born": dt.date(1970, 4, 30), "email": " Sian@Post.example ", "phone": "01632 960 555",
        "uprn": world.MILL_LANE_14,
    },
    "an address elsewhere": {"phone": "+44 (0)1632 960555", "address": " 1 High Street \n", "postcode": "zm99zz"},
    "awkward text": {"name": 'Ann "Nan"\\ O\tNeil\n\u2028 Żółć 😀', "address": 'Flat "2"\\;\n1 High Street'},
}  # fmt: skip


def written(person_id):
    """Return all rows of a person without what is its own alone."""
    models = (Person, SourceRecord, Name, ContactPoint, Residence)
    rows = {}
    for model in models:
        mine = {"pk": person_id} if model is Person else {"person_id": person_id}
        rows[model.__name__] = sorted(model.objects.filter(**mine).values(), key=lambda row: str(row.get("kind", "")))
    order = {str(row["id"]): row["system"] for row in rows["SourceRecord"]}
    rows["SourceRecord"].sort(key=lambda row: row["system"])
    for row in (row for rows_ in rows.values() for row in rows_):
        row["of"] = order.get(str(row.get("record_id")))
        for name in OWN & row.keys():
            row[name] = row[name] is not None
    entries = AuditEntry.objects.filter(object=f"person:{person_id}").order_by("id")
    rows["Audit"] = list(entries.values("action", "actor", "purpose", "at", "body_id"))
    return rows


def together(ashby, told, *people):
    checked = actions.check_many(body_id=ashby, brought=list(people), **told)
    assert all(one.is_new for one in checked)
    actions.take_in_many(body_id=ashby, checked=checked, **told)
    return queries.of_system(ashby, "Old CRM", [one.number for one in people])


def undone(write):
    with transaction.atomic():
        rows = written(write())
        transaction.set_rollback(True)
    return rows


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_of_each_is_what_is_written_of_one(ashby, told, kind):
    one = brought(**KINDS[kind])
    expected = undone(lambda: actions.take_in(body_id=ashby, brought=one, **told)[0])
    assert len(expected["SourceRecord"]) == 1 + bool({"phone", "email", "address", "uprn"} & KINDS[kind].keys())
    assert expected["Audit"][0]["action"] == "person.recorded"
    assert undone(lambda: together(ashby, told, one)["P-1"]) == expected


def test_many_are_checked_and_written_by_as_many_statements_as_two(ashby, told):
    def statements(count, begins):
        people = [brought(f"{begins}-{n}", f"Ann Example {n}", uprn=world.MILL_LANE_14) for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            together(ashby, told, *people)
        return len(asked)

    assert statements(2, "A") == statements(60, "B")


def test_each_is_checked_by_the_rules_of_one(ashby, told):
    wrong = {
        "P-2": ({"name": "12 --- !"}, None),
        "P-3": ({"name": "---"}, actions.NeedsAName),
        "P-4": ({"name": "A" * 150}, actions.NameTooLong),
        "P-5": ({"email": "a@b.c"}, actions.NotAContact),
        "P-6": ({"phone": "123"}, actions.NotAContact),
        "P-7": ({"uprn": "888000000001"}, actions.HomeUnknown),
        "P-8": ({"address": "x" * 301}, actions.NotAContact),
        "P-9": ({"born": dt.date(2999, 1, 1)}, actions.NotBornYet),
        "P-10": ({"email": f"{'e' * 60}@{'d' * 300}.org"}, actions.NotAContact),
    }
    actions.take_in(body_id=ashby, brought=brought(), **told)
    people = [brought(), *(brought(number, **said) for number, (said, _) in wrong.items())]
    here, *others = actions.check_many(body_id=ashby, brought=people, **told)
    assert here.here
    assert [type(one.refusal) if one.refusal else None for one in others] == [kind for _, kind in wrong.values()]
    for number, (said, kind) in wrong.items():
        if kind:
            with pytest.raises(kind):
                actions.take_in(body_id=ashby, brought=brought(number, **said), **told)


def test_the_same_number_is_taken_in_once_and_keeps_what_is_there(ashby, told):
    person_id, is_new = actions.take_in(body_id=ashby, brought=brought(uprn=world.MILL_LANE_14), **told)
    again, is_new_again = actions.take_in(body_id=ashby, brought=brought(name="Another Name", address="Away"), **told)
    assert (again, is_new, is_new_again) == (person_id, True, False)
    assert Residence.objects.filter(person_id=person_id).count() == 1


def test_one_who_came_meanwhile_keeps_none_of_them(ashby, told):
    checked = actions.check_many(body_id=ashby, brought=[brought("P-1"), brought("P-2")], **told)
    actions.take_in(body_id=ashby, brought=brought("P-2"), **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.take_in_many(body_id=ashby, checked=checked, **told)
    assert set(queries.of_system(ashby, "Old CRM", ["P-1", "P-2"])) == {"P-2"}


def test_another_body_sees_none_of_them_and_can_write_none_for_this_one(ashby, told):
    together(ashby, told, brought("P-1", email="sian@post.example"))
    checked = actions.check_many(body_id=ashby, brought=[brought("P-2")], **told)
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        assert queries.of_system(ashby, "Old CRM", ["P-1"]) == {}
        assert not ContactPoint.objects.exists()
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            actions.take_in_many(body_id=ashby, checked=checked, **told)


def test_who_has_the_name_and_one_more_thing_of_somebody_here_looks_alike(ashby, told, somebody):
    born = dt.date(1970, 4, 30)
    somebody("Siân O'Neill", born=born, email="sian@post.example", phone="01632 960555", uprn=world.MILL_LANE_14)
    said = {"name": "Mrs Sian O’Neill", "born": None, "email": "", "phone": "", "uprn": ""}
    given = {
        1: said | {"born": born}, 2: said | {"email": "SIAN@post.example "}, 3: said | {"phone": "+44 1632 960555"},
        4: said | {"uprn": world.MILL_LANE_14}, 5: said, 6: said | {"born": dt.date(1971, 4, 30)},
        7: said | {"name": "Tom O'Neill", "born": born}, 8: said | {"email": "01632 960555"},
    }  # fmt: skip
    assert queries.alike(ashby, given) == {1, 2, 3, 4}
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        assert queries.alike(ashby, given) == set()
