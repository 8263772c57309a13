"""A service from its first word to its publication: written by one, read by another, kept with its history."""

from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests import world
from tests.world import ASHBY, BORLEY, EASTWOLD

from moothall.catalogue import actions as publishing
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.editor import actions, queries
from moothall.editor.models import Draft, Saving

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Report graffiti", "title_cy": "Rhoi gwybod am graffiti", "name": "report-graffiti",
    "work": "street-cleaning", "topic": "streets", "team": "street-scene", "like": "",
}  # fmt: skip


@contextmanager
def at_work(body_id, role="manager"):
    by = Actor("staff", str(world.account_of(body_id, role).pk), body_id)
    with scoped(Scope(bodies=(body_id,), purpose="staff", actor=by)):
        yield {"at": now(), "by": by}


def url(name, row, *more):
    return reverse(f"editor:{name}", args=[row.pk, *more])


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def draft_of(body_id=ASHBY, service_id="report-graffiti"):
    with at_work(body_id):
        return queries.open_draft(body_id, service_id)


@pytest.fixture
def writer(client):
    return world.as_staff(client, ASHBY, "manager")


@pytest.fixture
def new(writer):
    """Return a draft of a new service, begun by a manager of Ashby."""
    assert writer.post(reverse("editor:new"), NEW).status_code == 302
    return draft_of()


def test_a_new_service_is_good_as_it_begins_and_refused_where_the_name_is_taken(writer, new):
    html = page(writer, url("draft", new))
    assert "report-graffiti: good. 2 worked examples, 4 letters in two languages." in html
    answer = writer.post(reverse("editor:new"), NEW | {"name": "report-pothole"})
    assert "There is a service of that name already." in answer.content.decode()
    answer = writer.post(reverse("editor:new"), NEW | {"name": "Graffiti!"})
    assert "small letters with hyphens" in answer.content.decode()
    answer = writer.post(reverse("editor:new"), NEW)
    assert "Your body is writing this service already." in answer.content.decode()


def test_a_title_that_means_something_in_yaml_is_still_a_title(writer):
    odd = {"title": 'Say "no": to #graffiti \\ {all}', "name": "odd-name"}
    writer.post(reverse("editor:new"), NEW | odd)
    row = draft_of(service_id="odd-name")
    assert queries.look("odd-name", row.files).definition.title.en == odd["title"]


def test_a_copy_of_another_has_its_own_name_and_title_and_all_the_rest(writer):
    writer.post(reverse("editor:new"), NEW | {"like": "street-cleaning"})
    row, old = draft_of(), catalogue.current("street-cleaning")
    made = queries.look("report-graffiti", row.files).definition
    assert (made.id, made.title.en) == ("report-graffiti", "Report graffiti")
    assert list(made.ask) == list(old.definition.ask)
    same = [line for line in catalogue.files(old.id)["service.yaml"].splitlines() if line[:3] not in ("id:", "tit")]
    assert same == [line for line in row.files["service.yaml"].splitlines() if line[:3] not in ("id:", "tit")]


def test_what_is_wrong_is_told_by_line_as_one_looks_and_nothing_is_kept(writer, new):
    text = new.files["service.yaml"].replace("type: place", "type: plaice")
    html = writer.post(url("text", new, "service.yaml"), {"text": text, "number": 1, "do": "look"}).content.decode()
    line = text.splitlines().index("  where:") + 1
    assert f"The definition, line {line}" in html
    assert "<code>where:</code>" in html
    assert "Write `place`." in html
    assert "type: plaice" in html, "what was typed is still in its box"
    part = writer.post(url("look", new, "service.yaml"), {"text": text, "number": 1}).content.decode()
    assert f"The definition, line {line}" in part
    assert "<html" not in part
    assert draft_of().files == new.files
    late = "letters/late.en.md"
    html = writer.post(url("look", new, late), {"text": "# {{ tilte }}", "number": 1}).content.decode()
    assert "The letter “late” in English, line 1" in html


def test_a_sentence_that_goes_on_is_a_hint_as_one_looks_and_stops_nothing(writer, new):
    late, long = "letters/late.en.md", "We are late and " + "we know that this is a nuisance to you and " * 3 + "sorry."
    html = writer.post(url("look", new, late), {"text": f"# Late\n\n{long}\n", "number": 1}).content.decode()
    assert "letters in two languages.</p>" in html
    assert "It could be easier to read:" in html
    assert "<li>report-graffiti: make this sentence two or three: &quot;We are late and we know" in html
    assert "It could be easier to read:" not in page(writer, url("draft", new)), "what is not saved is not judged"


