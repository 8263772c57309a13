"""Addresses of waste."""

from django.urls import path

from moothall.functions.waste.views import bins, crew, rounds

app_name = "waste"
urlpatterns = [
    # /bins/
    path("bins/", bins.find, name="bins"),
    path("bins/<slug:uprn>/", bins.address, name="address"),
    path("bins/<slug:uprn>.ics", bins.address_ics, name="address_ics"),
    path("bins/street/<slug:usrn>/", bins.street, name="street"),
    path("bins/street/<slug:usrn>.ics", bins.street_ics, name="street_ics"),
    # /waste/
    path("waste/", rounds.rounds, name="rounds"),
    path("waste/rounds/<int:round_id>/<str:day>/collected/", rounds.collected, name="collected"),
    path("waste/rounds/<int:round_id>/<str:day>/incomplete/", rounds.incomplete, name="incomplete"),
    path("waste/rounds/<int:round_id>/<str:day>/note/", rounds.note, name="note"),
    # /crew/waste/
    path("crew/waste/", crew.visits, name="visits"),
    path("crew/waste/<uuid:visit_id>/", crew.visit, name="visit"),
    path("crew/waste/<uuid:visit_id>/done/", crew.done, name="done"),
    path("crew/waste/<uuid:visit_id>/not-done/", crew.not_done, name="not_done"),
]
