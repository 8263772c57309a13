"""Addresses of bodies that join. A body's own pages name no body: they are of the one that is acted for."""

from django.urls import path

from moothall.onboarding.views import data, joining, setting_up

app_name = "onboarding"
OURS = "staff/joining/ours"

urlpatterns = [
    path("staff/joining/", joining.joining, name="joining"),
    path("staff/joining/invite/", joining.invite, name="invite"),
    path("staff/joining/begin/", joining.begin, name="begin"),
    path(f"{OURS}/", setting_up.ours, name="ours"),
    path(f"{OURS}/identity/", setting_up.identity, name="identity"),
    path(f"{OURS}/look/", setting_up.look, name="look"),
    path(f"{OURS}/look/preview/", setting_up.preview, name="preview"),
    path(f"{OURS}/area/", setting_up.area, name="area"),
    path(f"{OURS}/services/", setting_up.services, name="services"),
    path(f"{OURS}/teams/", setting_up.teams, name="teams"),
    path(f"{OURS}/staff/", setting_up.staff, name="staff"),
    path(f"{OURS}/books/", setting_up.books, name="books"),
    path(f"{OURS}/data/", data.data, name="data"),
    path(f"{OURS}/data/<uuid:import_id>/", data.file, name="file"),
    path(f"{OURS}/data/<uuid:import_id>/take/", data.take, name="take"),
    path(f"{OURS}/data/<uuid:import_id>/again/", data.again, name="again"),
    path(f"{OURS}/data/<uuid:import_id>/away/", data.put_away, name="put_away"),
    path(f"{OURS}/trials/", setting_up.trials, name="trials"),
    path(f"{OURS}/live/", setting_up.live, name="live"),
]
