"""Addresses of people: for staff, and for oneself."""

from django.urls import path

from moothall.people.views import changing, looking, own

app_name = "people"
urlpatterns = [
    path("staff/people/", looking.people, name="people"),
    path("staff/people/compare/", looking.compare, name="compare"),
    path("staff/people/decide/", looking.decide, name="decide"),
    path("staff/people/<uuid:person_id>/", looking.person, name="person"),
    path("staff/people/<uuid:person_id>/end/<uuid:contact_id>/", changing.end, name="end"),
    path("staff/people/<uuid:person_id>/verify/<uuid:contact_id>/", changing.verify, name="verify"),
    path("staff/people/<uuid:person_id>/agent/<uuid:acts_for_id>/end/", changing.end_agent, name="end_agent"),
    path("staff/people/<uuid:person_id>/<slug:what>/", changing.change, name="change"),
    path("account/details/", own.mine, name="mine"),
]
