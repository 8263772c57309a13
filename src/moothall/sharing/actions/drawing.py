"""Draw a service down: begin, set, write down, sign, go live, or give up."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing.actions.adoptions import ParametersWrong, adopt, end_adoption
from moothall.sharing.actions.terms import agree_terms, end_payment, end_terms
from moothall.sharing.models import Adoption, DrawDown, Evidence
from moothall.sharing.queries import adoption, drawing, offering, terms_between
from moothall.sharing.queries.committing import may_pay
from moothall.sharing.rules import gates
from moothall.sharing.rules.prices import IN_RETURN


class OwnOffer(Refusal):
    """This is your own offer: you do the work yourselves already. Choose another body's."""

    status = 403


class OfferEnded(Refusal):
    """This offer cannot be drawn on that day. Choose another offer, or a day on which it runs."""


class NotAnswerable(Refusal):
    """Your body is not of a kind that answers for this service. It can only be drawn down by one that does."""

    status = 403


class DraftThere(Refusal):
    """Your body is drawing this service down already. Finish that draft or give it up first."""


class NotADraft(Refusal):
    """This draw-down is not a draft any more. Begin another from an offer."""


class NothingToWrite(Refusal):
    """There is no such gate here. Choose one of those listed."""

    status = 404


class EvidenceWrong(Refusal):
    """Something is missing or does not fit. Correct what is marked."""

    status = 422


class MustSign(Refusal):
    """This gate is passed by signing, not by writing. Ask the officer named to sign in."""


class NotYoursToSign(Refusal):
    """Only the officer who holds this post in your body can sign here. Ask them to sign in."""

    status = 403


class OwnRequest(Refusal):
    """You began this draw-down, so you cannot sign for it. Somebody else in that post signs."""


class SignedForOther(Refusal):
    """You signed for the other post already. One person cannot sign for both."""


class TooEarlyToSign(Refusal):
    """There is nothing whole to sign yet. Complete what is still missing first."""


class SettingsMissing(Refusal):
    """Nothing is set yet. Set what the service leaves open first."""


class GatesOpen(Refusal):
    """It cannot go live yet. Pass the gates that are still open."""


class InThePast(Refusal):
    """That day is past. Choose today or a later day."""

    status = 422


