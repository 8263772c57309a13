"""
Standards - the open standards that other systems speak with us, and the keys they hold.

Owns:    ApiKey.
Offers:  actions.make_key, actions.limit_key, actions.revoke_key, actions.note_use, actions.add_update;
         queries.keys, queries.key_for, queries.services, queries.requests, queries.updates,
         queries.entries.
Needs:   core, bodies, catalogue, sharing, casework.
Never:   tells who reported anything; keeps a key itself; lists a service that it cannot ask for whole.
"""
