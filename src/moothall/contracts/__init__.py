"""
Contracts - bought-in work: what was promised, as clauses that run.

Owns:    Contract, Clause, Cover, Claim, Deduction.
Offers:  actions.let_contract, actions.add_clause, actions.cover, actions.claim, actions.settle_claim;
         queries.payer, queries.deductions, queries.contracts.
Needs:   casework, ledger, bodies, ui, core.
Never:   signs what a body that ends may not; deducts what no clause says; changes a published deduction;
         learns how a hole is mended.
"""
