"""What sharing answers to those below it, whom it asks to decide, and what it holds about people."""

import datetime as dt

from django.utils.translation import get_language

from moothall.bodies import queries as bodies
from moothall.catalogue.queries import day_words
from moothall.core import personal
from moothall.core.belongings import Share, between, part_of
from moothall.core.clock import local, now
from moothall.core.events import on
from moothall.core.ports import belongings, service_alert, service_offer, service_wait
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
personal.free("sharing_withheld", "value", why="a part of terms between public bodies")
personal.free("sharing_decision", "reason", why="a public body's reason, as published")
personal.free("sharing_termsdraft", "data", why="terms between public bodies; councillors in their public office")
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
        "sharing_partnership": mine,
        "sharing_terms": terms,
        "sharing_decision": part_of("sharing_terms", terms, "terms_id"),
        "sharing_withheld": part_of(
            "sharing_terms", Share(f"{terms.where} and %(body)s = any(member_ids)", mine.why), "terms_id"
        ),
    }
