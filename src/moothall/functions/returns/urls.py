"""Addresses of returns."""

from django.urls import path

from moothall.functions.returns.views import changing, mine, register

app_name = "returns"
urlpatterns = [
    # /account/: for whoever files them
    path("account/returns/", mine.mine, name="mine"),
    # /returns/: for those they are owed to
    path("returns/", register.entries, name="entries"),
    path("returns/new/", changing.open_one, name="open"),
    path("returns/bring/", changing.bring, name="bring"),
    path("returns/letters.csv", register.letters, name="letters"),
    path("returns/<uuid:entry_id>/", register.entry, name="entry"),
    path("returns/<uuid:entry_id>/correct/", changing.correct, name="correct"),
    path("returns/<uuid:entry_id>/end/", changing.end, name="end"),
]
