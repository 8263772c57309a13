"""Improvement plans and ideas: written with those they concern, adopted whole, and the next one learns from them."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from tests.plans import DUE, adopted, begun, written
from tests.savings import AT, NEXT, YEAR, actor, promised
from tests.terms import as_body
from tests.world import ASHBY, BORLEY, EASTWOLD, account_of

from moothall.core.models import Outgoing
from moothall.promises import actions, queries
from moothall.promises.models import Idea, Plan, PlanAction, Voice
from moothall.promises.rules import plans as rules
from moothall.promises.rules.plans import Act, Heard
from moothall.promises.rules.told import need_words

TODAY = AT.date()
DAY = dt.date(2026, 5, 1)
SOUND = Act("A", True, DAY, DAY, (1, 2, 3), "Fewer misses", key="a")
VOICES = [Heard(group, "said", "answered") for group in rules.GROUPS]
db = pytest.mark.django_db


@pytest.mark.parametrize(
    ("acts", "voices", "priorities", "lacks"),
    [
        ([SOUND], VOICES, "x", ()),
        ([SOUND], VOICES, "", (("priorities", ""),)),
        ([], VOICES, "x", (("actions", ""),)),
        ([Act("A", False, DAY, DAY, (1,), "x")], VOICES, "x", (("owner", "A"),)),
        ([Act("A", True, DAY, DAY, (1,), "")], VOICES, "x", (("effect", "A"),)),
        ([SOUND], VOICES[1:], "x", (("group", "users"),)),
        ([SOUND], [*VOICES, Heard("lesson", "Too late", "")], "x", (("answer", "Too late"),)),
    ],
)
def test_a_plan_names_what_it_lacks(acts, voices, priorities, lacks):
    assert rules.missing(acts, voices, priorities) == lacks
    assert all(need_words(*one) for one in lacks)


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({}, []),
        ({"due": TODAY - dt.timedelta(days=1)}, ["due:a"]),
        ({"starts": TODAY - dt.timedelta(days=1)}, ["begin:a"]),
        ({"starts": TODAY - dt.timedelta(days=1), "state": "begun"}, []),
        ({"has_owner": False}, ["owner:a"]),
        ({"has_owner": False, "due": DAY, "state": "done"}, []),
    ],
)
def test_a_plan_warns_of_what_is_late_and_what_nobody_owns(change, keys):
    act = Act(**(vars(SOUND) | {"starts": TODAY, "due": TODAY} | change))
    assert [alarm.key for alarm in rules.alarms([act], TODAY)] == keys


def test_what_was_dropped_costs_nothing_and_is_not_counted_as_undone():
    acts = [SOUND, Act(**(vars(SOUND) | {"state": "dropped"})), Act(**(vars(SOUND) | {"state": "done"}))]
    assert rules.phased(acts) == [2, 4, 6]
    assert rules.progress(acts) == (1, 2)


@db
def test_a_draft_is_its_body_s_alone_and_an_adopted_plan_everybody_s():
    row = written()
    with as_body(BORLEY):
        with pytest.raises(queries.UnknownPlan):
            queries.plan(row.reference)
        assert not Voice.objects.exists()
        assert not PlanAction.objects.exists()
    adopted(row)
    with as_body(EASTWOLD):
        one = queries.plan(row.reference)
        assert (one.row.state, one.costs, len(one.voices)) == ("adopted", [350_000, 20_000, 20_000], 4)


@db
def test_a_plan_is_adopted_only_whole_and_says_all_that_it_lacks():
    row = begun()
    by = {"at": AT, "by": actor("manager")}
    decision = {"adopted_by": "Cabinet", "minute": "x", "adopted_on": TODAY, "councillor": "Ada"}
    with as_body(ASHBY):
        with pytest.raises(actions.PlanNotReady, match=r"Say what comes first.*front-line staff"):
            actions.adopt_plan(plan_id=row.pk, **decision, **by)
        with pytest.raises(actions.PlanThere):
            begun()
        with pytest.raises(actions.DaysWrong):
            actions.put_action(plan_id=row.pk, title="x", owner_id=None, starts=DUE, due=TODAY, costs=(0, 0, 0),
                               effect="x", **by)  # fmt: skip
        with pytest.raises(actions.CostsWrong):
            actions.put_action(plan_id=row.pk, title="x", owner_id=None, starts=TODAY, due=DUE, costs=(0, 0),
                               effect="x", **by)  # fmt: skip
        with pytest.raises(actions.OwnerUnknown):
            actions.put_action(plan_id=row.pk, title="x", owner_id=int(actor("manager", BORLEY).id), starts=TODAY,
                               due=DUE, costs=(0, 0, 0), effect="x", **by)  # fmt: skip
    with as_body(BORLEY), pytest.raises(actions.NotYourPlan):
        actions.set_priorities(plan_id=row.pk, priorities="Ours", **by)


@db
def test_what_was_adopted_stays_and_only_its_actions_go_on():
    row = adopted()
    by = {"at": AT, "by": actor("manager")}
    one = queries.plan(row.reference)
    action, voice = one.actions[0], one.voices[0]
    with as_body(ASHBY):
        with pytest.raises(actions.PlanAdopted):
            actions.set_priorities(plan_id=row.pk, priorities="Other", **by)
        for write in (
            lambda: Plan.objects.filter(pk=row.pk).update(priorities="Other"),
            lambda: PlanAction.objects.filter(pk=action.pk).update(title="Other"),
            lambda: Voice.objects.filter(pk=voice.pk).update(answer="Other"),
            lambda: PlanAction.objects.filter(pk=action.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="what was adopted stays"), transaction.atomic():
                write()
        actions.move_action(plan_id=row.pk, action_id=action.pk, state="begun", outcome="", **by)
        actions.move_action(plan_id=row.pk, action_id=action.pk, state="done", outcome="28 missed a month", **by)
        with pytest.raises(actions.ActionCannot):
            actions.move_action(plan_id=row.pk, action_id=action.pk, state="begun", outcome="", **by)
    assert queries.plan(row.reference).progress == (1, 2)


@db
def test_the_next_plan_has_to_answer_what_the_last_one_taught():
    row = adopted()
    by = {"at": AT, "by": actor("manager")}
    with as_body(ASHBY):
        actions.learn(plan_id=row.pk, words="Crews must be asked before rounds change.", **by)
    following = begun(year=NEXT)
    with as_body(ASHBY):
        actions.learn(plan_id=row.pk, words="Letters came too late.", **by)
        one = queries.plan(following.reference)
        assert [(voice.group, voice.asked, voice.answer) for voice in one.voices] == [("lesson", row.reference, "")] * 2
    written(following)
    with as_body(ASHBY):
        following = queries.plan(following.reference).row
        assert {kind for kind, _ in queries.plan_lacks(following, TODAY)} == {"answer"}
        for voice in one.voices:
            actions.answer_voice(plan_id=following.pk, voice_id=voice.pk, answer="Yes", **by)
        assert queries.plan_lacks(following, TODAY) == ()
        with pytest.raises(actions.NotAdopted):
            actions.learn(plan_id=following.pk, words="x", **by)


@db
def test_an_action_may_make_a_saving_and_says_which():
    row, saving = begun(), promised()
    by = actor("manager")
    with as_body(ASHBY):
        actions.put_action(plan_id=row.pk, title="Plan the rounds anew", owner_id=int(by.id), starts=TODAY, due=DUE,
                           costs=(1, 0, 0), effect="x", saving_id=saving.pk, at=AT, by=by)  # fmt: skip
        assert queries.plan(row.reference).actions[0].saving.reference == saving.reference


@db
def test_who_owns_a_late_action_and_the_councillor_are_warned_once():
    row = adopted()
    with as_body(ASHBY):
        later = AT + dt.timedelta(days=200)
        assert actions.watch_plans(body_id=ASHBY, at=AT, by=actor("manager")) == 0
        assert actions.watch_plans(body_id=ASHBY, at=later, by=actor("manager")) == 2
        assert actions.watch_plans(body_id=ASHBY, at=later, by=actor("manager")) == 0
        sent = Outgoing.objects.select_related("words").filter(template="plan-warning")
        assert account_of(ASHBY, "manager").email in {one.words.recipient for one in sent}
        assert f"/plans/{row.reference}/" in sent[0].words.text


def proposed(body_id=ASHBY, by=None, **changes):
    said = {"title": "Stickers in four languages", "words": "Say on the bin what goes in.", "origin": "staff",
            "service_id": "garden-waste"} | changes  # fmt: skip
    with as_body(body_id):
        return actions.propose_idea(body_id=body_id, **said, at=AT, by=by or actor("crew", body_id))


def fund(pence=100_000, most=60_000, **changes):
    with as_body(ASHBY):
        return actions.set_fund(body_id=ASHBY, **({"year": YEAR, "pence": pence, "most": most, "decided_by": "Cabinet",
                                "minute": "x"} | changes), at=AT, by=actor("finance"))  # fmt: skip


def granted(row, pence=60_000, by=None, ends=DUE):
    with as_body(ASHBY):
        actions.grant_idea(idea_id=row.pk, pence=pence, decided_by="The service board", reason="Cheap to try",
                           shows="Fewer wrong things in the bin", ends=ends, at=AT,
                           by=by or actor("manager"))  # fmt: skip
    return row


@db
def test_a_small_grant_comes_out_of_the_fund_and_what_was_not_spent_goes_back():
    one, two = proposed(), proposed(title="A second")
    with pytest.raises(actions.NoFund):
        granted(one)
    fund()
    with pytest.raises(actions.FundThere):
        fund()
    with pytest.raises(actions.GrantTooLarge):
        granted(one, 60_001)
    granted(one)
    with pytest.raises(actions.FundSpent, match="holds £400"):
        granted(two, 50_000)
    with as_body(ASHBY), pytest.raises(actions.GrantTooLarge):
        actions.end_trial(idea_id=one.pk, result="worked", learnt="x", spent=60_001, at=AT, by=actor("manager"))
    with as_body(ASHBY):
        actions.end_trial(idea_id=one.pk, result="partly", learnt="Pictures work, words do not.", spent=45_000, at=AT,
                          by=actor("manager"))  # fmt: skip
    granted(two, 50_000)
    assert queries.funds()[0].left == 100_000 - 45_000 - 50_000
    with as_body(ASHBY), pytest.raises(DatabaseError, match="no more than it holds"), transaction.atomic():
        Idea.objects.filter(pk=two.pk).update(grant=60_000)


@db
def test_what_a_trial_taught_waits_in_the_service_s_plans():
    fund()
    one = granted(proposed())
    draft = begun()
    with as_body(ASHBY):
        actions.end_trial(idea_id=one.pk, result="not", learnt="Stickers fall off.", spent=1, at=AT,
                          by=actor("manager"))  # fmt: skip
        (voice,) = queries.plan(draft.reference).voices
        assert (voice.group, voice.asked, voice.said) == ("lesson", one.reference, "Stickers fall off.")
        with pytest.raises(actions.IdeaCannot):
            actions.decline_idea(idea_id=one.pk, decided_by="x", reason="x", at=AT, by=actor("manager"))
    assert begun(year=NEXT).reference != draft.reference


@db
def test_whoever_wrote_an_idea_down_does_not_decide_on_it_and_nobody_else_s_body_does():
    fund()
    mine = proposed(by=actor("manager"))
    with pytest.raises(actions.OwnIdea):
        granted(mine)
    with as_body(BORLEY), pytest.raises(actions.NotYourIdea):
        actions.decline_idea(idea_id=mine.pk, decided_by="x", reason="x", at=AT, by=actor("manager", BORLEY))
    with as_body(ASHBY):
        actions.decline_idea(idea_id=mine.pk, decided_by="Board", reason="Tried in 2019.", at=AT, by=actor("finance"))
    with as_body(EASTWOLD):
        assert queries.idea(mine.reference).reason == "Tried in 2019."


@db
def test_a_trial_that_is_over_asks_what_came_of_it():
    fund()
    granted(proposed(by=actor("adviser")), ends=TODAY)
    with as_body(ASHBY):
        later = AT + dt.timedelta(days=1)
        assert actions.watch_plans(body_id=ASHBY, at=later, by=actor("manager")) == 1
        words = Outgoing.objects.select_related("words").filter(template="plan-warning")[0].words.text
        assert "nobody has said what came of it" in words


@pytest.mark.parametrize("change", [{"pence": 10, "most": 20}, {"most": 0}])
@db
def test_a_fund_holds_at_least_what_one_idea_may_have(change):
    with pytest.raises(actions.FundWrong):
        fund(**change)