def test_the_preview_shows_the_form_the_work_the_clock_and_the_letters(writer, new):
    html = page(writer, url("preview", new))
    assert 'name="look-what"' in html
    assert "<svg" in html
    assert "promised it by Monday 8 June" in html
    assert "Done: Report graffiti" in html
    told = page(writer, url("try", new) + "?language=en&where=Mill+Lane%2C+Ashby&what=By+the+gate")
    assert "They would pay nothing." in told


def test_saving_keeps_every_byte_and_the_history_brings_any_of_it_back(writer, new):
    text = "# A comment first\n" + new.files["service.yaml"].replace("five", "5") + "\n\n# and last   \n"
    typed = {"text": text.replace("\n", "\r\n"), "number": 1}
    assert writer.post(url("text", new, "service.yaml"), typed).status_code == 302
    row = draft_of()
    assert row.files["service.yaml"] == text
    assert row.files | {"service.yaml": ""} == new.files | {"service.yaml": ""}
    assert "The definition" in page(writer, url("history", new))
    assert "# A comment first" in page(writer, url("saving", new, 1))
    writer.post(url("saving", new, 1))
    assert draft_of().files == new.files
    assert draft_of().number == 3


def test_who_saves_over_somebody_else_is_told_and_keeps_what_they_typed(writer, new):
    first = {"text": new.files["service.yaml"] + "# one\n", "number": 1}
    writer.post(url("text", new, "service.yaml"), first)
    html = writer.post(url("text", new, "service.yaml"), first | {"text": "# two"}).content.decode()
    assert "Somebody saved this draft after you opened it." in html
    assert "# two" in html
    assert draft_of().files["service.yaml"].endswith("# one\n")


def test_nobody_publishes_what_only_its_authors_have_read(writer, new, client):
    assert writer.post(url("publish", new)).status_code == 409
    writer.post(url("ask", new), {"words": "New this autumn"})
    assert "You wrote some of it" in page(writer, url("draft", new))
    assert "somebody who did not" in writer.post(url("answer", new), {"verdict": "agree"}).content.decode().lower()
    office = world.as_staff(client, ASHBY, "partnership-office")
    assert "New this autumn" in page(office, url("draft", new))
    html = office.post(url("answer", new), {"verdict": "back"}).content.decode()
    assert "Say what has to change" in html
    office.post(url("answer", new), {"verdict": "back", "words": "Ask for a photo"})
    assert draft_of().state == "writing"
    assert office.post(url("publish", new)).status_code == 409


def test_what_is_agreed_to_is_published_as_it_stands_and_any_change_needs_another_look(writer, new, client):
    writer.post(url("ask", new), {"words": ""})
    office = world.as_staff(client, ASHBY, "partnership-office")
    office.post(url("answer", new), {"verdict": "agree"})
    assert draft_of().state == "agreed"
    with at_work(ASHBY) as told:
        actions.save(draft_id=new.pk, changed={"service.yaml": new.files["service.yaml"] + "# later\n"}, **told)
    assert draft_of().state == "writing"
    with at_work(ASHBY) as told:
        actions.ask(draft_id=new.pk, **told)
    office.post(url("answer", new), {"verdict": "agree"})
    assert office.post(url("publish", new), follow=True).status_code == 200
    made = catalogue.current("report-graffiti")
    assert made.number == 1
    assert catalogue.files(made.id)["service.yaml"].endswith("# later\n")
    assert "Offer this version" in page(office, url("draft", new))
    assert client.get("/services/report-graffiti/").status_code == 200


def test_a_draft_that_is_not_good_is_not_even_read_by_a_second_person(writer, new):
    with at_work(ASHBY) as told:
        actions.save(draft_id=new.pk, changed={"examples.yaml": "- name: nothing\n"}, **told)
    html = writer.post(url("ask", new), {"words": ""}).content.decode()
    assert "It cannot be used as it stands." in html
    assert draft_of().state == "writing"


