"""
Reorganisation - bodies become one, or one is divided: planned, rehearsed, carried out chapter by chapter, reversible.

Owns:    Plan, Succession, Setting, Consent, StaffMove, Heir, Moved, Stage.
Offers:  actions.plan, actions.carry_out, actions.undo, actions.confirm; queries.plans, queries.plan, queries.chapters.
Needs:   core, bodies, booking, casework, ledger, sharing.
Never:   rewrites history; knows what another chapter's rows mean; loses a row or a penny; undoes what was confirmed.
"""
