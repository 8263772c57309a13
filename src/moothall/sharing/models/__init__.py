"""What sharing keeps."""

from moothall.sharing.models.adoptions import Adoption, Agreement, DateRange
from moothall.sharing.models.drawing import DrawDown, Evidence
from moothall.sharing.models.offers import Offer
from moothall.sharing.models.partnerships import Decision, Partnership, Terms, TermsDraft, Withheld
from moothall.sharing.models.telling import Telling
from moothall.sharing.models.terms import RechargeProposal, RechargeTerms

__all__ = [
    "Adoption",
    "Agreement",
    "DateRange",
    "Decision",
    "DrawDown",
    "Evidence",
    "Offer",
    "Partnership",
    "RechargeProposal",
    "RechargeTerms",
    "Telling",
    "Terms",
    "TermsDraft",
    "Withheld",
]
