"""Pages of the ledger: for whoever pays, and for those who keep the books."""
