"""Every form, filled in as its own page shows it, sent by everybody whom it is not for: no row of others changes."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from tests.leaks import crawling, sending, unchanged
from tests.leaks.test_leak_matrix import BY_ITS_KEY, PUBLISHED
from tests.leaks.walkers import EVERY, NOBODY, RESIDENTS, STAFF, least_tried, one_for_each_guard

pytestmark = pytest.mark.timeout(400)
WALKERS = [*EVERY, *RESIDENTS, NOBODY]
HONEST = [*EVERY, *RESIDENTS]

WITHOUT_A_FORM = {
    "account/helping/confirm/": "comes with a code alone; tests/journeys/test_somebody_helps sends it",
    "staff/editor/drafts/<uuid:draft_id>/newest/": "no version came meanwhile; editor/tests send it",
    "staff/editor/drafts/<uuid:draft_id>/look/<path:file>/": "asked for by a script beside the text; editor/tests ask",
    "staff/joining/begin/": "the walkers' own body has begun; onboarding/tests send it",
    "staff/joining/ours/area/": "the area of the walkers' body is set; onboarding/tests send one",
    "staff/joining/ours/live/": "something is missing; onboarding/tests go live",
    "staff/joining/ours/data/<uuid:import_id>/again/": "nothing has stopped; core/tests start again",
    "api/external/<slug:slug>/<str:function>/answers/": "signed by another system; links/tests try it",
    "api/external/<slug:slug>/<str:function>/servicerequestupdates.<form:form>": "with a key; links/tests send some",
    "pay/webhook/": "signed by the provider; ledger/tests try it",
    "api/notify/<slug:slug>/received/": "sent with a token; inbox/tests try it",
    "api/notify/<slug:slug>/delivered/": "sent with a token; inbox/tests try it",
    "stand-ins/pay/card/<str:token>": "the practice provider's own page",
    "api/v1/cases/<reference>": "ninja takes GET only",
    "api/v1/cases/<reference>/events": "ninja takes GET only",
    "api/v1/cases/<reference>/days": "ninja takes GET only",
    "api/v1/cases/<reference>/day": "ninja takes PUT only",
    "links/systems/<str:function>/mode/": "demo only",
    "links/systems/<str:function>/aside/": "no row of theirs was set aside; links/tests set some",
    "links/systems/<str:function>/key/use/": "no key is being changed; links/tests change one",
    "links/systems/<str:function>/key/end-old/": "no key is being changed; links/tests change one",
    "open311/v2/requests.<form:form>": "sent with a key; standards/tests send some",
    "open311/v2/servicerequestupdates.<form:form>": "sent with a key; standards/tests send some",
    "ledger/payments/<str:reference>/ask/": "sent in test_what_a_form_names_stays_others",
    **dict.fromkeys(
        (f"together/<uuid:bundle_id>/{one}/" for one in ("ask/<slug:name>", "contact", "needs", "check")),
        "only the session that began them holds them; casework/tests send them",
    ),
    "desk/tickets/<uuid:ticket_id>/": "only the session that called somebody has a button; desk/tests press it",
    "desk/people/<uuid:person_id>/identity/": "no walker's service needs it; desk/tests send it",
    "desk/cases/<uuid:case_id>/identity/": "as above",
    "drafts/<uuid:draft_id>/check/": "sent in test_what_a_form_names_stays_others",
    "staff/privacy/erase": "sent in test_what_a_form_names_stays_others",
    "staff/privacy/pack": "sent in test_what_a_form_names_stays_others",
    "staff/leaving/carry-out/": "no body's day has come; leaving/tests press it",
    "staff/leaving/again/": "no work of theirs has stopped; leaving/tests press it",
    "appraisals/worked-out/<str:secret>/change/": "its address is in no list; appraisal/tests send it",
    "staff/appraisals/at/<slug:slug>/evidence/for/<str:name>/": "takes a file; appraisal/tests/test_figures send one",
    "staff/appraisals/at/<slug:slug>/live/<str:name>/again/": "no figure of theirs was read; appraisal/tests read some",
    "staff/appraisals/at/<slug:slug>/publish/": "no walker's case is frozen; appraisal/tests publish one",
}
"""Addresses that take a POST and that no page of the walkers has a form for."""

CHANGES_NOTHING = {
    "account/helping/": "takes a code that somebody handed over; tests/journeys/test_somebody_helps sends some",
    "staff/editor/new/": "a sentence is no service's name; editor/tests begin some",
    "appraisals/<slug:slug>/<int:number>/yours/": "a withheld figure has to be assumed; appraisal/tests assume one",
    "staff/appraisals/at/<slug:slug>/in/<path:place>/": "a sentence is no figure; appraisal/tests write some",
    "staff/appraisals/at/<slug:slug>/top/": "a sentence is no number of draws; appraisal/tests write one",
    "staff/appraisals/at/<slug:slug>/live/": "nobody asked for that service then; appraisal/tests read what was asked",
    "staff/joining/invite/": "a sentence is no body's code or address; onboarding/tests send some",
    "staff/joining/ours/look/": "its first button only shows; onboarding/tests press the other",
    "staff/joining/ours/staff/": "a sentence is no list of people; onboarding/tests send one",
    "staff/joining/ours/services/": "a decision of a day to come is none; onboarding/tests take the pack",
    "staff/joining/ours/data/": "the walkers have no file of another system; onboarding/tests send some",
    "staff/reorganisations/new/": "a plan must name bodies that fit together; reorganisation/tests write one",
    **dict.fromkeys(
        (f"staff/reorganisations/<uuid:plan_id>/{one}/" for one in ("rehearse", "carry-out", "undo", "confirm")),
        "not all have agreed, and no plan's day has come; reorganisation/tests press it",
    ),
    "returns/bring/": "a sentence is no table; returns/tests bring one",
    "staff/access-points/new/": "a sentence is no opening hours; desk/tests send one",
    "contracts/new/": "a contract does not end on the day it begins; journeys/test_consents lets one",
    "staff/reorganisations/<uuid:plan_id>/staff/": "a sentence is no list; reorganisation/tests send one",
    "recharges/costs/take/": "the walkers have no ledger to send; settlement/tests send one",
    "staff/savings/<str:reference>/verify/": "its first button only works the sum out; promises/tests press the other",
    "licensing/notices/<uuid:measure_id>/appeal/": "no appeal comes on a day to come; licensing/tests record one",
    "links/steps/<uuid:step_id>/retry/": "the step was only made to look failed",
    "staff/cases/<uuid:case_id>/<slug:verb>/ retry": "the same step, tried from its case's page",
    "staff/partnerships/register/": "a sentence is no table; scrutiny/tests send one",
    "staff/leaving/archives/<uuid:archive_id>/": "a download is written into the trail alone",
    "ledger/reconciliation/read/": "what the provider says may be known already",
}
"""Forms whose honest sender may change no row here."""

WRITTEN = (
    "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_xact_user_tables "
    "where relname not in ('django_session', 'core_auditentry', 'core_auditpayload', 'core_auditunsealed')"
)


@pytest.fixture(scope="module")
def forms(sights):
    """Return {kind of form: {walker: one such form}} of the forms that are not for whoever comes by."""
    found = {}
    for walker in HONEST:
        for form in sending.filled(sights[walker]):
            if not crawling.is_public(form.route) and not form.route.startswith((*BY_ITS_KEY, *PUBLISHED)):
                found.setdefault(form.kind, {}).setdefault(walker, form)
    return found


@pytest.fixture(scope="module")
def honest(sights):
    """Return {kind of form: [(walker, form)]} of all forms, as their own readers send them."""
    found = {}
    for walker in HONEST:
        for form in sending.filled(sights[walker]):
            if not crawling.is_public(form.route):
                found.setdefault(form.kind, []).append((walker, form))
    return found


def test_a_form_that_is_filled_in_is_taken_from_whom_it_is_for(honest):
    """Else the walks below would send what nobody takes, and find nothing."""
    browsers, refused = {}, {}
    for kind, sent in honest.items():
        answers = []
        for walker, form in sent:
            client = browsers.setdefault(walker, walker.browser())
            answers.append(_tried(form, client))
            if answers[-1] is True:
                break
        if True not in answers:
            refused[kind] = answers
    assert set(refused) == set(CHANGES_NOTHING), refused


def _tried(form, client):
    """Send a form and undo it; return True if it was taken and rows were written, else what was answered."""
    with transaction.atomic():
        before = _written()
        status = form.send(client).status_code
        written = _written() - before
        transaction.set_rollback(True)
    return True if (status < 400 and written) else (form.url, status, form.content)


def _written() -> int:
    """Return how many rows this connection says it wrote; what earlier transactions wrote stays in it for a while."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return cursor.fetchone()[0]


