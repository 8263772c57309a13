"""
Onboarding - how a body joins: invited, set up step by step by its own people, its data taken in, tried out, live.

Owns:    Joining, Trial, Import.
Offers:  actions.invite, actions.begin, actions.take_pack, actions.set_area, actions.bring_staff, actions.open_books,
         actions.bring_file, actions.begin_taking, actions.try_services, actions.go_live; queries.joining,
         queries.joinings, queries.progress, queries.packs.
Needs:   core, ui, bodies, people, catalogue, sharing, ledger, casework.
Never:   ticks off by hand what can be seen; takes in a file before it was read whole; writes to a resident.
"""
