"""Addresses of leaving."""

from django.urls import path

from moothall.leaving.views import archives, carrying, deciding, page, public

app_name = "leaving"
urlpatterns = [
    path("leaving/<slug:which>/", public.leaves, name="public"),
    path("staff/leaving/", page.leaving, name="leaving"),
    path("staff/leaving/decide/", deciding.decide, name="decide"),
    path("staff/leaving/afterwards/", deciding.afterwards, name="afterwards"),
    path("staff/leaving/stay/", deciding.stay, name="stay"),
    path("staff/leaving/letters/", carrying.letters, name="letters"),
    path("staff/leaving/carry-out/", carrying.carry_out, name="carry-out"),
    path("staff/leaving/again/", carrying.again, name="again"),
    path("staff/leaving/archives/", archives.make, name="make-archive"),
    path("staff/leaving/archives/<uuid:archive_id>/", archives.download, name="download"),
]
