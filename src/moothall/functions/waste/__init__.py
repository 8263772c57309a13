"""
Waste - bins emptied on their day, and what is done when one was not.

Owns:    Round, Stop, Shift, RoundDay, CrewNote, Incident, MissedReport, Visit, Subscription.
Offers:  actions.plan_round, actions.shift_day, actions.close_round, actions.mark_incomplete, actions.note_address,
         actions.end_visit; queries.calendar, queries.alerts, queries.visits; the steps waste.check_round,
         waste.return_visit, waste.collect_bulky, waste.clear and waste.subscribe.
Needs:   casework, bodies, ui, core.
Never:   sends a crew to a bin that its own record explains; collects what was not paid for; knows a road.
"""
