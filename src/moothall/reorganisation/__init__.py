"""
Reorganisation - bodies become one, or one is divided: planned, rehearsed, carried out chapter by chapter, reversible.

Owns:    Plan, Succession, Setting, Consent, StaffMove, Heir, Moved, Stage, Told.
Offers:  actions.plan, actions.decide_setting, actions.move_staff, actions.ask_consent, actions.answer_consent,
         actions.ask, actions.rehearse, actions.carry_out, actions.undo, actions.confirm; queries.plans, queries.plan,
         queries.differing, queries.chapters; the answer to what an outgoing body may commit.
Needs:   core, ui, bodies, booking, casework, catalogue, ledger, sharing.
Never:   rewrites history; knows what another chapter's rows mean; loses a row or a penny; undoes what was confirmed;
         writes to a resident twice, or before it is confirmed.
"""
