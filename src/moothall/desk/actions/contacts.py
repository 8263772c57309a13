"""Recording contacts, whatever way they came."""

import datetime as dt
from uuid import UUID

from django.db import connection

from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours
from moothall.desk.models import Contact
from moothall.desk.rules.contact import OF_THEMSELVES, avoidable, repeats
from moothall.people import actions as helping
from moothall.people import queries as people


def record_contact(
    *,
    body_id: int,
    channel: str,
    kind: str,
    outcome: str,
    person_id: UUID | None = None,
    case_id: UUID | None = None,
    acts_for_id: UUID | None = None,
    service_id: str = "",
    identity: str = "none",
    note: str = "",
    key: str = "",
    ended_at: dt.datetime | None = None,
    at: dt.datetime,
    by: Actor,
) -> UUID:
    """Record that somebody was in touch with a body, and return the contact's id.

    `channel` is a key of CHANNELS in `core.channels`; `kind`, `outcome` and `identity` of KINDS, OUTCOMES and IDENTITY
    in `rules.contact`. `at` is when it began (a mail: when it arrived), `ended_at` when it was dealt with, at once if
    left out. `acts_for_id` is the mandate under which a helper was in touch for the person, who reads that they
    were. The same `key` is the same contact, however often it arrives. Of an urgent referral only the service is
    kept, not who, which case or what was said. Refuses NotYours for a case and NoSuchPerson for a person that the scope
    does not show, UnknownService for a service that is none, NotHelping for a helper who may not act for them now.
    """
    if key:
        earlier = Contact.objects.filter(body_id=body_id, key=key).values_list("pk", flat=True).first()
        if earlier:
            return earlier
    contact = Contact(body_id=body_id, channel=channel, identity=identity, note=note.strip(), key=key, at=at)
    _judge(contact, kind, outcome, person_id, case_id, service_id)
    helper = _helper(contact, acts_for_id, at)
    contact.ended_at = ended_at or at
    contact.save(force_insert=True)
    audit.record(action="contact.recorded", object=f"contact:{contact.pk}", body_id=body_id, at=at, by=by)
    if helper:
        helping.note_help(row=helper, did="in-touch", body_id=body_id, at=at, by=by)
    return contact.pk


def _helper(contact: Contact, acts_for_id: UUID | None, at: dt.datetime):
    """Return the mandate under which a helper was in touch, and write it on the contact; refuse NotHelping.

    Who asks for urgent help is not here, so that nobody else was in touch for them either.
    """
    if acts_for_id is None or contact.person_id is None:
        return None
    now = people.helpers_now(people.identity(contact.person_id), local(at).date())
    row = next((one for one in now if one.pk == acts_for_id), None)
    if row is None or not people.covers_service(row, contact.service_id):
        raise people.NotHelping
    contact.acts_for_id = row.pk
    return row


def _judge(
    contact: Contact, kind: str, outcome: str, person_id: UUID | None, case_id: UUID | None, service_id: str
) -> None:
    """Write on a contact what it is about, and what follows: whether it could have been spared, or repeats another."""
    case, last_at = None, None
    if case_id:
        case = next(iter(casework.by_ids([case_id])), None)
        if case is None:
            raise NotYours()
        earlier = Contact.objects.filter(case_id=case_id, at__lt=contact.at).exclude(pk=contact.pk)
        last_at = earlier.order_by("-at").values_list("at", flat=True).first()
    if person_id:
        people.known(person_id)
    contact.kind, contact.outcome = kind, outcome
    contact.service_id = case.service_id if case else service_id
    if case.only_team if case else service_id and catalogue.current(service_id).definition.urgent:
        contact.person_id = contact.case_id = None
        contact.note = ""
    else:
        contact.person_id, contact.case_id = person_id or (case.person_id if case else None), case_id
    due = case.promise_due if case else None
    contact.avoidable = avoidable(kind, at=contact.at, promise_due=due, last_at=last_at)
    contact.repeat = repeats(at=contact.at, last_at=last_at)


#: What people did by themselves, as it was published; of a case that several were in touch about, each time.
TAKE_IN = """
with since as (select coalesce(max(at), '-infinity') as at from desk_contact
  where body_id = %(body)s and key like 'fact:%%'),
told as (
  select f.id, f.at, f.name, f.by like 'resident:%%' as signed_in, f.payload->>'service_id' as service_id,
    case when f.payload->>'service_id' = any(%(urgent)s) then null else (f.payload->>'case_id')::uuid end as case_id,
    case when f.name = 'casework.CaseOpened' then f.payload->>'channel' else 'web' end as channel
  from core_fact f, since
  where f.body_id = %(body)s and f.at >= since.at - interval '1 day' and f.at <= %(at)s
    and (f.name = 'casework.CaseOpened' and f.payload->>'channel' = any(%(channels)s)
      or f.name in ('casework.MessageReceived', 'casework.InformationAdded', 'casework.CaseFollowed')
        and split_part(f.by, ':', 1) in ('resident', 'contact')))
insert into desk_contact (id, body_id, at, ended_at, channel, kind, outcome, service_id, case_id, identity, avoidable,
  repeat, note, key)
select gen_random_uuid(), %(body)s, t.at, t.at, t.channel,
  case t.name when 'casework.CaseOpened' then 'request' when 'casework.MessageReceived' then 'question' else 'more' end,
  case t.name when 'casework.CaseOpened' then 'opened' else 'passed-on' end,
  t.service_id, t.case_id, case when t.signed_in then 'account' else 'none' end, '', false, '', 'fact:' || t.id
from told t
where t.case_id is null or not exists (
  select 1 from desk_contact c where c.case_id = t.case_id and c.at = t.at and c.key not like 'fact:%%')
on conflict (body_id, key) where key <> '' do nothing"""


def take_in_requests(*, body_id: int, at: dt.datetime, by: Actor) -> int:
    """Record what people did without an adviser since the last time, as contacts of a body; return how many there were.

    Taken from the facts that casework published, in one statement: requests made on the web and by other systems, and
    what residents wrote about their cases. Nothing is counted twice, whether it is taken in again or was recorded when
    it came.
    """
    urgent = [one.service_id for one in catalogue.services() if one.definition.urgent]
    said = {"body": body_id, "urgent": urgent, "channels": list(OF_THEMSELVES), "at": at}
    with connection.cursor() as cursor:
        cursor.execute(TAKE_IN, said)
        return cursor.rowcount
