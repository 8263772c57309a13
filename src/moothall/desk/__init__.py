"""
Desk - the advisers' counter: find a caller or a case in one box, ask for any service on one page, chase what is open.

Owns:    nothing.
Offers:  queries.search.
Needs:   core, ui, bodies, people, catalogue, sharing, ledger, casework.
Never:   decides who is responsible, sees more than the agreement gives its body, or touches a card number.
"""
