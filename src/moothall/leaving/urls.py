"""Addresses of leaving."""

from django.urls import path

from moothall.leaving.views import deciding, page, public

app_name = "leaving"
urlpatterns = [
    path("leaving/<slug:slug>/", public.leaves, name="public"),
    path("staff/leaving/", page.leaving, name="leaving"),
    path("staff/leaving/decide/", deciding.decide, name="decide"),
    path("staff/leaving/afterwards/", deciding.afterwards, name="afterwards"),
    path("staff/leaving/stay/", deciding.stay, name="stay"),
]
