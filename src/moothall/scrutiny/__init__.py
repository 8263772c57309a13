"""
Scrutiny - what everyone may see: promises kept and missed, money kept back from contractors, who shares with whom.

Owns:    Decision, Figure, Arrangement.
Offers:  queries.board, queries.performance, queries.series, queries.register, queries.most_asked;
         actions.count_promise, actions.rebuild, actions.register_arrangements.
Needs:   core, ui, bodies, catalogue, sharing, casework, contracts, promises.
Never:   holds personal data; publishes a count under five; shows a figure that cannot be recomputed from events, or a
         saving as verified that no ledger or audit shows.
"""
