"""Open a case: everything a submission means, written in one transaction and few statements."""

import contextlib
import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.casework import events
from moothall.casework.actions.work import Work
from moothall.casework.models import Case
from moothall.casework.queries.file import CaseFile
from moothall.casework.rules.contact import digests
from moothall.casework.rules.contents import content_digest
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.clock import end_of, local
from moothall.core.ids import new_id
from moothall.core.ports import has_left
from moothall.core.reference import make_reference
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, rescope
from moothall.people import actions as people
from moothall.people import queries as known
from moothall.sharing import queries as sharing

WRITTEN = ("en", "cy")
"""The languages that every letter of ours is written in."""


class AnswersWrong(Refusal):
    """Some answers need attention. Check those marked and send it again."""

    status = 422


class NotOffered(Refusal):
    """This service is not offered there. Ask the body responsible directly: its contact page says how."""

    status = 422


class NobodyResponsible(Refusal):
    """We could not tell who is responsible at that place. Choose a place inside the area, or name the body."""

    status = 422


class DeskMayNotTake(Refusal):
    """Your desk has no agreement to take this service for that body. Give the person that body's own number."""


class NobodyToSee(Refusal):
    """Nobody here could read that today, so we do not take it. Ring us now, or 999 if somebody is in danger."""

    status = 422


class KeyUsedDifferently(Refusal):
    """That key came with different content before. Use a new key for a new submission."""

    status = 422


class ContactNeeded(Refusal):
    """Tell us how to reach you: an e-mail address, a phone number or a postal address."""

    status = 422


@dataclass(frozen=True)
class Opened:
    """What the caller is told: the case, its reference, and until when the promise runs."""

    case_id: UUID
    reference: str
    promise_due: dt.datetime | None
    body_id: int


def open_case(
    *,
    service_id: str,
    answers: dict,
    place: dict | None = None,
    contact: dict | None = None,
    body_id: int | None = None,
    channel: str,
    person_id: UUID | None = None,
    acts_for_id: UUID | None = None,
    idempotency: str | None = None,
    case_id: UUID | None = None,
    language: str = "en",
    at: dt.datetime,
    by: Actor,
) -> Opened:
    """Accept a request and start its work; return its reference and promise.

    `answers` are plain values by question of the service's definition; `place` the shape places have everywhere (by
    default the answer to its place question); `contact` has any of name, email, phone, address, postcode, and `needs`
    ("format:braille,interpreter:bfi"): they go with the request, and decide its language before `language`. `body_id`
    names the accountable body where a place does not decide it. `idempotency` is the caller's key: the same key and
    content gives the same answer, other content refuses KeyUsedDifferently. `case_id` may be allocated beforehand so
    that the scope names it; `acts_for_id` is the mandate, made sure of, under which a helper asks. An urgent
    referral is one team's alone, and no resident's account names it. Refuses AnswersWrong (`problems` by question),
    NobodyResponsible, NotOffered, DeskMayNotTake, ContactNeeded, NobodyToSee. Nothing accepted is lost: it commits with
    the case. For the rest of the transaction the scope names the case, so that whoever opened it may see it.
    """
    place = _completed(place or _place_answer(answers))
    body_id, adoption = _adoption(service_id, place or {}, body_id, local(at).date())
    desk_id = _desk(by, body_id, adoption, local(at).date())
    definition = catalogue.definition(adoption.version_id)
    clean, problems = catalogue.check_answers(definition, answers, language, local(at).date(), adoption.parameters)
    if problems:
        raise AnswersWrong(problems=problems, field=next(iter(problems)))
    contact = _contact(contact or {})
    if definition.contact.needed and not (person_id or contact.keys() & {"email", "phone", "address"}):
        raise ContactNeeded(field="contact")
    only_team = _only_team(definition, adoption.provider_id)
    person_id = None if only_team and by.kind == "resident" else person_id
    case = Case(
        id=case_id or new_id(),
        body_id=body_id,
        service_id=service_id,
        version_id=adoption.version_id,
        provider_id=adoption.provider_id,
        desk_id=desk_id,
        seen_by=sorted({body_id, adoption.provider_id, desk_id or body_id}),
        only_team=only_team,
        channel=channel,
        language=_written_in(contact, language),
        title=definition.title.en,
        opened_at=at,
        person_id=person_id,
        acts_for_id=acts_for_id,
        contact_digests=digests(settings.SECRET_KEY, contact, urgent=bool(only_team)),
        **_placed(place or {}),
    )
    file = CaseFile(case, answers=clean, contact=contact, note=(place or {}).get("note") or "")
    return _open(file, idempotency, at, by)


