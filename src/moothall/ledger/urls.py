"""Addresses of the ledger."""

from django.urls import path

from moothall.ledger.views import books, charging, paying

app_name = "ledger"
urlpatterns = [
    path("pay/webhook/", paying.webhook, name="webhook"),
    path("pay/<uuid:charge_id>/", paying.pay, name="pay"),
    path("pay/<uuid:charge_id>/card/", paying.card, name="card"),
    path("pay/<uuid:charge_id>/back/", paying.back, name="back"),
    path("ledger/reconciliation/", books.reconciliation, name="reconciliation"),
    path("ledger/reconciliation/read/", books.read_provider, name="read-provider"),
    path("ledger/payments/<str:reference>/ask/", books.ask, name="ask"),
    path("ledger/refunds/<uuid:refund_id>/transferred/", books.transferred, name="transferred"),
    path("ledger/trial-balance/", books.trial_balance, name="trial-balance"),
    path("ledger/months/<str:month>/close/", books.close_month, name="close-month"),
    path("ledger/accounts/<str:code>/", books.statement, name="statement"),
    path("ledger/journals/<int:journal_id>/reverse/", books.reverse_journal, name="reverse"),
    path("ledger/charges/", charging.charges, name="charges"),
    path("ledger/charges/<uuid:charge_id>/", charging.charge, name="charge"),
    path("ledger/charges/<uuid:charge_id>/paid/", charging.paid_here, name="paid-here"),
    path("ledger/charges/<uuid:charge_id>/cancel/", charging.cancel, name="cancel"),
    path("ledger/charges/<uuid:charge_id>/refund/", charging.give_back, name="refund"),
    path("stand-ins/pay/card/<str:token>", paying.practice, name="practice"),
]
