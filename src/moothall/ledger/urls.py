"""Addresses of the ledger."""

from django.urls import path

from moothall.ledger.views import paying

app_name = "ledger"
urlpatterns = [
    path("pay/webhook/", paying.webhook, name="webhook"),
    path("pay/<uuid:charge_id>/", paying.pay, name="pay"),
    path("pay/<uuid:charge_id>/card/", paying.card, name="card"),
    path("pay/<uuid:charge_id>/back/", paying.back, name="back"),
    path("stand-ins/pay/card/<str:token>", paying.practice, name="practice"),
]
