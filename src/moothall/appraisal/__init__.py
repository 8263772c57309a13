"""
Appraisal - options for a service, judged on exactly the same basis, so that nobody can rig the answer.

Owns:    nothing.
Offers:  queries.appraise, queries.outputs, queries.summary, queries.seal, queries.schema,
         queries.replayed.
Needs:   core.
Never:   ranks options that do not stand on one basis; hides a source; reads a clock or a database in its sums.
"""