def begin_draw_down(*, offer_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> DrawDown:
    """Begin to draw an offer down; nothing is seen by residents or by the provider until it is live."""
    offer, body = offering.offer(offer_id), bodies.body(body_id)
    if not body.partner:
        raise NotYours()
    if offer.body_id == body_id:
        raise OwnOffer()
    if not offer.runs(local(at).date()):
        raise OfferEnded()
    if body.kind not in catalogue.definition(offer.version_id).done_by.bodies:
        raise NotAnswerable()
    if drawing.draft_of(body_id, offer.service_id):
        raise DraftThere()
    told = {"service_id": offer.service_id, "version_id": offer.version_id, "offer_id": offer.pk}
    return begin(body_id=body_id, **told, parameters={}, at=at, by=by)


def begin(
    *, body_id: int, service_id: str, version_id: UUID, offer_id: UUID | None, parameters: dict, at: dt.datetime,
    by: Actor,
) -> DrawDown:  # fmt: skip
    """Begin a draft of a service, from an offer or (None) by the body itself, with settings proposed to it."""
    row = DrawDown.objects.create(
        body_id=body_id,
        offer_id=offer_id,
        service_id=service_id,
        version_id=version_id,
        parameters=parameters,
        begun_at=at,
        begun_by=int(by.id) if by.kind == "staff" else None,
    )
    _recorded(row, "begun", at, by, offer=str(offer_id or ""))
    return row


def set_draw_down(*, draw_id: UUID, parameters: dict, at: dt.datetime, by: Actor) -> None:
    """Set what the service leaves open. Refuses ParametersWrong with a problem for each setting (`details`)."""
    found = _draft(draw_id)
    problems = drawing.check_settings(found.definition, parameters, found.clock)
    if problems:
        raise ParametersWrong(problems=problems, field=next(iter(problems)))
    DrawDown.objects.filter(pk=draw_id).update(parameters=parameters, set_at=at)
    _recorded(found.row, "set", at, by, parameters=parameters)


def write_evidence(*, draw_id: UUID, gate: str, given: dict, at: dt.datetime, by: Actor) -> None:
    """Write down what a gate needs; days as ISO text. Refuses EvidenceWrong with a problem for each name."""
    found, row = _draft(draw_id), gates.gate(gate)
    if row is None or row not in gates.gates(found.way):
        raise NothingToWrite()
    if row.role:
        raise MustSign()
    if row.code == "appraisal":
        given = _of_here(found.row.body_id, given)
    known = {need.name for need in row.needs if not need.only_if or given.get(need.only_if)}
    given = {name: value for name, value in given.items() if name in known and value not in (None, "")}
    problems = gates.check(row, given, found.case, local(at).date())
    if problems:
        raise EvidenceWrong(problems=problems, field=next(iter(problems)))
    _write(found, gate, given, "", at, by)


def _of_here(body_id: int, given: dict) -> dict:
    """Return what is written of an appraisal, with what is known of it where it is published here."""
    of = next((one for one in drawing.closed_appraisals(body_id) if one["key"] == given.get("here")), None)
    if of is None:
        return {name: value for name, value in given.items() if name != "here"}
    return {
        "here": of["key"], "reference": of["title"], "closed_on": of["closed_on"].isoformat(),
        "in_house": of["in_house"], "document": of["address"],
    }  # fmt: skip


def sign(*, draw_id: UUID, gate: str, at: dt.datetime, by: Actor) -> None:
    """Sign for a post that one holds, for exactly what is set and written down now; a later change undoes it."""
    found, row, day = _draft(draw_id), gates.gate(gate), local(at).date()
    if row is None or not row.role:
        raise NothingToWrite()
    if not _holds(by, found.row.body_id, row.role, day):
        raise NotYoursToSign()
    if int(by.id) == found.row.begun_by:
        raise OwnRequest()
    others = [e.signer for code, e in found.evidence.items() if code in gates.SIGNED and code != gate]
    if int(by.id) in others:
        raise SignedForOther()
    missing = gates.unwritten(found.case, day)
    if missing or found.row.set_at is None:
        named = ", ".join(row.gate.title.lower() for row in missing) or "the settings"
        raise TooEarlyToSign(f"There is nothing whole to sign yet. Still missing: {named}.")
    _write(found, gate, {}, gates.digest(found.case), at, by)


def _holds(by: Actor, body_id: int, role: str, day: dt.date) -> bool:
    if by.kind != "staff" or by.body_id != body_id:
        return False
    posts = bodies.staff_of(int(by.id), day)
    return any(post.body_id == body_id and role in post.roles for post in posts)


def go_live(*, draw_id: UUID, starts: dt.date, at: dt.datetime, by: Actor):
    """Let the body offer the service from a day on, by itself or by the provider on its terms; return the adoption.

    Refuses InThePast, OfferEnded, SettingsMissing, GatesOpen (which names every gate and what to do), and what a body
    that is to end may not commit without consent. A day that is past is for what its own staff did before it came
    here. From that day what the body offered before ends, and what it paid another for it; cases that run keep what
    they began with.
    """
    found, today = _draft(draw_id), local(at).date()
    row, offer = found.row, found.offer
    if starts < today and not _was_so_before(row, starts):
        raise InThePast(field="starts")
    if offer is not None and not offer.runs(starts):
        raise OfferEnded(field="starts")
    if row.set_at is None:
        raise SettingsMissing()
    missing = found.still_open(today)
    if missing:
        said = " ".join(f"{one.gate.title}: {one.to_do}" for one in missing)
        raise GatesOpen(f"It cannot go live yet. {said}", gates=[one.gate.code for one in missing])
    if offer is not None:
        may_pay(payer_id=row.body_id, provider_id=offer.body_id, service_id=row.service_id, rule=offer.rule,
                starts=starts, ends=None, today=today)  # fmt: skip
    before = adoption(row.body_id, row.service_id, starts)
    if before is not None and before.ends is None:
        end_adoption(body_id=row.body_id, service_id=row.service_id, ends=starts, at=at, by=by)
    adopted = adopt(
        body_id=row.body_id,
        service_id=row.service_id,
        version_id=row.version_id,
        provider_id=found.provider_id,
        parameters=row.parameters,
        offer_id=row.offer_id,
        starts=starts,
        at=at,
        by=by,
    )
    if before is not None and before.provider_id not in (row.body_id, found.provider_id):
        end_payment(
            body_id=row.body_id, provider_id=before.provider_id, service_id=row.service_id, ends=starts, at=at, by=by
        )
    if offer is not None:
        _agree(found, starts, at, by)
    DrawDown.objects.filter(pk=draw_id).update(state="live", adoption=adopted, ended_at=at)
    _recorded(row, "live", at, by, starts=starts.isoformat(), provider=found.provider_id)
    return adopted


def _was_so_before(row: DrawDown, starts: dt.date) -> bool:
    """Return whether a body writes down what its own staff did before it came here: nothing on record since then."""
    since = Adoption.objects.filter(body_id=row.body_id, service_id=row.service_id)
    return row.offer_id is None and not since.filter(Q(ends=None) | Q(ends__gt=starts)).exists()


def _agree(found: drawing.Drawing, starts: dt.date, at: dt.datetime, by: Actor) -> None:
    """Write down who pays whom by the offer's price; other terms between the two end on that day."""
    row, offer = found.row, found.offer
    for running in terms_between(offer.body_id, row.body_id, starts, dt.date.max, service_id=row.service_id):
        if (running.price, running.vat, running.ends) == (offer.rule, offer.vat, None):
            return
        if running.starts < starts:
            end_terms(terms_id=running.pk, ends=starts, at=at, by=by)
    if offer.rule.method == IN_RETURN:
        return
    decision = found.evidence["decision"].given
    agree_terms(
        payer_id=row.body_id,
        provider_id=offer.body_id,
        service_id=row.service_id,
        rule=offer.rule,
        vat=offer.vat,
        basis=f"{decision['decided_by']}, {decision['reference']}"[:300],
        payer_post="Section 151 officer",
        provider_post=f"Its offer of {offer.offered_at:%d %B %Y}",
        starts=starts,
        at=at,
        by=by,
    )


def give_up(*, draw_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Give a draft up; what was written down for it stays."""
    found = _draft(draw_id)
    DrawDown.objects.filter(pk=draw_id).update(state="given-up", ended_at=at)
    _recorded(found.row, "given-up", at, by)


def _draft(draw_id: UUID) -> drawing.Drawing:
    """Return a draft, kept from others until the transaction ends: nobody signs what is being changed."""
    DrawDown.objects.select_for_update().filter(pk=draw_id).first()
    found = drawing.draw_down(draw_id)
    if found.row.state != "draft":
        raise NotADraft()
    return found


def _write(found: drawing.Drawing, gate: str, given: dict, digest: str, at: dt.datetime, by: Actor) -> None:
    Evidence.objects.create(
        drawdown_id=found.row.pk,
        body_id=found.row.body_id,
        gate=gate,
        given=given,
        digest=digest,
        at=at,
        by=str(by),
        signer=int(by.id) if by.kind == "staff" else None,
    )
    _recorded(found.row, "signed" if digest else "written-down", at, by, gate=gate, given=given)


def _recorded(row: DrawDown, what: str, at: dt.datetime, by: Actor, **data) -> None:
    about = {"service": row.service_id} | data
    audit.record(
        action=f"draw-down.{what}", object=f"draw-down:{row.pk}", body_id=row.body_id, at=at, by=by, data=about
    )
