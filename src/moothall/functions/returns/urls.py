"""Addresses of returns."""

from django.urls import path

from moothall.functions.returns import views

app_name = "returns"
urlpatterns = [
    # /account/: for whoever files them
    path("account/returns/", views.mine, name="mine"),
    # /returns/: for those they are owed to
    path("returns/", views.entries, name="entries"),
    path("returns/<uuid:entry_id>/", views.entry, name="entry"),
    path("returns/<uuid:entry_id>/end/", views.end, name="end"),
]
