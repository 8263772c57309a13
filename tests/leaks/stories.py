"""What happens to the planted cases: holes that are inspected and mended, collections that are paid and given back."""

import datetime as dt
import shutil
import tempfile
from io import BytesIO
from pathlib import Path

from tests.leaks.words import ANN, BOB, INSIDE, PART, PROVIDED, TAKEN, as_body, canary, staff_account, told
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE, MILL_LANE_14

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.ids import new_id
from moothall.core.scope import Scope, scoped

DEGREE_OF_LONGITUDE = 67_900  # metres, at the latitude of Marchshire


def tell(residents) -> dict:
    """Tell all stories; return {code: case id} of the cases that two bodies share."""
    _holes(residents[ANN][1])
    _collections(residents[BOB][1])
    _missed_bin(residents[BOB][1])
    _drafts(residents)
    shared = {PART: _in_part_the_countys(), PROVIDED: _provided_by_borley(), TAKEN: _taken_by_ashby()}
    _in_another_system()
    _offers()
    _partnership()
    _departure()
    _joining()
    _reorganisation()
    return shared


def _joining() -> None:
    """Eastwold is on its way in, and has brought a file of customers with a wrong line."""
    from moothall.onboarding import actions as onboarding

    inside = canary(INSIDE[EASTWOLD])
    content = f"number,name,email\nN-1,{inside} Example,inside@example.org\n,{inside} Nobody,\n"
    with as_body(EASTWOLD):
        onboarding.begin(body_id=EASTWOLD, **told(EASTWOLD))
        onboarding.bring_file(
            body_id=EASTWOLD, kind="customers", system=f"{inside} CRM", title=f"{inside}.csv", content=content,
            **told(EASTWOLD),
        )  # fmt: skip


def _reorganisation() -> None:
    """Ashby and Borley plan to become one; Ashby asks for consent and lists who goes where."""
    from moothall.bodies import queries as bodies
    from moothall.reorganisation import actions as plans

    by, at = told(ASHBY)["by"], told(ASHBY)["at"]
    new = plans.NewBody(code="WES", slug="westmarch", name="Westmarch Council", kind="district", colour="#3b2e5a",
                        accent="#e0a458", address="https://www.westmarch.example")  # fmt: skip
    with as_body(ASHBY):
        plan_id = plans.plan(
            body_id=ASHBY, slug="westmarch", title="Two councils become one", basis="An order", successors=[new],
            vesting=now().date() + dt.timedelta(days=300), parts=[plans.Part(ASHBY, "WES"), plans.Part(BORLEY, "WES")],
            at=at, by=by,
        )  # fmt: skip
        plans.ask_consent(plan_id=plan_id, body_id=ASHBY, kind="land", reference="D-1", what="A depot",
                          pence=20_000_000, at=at, by=by)  # fmt: skip
        first = bodies.staff(ASHBY, now().date()).first()
        plans.move_staff(plan_id=plan_id, body_id=ASHBY, at=at, by=by,
                         rows=[{"staff_id": first.pk, "successor": "", "team": ""}])  # fmt: skip


def _departure() -> None:
    """Borley gives notice that it leaves next year, and has an archive made."""
    from moothall.leaving import actions as leaving

    day = now().date()
    with as_body(BORLEY):
        leaving.decide_to_leave(
            body_id=BORLEY, leaves=day + dt.timedelta(days=400), reason="It joins another platform.",
            decided_by="Full council", minute="C/1", decided_on=day, address="https://www.borley.example",
            **told(BORLEY),
        )  # fmt: skip
        leaving.ask_for_archive(body_id=BORLEY, **told(BORLEY))


