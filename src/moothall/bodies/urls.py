"""Addresses of bodies and places. The names without a prefix are those the place picker asks for."""

from django.urls import path

from moothall.bodies.views import colleagues, public

urlpatterns = [
    path("where/", public.where, name="where"),
    path("bodies/", public.index, name="bodies"),
    path("bodies/<slug:slug>/", public.page, name="body"),
    path("staff/colleagues/", colleagues.colleagues, name="colleagues"),
    path("staff/colleagues/new/", colleagues.bring_in, name="bring-in"),
    path("staff/colleagues/groups/", colleagues.groups, name="groups"),
    path("staff/colleagues/groups/<int:group_id>/end/", colleagues.drop_group, name="drop-group"),
    path("staff/colleagues/<int:staff_id>/end/", colleagues.let_go, name="let-go"),
    path("places/search", public.search, name="places_search"),
    path("places/at", public.at, name="places_at"),
    path("places/streets.geojson", public.streets, name="places_streets"),
    path("places/areas.geojson", public.areas, name="places_districts"),
]
