"""
Editor - services made and changed in the browser: drafts with their history, looked at by a second person, published.

Owns:    Draft, Saving, Opinion.
Offers:  actions.begin_new, actions.begin_change, actions.begin_retiring, actions.save, actions.ask, actions.answer,
         actions.publish, actions.drop, actions.bring_back, actions.build_on_newest, actions.push; queries.drafts,
         queries.draft, queries.open_draft, queries.look.
Needs:   core, ui, bodies, catalogue, sharing, casework.
Never:   changes a published version, publishes what only its author has read, or decides what a definition means.
"""
