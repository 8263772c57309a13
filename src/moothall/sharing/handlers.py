"""What sharing answers to those below it, whom it asks to decide, and what it holds about people."""

import datetime as dt

from django.utils.translation import get_language

from moothall.bodies import queries as bodies
from moothall.catalogue.queries import day_words
from moothall.core import personal, succession
from moothall.core.belongings import Share, between, part_of
from moothall.core.clock import local, now
from moothall.core.events import on
from moothall.core.ports import belongings, service_alert, service_offer, service_wait
from moothall.core.ports import succession as succession_port
from moothall.core.queue import defer
from moothall.sharing import queries
from moothall.sharing.events import TermsProposed

ASK = "sharing.ask"
FULL = {
    "en": "{name} does this work and is full now. If you ask today, it will be done by {day}.",
    "cy": "{name} sy'n gwneud y gwaith hwn ac mae'n llawn nawr. Os gofynnwch heddiw, bydd wedi'i wneud erbyn {day}.",
}


@service_offer.answer()
def offered(service_id: str, body_id: int, day: dt.date):
    """Return (version id, settings) by which a body offers a service on a day, or None when it does not."""
    adoption = queries.adoption(body_id, service_id, day)
    return (adoption.version_id, adoption.parameters) if adoption else None


@service_wait.answer()
def wait(service_id: str, body_id: int, day: dt.date) -> tuple[str, dt.date] | None:
    """Return who does a service for a body, and the day by which a request is done, where they are full."""
    adoption = queries.adoption(body_id, service_id, day)
    done_by = queries.held_up(adoption, day) if adoption else None
    return (bodies.body(adoption.provider_id).name, done_by) if done_by else None


@service_alert.answer()
def full(service_id: str, place: dict | None, body_id: int | None) -> list[tuple[str, str]]:
    """Say before anything is asked that whoever does it is full, and by when it would be done."""
    found = wait(service_id, body_id, local(now()).date()) if body_id else None
    if found is None:
        return []
    language = "cy" if (get_language() or "").startswith("cy") else "en"
    return [(FULL[language].format(name=found[0], day=day_words(found[1], language)), "")]


@on(TermsProposed)
def ask_members(event: TermsProposed, *, at, by) -> None:
    """Let each other member be written to, by a job in its own scope; the proposer knows already."""
    for member in event.member_ids:
        if member != event.body_id:
            key = f"{ASK}:{event.partnership_id}:{event.number}:{member}"
            defer(ASK, body=member, key=key, partnership_id=str(event.partnership_id), number=event.number)


personal.free(
    "sharing_terms", "data", "because", why="terms between public bodies; councillors are named in their public office"
)
personal.free("sharing_rechargeproposal", "answer_reason", why="a public body's reason to another")
personal.free("sharing_withheld", "value", why="a part of terms between public bodies")
personal.free("sharing_decision", "reason", why="a public body's reason, as published")
personal.free("sharing_termsdraft", "data", why="terms between public bodies; councillors in their public office")
personal.declare(
    "sharing_telling",
    "named",
    purpose="tell those of a body's own people who asked to hear of its requests",
    basis="public task",
    keep="until the body ends it",
    answered_by="the body whose own mailbox it is",
)
personal.declare(
    "sharing_evidence",
    "given",
    purpose="show who decided, and what was signed and answered, before a service was shared",
    basis="public task",
    keep="6 years after the shared service ended (Limitation Act 1980 s.5)",
    answered_by="the body whose decision it is",
)


@belongings.answer()
def goes_along() -> dict[str, Share]:
    """What bodies agreed with each other goes with each of them; a partnership's terms with whoever was asked."""
    mine = Share("id in (select partnership_id from sharing_terms where %(body)s = any(member_ids))",
                 "partnerships in which the body takes part, or was asked to")  # fmt: skip
    adopted = between("provider_id", "services that the body offers, or provides for others")
    terms = part_of("sharing_partnership", mine, "partnership_id")
    taken_up = f"select offer_id from sharing_adoption where {adopted.where}"
    looked_at = "select offer_id from sharing_drawdown where body_id = %(body)s"
    offers = f"body_id = %(body)s or id in ({taken_up} union {looked_at})"
    return {
        "sharing_adoption": adopted,
        "sharing_agreement": between("desk_id", "agreements of desks"),
        "sharing_offer": Share(f"({offers})", "offers that the body made, took up or looked at"),
        "sharing_rechargeterms": between("provider_id", "who pays whom for which service"),
        "sharing_rechargeproposal": between("provider_id", "prices that one of two bodies proposed"),
        "sharing_partnership": mine,
        "sharing_terms": terms,
        "sharing_decision": part_of("sharing_terms", terms, "terms_id"),
        "sharing_withheld": part_of(
            "sharing_terms", Share(f"{terms.where} and %(body)s = any(member_ids)", mine.why), "terms_id"
        ),
    }