def _partnership() -> None:
    """Ashby and Marchshire share garden waste and do not show yet what it costs; Ashby writes other terms."""
    from tests.terms import terms

    from moothall.bodies import actions as bodies
    from moothall.core.models import Account
    from moothall.promises import actions as promises
    from moothall.sharing import actions as sharing

    day = now().date()
    with as_body(ASHBY):
        account = Account.objects.create_user("ada.example@ashby.example", is_staff_account=True)
        councillor = "Ada Example"  # named in public
        bodies.appoint(account_id=account.pk, body_id=ASHBY, name=councillor, roles=["councillor"], starts=day,
                       **told(ASHBY))  # fmt: skip
        both = [{"body_id": one, "starts": str(day)} for one in (MARCHSHIRE, ASHBY)]
        service = terms(councillor)["services"][0] | {"receivers": [MARCHSHIRE]}
        said = terms(
            councillor, members=both, starts=str(day), services=[service],
            exit={"notice_months": 0, "cost_pence": 0, "words": "At once."},
            interests=[{"body_id": one, "what": "None"} for one in (MARCHSHIRE, ASHBY)],
            costs=[{"service": "Garden waste", "method": "fixed", "words": f"{canary(TAKEN)} price"}],
            contributions=[{"body_id": ASHBY, "what": "Two lorries"}], documents=[_paper()],
            withheld=[{"part": part, "reason": "Being settled", "owner": "Ashby", "test": "Weighed",
                       "expires": str(day + dt.timedelta(days=90))} for part in ("costs", "documents")],
        )  # fmt: skip
        row = sharing.propose(body_id=ASHBY, terms=said, **told(ASHBY))
        sharing.save_draft(
            body_id=ASHBY, data=said | {"name": "Other terms", "purpose": canary(INSIDE[ASHBY])}, **told(ASHBY)
        )
    for one in (ASHBY, MARCHSHIRE):
        with as_body(one):
            sharing.decide(
                body_id=one, partnership_id=row.partnership_id, number=1, agree=True, decided_by="Cabinet",
                minute="1", decided_on=day, **told(one),
            )  # fmt: skip
    with as_body(ASHBY):
        sharing.propose(body_id=ASHBY, terms=said, partnership_id=row.partnership_id, **told(ASHBY))
        promises.run_fit(body_id=ASHBY, partnership_id=row.partnership_id, **told(ASHBY))


def _paper() -> dict:
    """Keep a paper of Ashby's terms that members alone may read."""
    from moothall.sharing import actions as sharing

    draft, words = sharing.save_draft(body_id=ASHBY, data={}, **told(ASHBY)), f"{canary(TAKEN)} report"
    paper = sharing.keep_paper(draft_id=draft.pk, upload=BytesIO(words.encode()), name="report.txt", **told(ASHBY))
    sharing.drop_draft(draft_id=draft.pk, **told(ASHBY))
    return {"title": "Joint report", "file": paper}


def _offers() -> None:
    """Ashby offers three services. Borley has all that it needs for one but the day, and a newer version of another."""
    from moothall.sharing import actions as sharing

    _drawn_down("garden-waste")
    missed, large = _drawn_down("missed-bin"), _offered("bulky-waste")
    with as_body(BORLEY):
        sharing.go_live(draw_id=missed, starts=now().date(), **told(BORLEY))
    _newer_versions("missed-bin", "bulky-waste")
    for offer in (_offer_of("missed-bin"), large):
        adopt(ASHBY, offer.service_id)
    with as_body(ASHBY):
        sharing.offer_version(offer_id=_offer_of("missed-bin").pk, body_id=ASHBY, **told(ASHBY))


def _offer_of(service_id: str):
    from moothall.sharing import queries as shared

    return shared.offers(now().date(), service_id=service_id)[0]


def _newer_versions(*services: str) -> None:
    """Publish a version of these services that says one thing otherwise."""
    from django.conf import settings

    from moothall.catalogue import actions as publishing

    with tempfile.TemporaryDirectory() as folder, scoped(Scope(purpose="test", actor=told(ASHBY)["by"])):
        copy = Path(folder) / "services"
        shutil.copytree(settings.SERVICES, copy)
        for service_id in services:
            path = copy / service_id / "letters" / "late.en.md"
            path.write_text(path.read_text().replace("We are sorry.", "We are very sorry."))
        publishing.publish_folder(path=copy, **told(ASHBY))


def _drawn_down(service_id: str):
    """Let Borley draw a service down from Ashby, with all that it needs but the day; return the draft's id."""
    from moothall.sharing import actions as sharing

    offer, inside = _offered(service_id), canary(INSIDE[BORLEY])
    with as_body(BORLEY):
        draw_id = sharing.begin_draw_down(offer_id=offer.pk, body_id=BORLEY, **told(BORLEY)).pk
        sharing.set_draw_down(draw_id=draw_id, parameters={}, **told(BORLEY))
        day = now().date().isoformat()
        papers = {
            "legal-route": {"route": "executive-functions", "note": f"{inside} note"},
            "decision": {"decided_by": "Cabinet", "decided_on": day, "reference": "CAB/1", "councillor": inside},
            "staff": {"moves": False},
        }
        for gate, given in papers.items():
            sharing.write_evidence(draw_id=draw_id, gate=gate, given=given, **told(BORLEY))
        for role in ("monitoring-officer", "section-151-officer"):
            by = Actor("staff", str(staff_account(BORLEY, role).pk), BORLEY)
            sharing.sign(draw_id=draw_id, gate=role, at=now(), by=by)
    return draw_id


