"""
Contracts - bought-in work: what was promised, as clauses that run.

Owns:    Contract, Clause, Cover, Claim, Deduction.
Offers:  actions.let_contract, actions.add_clause, actions.cover, actions.claim, actions.settle_claim;
         queries.payer, queries.deductions, queries.contracts.
Needs:   casework, ledger, bodies, ui, core.
Never:   deducts what a clause does not say; changes a published deduction; learns how a hole is mended.
"""
