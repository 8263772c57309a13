"""Answers the house's questions about the ledger's rows."""
