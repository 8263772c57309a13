"""
Simulation - a made-up county, driven through the same doors as people use.

Owns:    nothing.
Offers:  actions.lay_out_marchshire, actions.open_counters.
Needs:   bodies, booking, contracts, core, functions, ledger, ui.
Never:   writes a row but by another chapter's action; stands for anybody real.
"""
