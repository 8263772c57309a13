"""
Returns - what somebody owes the council again and again: when it is due, whether it came, who is late

Owns:    Entry, Due, Change.
Offers:  actions.file, actions.leave, actions.open_entry, actions.bring, actions.correct, actions.end; queries.entries,
         queries.entry, queries.filed_by, queries.owed_after, queries.of_cases, queries.figures,
         queries.to_be_written_to, queries.kinds; the steps returns.file, returns.owed and returns.end.
Needs:   casework, catalogue, sharing, people, bodies, ui, core.
Never:   writes of its own accord to anybody (the letters stand in a service's definition); changes a day once it was
         told without saying why, and telling whoever was told; knows one kind of return from another.
"""
