"""The worked examples of every service, played through the real case: it does what the definition says on paper."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from pydantic import BaseModel, ConfigDict
from tests.world import ASHBY, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.casework import actions
from moothall.casework.models import Case, Message, Step
from moothall.casework.tests.conftest import CONTACT, NOBODY, OFFICER, RESIDENT, a_place, scope
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import LONDON, local
from moothall.core.scope import scoped
from moothall.core.steps import Performer, Waiting, registry
from moothall.sharing import actions as sharing
from moothall.sharing.actions import adoptions

SERVICES = sorted(path.parent.name for path in Path(settings.SERVICES).glob("*/service.yaml"))
STORIES = [
    pytest.param(service, story, id=f"{service}: {story.name}")
    for service in SERVICES
    for story in catalogue.worked_examples(Path(settings.SERVICES) / service)
    if "problems" not in story.then
]


class Anything(BaseModel):
    """What a story's steps put out."""

    model_config = ConfigDict(extra="allow")


@pytest.fixture
def _patient(monkeypatch):
    """Let every function wait until the story ends its step."""
    for name in [*registry, "highways.inspect", "highways.repair", "highways.quality_check", "waste.check_round",
                 "waste.return_visit", "waste.collect_bulky", "waste.clear", "waste.subscribe", "payments.take",
                 "payments.give_back", "licensing.check", "licensing.issue", "returns.file", "returns.owed",
                 "booking.choose", "booking.confirm"]:  # fmt: skip
        monkeypatch.setitem(registry, name, Performer(name, lambda ctx, **_: Waiting(), Anything, None, name))


def plain(value):
    """Return days and moments as text."""
    return json.loads(json.dumps(value, default=str))


def play(service, story):
    """Open the story's case and let happen what happens; return the case."""
    body_id = ASHBY if "district" in catalogue.current(service).definition.done_by.bodies else MARCHSHIRE
    urgent = catalogue.current(service).definition.urgent
    teams = (urgent.team,) if urgent else ()
    officer, opened = scope(body_id, teams=teams), story.opened.replace(tzinfo=LONDON)
    with scoped(officer):
        sharing.end_adoption(body_id=body_id, service_id=service, ends=opened.date(), at=opened, by=OFFICER)
        adoptions.adopt(
            body_id=body_id,
            service_id=service,
            version_id=catalogue.current(service).id,
            parameters=story.body,
            starts=opened.date(),
            at=opened,
            by=OFFICER,
        )
    with scoped(NOBODY):
        case_id = actions.open_case(
            service_id=service,
            answers=plain(story.answers),
            place=a_place(),
            contact=CONTACT | {"address": "14 Mill Lane"},
            body_id=body_id,
            channel=story.channel,
            at=opened,
            by=NOBODY.actor,
        ).case_id
    for number, happening in enumerate(story.happens):
        by = Actor("staff", str(300 + number), body_id)  # somebody else each time, as some services ask for
        with scoped(officer):
            if happening.reopened:
                at = happening.reopened.replace(tzinfo=LONDON)
                actions.reopen_case(case_id=case_id, reason="I disagree.", at=at, by=RESIDENT)
                continue
            step = Step.objects.filter(case_id=case_id, name=happening.step).latest("round")
            at = happening.at.replace(tzinfo=LONDON) if happening.at else step.due_at
            actions.notice_missed(body_id=body_id, at=at, by=OFFICER)
            if happening.refused:
                actions.refuse_step(step_id=step.pk, reason=happening.refused, at=at, by=by)
            else:
                actions.finish_step(step_id=step.pk, outputs=plain(happening.gives), at=at, by=by)
    return officer, case_id


@pytest.mark.django_db
@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize(("service", "story"), STORIES)
def test_a_story_goes_as_its_service_says(service, story):
    officer, case_id = play(service, story)
    with scoped(officer):
        case = Case.objects.get(pk=case_id)
        steps = {step.name: step for step in Step.objects.filter(case_id=case_id, round=case.round)}
        letters = Message.objects.filter(case_id=case_id).order_by("id").values_list("letter", flat=True)
        came = {
            "promise": local(case.promise_due).date(),
            "steps": {name: step.state for name, step in steps.items()},
            "due": {name: local(step.due_at).date() for name, step in steps.items() if step.due_at},
            "messages": list(letters),
            "outcome": case.outcome or None,
            "kept": bool(case.promise_kept),
        }

    expected = {name: plain(value) for name, value in story.then.items() if name in came}
    assert {name: plain(came[name]) for name in expected} == expected
    assert bodies.body(case.body_id).code == case.reference[:3]
