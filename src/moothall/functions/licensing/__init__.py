"""
Licensing - who may drive, keep or trade what: papers seen, licences issued, suspended, and found by anybody

Owns:    Licence, Evidence, Measure, LicenceEvent, Entry.
Offers:  actions.check, actions.issue, actions.make_document, actions.note_evidence, actions.take_measure,
         actions.lift, actions.record_appeal, actions.settle_appeal, actions.surrender, actions.keep_time;
         queries.licences, queries.licence, queries.register, queries.verify; the steps licensing.check and
         licensing.issue.
Needs:   casework, ledger, sharing, catalogue, bodies, ui, core.
Never:   publishes more of a person than the law has a register say; lets a measure take effect while an appeal holds
         it back; rewrites what happened to a licence; knows one trade from another.
"""
