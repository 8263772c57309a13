"""Addresses of casework."""

from django.urls import include, path

from moothall.casework.api.docs import docs
from moothall.casework.views import (
    account,
    choosing,
    drafts,
    easier,
    following,
    helping,
    naming_helpers,
    places,
    queue,
    resident,
    safety,
    saving,
    sending,
    together,
    tracking,
    work,
)

# Their names begin with "casework:".
casework = [
    # /services/<id>/: asking
    path("services/<slug:service_id>/start", drafts.start, name="start"),
    path("services/<slug:service_id>/ask", drafts.ask, name="ask"),
    # /life/: several services together
    path("life/<slug:event_id>/", together.event, name="life_event"),
    path("together/<uuid:bundle_id>/", together.together, name="together"),
    path("together/<uuid:bundle_id>/ask/<slug:name>/", together.ask, name="together_ask"),
    path("together/<uuid:bundle_id>/contact/", together.contact, name="together_contact"),
    path("together/<uuid:bundle_id>/needs/", together.needs, name="together_needs"),
    path("together/<uuid:bundle_id>/check/", together.check, name="together_check"),
    path("together/<uuid:bundle_id>/done/", together.done, name="together_done"),
    # /drafts/: answers not sent yet
    path("drafts/", saving.come_back, name="come_back"),
    path("drafts/code/", saving.enter_code, name="enter_code"),
    path("drafts/<uuid:draft_id>/ask/<slug:name>/", drafts.question, name="question"),
    path("drafts/<uuid:draft_id>/nearby/<slug:name>/", sending.nearby, name="nearby"),
    path("drafts/<uuid:draft_id>/follow/<uuid:place_id>/", following.follow, name="follow"),
    path("drafts/<uuid:draft_id>/contact/", sending.contact, name="contact"),
    path("drafts/<uuid:draft_id>/needs/", easier.needs, name="needs"),
    path("drafts/<uuid:draft_id>/check/", sending.check, name="check"),
    path("drafts/<uuid:draft_id>/done/", sending.done, name="done"),
    path("drafts/<uuid:draft_id>/save/", saving.save, name="save"),
    path("drafts/<uuid:draft_id>/leave/", safety.leave, name="leave"),
    # /places/reported: circles on the place picker's map
    path("places/reported.geojson", places.reported, name="places_reported"),
    # /track/, /cases/<reference>/: one's own case
    path("track/", tracking.track, name="track"),
    path("cases/", tracking.track),
    path("cases/<str:reference>/", tracking.case, name="case"),
    path("cases/<str:reference>/promise.ics", tracking.calendar, name="calendar"),
    path("cases/<str:reference>/day/", choosing.day_page, name="day"),
    path("cases/<str:reference>/day/waiting/", choosing.waiting, name="waiting"),
    path("cases/<str:reference>/day.ics", choosing.day_file, name="day_file"),
    path("cases/<str:reference>/pay/", choosing.pay, name="pay"),
    path("cases/<str:reference>/write/", resident.write, name="write"),
    path("cases/<str:reference>/add/", resident.add, name="add"),
    path("cases/<str:reference>/cancel/", resident.cancel, name="cancel"),
    path("cases/<str:reference>/reopen/", resident.reopen, name="reopen"),
    path("cases/<str:reference>/again/", resident.again, name="again"),
    path("cases/<str:reference>/papers/<uuid:file_id>/", resident.paper, name="paper"),
    path("cases/<str:reference>/complain/", resident.complain, name="complain"),
    path("account/", account.account, name="account"),
    # /account/helpers/: who helps me; /account/helping/: whom I help
    path("account/helpers/", naming_helpers.helpers, name="helpers"),
    path("account/helpers/new/", naming_helpers.name_helper, name="name_helper"),
    path("account/helpers/<uuid:acts_for_id>/", naming_helpers.helper, name="helper"),
    path("account/helpers/<uuid:acts_for_id>/end/", naming_helpers.end_helper, name="end_helper"),
    path("account/helping/", helping.helping, name="helping"),
    path("account/helping/confirm/", helping.confirm, name="confirm_helping"),
    path("account/helping/<uuid:acts_for_id>/", helping.helping_one, name="helping_one"),
    path("account/helping/<uuid:acts_for_id>/stop/", helping.stop, name="stop_helping"),
    # /staff/: work
    path("staff/", queue.home, name="staff"),
    path("staff/queue/", queue.queue, name="queue"),
    path("staff/queue/assign/", queue.assign, name="assign"),
    path("staff/cases/<uuid:case_id>/", work.work, name="work"),
    path("staff/cases/<uuid:case_id>/day/", choosing.day_for_caller, name="day_for_caller"),
    path("staff/cases/<uuid:case_id>/day/waiting/", choosing.waiting_for_caller, name="waiting_for_caller"),
    path("staff/cases/<uuid:case_id>/<slug:verb>/", work.act, name="act"),
    path("api/v1/docs", docs, name="api_docs"),
]
urlpatterns = [
    path("", include((casework, "casework"))),
]
