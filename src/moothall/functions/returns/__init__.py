"""
Returns - what somebody owes the council again and again: when it is due, whether it came, who is late

Owns:    Entry, Due.
Offers:  actions.file, actions.leave, actions.end; queries.entries, queries.entry, queries.filed_by, queries.owed_after,
         queries.of_cases; the steps returns.file, returns.owed and returns.end.
Needs:   casework, catalogue, people, bodies, ui, core.
Never:   writes to anybody itself (the letters stand in a service's definition); changes a day once it was told; knows
         one kind of return from another.
"""
