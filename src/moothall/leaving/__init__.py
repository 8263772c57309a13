"""
Leaving - a body takes what is its own, and goes: what it costs, who does what afterwards, and the archive.

Owns:    Departure, Afterwards, Handed, Costing, Archive.
Offers:  actions.decide_to_leave, actions.say_afterwards, actions.make_archive, actions.bring_in; queries.departure,
         queries.meaning.
Needs:   core, ui, bodies, catalogue, sharing, casework, settlement.
Never:   takes along what is another's; removes a row; writes to a resident twice; hides what leaving costs.
"""
