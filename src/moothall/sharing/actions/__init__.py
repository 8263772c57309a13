"""What bodies do with each other: draw services down, agree on desks, form partnerships, leave and end them."""

from moothall.sharing.actions.adoptions import (
    AlreadyAdopted,
    DeskOfOwn,
    NotAdopted,
    ParametersWrong,
    adopt,
    agree_desk,
    end_adoption,
)
from moothall.sharing.actions.drawing import (
    begin_draw_down,
    give_up,
    go_live,
    set_draw_down,
    sign,
    write_evidence,
)
from moothall.sharing.actions.offers import (
    AlreadyWithdrawn,
    NotProvided,
    OfferedAlready,
    SoonerThanOwn,
    offer_service,
    withdraw_offer,
)
from moothall.sharing.actions.partnerships import (
    NoticeTooShort,
    NotOurCouncillor,
    TermsIncomplete,
    decide,
    drop_draft,
    leave,
    propose,
    propose_end,
    save_draft,
)
from moothall.sharing.actions.returning import NotShared, take_back
from moothall.sharing.actions.terms import TermsNotYours, TermsOverlap, TermsUnsound, agree_terms, end_terms
from moothall.sharing.actions.versions import NothingNewer, StillUnbound, offer_version, take_version

__all__ = [
    "AlreadyAdopted",
    "AlreadyWithdrawn",
    "DeskOfOwn",
    "NotAdopted",
    "NotOurCouncillor",
    "NotProvided",
    "NotShared",
    "NothingNewer",
    "NoticeTooShort",
    "OfferedAlready",
    "ParametersWrong",
    "SoonerThanOwn",
    "StillUnbound",
    "TermsIncomplete",
    "TermsNotYours",
    "TermsOverlap",
    "TermsUnsound",
    "adopt",
    "agree_desk",
    "agree_terms",
    "begin_draw_down",
    "decide",
    "drop_draft",
    "end_adoption",
    "end_terms",
    "give_up",
    "go_live",
    "leave",
    "offer_service",
    "offer_version",
    "propose",
    "propose_end",
    "save_draft",
    "set_draw_down",
    "sign",
    "take_back",
    "take_version",
    "withdraw_offer",
    "write_evidence",
]