def test_every_address_that_takes_a_post_has_its_form_tried(honest):
    ours = {route for route in crawling.routes() if "POST" in crawling.methods(route) and not crawling.is_public(route)}
    tried = {form.route for sent in honest.values() for _, form in sent}
    assert ours - tried == {route for route in WITHOUT_A_FORM if not crawling.is_public(route)}


@pytest.mark.parametrize("walker", WALKERS, ids=[walker.name for walker in WALKERS])
def test_no_form_of_somebody_else_changes_a_row(sights, forms, admin, walker):
    client, wrong = walker.browser(), []
    own = sights[walker].addresses | {url for _, url, _ in sights[walker].forms}
    before = unchanged.picture(admin, walker.body_id)
    closed = {form.route for sent in forms.values() for form in sent.values() if not walker.is_let_in(form.route)}
    left_out = closed - set(one_for_each_guard(closed, 1))
    for by_owner in forms.values():
        for owner, form in by_owner.items():
            of_a_row = crawling.names_a_row(form.route)
            if owner == walker or form.route in left_out or (form.url in own if of_a_row else not walker.body_id):
                continue
            answer = form.send(client)
            if answer.status_code >= 500 or (of_a_row and not _says_no(answer, client, form)):
                wrong.append(f"{form.url} of {owner.name} answers {answer.status_code}")
    changed = unchanged.differences(before, unchanged.picture(admin, walker.body_id))
    assert (wrong, changed) == ([], [])