def change(client, body_id=ASHBY, service_id="garden-waste", old="en: How many bins?", new="en: How many bins please?"):
    """Let a manager begin the next version of a service, with other words in it."""
    world.as_staff(client, body_id, "manager")
    assert client.post(reverse("editor:change", args=[service_id])).status_code == 302
    row = draft_of(body_id, service_id)
    with at_work(body_id) as told:
        text = row.files["service.yaml"]
        assert old in text
        actions.save(draft_id=row.pk, changed={"service.yaml": text.replace(old, new)}, **told)
    return row


def test_a_change_of_what_others_offer_too_is_agreed_to_by_the_partnership_office(client):
    row = change(client)
    assert "“How many bins?” becomes “How many bins please?”." in page(client, url("changes", row))
    with at_work(ASHBY) as told:
        actions.ask(draft_id=row.pk, **told)
    with at_work(ASHBY, "monitoring-officer") as told:
        assert queries.reviewers("garden-waste", ASHBY, now().date()) == queries.FOR_ALL
    reader = page(world.as_staff(client, ASHBY, "monitoring-officer"), url("draft", row))
    assert 'name="verdict"' in reader
    assert url("text", row, "service.yaml") not in reader, "who only reads is led to no page that is closed to them"
    office = world.as_staff(client, ASHBY, "partnership-office")
    html = page(office, url("draft", row))
    assert "3 other bodies offer this service too" in html
    office.post(url("answer", row), {"verdict": "agree"})
    office.post(url("publish", row))
    assert catalogue.current("garden-waste").number == 2
    assert catalogue.current("garden-waste").definition.ask["bins"].label.en == "How many bins please?"


def test_a_manager_alone_may_not_agree_for_all_the_others():
    with at_work(ASHBY, "partnership-office") as told:
        row = actions.begin_change(body_id=ASHBY, service_id="garden-waste", **told)
        text = row.files["service.yaml"].replace("en: How many bins?", "en: How many bins please?")
        actions.save(draft_id=row.pk, changed={"service.yaml": text}, **told)
        actions.ask(draft_id=row.pk, **told)
    with at_work(ASHBY, "manager") as told, pytest.raises(actions.NotReviewer):
        actions.answer(draft_id=row.pk, agree=True, **told)
    with at_work(ASHBY, "monitoring-officer") as told:
        assert actions.answer(draft_id=row.pk, agree=True, **told).verdict == "agreed"


def test_a_version_that_came_meanwhile_is_looked_at_before_anything_is_published(client):
    mine = change(client)
    theirs = change(client, BORLEY, old="en: How many bins?", new="en: How many brown bins?")
    with at_work(BORLEY) as told:
        actions.ask(draft_id=theirs.pk, **told)
    with at_work(BORLEY, "partnership-office") as told:
        actions.answer(draft_id=theirs.pk, agree=True, **told)
        actions.publish(draft_id=theirs.pk, **told)
    world.as_staff(client, ASHBY, "manager")
    assert "Version 2 was published since this draft began." in page(client, url("draft", mine))
    with at_work(ASHBY) as told, pytest.raises(actions.OutOfDate):
        actions.ask(draft_id=mine.pk, **told)
    assert "“How many brown bins?” becomes “How many bins please?”." in page(client, url("changes", mine))
    client.post(url("newest", mine))
    with at_work(ASHBY) as told:
        assert actions.ask(draft_id=mine.pk, **told).verdict == "asked"


def test_only_who_does_a_service_changes_it_and_a_stranger_never_what_others_offer(client):
    world.as_staff(client, BORLEY, "manager")
    assert client.post(reverse("editor:change", args=["report-pothole"])).status_code == 403
    world.as_staff(client, EASTWOLD, "manager")
    for service_id in ("garden-waste", "complaint", "report-pothole"):
        assert client.post(reverse("editor:change", args=[service_id])).status_code == 403


def test_another_body_finds_no_draft(writer, new, client):
    world.as_staff(client, BORLEY, "manager")
    for name in ("draft", "preview", "changes", "history", "letters"):
        assert client.get(url(name, new)).status_code == 404, name
    assert client.post(url("drop", new)).status_code == 404
    assert "Report graffiti" not in page(client, reverse("editor:ours"))


