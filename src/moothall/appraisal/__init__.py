"""
Appraisal - options for a service, judged on exactly the same basis, so that nobody can rig the answer.

Owns:    nothing.
Offers:  queries.read_case.
Needs:   core.
Never:   ranks options that do not stand on one basis; hides a source; reads a clock or a database in its sums.
"""
