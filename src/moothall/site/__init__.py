"""
Site - the wiring: settings, addresses, home pages, command line, health.

Owns:    nothing.
Offers:  the `moothall` command; the web and worker processes.
Needs:   core, appraisal, bodies, people, catalogue, casework, functions, reorganisation, scrutiny, simulation, ui.
Never:   decides anything about a case, a person or money.
"""
