"""
Settlement - what bodies owe each other for work done: recharge statements, to the penny.

Owns:    Statement, Section, Line, Dispute, CostCentre, CostMap, CostFile, CostLine, Headcount.
Offers:  actions.draw_up, actions.draw_true_up, actions.send, actions.approve, actions.post, actions.withdraw,
         actions.dispute, actions.settle_dispute, actions.take_costs, actions.take_centres,
         actions.map_centre; queries.statements, queries.statement, queries.lines, queries.recomputed, queries.cost,
         queries.compare, queries.work_between.
Needs:   casework, ledger, sharing, catalogue, bodies, ui, core.
Never:   charges what no terms say; shows a statement to a third body; changes a statement that was sent; loses a penny.
"""
