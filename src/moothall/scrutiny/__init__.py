"""
Scrutiny - what everyone may see: promises kept and missed, and money kept back from contractors.

Owns:    Decision, Figure.
Offers:  queries.board, queries.performance, queries.series; actions.count_promise, actions.rebuild.
Needs:   core, ui, bodies, catalogue, casework, contracts.
Never:   holds personal data; publishes a count under five; shows a figure that cannot be recomputed from events.
"""
