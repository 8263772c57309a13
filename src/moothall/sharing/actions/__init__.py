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
from moothall.sharing.actions.terms import TermsNotYours, TermsOverlap, TermsUnsound, agree_terms, end_terms

__all__ = [
    "AlreadyAdopted",
    "AlreadyWithdrawn",
    "DeskOfOwn",
    "NotAdopted",
    "NotOurCouncillor",
    "NotProvided",
    "NoticeTooShort",
    "OfferedAlready",
    "ParametersWrong",
    "SoonerThanOwn",
    "TermsIncomplete",
    "TermsNotYours",
    "TermsOverlap",
    "TermsUnsound",
    "adopt",
    "agree_desk",
    "agree_terms",
    "decide",
    "drop_draft",
    "end_adoption",
    "end_terms",
    "leave",
    "offer_service",
    "propose",
    "propose_end",
    "save_draft",
    "withdraw_offer",
]
