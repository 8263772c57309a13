"""Answers the house's questions about the ledger's rows."""

from moothall.core import personal

personal.free("ledger_account", "name", why="the name of an account in the books")
personal.free("ledger_journal", "narrative", why="names the service and the case's reference")
personal.free("ledger_charge", "description", why="names what is charged for, never who pays")
personal.free("ledger_refund", "reason", why="says why money goes back, never to whom")
