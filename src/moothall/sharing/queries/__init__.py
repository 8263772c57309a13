"""Who offers what, and who may act for whom."""

from moothall.sharing.queries.adoptions import adoption, adoptions, may_take

__all__ = ["adoption", "adoptions", "may_take"]
