"""Addresses of licensing."""

from django.urls import path

from moothall.functions.licensing.views import checks, licences, measures, register

app_name = "licensing"
urlpatterns = [
    # /licences/: for everybody
    path("licences/", register.register, name="register"),
    path("licences/check/", register.ask, name="ask"),
    path("licences/check/<str:code>/", register.verify, name="verify"),
    # /licensing/: for those who look after licences
    path("licensing/", licences.licences, name="licences"),
    path("licensing/checks/<uuid:step_id>/", checks.check, name="check"),
    path("licensing/<uuid:licence_id>/", licences.licence, name="licence"),
    path("licensing/<uuid:licence_id>/papers/<uuid:evidence_id>/", licences.paper, name="paper"),
    path("licensing/<uuid:licence_id>/suspend/", measures.suspend, name="suspend"),
    path("licensing/<uuid:licence_id>/revoke/", measures.revoke, name="revoke"),
    path("licensing/<uuid:licence_id>/given-back/", measures.given_back, name="given_back"),
    path("licensing/notices/<uuid:measure_id>/lift/", measures.lift, name="lift"),
    path("licensing/notices/<uuid:measure_id>/appeal/", measures.appeal, name="appeal"),
    path("licensing/notices/<uuid:measure_id>/outcome/", measures.outcome, name="outcome"),
]
