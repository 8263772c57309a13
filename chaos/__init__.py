"""Breaks a whole running Moothall on purpose, from a seed, and checks that nothing was lost or doubled."""
