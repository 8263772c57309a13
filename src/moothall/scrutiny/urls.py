"""Addresses of what everyone may see."""

from django.urls import path

from moothall.scrutiny import views

app_name = "scrutiny"
urlpatterns = [
    path("performance/", views.performance, name="performance"),
    path("performance.csv", views.performance_csv, name="performance_csv"),
    path("performance/<slug:slug>/<slug:service_id>/", views.service, name="service"),
    path("performance/<slug:slug>/<slug:service_id>.csv", views.service_csv, name="service_csv"),
]
