"""The tables of core, one noun a file."""

from moothall.core.models.account import Account
from moothall.core.models.audit import AuditEntry, AuditLeaf, AuditPayload, AuditSeal, AuditUnsealed
from moothall.core.models.fact import Fact, Receipt
from moothall.core.models.files import File
from moothall.core.models.messages import Outgoing, OutgoingWords
from moothall.core.models.operation import Operation
from moothall.core.models.privacy import PrivacyRequest

__all__ = [
    "Account",
    "AuditEntry",
    "AuditLeaf",
    "AuditPayload",
    "AuditSeal",
    "AuditUnsealed",
    "Fact",
    "File",
    "Operation",
    "Outgoing",
    "OutgoingWords",
    "PrivacyRequest",
    "Receipt",
]
