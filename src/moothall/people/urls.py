"""Addresses of people: for staff, and for oneself."""

from django.urls import path

from moothall.people import views

app_name = "people"
urlpatterns = [
    path("staff/people/", views.people, name="people"),
    path("staff/people/compare/", views.compare, name="compare"),
    path("staff/people/decide/", views.decide, name="decide"),
    path("staff/people/<uuid:person_id>/", views.person, name="person"),
    path("account/details/", views.mine, name="mine"),
]
