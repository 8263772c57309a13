"""Addresses that other systems call."""

from django.urls import path

from moothall.inbox import api

app_name = "inbox"
urlpatterns = [
    path("api/notify/<slug:slug>/received/", api.received, name="received"),
    path("api/notify/<slug:slug>/delivered/", api.delivered, name="delivered"),
]
