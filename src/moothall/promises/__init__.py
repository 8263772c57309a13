"""
Promises - what partners promised each other: whether they fit, and how the partnership fares while it runs.

Owns:    CaseTime, FitRun, Measurement, Warning.
Offers:  queries.evidence_of, queries.last_run, queries.health, queries.replays; actions.run_fit,
         actions.measure, actions.time_requests, actions.watch.
Needs:   core, ui, bodies, catalogue, sharing, casework, functions.
Never:   adds findings up to a score; hides a failing answer; changes a run that was stored; shows a count under five.
"""
