"""
Core - the ground that every chapter stands on.

Owns:    Account, Fact, Receipt.
Offers:  refusal.Refusal; actor.Actor; clock.now; workdays.Calendar; money.pounds; ids.new_id;
         reference.make_reference; scope.scoped; rows.BodyRows; events.publish; queue.defer; steps.step; ports.Port.
Needs:   nothing.
Never:   knows a body, a person or a case; reads the clock except to run a job.
"""
