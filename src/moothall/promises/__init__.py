"""
Promises - what public bodies promised each other and everybody: partnerships that fit, savings that come about.

Owns:    CaseTime, FitRun, Measurement, Warning, Saving, SavingFigure, SavingEvent, Baseline, Verification, SavingLine,
         Plan, PlanAction, Voice, Lesson, Idea, Fund.
Offers:  queries.evidence_of, queries.last_run, queries.health, queries.replays, queries.savings, queries.saving,
         queries.judged, queries.yearly, queries.plans, queries.plan, queries.ideas, queries.funds,
         queries.verified_by_partnership; actions.run_fit, actions.measure,
         actions.time_requests, actions.watch, actions.promise, actions.propose, actions.approve, actions.implement,
         actions.report, actions.verify, actions.withdraw, actions.watch_savings,
         actions.begin_plan, actions.adopt_plan, actions.move_action, actions.learn, actions.propose_idea,
         actions.grant_idea, actions.end_trial, actions.watch_plans.
Needs:   core, ui, bodies, catalogue, sharing, ledger, casework, settlement, functions.
Never:   adds findings up to a score; hides a failing answer; changes a run that was stored; shows a count under five;
         calls a saving verified that no ledger entry shows; counts a pound twice; turns a net cost into nothing.
"""
