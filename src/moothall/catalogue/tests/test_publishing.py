"""Publishing: a folder becomes versions, the same content once, and a version never changes."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from moothall.catalogue import actions, queries
from moothall.catalogue.models import Version
from moothall.catalogue.tests.test_shipped import DEFINITIONS
from moothall.core.actor import Actor

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
BY = Actor.system("tests")
SHIPPED = Path(__file__).parents[4] / "services"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "services")
    return tmp_path / "services"


def publish(folder):
    return actions.publish_folder(path=folder, at=AT, by=BY)


def edit(folder, old, new, service="report-pothole"):
    path = folder / service / "service.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_publishing_the_same_content_again_changes_nothing(folder):
    publish(folder)
    before = Version.objects.count()
    assert publish(folder) == []
    assert Version.objects.count() == before


def test_a_change_is_a_new_version_and_the_old_one_stays_as_it_was(folder):
    publish(folder)
    old = queries.current("report-pothole")
    edit(folder, "en: Report a pothole,", "en: Report a hole in the road,")
    (made,) = publish(folder)
    new = queries.current("report-pothole")
    assert (new.id, new.number) == (made, old.number + 1)
    assert new.definition.title.en == "Report a hole in the road"
    assert queries.definition(old.id).title.en == "Report a pothole"


def test_going_back_to_earlier_content_is_a_new_version_too(folder):
    publish(folder)
    first = queries.current("report-pothole")
    edit(folder, "en: Report a pothole,", "en: Report a hole in the road,")
    publish(folder)
    edit(folder, "en: Report a hole in the road,", "en: Report a pothole,")
    publish(folder)
    back = queries.current("report-pothole")
    assert back.number == first.number + 2
    assert back.definition == first.definition


def test_a_changed_letter_is_a_new_version(folder):
    publish(folder)
    letter = folder / "report-pothole" / "letters" / "mended.en.md"
    letter.write_text(letter.read_text() + "\nThank you.\n")
    assert len(publish(folder)) == 1


def test_one_bad_service_refuses_the_whole_folder_and_says_where(folder):
    edit(folder, "by: highways.inspect", "by: highways.inspekt")
    edit(folder, "en: Report a street light,", "en: Street light,", "street-light")
    before = Version.objects.count()
    with pytest.raises(actions.NotPublished) as refused:
        publish(folder)
    assert "report-pothole/service.yaml:" in refused.value.message
    assert "`highways.inspect`" in refused.value.message
    assert Version.objects.count() == before


def test_a_version_cannot_be_edited_or_removed(folder):
    publish(folder)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.update(number=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.all()[0].delete()


def test_a_withdrawn_service_takes_no_cases_until_it_is_published_again(folder):
    publish(folder)
    version_id = queries.current("complaint").id
    actions.withdraw(service_id="complaint", at=AT, by=BY)
    with pytest.raises(queries.UnknownService):
        queries.current("complaint")
    assert "complaint" not in {p.service_id for p in queries.services()}
    assert queries.definition(version_id).id == "complaint"
    publish(folder)
    assert queries.current("complaint").id == version_id


def test_the_list_of_services_costs_one_statement(folder, django_assert_num_queries):
    publish(folder)
    queries.services()
    with django_assert_num_queries(1):
        assert len(queries.services()) == len(DEFINITIONS)
    with django_assert_num_queries(1):
        queries.find("hole in road")


def test_a_definition_is_read_once_and_then_kept(folder, django_assert_num_queries):
    publish(folder)
    version_id = queries.current("report-pothole").id
    queries.definition(version_id)
    with django_assert_num_queries(0):
        assert queries.definition(str(version_id)).id == "report-pothole"


def test_an_unknown_version_is_refused(folder):
    with pytest.raises(queries.UnknownService):
        queries.definition("00000000-0000-0000-0000-000000000000")
    with pytest.raises(queries.UnknownService):
        queries.definition("no such thing")


def test_a_body_s_own_settings_are_merged_into_what_is_open(folder):
    publish(folder)
    version_id = queries.current("bulky-waste").id
    assert queries.adopted(version_id).settings["fee_pence"] == 4000
    own = queries.adopted(version_id, {"fee_pence": 5500, "help_pence": 3000})
    assert own.settings | {"fee_pence": 5500, "extra_pence": 800, "help_pence": 3000} == own.settings
    assert own.settings["before_day"]["en"] == "Keep the items together, and the way to them clear."
    assert (queries.adopted(version_id).fee_from, own.fee_from) == (2000, 3000)


def test_what_is_not_open_or_out_of_bounds_is_refused_with_what_to_do(folder):
    publish(folder)
    definition = queries.current("report-pothole").definition
    assert queries.check_parameters(definition, {"mend_days": 14, "inspect_days": 3}) == {}
    problems = queries.check_parameters(definition, {"mend_days": 90, "colour": "red", "inspect_days": "soon"})
    assert problems == {
        "mend_days": "Give 28 or less.",
        "colour": "This service does not leave colour open. It leaves open: inspect_days, mend_days.",
        "inspect_days": "Give a whole number.",
    }