def _says_no(answer, client, form) -> bool:
    """Tell whether an answer refuses, and a refusal that is not a plain one is the same for a row that is not there."""
    if answer.status_code == 302:
        return answer["Location"].startswith(("/sign-in/", "/track/"))
    if answer.status_code == 409:
        return replace(form, url=crawling.missing(form.route, form.url)).send(client).status_code == 409
    return answer.status_code in (403, 404, 405)


def test_a_role_that_a_form_is_not_for_is_turned_away_and_changes_nothing(forms, admin):
    by_route = {}
    for by_owner in forms.values():
        for owner, form in by_owner.items():
            by_route.setdefault(form.route, {})[owner.body_id] = form
    before, wrong, tried = unchanged.picture(admin), [], {}
    for walker in STAFF:
        client = walker.browser()
        for route in least_tried((route for route in by_route if not walker.is_let_in(route)), tried):
            own = by_route[route].get(walker.body_id)
            answer = (own or next(iter(by_route[route].values()))).send(client)
            tried[route] = tried.get(route, 0) + 1
            if answer.status_code not in (403, 405):
                wrong.append(f"{walker.name}: {route} answers {answer.status_code}")
    assert (wrong, unchanged.differences(before, unchanged.picture(admin))) == ([], [])
    assert set(tried) == {route for route in by_route if any(not walker.is_let_in(route) for walker in STAFF)}


def test_what_a_form_names_stays_others(sights, admin):
    """Forms that name rows in their content and not in their address: another's are as good as missing."""
    people = [url.split("/")[3] for walker in EVERY for url in sights[walker].urls["staff/people/<uuid:person_id>/"]]
    outsider = EVERY[-1]
    foreign = [one for one in people if f"/staff/people/{one}/" not in sights[outsider].addresses]
    client, before = outsider.browser(), unchanged.picture(admin, outsider.body_id)
    cache.clear()
    for one in foreign:
        client.post("/staff/privacy/pack", {"who": one, "person_ids": one})
        client.post("/staff/privacy/erase", {"who": one, "person_ids": one, "because": "matrix", "sure": "yes"})
        client.post("/staff/people/decide/", {"kind": "link", "one": one, "other": foreign[0], "reason": "papers"})
        client.post("/desk/", {"q": one})
    for (draft_id,) in admin.execute("select id from casework_draft where person_id is not null").fetchall():
        assert client.post(f"/drafts/{draft_id}/check/").status_code == 404
        assert NOBODY.browser().post(f"/drafts/{draft_id}/check/").status_code == 404
    for (reference,) in admin.execute("select reference from ledger_payment").fetchall():
        assert client.post(f"/ledger/payments/{reference}/ask/").status_code == 404
    assert foreign
    assert unchanged.differences(before, unchanged.picture(admin, outsider.body_id)) == []


def test_a_change_of_one_row_is_seen(admin, planted):
    """The picture that the tests above compare is true to a single letter."""
    before = unchanged.picture(admin)
    with admin.transaction(force_rollback=True):
        admin.execute("set session_replication_role = replica")
        admin.execute("update core_outgoingwords set subject = subject || '.' where outgoing_id = "
                      "(select min(outgoing_id::text)::uuid from core_outgoingwords)")  # fmt: skip
        assert unchanged.differences(before, unchanged.picture(admin)) == ["core_outgoingwords"]
    assert set(unchanged.WHOSE) <= set(before)
