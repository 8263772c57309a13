"""Addresses of sharing."""

from django.urls import path

from moothall.sharing.views import offers

app_name = "sharing"
urlpatterns = [
    path("staff/offers/", offers.catalogue_of_offers, name="offers"),
    path("staff/offers/ours/", offers.ours, name="our_offers"),
    path("staff/offers/ours/<slug:service_id>/", offers.make, name="make_offer"),
    path("staff/offers/compare/<slug:service_id>/", offers.compare, name="compare_offers"),
    path("staff/offers/<uuid:offer_id>/", offers.page, name="offer"),
    path("staff/offers/<uuid:offer_id>/withdraw/", offers.withdraw, name="withdraw_offer"),
]