ADOPTIONS = """
insert into sharing_adoption (body_id, service_id, version_id, provider_id, parameters, offer_id, starts, ends)
select distinct on (x.successor, a.service_id) x.successor, a.service_id, a.version_id,
  case when a.provider_id = a.body_id then x.successor
    else coalesce((select y.successor from unnest(%(before)s::smallint[], %(after)s::smallint[]) as
      y(predecessor, successor) where y.predecessor = a.provider_id limit 1), a.provider_id) end,
  a.parameters, a.offer_id, greatest(a.starts, %(day)s::date), a.ends
from unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor)
join sharing_adoption a on a.body_id = x.predecessor and (a.ends is null or a.ends > %(day)s)
order by x.successor, a.service_id, a.id::text = any(%(chosen)s::text[]) desc, x.predecessor, a.id
returning id"""
OF_OTHERS = """
insert into sharing_adoption (body_id, service_id, version_id, provider_id, parameters, offer_id, starts, ends)
select a.body_id, a.service_id, a.version_id, x.successor, a.parameters, a.offer_id, a.ends,
  (m.before->>'ends')::date
from reorganisation_moved m join sharing_adoption a on a.id = (m.key->>'id')::bigint
join unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor) on x.predecessor = a.provider_id
where m.reorganisation_id = %(id)s and m.place_of = 'sharing_adoption' and not a.body_id = any(%(before)s::smallint[])
returning id"""
STAND = (
    "(select s.successor from unnest(%(before)s::smallint[], %(after)s::smallint[]) as s(predecessor, successor) "
    "where s.predecessor = {} limit 1)"
)
DESKS = f"""
insert into sharing_agreement (desk_id, body_id, services, basis, starts, ends)
select distinct * from (
  select coalesce({STAND.format("g.desk_id")}, g.desk_id) as desk,
    coalesce({STAND.format("g.body_id")}, g.body_id) as body, g.services, g.basis, g.ends, (m.before->>'ends')::date
  from reorganisation_moved m join sharing_agreement g on g.id = (m.key->>'id')::bigint
  where m.reorganisation_id = %(id)s and m.place_of = 'sharing_agreement') n
where desk <> body returning id"""
OFFERS = """
insert into sharing_offer (id, body_id, service_id, version_id, provision, capacity, price, vat, clock, terms,
  languages, hours, offered_at, starts, ends)
select distinct on (x.successor, o.service_id) gen_random_uuid(), x.successor, o.service_id, o.version_id, o.provision,
  o.capacity, o.price, o.vat, o.clock, o.terms, o.languages, o.hours, %(at)s, o.ends, (m.before->>'ends')::date
from reorganisation_moved m join sharing_offer o on o.id = (m.key->>'id')::uuid
join unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor) on x.predecessor = o.body_id
where m.reorganisation_id = %(id)s and m.place_of = 'sharing_offer'
order by x.successor, o.service_id, o.id::text = any(%(chosen)s::text[]) desc, x.predecessor returning id"""
PAYS = f"""
insert into sharing_rechargeterms (id, body_id, provider_id, service_id, rule, vat, starts, ends, partnership_id, basis,
  payer_post, provider_post, agreed_at, agreed_by)
select distinct on (payer, provider, service_id) gen_random_uuid(), payer, provider, service_id, rule, vat, starts,
  ends, partnership_id, basis, payer_post, provider_post, agreed_at, agreed_by
from (select coalesce({STAND.format("r.body_id")}, r.body_id) as payer,
    coalesce({STAND.format("r.provider_id")}, r.provider_id) as provider, r.service_id, r.rule, r.vat, r.ends as starts,
    (m.before->>'ends')::date as ends, r.partnership_id, r.basis, r.payer_post, r.provider_post, r.agreed_at,
    r.agreed_by, r.body_id as was, r.id::text = any(%(chosen)s::text[]) as taken
  from reorganisation_moved m join sharing_rechargeterms r on r.id = (m.key->>'id')::uuid
  where m.reorganisation_id = %(id)s and m.place_of = 'sharing_rechargeterms') n
where payer <> provider order by payer, provider, service_id, taken desc, was returning id"""


