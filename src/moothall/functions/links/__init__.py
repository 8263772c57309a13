"""
Links - a function that runs elsewhere: another system takes a step over, and is heard, chased and watched.

Owns:    System, Call, Received.
Offers:  actions.connect, actions.disconnect, actions.change_key, actions.sign_with_new_key, actions.end_old_key,
         actions.send, actions.hear, actions.hear_status, actions.chase, actions.retry; queries.health,
         queries.troubles, queries.systems.
Needs:   casework, catalogue, bodies, ui, core.
Never:   loses or doubles a step; believes an unsigned message; keeps what was sent once it is answered.
"""