def _only_team(definition, provider_id: int) -> str:
    """Return the team that alone sees an urgent referral; empty for any other service. Refuses NobodyToSee."""
    if definition.urgent is None:
        return ""
    if bodies.team(provider_id, definition.urgent.team) is None:
        raise NobodyToSee()
    return definition.urgent.team


def _contact(given: dict) -> dict[str, str]:
    """Return how somebody is reached and what they need, without what is empty or no need."""
    contact = {key: str(value).strip() for key, value in given.items() if value not in (None, "")}
    needs = known.needs_as_text(known.needs_in(contact.pop("needs", "")))
    return contact | ({"needs": needs} if needs else {})


def _written_in(contact: dict[str, str], language: str) -> str:
    """Return the language that somebody is written to in: the one they asked for, where we write it."""
    wanted = known.need_of_kind(known.needs_in(contact.get("needs", "")), "language")
    return wanted if wanted in WRITTEN else language


def _place_answer(answers: dict) -> dict | None:
    return next((a for a in answers.values() if isinstance(a, dict) and _names_a_place(a)), None)


def _names_a_place(answer: dict) -> bool:
    point = all(isinstance(answer.get(part), int | float) for part in ("lat", "lon"))
    return point or isinstance(answer.get("uprn"), str)


def _completed(place: dict | None) -> dict | None:
    """Return a place with its point on the grid, its street and its ward, where only a home or a point was given."""
    if not place or place.get("easting") is not None:
        return place
    found = {}
    with contextlib.suppress(bodies.UnknownPlace):
        if place.get("uprn"):
            found = bodies.place_of_dwelling(place["uprn"])
        elif place.get("lat") is not None and place.get("lon") is not None:
            found = bodies.place(place["lat"], place["lon"])
    return found | {key: value for key, value in place.items() if value not in (None, "")}


def _adoption(service_id: str, place: dict, body_id: int | None, today: dt.date):
    """Return the body that answers for the request, and the adoption by which it offers the service."""
    if body_id is None:
        if not place:
            raise NobodyResponsible(field="place")
        offered = sharing.adoptions(today, service_id=service_id)
        if not offered:
            raise NotOffered(service=service_id)
        responsible = bodies.responsible(catalogue.definition(offered[0].version_id).work, place, today)
        if responsible is None or responsible.body_id is None:
            raise NobodyResponsible(field="place")
        body_id = responsible.body_id
    body_id = bodies.stands_for(body_id, on=today)  # an old address or an old form may still name a body that has ended
    adoption = sharing.adoption(body_id, service_id, today)
    if adoption is None or _offers_elsewhere(body_id):
        raise NotOffered(service=service_id)
    return body_id, adoption


def _offers_elsewhere(body_id: int) -> bool:
    """Return whether a body has left this platform; asked only of who is no partner."""
    return not bodies.body(body_id).partner and any(answer.give(body_id) for answer in has_left)


def _desk(by: Actor, body_id: int, adoption, today: dt.date) -> int | None:
    """Return the body whose desk took the request, if it is neither accountable nor providing."""
    if by.kind != "staff" or by.body_id in (None, body_id, adoption.provider_id):
        return None
    if not sharing.may_take(by.body_id, body_id, adoption.service_id, today):
        raise DeskMayNotTake()
    return by.body_id


