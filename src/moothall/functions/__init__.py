"""
Functions - the work behind the counter, one package each, unaware of each other.

Owns:    nothing.
Offers:  nothing; each function speaks for itself.
Needs:   nothing.
Never:   lets one function know another; talks to residents except through casework.
"""
