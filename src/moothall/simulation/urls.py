"""Addresses of the demonstration."""

from django.urls import path

from moothall.simulation import views

app_name = "simulation"
urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/be/<slug:slug>/", views.be, name="be"),
    path("demo/tour/<int:number>/", views.stop, name="stop"),
]
