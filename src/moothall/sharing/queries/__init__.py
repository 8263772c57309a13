"""Who offers what, who may act for whom, and who works with whom."""

from moothall.sharing.queries.adoptions import adopted_as, adoption, adoptions, desks, may_take
from moothall.sharing.queries.drawing import closed_appraisals, draw_down, draw_downs
from moothall.sharing.queries.offering import clock_words, compare, held_up, offer, offers, room, volume
from moothall.sharing.queries.partnerships import (
    Partnership,
    UnknownPartnership,
    draft,
    drafts,
    partnership,
    partnership_of,
    partnerships,
    ready,
)
from moothall.sharing.queries.telling import recipients, told_at, who_is_told
from moothall.sharing.queries.terms import price_of_work, proposal, proposals, terms, terms_between, terms_of
from moothall.sharing.rules.agreeing import may_leave_on
from moothall.sharing.rules.business_models import facts as model_facts
from moothall.sharing.rules.costing import on_volumes as cost_on_volumes
from moothall.sharing.rules.prices import METHODS, PriceRule, Work
from moothall.sharing.rules.prices import shared as shared_out
from moothall.sharing.rules.prices import words as price_words
from moothall.sharing.rules.prices import yearly as price_of_year
from moothall.sharing.rules.vat import treatment as vat_treatment
from moothall.sharing.rules.vat import vat
from moothall.sharing.rules.ways import OWN, way

__all__ = [
    "METHODS",
    "OWN",
    "Partnership",
    "PriceRule",
    "UnknownPartnership",
    "Work",
    "adopted_as",
    "adoption",
    "adoptions",
    "clock_words",
    "closed_appraisals",
    "compare",
    "cost_on_volumes",
    "desks",
    "draft",
    "drafts",
    "draw_down",
    "draw_downs",
    "held_up",
    "may_leave_on",
    "may_take",
    "model_facts",
    "offer",
    "offers",
    "partnership",
    "partnership_of",
    "partnerships",
    "price_of_work",
    "price_of_year",
    "price_words",
    "proposal",
    "proposals",
    "ready",
    "recipients",
    "room",
    "shared_out",
    "terms",
    "terms_between",
    "terms_of",
    "told_at",
    "vat",
    "vat_treatment",
    "volume",
    "way",
    "who_is_told",
]
