"""The tables of core, one noun a file."""

from moothall.core.models.account import Account
from moothall.core.models.fact import Fact, Receipt

__all__ = ["Account", "Fact", "Receipt"]
