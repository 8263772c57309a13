"""Addresses of promises."""

from django.urls import path

from moothall.promises.views import partnerships as views

app_name = "promises"
urlpatterns = [
    path("partnerships/<slug:slug>/fit/", views.fit, name="fit"),
    path("partnerships/<slug:slug>/health/", views.health, name="health"),
    path("fit-test/", views.replays, name="replays"),
    path("staff/partnerships/at/<slug:slug>/fit/", views.run, name="run"),
    path("staff/partnerships/at/<slug:slug>/measure/", views.measure, name="measure"),
    path("staff/partnerships/at/<slug:slug>/time/", views.time, name="time"),
]
