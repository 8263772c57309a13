"""
Scrutiny - what everyone may see: promises kept and missed, money kept back from contractors, who shares with whom.

Owns:    Decision, Figure, ContactFigure, Arrangement.
Offers:  queries.board, queries.performance, queries.series, queries.register, queries.most_asked, queries.contacts;
         actions.count_promise, actions.rebuild, actions.count_contacts, actions.register_arrangements.
Needs:   core, ui, bodies, catalogue, sharing, casework, contracts, promises, desk.
Never:   holds personal data; publishes a count under five; shows a figure that cannot be recomputed from events, or a
         saving as verified that no ledger or audit shows.
"""
