"""Addresses of the desk."""

from django.urls import path

from moothall.desk.views import asking, calls, costs, counter, letters, points, receiving, visits, wrapping

app_name = "desk"
urlpatterns = [
    path("desk/", counter.desk, name="desk"),
    path("desk/people/<uuid:person_id>/", counter.person, name="person"),
    path("desk/people/<uuid:person_id>/identity/", wrapping.check_person, name="check_person"),
    path("desk/wrap-up/", wrapping.wrap, name="wrap"),
    path("desk/call-back/", wrapping.call_back, name="call_back"),
    path("desk/call-backs/", wrapping.call_backs, name="call_backs"),
    path("desk/call-backs/<uuid:call_back_id>/", wrapping.rung, name="rung"),
    path("desk/call-backs/<uuid:call_back_id>/write/", wrapping.write_back, name="write_back"),
    path("desk/inbox/", letters.letters, name="letters"),
    path("desk/inbox/drop/", letters.drop, name="drop"),
    path("desk/inbox/<uuid:arrival_id>/", letters.letter, name="letter"),
    path("desk/start/<slug:service_id>/", asking.start, name="start"),
    path("desk/sent/<uuid:case_id>/", asking.sent, name="sent"),
    path("desk/visits/", visits.visits, name="visits"),
    path("desk/visits/<uuid:point_id>/", visits.receive, name="receive"),
    path("desk/visits/<uuid:point_id>/ticket/", visits.give, name="give"),
    path("desk/visits/<uuid:point_id>/next/", visits.call_next, name="call_next"),
    path("desk/tickets/<uuid:ticket_id>/", visits.end, name="end_ticket"),
    path("staff/contact-costs/", costs.costs, name="costs"),
    path("staff/access-points/", points.points, name="our_points"),
    path("staff/access-points/new/", points.add, name="add_point"),
    path("staff/access-points/<uuid:point_id>/", points.change, name="change_point"),
    path("staff/access-points/<uuid:point_id>/otherwise/", points.otherwise, name="otherwise"),
    path("staff/access-points/<uuid:point_id>/close/", points.close, name="close_point"),
    path("visit/", receiving.everywhere, name="points"),
    path("visit/<slug:slug>/<slug:place>/", receiving.point, name="point"),
    path("visit/<slug:slug>/<slug:place>/wall/", receiving.wall, name="wall"),
    path("desk/cases/<uuid:case_id>/", calls.call, name="call"),
    path("desk/cases/<uuid:case_id>/identity/", wrapping.check_case, name="check_case"),
    path("desk/cases/<uuid:case_id>/payment-link/", calls.payment_link, name="payment_link"),
]
