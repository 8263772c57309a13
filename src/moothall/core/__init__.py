"""
Core - the ground that every chapter stands on.

Owns:    Account, Fact, Receipt, AuditEntry, AuditPayload, AuditUnsealed, AuditLeaf, AuditSeal, File, Outgoing,
         OutgoingWords, Operation, PrivacyRequest.
Offers:  refusal.Refusal; actor.Actor; clock.now; workdays.Calendar; money.pounds; ids.new_id;
         reference.make_reference; scope.scoped; rows.BodyRows; events.publish; queue.defer; steps.step; ports.Port;
         audit.record; files.keep; messages.send; rate.limit; together.Together; kept.Kept;
         operations.ask.
Needs:   nothing.
Never:   knows a body, a person or a case by more than an id; edits or drops an audit entry; reads the clock
         except to run a job.
"""
