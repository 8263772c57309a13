"""
Inbox - what comes in writing: e-mail, scanned post and fax, text messages; taken once, read, and led to its case.

Owns:    Arrival.
Offers:  actions.take_in, actions.read_arrival, actions.add_to_case, actions.became_case, actions.answer, actions.close,
         actions.bring_back; queries.waiting, queries.done, queries.arrival, queries.known_cases;
         events.Arrived, events.Settled.
Needs:   core, ui, bodies, people, catalogue, casework.
Never:   loses what it took; answers a machine; believes a header that our own mail server did not write; opens a case
         by itself.
"""