def _placed(place: dict) -> dict:
    """Return a place as the columns of a case."""
    numbers = {key: place.get(key) for key in ("lat", "lon", "easting", "northing")}
    words = {key: place.get(key) or "" for key in ("street", "usrn", "uprn", "postcode", "ward")}
    return numbers | words | {"place_label": (place.get("label") or place.get("street") or "")[:200]}


#: Gives the case its number, or finds the submission that came with the same key.
BEGIN = ", number, earlier, same from casework_begin(%s::smallint, %s, %s, %s, %s, %s)"


def _open(file: CaseFile, key: str | None, at: dt.datetime, by: Actor) -> Opened:
    case = file.case
    digest = content_digest([case.service_id, file.answers, file.place, file.contact])
    begun = (case.body_id, str(by), key or "", digest, case.pk, at)
    case.number, earlier, same = rescope(current_scope().narrowed(case=case.pk), BEGIN, begun)
    if earlier:
        return _answer_again(earlier, same)
    case.reference = make_reference(file.body.code, case.number)
    within = file.definition.promise.done_within
    case.promise_within = {within.unit: within.amount}
    case.promise_due = _promised(file, at)
    work = Work(file, at=at, by=by)
    work.changes.add(case)
    said = {"answers": file.answers, "contact": file.contact, "note": file.note}
    facts = {"service": case.service_id, "version": str(case.version_id), "channel": case.channel}
    work.keep("submission", said, "opened", **facts)
    work.published.begin(at)
    _attach_answers(work)
    work.changes.tell(_opened(case))
    work.advance()
    work.changes.tell_own_people("opened")
    work.say("acknowledged")  # after the first steps have begun, as it says by when they are due
    work.write()
    if case.person_id and by.kind == "resident":
        given = {key: file.contact.get(key, "") for key in ("name", "email", "phone")}
        given |= {"post": file.contact.get("address", ""), "needs": known.needs_in(file.contact.get("needs", ""))}
        people.share_with(person_id=case.person_id, body_id=case.body_id, **given, at=at, by=by)
    return Opened(case.pk, case.reference, case.promise_due, case.body_id)


def _promised(file: CaseFile, at: dt.datetime) -> dt.datetime | None:
    """Return until when the promise runs: as the service says, or later where whoever does it is full."""
    promised = catalogue.promised(file.definition, at, file.guarded(), file.calendar)
    adoption = sharing.adoption(file.case.body_id, file.case.service_id, local(at).date())
    full_until = sharing.held_up(adoption, local(at).date())
    return max(promised, end_of(full_until)) if promised and full_until else promised


def _answer_again(earlier: UUID, same: bool) -> Opened:
    if not same:
        raise KeyUsedDifferently()
    rescope(current_scope().narrowed(case=earlier))
    case = Case.objects.only("reference", "promise_due", "body_id").get(pk=earlier)
    return Opened(earlier, case.reference, case.promise_due, case.body_id)


def _attach_answers(work: Work) -> None:
    """Lay the files that were sent with answers on the case, and let the bodies that may see the case read them."""
    case, given = work.case, work.file.answers
    wanted = {str(i) for q in work.file.definition.questions if q.type == "file" for i in given.get(q.id) or ()}
    if not wanted:
        return
    for kept in files.of_case(case.pk):
        if str(kept.pk) in wanted:
            work.attach(kept, "answer")
    for body_id in case.seen_by:
        files.share(case_id=case.pk, with_body=body_id, at=work.at, by=work.by)


def _opened(case: Case) -> events.CaseOpened:
    """Return the fact that a case is there."""
    return events.CaseOpened(
        body_id=case.body_id,
        case_id=case.pk,
        service_id=case.service_id,
        channel=case.channel,
        provider_id=case.provider_id,
        desk_id=case.desk_id,
        ward=case.ward,
        promise_due=case.promise_due,
    )
