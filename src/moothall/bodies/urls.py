"""Addresses of bodies and places. The names without a prefix are those the place picker asks for."""

from django.urls import path

from moothall.bodies import views

urlpatterns = [
    path("where/", views.where, name="where"),
    path("bodies/", views.index, name="bodies"),
    path("bodies/<slug:slug>/", views.page, name="body"),
    path("places/search", views.search, name="places_search"),
    path("places/at", views.at, name="places_at"),
    path("places/streets.geojson", views.streets, name="places_streets"),
    path("places/areas.geojson", views.areas, name="places_districts"),
]