def test_the_list_costs_no_more_for_more_services_or_drafts(writer, new, django_assert_max_num_queries):
    writer.post(reverse("editor:new"), NEW | {"name": "report-litter"})
    with django_assert_max_num_queries(20):
        assert "Change it" in page(writer, reverse("editor:ours"))


def test_a_letter_is_begun_in_both_languages_and_taken_out_again(writer, new):
    assert writer.post(url("letters", new), {"name": "will-come", "do": "add"}).status_code == 302
    assert {"letters/will-come.en.md", "letters/will-come.cy.md"} <= set(draft_of().files)
    assert "the letter `will-come` is never sent" in page(writer, url("preview", new))
    for lang in ("en", "cy"):
        writer.post(url("letters", new), {"remove": f"letters/will-come.{lang}.md"})
    assert draft_of().files == new.files


def test_a_service_of_ones_own_is_retired_and_comes_back_by_no_restart(client, tmp_path):
    with at_work(ASHBY) as told:
        row = actions.begin_new(body_id=ASHBY, service_id="report-graffiti", given=_given(), **told)
        actions.ask(draft_id=row.pk, **told)
    with at_work(ASHBY, "partnership-office") as told:
        actions.answer(draft_id=row.pk, agree=True, **told)
        actions.publish(draft_id=row.pk, **told)
        end = actions.begin_retiring(body_id=ASHBY, service_id="report-graffiti", **told)
        actions.ask(draft_id=end.pk, words="Street cleaning takes it", **told)
    manager = world.as_staff(client, ASHBY, "manager")
    assert "takes no new requests" in page(manager, url("changes", end))
    manager.post(url("answer", end), {"verdict": "agree"})
    manager.post(url("publish", end))
    assert client.get("/services/report-graffiti/").status_code == 404
    folder = tmp_path / "report-graffiti"
    catalogue.write_folder(folder, row.files)
    with at_work(ASHBY) as told:
        publishing.publish_folder(path=folder, **told)
    assert not catalogue.is_published("report-graffiti")


def _given():
    words = {name: NEW[name] for name in ("title", "title_cy", "work", "topic", "team")}
    return words | {"bodies": ["district", "unitary"], "source": "Environmental Protection Act 1990 s.89"}


def test_what_others_offer_is_not_retired(client):
    world.as_staff(client, ASHBY, "manager")
    answer = client.post(reverse("editor:retire", args=["garden-waste"]))
    assert answer.status_code == 409
    assert "Other bodies offer this service." in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [1, 2]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" + "".join(
            f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("bcdefgh", "cdefghi", strict=True)
        ), "refers to itself, or to too much"),
        ("[" * 5000, "nested too deep"),
        ("- " * 5000, "nested too deep"),
        ("a: \x07", "cannot be printed"),
        ("moothall: 1\nid: x\nid: y\n", "duplicate key"),
        ("%YAML 9.9 nonsense\n---\n- ", "line 1"),
    ],
)  # fmt: skip
def test_hostile_yaml_is_told_of_and_never_an_error_of_ours(writer, new, text, said):
    answer = writer.post(url("look", new, "service.yaml"), {"text": text, "number": 1})
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_words_with_markup_in_them_are_shown_as_words(writer, new):
    text = new.files["service.yaml"].replace("Where is it?", "<script>alert(1)</script>")
    html = writer.post(url("look", new, "service.yaml"), {"text": text, "number": 1}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_shipped_files_published_again_do_not_undo_what_was_written_here(client):
    row = change(client)
    with at_work(ASHBY) as told:
        actions.ask(draft_id=row.pk, **told)
    with at_work(ASHBY, "partnership-office") as told:
        actions.answer(draft_id=row.pk, agree=True, **told)
        actions.publish(draft_id=row.pk, **told)
        assert publishing.publish_folder(path=django_settings.SERVICES / "garden-waste", **told) == []
    assert catalogue.current("garden-waste").number == 2


def test_history_is_added_to_and_nothing_in_it_can_be_changed(new):
    for change_it in (lambda rows: rows.update(what="other"), lambda rows: rows.delete()):
        with at_work(ASHBY), pytest.raises(DatabaseError), transaction.atomic():
            change_it(Saving.objects.filter(draft=new))
    with at_work(ASHBY), pytest.raises(DatabaseError), transaction.atomic():
        Draft.objects.filter(pk=new.pk).delete()
