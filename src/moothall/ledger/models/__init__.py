"""The tables of the ledger: books (what was posted) and money (what is owed, paid and given back)."""

from moothall.ledger.models.books import Account, Balance, Journal, Leg, Period
from moothall.ledger.models.money import Charge, Payment, ProviderRecord, Refund

__all__ = ["Account", "Balance", "Charge", "Journal", "Leg", "Payment", "Period", "ProviderRecord", "Refund"]