def _take_services_over(moving: succession.Moving) -> None:
    """Let each successor offer what its predecessors did, by the settings that were decided where they differ."""
    before, after = [x.predecessor for x in moving.lines], [x.successor for x in moving.lines]
    moving.add("sharing_adoption", ADOPTIONS, before=before, after=after, chosen=_chosen(moving))


TOLD = """
insert into sharing_telling (id, body_id, service_id, moment, kind, named, said_at, said_by)
select distinct on (x.successor, t.service_id, t.moment, t.kind, t.named) gen_random_uuid(), x.successor, t.service_id,
  t.moment, t.kind, t.named, t.said_at, t.said_by
from unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor)
join sharing_telling t on t.body_id = x.predecessor
order by x.successor, t.service_id, t.moment, t.kind, t.named, x.predecessor
on conflict do nothing returning id"""


def _go_on_telling(moving: succession.Moving) -> None:
    """Let each successor tell whoever any of its predecessors told: the same teams, posts and mailboxes."""
    before, after = [x.predecessor for x in moving.lines], [x.successor for x in moving.lines]
    moving.add("sharing_telling", TOLD, before=before, after=after)


def _chosen(moving: succession.Moving) -> list[str]:
    """Return the ids of the adoptions, offers and terms that were decided on where predecessors differ."""
    return list(moving.decided.get("chosen", ()))


def _agree_anew(moving: succession.Moving) -> None:
    """Let what others agreed with a predecessor go on with its successor, from the day on which it ended."""
    lines = [line for line in moving.lines if line.residuary]
    both = {"before": [x.predecessor for x in lines], "after": [x.successor for x in lines]}
    moving.add("sharing_adoption", OF_OTHERS, **both)
    moving.add("sharing_agreement", DESKS, **both)
    moving.add("sharing_offer", OFFERS, **both, chosen=_chosen(moving))
    moving.add("sharing_rechargeterms", PAYS, **both, chosen=_chosen(moving))


@succession_port.answer()
def passes_on() -> succession.Chapter:
    """What is in force ends with the predecessor and goes on with the successor, who stands in its place."""
    ends = succession.ends
    goes_on = "ends on the day and goes on with the successor, in its name"
    of_then = succession.stays("terms name their members of then; where one has a successor, that one stands there")
    return succession.Chapter(
        fates={
            "sharing_adoption": (ends(f"a service that the body offers {goes_on}"),
                                 ends(f"a service that the body provides {goes_on}", by="provider_id")),
            "sharing_agreement": (ends(f"an agreement of desks {goes_on}"),
                                  ends(f"an agreement of desks {goes_on}", by="desk_id")),
            "sharing_offer": ends(f"an offer {goes_on}; what was drawn from it goes on too"),
            "sharing_rechargeterms": (ends(f"who pays whom {goes_on}; between predecessors nothing is owed any more"),
                                      ends(f"who pays whom {goes_on}", by="provider_id")),
            "sharing_rechargeproposal": tuple(
                succession.changes("a price that waits for an answer is proposed anew by the successor",
                                   "t.answer = ''", by=party, answer="'withdrawn'", answered_at="%(at)s::timestamptz")
                for party in ("body_id", "provider_id", "proposer_id")),
            "sharing_drawdown": succession.changes(
                "what is being drawn down is begun anew by the successor", "t.state = 'draft'",
                state="'given-up'", ended_at="%(at)s::timestamptz"),
            "sharing_evidence": succession.stays("what was written down before a service was shared"),
            **dict.fromkeys(("sharing_partnership", "sharing_terms", "sharing_decision"), of_then),
            "sharing_telling": succession.stays("whom the body told; its successor tells the same teams and posts"),
            "sharing_termsdraft": succession.moves("terms that somebody is writing"),
        },
        hooks=(succession.Hook("Take over the services", _take_services_over),
               succession.Hook("Go on telling the same people", _go_on_telling),
               succession.Hook("Agree anew with others", _agree_anew, last=True)),
    )  # fmt: skip
