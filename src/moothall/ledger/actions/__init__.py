"""What can be done with money: the books (open, post, reverse, close) and what people owe, pay and get back."""

from moothall.ledger.actions.books import (
    AlreadyReversed,
    BooksNotOpen,
    DoesNotBalance,
    KeyUsedForAnother,
    MonthStillOpen,
    NoSuchAccount,
    NotYourBooks,
    PeriodClosed,
    Posting,
    close_period,
    open_account,
    open_books,
    open_period,
    post,
    post_many,
    reverse,
)
from moothall.ledger.rules import LegOf

__all__ = [
    "AlreadyReversed",
    "BooksNotOpen",
    "DoesNotBalance",
    "KeyUsedForAnother",
    "LegOf",
    "MonthStillOpen",
    "NoSuchAccount",
    "NotYourBooks",
    "PeriodClosed",
    "Posting",
    "close_period",
    "open_account",
    "open_books",
    "open_period",
    "post",
    "post_many",
    "reverse",
]
