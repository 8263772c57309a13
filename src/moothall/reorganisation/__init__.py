"""
Reorganisation - bodies become one, or one is divided: planned, rehearsed, carried out chapter by chapter, reversible.

Owns:    Plan, Succession, Setting, Consent, StaffMove, Heir, Moved, Stage.
Offers:  actions.plan, actions.decide_setting, actions.move_staff, actions.ask_consent, actions.answer_consent,
         actions.ask, actions.rehearse, actions.carry_out, actions.undo, actions.confirm; queries.plans, queries.plan,
         queries.differing, queries.chapters.
Needs:   core, ui, bodies, booking, casework, catalogue, ledger, sharing.
Never:   rewrites history; knows what another chapter's rows mean; loses a row or a penny; undoes what was confirmed.
"""
