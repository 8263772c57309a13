"""Addresses of the desk."""

from django.urls import path

from moothall.desk.views import asking, calls, counter

app_name = "desk"
urlpatterns = [
    path("desk/", counter.desk, name="desk"),
    path("desk/people/<uuid:person_id>/", counter.person, name="person"),
    path("desk/start/<slug:service_id>/", asking.start, name="start"),
    path("desk/sent/<uuid:case_id>/", asking.sent, name="sent"),
    path("desk/cases/<uuid:case_id>/", calls.call, name="call"),
    path("desk/cases/<uuid:case_id>/payment-link/", calls.payment_link, name="payment_link"),
]