def _offered(service_id: str):
    from moothall.catalogue import queries as catalogue
    from moothall.sharing import actions as sharing
    from moothall.sharing.rules.prices import PriceRule

    clock = catalogue.soonest(catalogue.current(service_id).definition)
    with as_body(ASHBY):
        return sharing.offer_service(
            body_id=ASHBY, service_id=service_id, provision="own-staff", capacity=20,
            price=PriceRule(method="per-case", pence=420), vat="non-business", clock=clock, terms="We do it.",
            languages=["en"], hours="Monday to Friday", starts=now().date(), **told(ASHBY),
        )  # fmt: skip


def adopt(body_id: int, service_id: str, provider_id: int | None = None) -> None:
    """Let a body offer a service, in place of how it offered it before."""
    from moothall.catalogue import queries as catalogue
    from moothall.sharing import actions as sharing
    from moothall.sharing import queries as offers
    from moothall.sharing.actions import adoptions

    today = now().date()
    said = told(body_id)
    with as_body(body_id):
        if offers.adoption(body_id, service_id, today):
            sharing.end_adoption(body_id=body_id, service_id=service_id, ends=today, **said)
        adoptions.adopt(
            body_id=body_id, service_id=service_id, version_id=catalogue.current(service_id).id,
            provider_id=provider_id, starts=today, **said,
        )  # fmt: skip


def mill_lane(metres_east: float, word: str) -> dict:
    """Return a place near 14 Mill Lane, Ashby, whose carriageway is under guarantee."""
    from moothall.bodies import queries as bodies

    home = bodies.dwelling(MILL_LANE_14)
    return bodies.place(home.lat, home.lon + metres_east / DEGREE_OF_LONGITUDE, f"{word} place")


def ask(*, person_id=None, by=None, scope=None, **request):
    """Ask for a service through the front door, let the queue work, and return the case's id."""
    from moothall.casework import actions as casework

    with scoped(scope or Scope(person=person_id, purpose="front door", actor=Actor("contact"))):
        opened = casework.open_case(**request, person_id=person_id, channel="web", at=now(), by=by or Actor("contact"))
    queue.run_pending(at=now())
    return opened.case_id


def _holes(person_id):
    """Leave one hole to inspect (the everyday case), one to mend, one to check; a neighbour follows the second."""
    from moothall.functions.highways import actions as highways
    from moothall.functions.highways import queries as roads

    word, inside, said = canary("MAR"), canary(INSIDE[MARCHSHIRE]), told(MARCHSHIRE)
    for metres, mended in ((20, False), (0, True)):
        place = mill_lane(metres, word)
        answers = {"where": place, "surface": "road", "width": "dinner-plate", "depth": "fist"}
        contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
        case_id = ask(person_id=person_id, service_id="report-pothole", answers=answers, place=place, contact=contact)
        if not mended:
            _follow(place, word)
        with as_body(MARCHSHIRE):
            defect = roads.report_of(case_id).defect
            highways.inspect(
                inspection_id=new_id(), defect_id=defect.pk, impact=3, likelihood=3, cause="wear",
                note=f"{inside} measured", **said,
            )  # fmt: skip
        queue.run_pending(at=now())
        if mended:
            with as_body(MARCHSHIRE):
                order = defect.orders.get()
                highways.record_visit(
                    visit_id=new_id(), order_id=order.pk, method="patch", note=f"{inside} filled", **said
                )
            queue.run_pending(at=now())


def _follow(place, word):
    from moothall.casework import actions as casework
    from moothall.casework import queries as cases

    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        (_, published), *_ = cases.nearby("report-pothole", place, at=now())
        casework.follow(place_id=published.pk, contact={"email": f"follower-{word.lower()}@example.org"}, **told())


def _collections(person_id):
    """Leave one collection paid and to be made, one to be paid, one paid and given back, one waiting for a day."""
    from moothall.booking import actions as booking
    from moothall.booking import queries as places
    from moothall.ledger import actions as ledger
    from moothall.ledger import queries as money

    for number, paid in enumerate((True, False, True)):
        case_id = ask(person_id=person_id, **_large_items())
        with scoped(Scope(person=person_id, case=case_id, purpose="front door", actor=Actor("contact"))):
            free = places.free(ASHBY, "bulky-waste", at=now())
            booking.hold(slot_id=free[number].id, case_id=case_id, **told())
        queue.run_pending(at=now())
        with as_body(ASHBY):
            charge = money.charges_for(case_id)[0]
            if paid:
                ledger.record_payment(charge_id=charge.id, how="counter", **told(ASHBY))
        queue.run_pending(at=now())
        if number == 2:
            with as_body(ASHBY):
                ledger.refund(charge_id=charge.id, reason=f"{canary('ASH')} changed", **told(ASHBY))
    waits = ask(person_id=person_id, **_large_items())
    with scoped(Scope(person=person_id, case=waits, purpose="front door", actor=Actor("contact"))):
        booking.wait(case_id=waits, body_id=ASHBY, kind="bulky-waste", **told())


