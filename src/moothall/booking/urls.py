"""Addresses of booking."""

from django.urls import path

from moothall.booking import views

app_name = "booking"
urlpatterns = [
    path("diaries/", views.diaries, name="diaries"),
    path("diaries/<slug:kind>/", views.diary, name="diary"),
    path("diaries/<slug:kind>/times/", views.times, name="times"),
    path("diaries/slots/<int:slot_id>/", views.slot, name="slot"),
]
