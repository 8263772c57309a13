"""A few people of Ashby are helped: one by the resident of the stories, one by a paper, one no longer, one soon."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.account.models import EmailAddress

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people
from moothall.people import queries as known
from moothall.simulation.queries import post
from moothall.simulation.rules.personas import RESIDENT

ASHBY = 2
FATHER = ("emrys.pritchard@people.example", "Emrys Pritchard")
NEIGHBOUR = ("joyce.tanner@people.example", "Joyce Tanner")
SON = ("gareth.price@people.example", "Gareth Price")
MOTHER = "Olwen Price"
PAPER = "Lasting power of attorney for property and money, registered, looked up with its access code"
ASKED = dt.timedelta(hours=3)


def let_people_help(*, at: dt.datetime, by: Actor) -> int:
    """Let Nia help her father and name a neighbour herself, and a son act for his mother by a paper; return how many.

    Nia asks for her father today, so that both read it in their accounts. One mandate of the father's has ended.
    """
    began = at - dt.timedelta(days=60)
    father, nia = _account(*FATHER, at=began), _account(RESIDENT.email, RESIDENT.name, at=began)
    former = _account(*NEIGHBOUR, at=began)
    ended = _named(father, former, days=120, may=["follow"], at=began)
    helps = _named(father, nia, days=180, may=["ask", "follow", "add"], written="beside", at=began)
    with _as(former, at=began):
        people.end_help(acts_for_id=ended, at=began + dt.timedelta(days=20), by=_resident(former))
    _missed(father, None, at=at - dt.timedelta(days=1))
    _missed(nia, helps, at=at - ASKED)
    _named(nia, None, days=90, may=["follow"], at=at - dt.timedelta(days=2))
    _by_paper(_account(*SON, at=began), at=began)
    queue.run_pending(at=at, bodies=(ASHBY,))
    return 4


def _account(email: str, name: str, *, at: dt.datetime) -> Account:
    """Return an account with a verified address, whose person is known."""
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = Account.objects.create_user(email, name=name)
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    with scoped(Scope(account=account.pk, purpose="front door", actor=_resident(account))):
        people.welcome(account_id=account.pk, email=email, name=name, at=at, by=_resident(account))
    return account


def _resident(account: Account) -> Actor:
    return Actor("resident", str(account.pk))


@contextmanager
def _as(account: Account, *, at: dt.datetime, purpose: str = "front door") -> Iterator[UUID]:
    """Act as a resident who has signed in; give who they are."""
    with scoped(Scope(account=account.pk, purpose=purpose, actor=_resident(account))) as own:
        person = known.person_for_account(account.pk)
        with scoped(own.narrowed(person=person)):
            yield person


def _named(
    who: Account, helper: Account | None, *, days: int, may: list[str], at: dt.datetime, written="alone"
) -> UUID:
    """Let somebody name a helper, who confirms a day later if there is one; return the mandate's id."""
    with _as(who, at=at) as person:
        row = people.name_helper(
            person_id=person, body_id=ASHBY, kind="friend", may=may, written=written, person_name=who.name,
            agent_name=helper.name if helper else NEIGHBOUR[1], ends=local(at).date() + dt.timedelta(days=days), at=at,
            by=_resident(who),
        )  # fmt: skip
        code = known.code_of(row)
    if helper:
        later = at + dt.timedelta(days=1)
        with _as(helper, at=later):
            people.take_up_help(code=code, name=helper.name, at=later, by=_resident(helper))
    return row.pk


def _missed(who: Account, acts_for_id: UUID | None, *, at: dt.datetime) -> None:
    """Let somebody report a missed bin, or their helper for them, as the pages do."""
    home = bodies.place_of_dwelling(bodies.homes_in(ASHBY, 40)[-1])
    said = {"bin": "recycling" if acts_for_id else "refuse", "out": True, "where_out": "kerb", "where": home}
    said["day"] = (local(at).date() - dt.timedelta(days=1)).isoformat()
    purpose = "acting for somebody" if acts_for_id else "front door"
    with _as(who, at=at, purpose=purpose) as person:
        row = known.helping(acts_for_id, person, local(at).date()) if acts_for_id else None
        whose = row.person_id if row else person
        with scoped(Scope(account=who.pk, person=whose, purpose=purpose, actor=_resident(who))):
            opened = casework.open_case(
                service_id="missed-bin", answers=said, contact=known.contact_of(whose), channel="web", person_id=whose,
                acts_for_id=acts_for_id, at=at, by=_resident(who),
            )  # fmt: skip
            if row:
                told = {"case": opened.reference, "body_id": opened.body_id, "at": at, "by": _resident(who)}
                people.note_help(row=row, did="asked", **told)
        if row is None:
            return
        found = cases.helped_case(opened.reference, local(at).date())
        people.note_help(row=row, did="looked", **told | {"case": found[0].reference})


def _by_paper(son: Account, *, at: dt.datetime) -> None:
    """Let an adviser of Ashby note a paper that a son showed, who then confirms with the code he was handed."""
    adviser = post(ASHBY, "adviser", at)
    with scoped(Scope(bodies=(ASHBY,), purpose="staff", actor=adviser)):
        mother = people.record_person(body_id=ASHBY, name=MOTHER, at=at, by=adviser)
        home = bodies.homes_in(ASHBY, 41)[-1]
        people.move_home(person_id=mother, body_id=ASHBY, uprn=home, starts=at.date(), at=at, by=adviser)
        noted = people.appoint_agent(
            person_id=mother, agent_id=None, body_id=ASHBY, kind="attorney", paper=PAPER, person_name=MOTHER,
            agent_name=son.name, written="instead", starts=at.date(), at=at, by=adviser,
        )  # fmt: skip
        code = known.code_of(known.mandate(noted))
    with _as(son, at=at):
        people.take_up_help(code=code, name=son.name, at=at, by=_resident(son))
