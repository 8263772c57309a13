"""
Ledger - money: what is owed, what was paid, and the books that prove it.

Owns:    Account, Period, Journal, Leg, Balance, Charge, Payment, Refund, ProviderRecord.
Offers:  actions.open_books, actions.post, actions.post_many, actions.reverse, actions.close_period;
         actions.charge, actions.cancel_charge, actions.begin_payment, actions.offer, actions.ask,
         actions.record_payment, actions.refund, actions.refund_otherwise, actions.read_provider;
         queries.balance, queries.trial_balance, queries.statement, queries.charges_for, queries.prove,
         queries.reconciled;
         events.PaymentSettled, events.PaymentFailed, events.Refunded,
         events.ChargeCancelled.
Needs:   core, ui, bodies, catalogue, sharing.
Never:   edits or deletes a posted entry; sees a card number; takes money twice for one charge;
         learns what a service is.
"""
