"""Partnerships: proposed, agreed by name, amended, left, ended; and what is withheld stays with its members."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from tests.terms import AT, BY, SECRET, as_body, councillor, decide, propose, running, terms
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD

from moothall.bodies import queries as bodies
from moothall.core.models import Outgoing
from moothall.core.queue import run_pending
from moothall.sharing import actions, queries
from moothall.sharing.actions import partnerships as acting
from moothall.sharing.models import Decision, Terms, Withheld

TODAY = AT.date()


def found(on=TODAY, slug="ashby-and-borley-waste"):
    return queries.partnership(slug, on)


@pytest.mark.django_db
def test_each_member_agrees_by_a_named_decision_of_its_own():
    row = propose()
    assert (found().state, found().version(1).waiting) == ("proposed", (ASHBY, BORLEY))
    decide(ASHBY, row)
    assert found().version(1).waiting == (BORLEY,)
    decide(BORLEY, row)
    one = found()
    assert (one.state, one.starts, one.member_ids, one.model) == ("running", TODAY, (ASHBY, BORLEY), "lead-authority")
    assert [p.slug for p in queries.partnerships(TODAY, BORLEY)] == [one.slug]
    assert queries.partnerships(TODAY, EASTWOLD) == []
    assert [p.slug for p in queries.partnerships(TODAY, service_id="garden-waste")] == [one.slug]


@pytest.mark.django_db
def test_no_shared_service_without_a_named_councillor():
    with pytest.raises(actions.TermsIncomplete) as refused:
        propose(services=[terms()["services"][0] | {"councillor": ""}])
    assert refused.value.details["problems"] == [("services", "Name the councillor who answers for “Garden waste”.")]


@pytest.mark.django_db
def test_a_body_answers_only_by_a_councillor_of_its_own():
    row = propose(services=[terms()["services"][0] | {"councillor": councillor(BORLEY)}])
    with pytest.raises(actions.NotOurCouncillor, match="not a councillor of Ashby"):
        decide(ASHBY, row)
    assert decide(BORLEY, row)


@pytest.mark.django_db
def test_an_outsider_can_neither_propose_decide_nor_amend():
    with pytest.raises(acting.NotAMember):
        propose(EASTWOLD)
    row = running()
    with pytest.raises(acting.NothingToDecide):
        decide(EASTWOLD, row)
    said = [*terms()["members"], {"body_id": COVEHAM, "starts": "2026-11-20"}]
    more = [*terms()["interests"], {"body_id": COVEHAM, "what": "None"}]
    with pytest.raises(acting.NotAMember):
        propose(COVEHAM, row.partnership_id, members=said, interests=more)


@pytest.mark.django_db
def test_nobody_decides_for_another_body():
    row = propose()
    with as_body(BORLEY), pytest.raises(acting.NotAMember):
        actions.decide(body_id=ASHBY, partnership_id=row.partnership_id, number=1, agree=False, reason="No",
                       decided_by="x", minute="y", decided_on=TODAY, at=AT, by=BY)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"agree": False}, acting.ReasonMissing),
        ({"minute": " "}, acting.DecisionUnnamed),
        ({"decided_by": ""}, acting.DecisionUnnamed),
        ({"decided_on": TODAY + dt.timedelta(days=1)}, acting.DecidedInTheFuture),
    ],
)
def test_a_decision_says_who_where_when_and_a_no_says_why(more, refusal):
    row = propose()
    with pytest.raises(refusal):
        decide(ASHBY, row, **more)


@pytest.mark.django_db
def test_a_new_version_never_changes_an_old_one():
    row = running()
    before = Terms.objects.get(pk=row.pk).data
    longer = {"notice_months": 12, "cost_pence": 250000, "words": "Lorries stay with their owner."}
    again = propose(BORLEY, row.partnership_id, exit=longer)
    assert (again.number, found().number) == (2, 1)
    decide(ASHBY, again)
    decide(BORLEY, again)
    assert (found().number, found().terms.exit.notice_months) == (2, 12)
    assert Terms.objects.get(pk=row.pk).data == before
    for table, change in ((Terms, {"because": "x"}), (Decision, {"reason": "x"})):
        with as_body(ASHBY), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            table.objects.update(**change)


@pytest.mark.django_db
def test_a_withheld_part_is_read_by_members_only():
    running(withheld=[SECRET])
    with as_body(ASHBY):
        assert found().terms.costs[0].words == "£4.20 a bin"
    for who in ((), (EASTWOLD,), (COVEHAM,)):
        with as_body(*who):
            assert found().terms.costs is None
            assert Withheld.objects.count() == 0
            assert found().terms.hidden("costs").reason == "Prices are being negotiated."
    assert "4.20" not in str(Terms.objects.values_list("data", flat=True))


def test_it_becomes_public_by_itself_on_its_day(real_db, owner):
    running(withheld=[SECRET])
    owner.execute("alter table sharing_withheld disable trigger user")
    for days, seen in ((1, False), (0, True), (-1, True)):
        owner.execute(
            "update sharing_withheld set expires = (now() at time zone 'Europe/London')::date + %s::int", [days]
        )
        with as_body():
            assert (found().terms.costs is not None) is seen


@pytest.mark.django_db
def test_a_member_leaves_with_the_notice_that_was_agreed():
    row = running()
    words = {"reason": "Too far away.", "decided_by": "Council", "minute": "C/9", "decided_on": TODAY}
    with as_body(BORLEY):
        with pytest.raises(actions.NoticeTooShort, match="20 May 2027"):
            actions.leave(body_id=BORLEY, partnership_id=row.partnership_id, leaves=dt.date(2027, 5, 19), **words,
                          at=AT, by=BY)  # fmt: skip
        actions.leave(body_id=BORLEY, partnership_id=row.partnership_id, leaves=dt.date(2027, 5, 20), **words,
                      at=AT, by=BY)  # fmt: skip
    assert found(dt.date(2027, 5, 19)).state == "running"
    ended = found(dt.date(2027, 5, 20))
    assert (ended.state, ended.ends, ended.why_ended) == ("ended", dt.date(2027, 5, 20), "Too far away.")
    assert ended.member_ids == (ASHBY, BORLEY)


@pytest.mark.django_db
def test_it_can_end_in_part_once_all_agree():
    row = running()
    with as_body(BORLEY):
        ending = actions.propose_end(
            body_id=BORLEY, partnership_id=row.partnership_id, ends=dt.date(2027, 4, 1), why="Too little gained.",
            continuing=("Garden waste", "Nothing we share"), at=AT, by=BY,
        )  # fmt: skip
    decide(BORLEY, ending)
    assert found(dt.date(2027, 4, 2)).state == "running"
    decide(ASHBY, ending)
    one = found(dt.date(2027, 4, 1))
    assert (one.state, one.ends, one.why_ended) == ("ended", dt.date(2027, 4, 1), "Too little gained.")
    assert one.continuing == ("Garden waste",)
    with pytest.raises(acting.AlreadyEnded), as_body(ASHBY):
        later = dt.datetime(2027, 5, 1, 9, tzinfo=dt.UTC)
        actions.propose(body_id=ASHBY, terms=terms(councillor()), partnership_id=row.partnership_id, at=later, by=BY)


@pytest.mark.django_db
def test_two_partnerships_do_not_share_a_name():
    propose()
    with pytest.raises(acting.NameTaken):
        propose()


@pytest.mark.django_db
def test_the_database_itself_refuses_terms_in_another_s_name():
    row = propose()
    with as_body(EASTWOLD), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Terms.objects.create(partnership_id=row.partnership_id, number=2, proposer_id=EASTWOLD,
                             member_ids=[EASTWOLD], data={}, because="", proposed_at=AT)  # fmt: skip
    with as_body(ASHBY), pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(body_id=ASHBY, terms=row, kind="refuse", decided_by="x", minute="y",
                                decided_on=TODAY, recorded_at=AT)  # fmt: skip


def test_the_other_member_is_written_to(real_db):
    propose()
    run_pending(at=AT)
    with as_body(BORLEY):
        sent = [row for row in Outgoing.objects.select_related("words") if row.template == "terms-proposed"]
        assert {row.words.recipient for row in sent} == {
            post.account.email
            for role in ("monitoring-officer", "councillor")
            for post in bodies.staff(BORLEY, TODAY, role).select_related("account")
        }
        assert "Borley District Council is asked to decide by name" in sent[0].words.text
    with as_body(ASHBY):
        assert not Outgoing.objects.filter(template="terms-proposed").exists()


@pytest.mark.django_db
def test_only_its_own_body_sees_a_draft():
    with as_body(ASHBY):
        row = actions.save_draft(body_id=ASHBY, data={"name": "x"}, at=AT, by=BY)
        assert queries.drafts(ASHBY) == [row]
    with as_body(BORLEY):
        assert queries.drafts(ASHBY) == []
        with pytest.raises(Exception, match="cannot find those terms"):
            queries.draft(row.pk)
