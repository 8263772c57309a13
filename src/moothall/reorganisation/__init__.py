"""
Reorganisation - bodies become one, or one is divided: planned, rehearsed, carried out chapter by chapter, reversible.

Owns:    Plan, Succession, Setting, Consent, StaffMove, Heir, Moved, Stage.
Offers:  actions.plan, queries.plan.
Needs:   core, ui, bodies, catalogue, sharing.
Never:   rewrites history; knows what another chapter's rows mean; loses a row or a penny; undoes what was confirmed.
"""
