"""What bodies do with each other: draw services down, agree on desks."""

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
from moothall.sharing.actions.terms import TermsNotYours, TermsOverlap, TermsUnsound, agree_terms, end_terms

__all__ = [
    "AlreadyAdopted",
    "AlreadyWithdrawn",
    "DeskOfOwn",
    "NotAdopted",
    "NotProvided",
    "OfferedAlready",
    "ParametersWrong",
    "SoonerThanOwn",
    "TermsNotYours",
    "TermsOverlap",
    "TermsUnsound",
    "adopt",
    "agree_desk",
    "agree_terms",
    "end_adoption",
    "end_terms",
    "offer_service",
    "withdraw_offer",
]