def _large_items():
    from moothall.bodies import queries as bodies

    home = bodies.place_of_dwelling(MILL_LANE_14)
    word = canary("ASH")
    answers = {
        "where": home, "home": True, "items": ["sofa", "other"], "other_items": f"{word} bench", "count": 3,
        "low_income": False, "put_out": "front", "agreed": True,
    }  # fmt: skip
    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    return {"service_id": "bulky-waste", "answers": answers, "place": home, "contact": contact}


def _missed_bin(person_id):
    """Report a missed bin of Ashby's, which its record of the day explains at once."""
    from moothall.bodies import queries as bodies

    home, word = bodies.place_of_dwelling(MILL_LANE_14), canary("ASH")
    day = (now() - dt.timedelta(days=1)).date().isoformat()
    answers = {"where": home, "bin": "refuse", "day": day, "out": True, "where_out": "kerb"}
    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    ask(person_id=person_id, service_id="missed-bin", answers=answers, place=home, contact=contact)


def _drafts(residents):
    """Leave a draft of each resident's, and its code in the mail."""
    from moothall.casework import actions as casework

    for code, (account, person_id) in residents.items():
        by = Actor("resident", str(account.pk))
        answers = {"about": "delay", "had_answer": False, "happened": f"{canary(code)} happened", "put_right": "Say so",
                   "for_other": False, "reference": "", "needs_from_us": "", "evidence": []}  # fmt: skip
        asked = {"service_id": "complaint", "answers": answers}
        if code == ANN:  # beside a hole that a neighbour may follow
            asked = {"service_id": "report-pothole", "answers": {"where": mill_lane(20, canary(ANN))}}
        with scoped(Scope(account=account.pk, person=person_id, purpose="front door", actor=by)):
            draft_id = casework.save_draft(
                **asked, contact={"email": account.email}, body_id=MARCHSHIRE, person_id=person_id, at=now(), by=by
            )
            casework.send_draft_code(draft_id=draft_id, email=account.email, at=now(), by=by)


def _dumped(word, blocks=False):
    """Return a report of dumped rubbish in Ashby; in the way of traffic, if it blocks."""
    place = mill_lane(0, word)
    answers = {"where": place, "what": ["bags"], "amount": "bag", "land": "public", "blocks": blocks, "saw": True,
               "witness": False, "seen_what": f"{word} seen"}  # fmt: skip
    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    return {"service_id": "fly-tipping", "answers": answers, "place": place, "contact": contact}


def _in_part_the_countys():
    """Report rubbish to Ashby that Marchshire makes safe first; return the case's id."""
    return ask(**_dumped(canary(PART), blocks=True))


def _provided_by_borley():
    """Report rubbish to Ashby, for whom Borley clears it; return the case's id."""
    adopt(ASHBY, "fly-tipping", BORLEY)
    return ask(**_dumped(canary(PROVIDED)))


def _taken_by_ashby():
    """Let Ashby's desk take a report of a lamp of Marchshire's; return the case's id."""
    word = canary(TAKEN)
    place = mill_lane(30, word)
    answers = {"where": place, "kind": "light", "fault": "out", "column": "a 17"}
    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    by = told(ASHBY)["by"]
    return ask(
        by=by, scope=Scope(bodies=(ASHBY,), purpose="staff", actor=by), service_id="street-light", answers=answers,
        place=place, contact=contact,
    )  # fmt: skip


def _in_another_system():
    """Let another system clear rubbish for Borley, and be silent when it is asked."""
    from moothall.functions.links import actions as links
    from moothall.functions.links.tests.conftest import home_in_borley

    with as_body(BORLEY):
        links.connect(
            body_id=BORLEY, function="waste", name="Borley Clean Streets", address="http://127.0.0.1:9",
            **told(BORLEY),
        )  # fmt: skip
    word, place = canary("BOR"), home_in_borley()
    request = _dumped(word)
    request["answers"]["where"] = request["place"] = place
    ask(**request)
