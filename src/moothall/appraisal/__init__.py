"""
Appraisal - options for a service, judged on exactly the same basis, so that nobody can rig the answer.

Owns:    Case, Change, Edition, Evidence, Fork, Withheld.
Offers:  queries.appraise, queries.outputs, queries.summary, queries.seal, queries.schema, queries.replayed,
         queries.replay_of (these need no server); actions.begin, actions.change, actions.seal, actions.close,
         actions.freeze, actions.reopen, actions.publish, actions.let_in, actions.fork, actions.file_evidence,
         actions.read_figure.
Needs:   core, ui, bodies, catalogue, sharing, settlement.
Never:   ranks options that do not stand on one basis; hides a source; alters what was changed or published; reads a
         clock or a database in its sums.
"""
