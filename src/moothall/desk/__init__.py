"""
Desk - the advisers' counter: find a caller or a case in one box, ask for any service on one page, chase what is open.

Owns:    Contact, UnitCost, CallBack, AccessPoint, OtherHours, Ticket.
Offers:  actions.record_contact, actions.take_in_requests, actions.set_unit_cost,
         actions.promise_call_back, actions.ring_back, actions.write_back, actions.remind, actions.keep_point,
         actions.close_point, actions.open_otherwise, actions.take_ticket, actions.call_next, actions.end_ticket;
         queries.search, queries.contacts_of_case, queries.contacts_of_person, queries.call_backs,
         queries.unit_costs, queries.unit_cost_in, queries.counted, queries.points, queries.opening, queries.queue_of.
Needs:   core, ui, bodies, people, catalogue, sharing, ledger, casework, inbox.
Never:   decides who is responsible, sees more than the agreement gives its body, touches a card number, or counts by
         who took a call.
"""
