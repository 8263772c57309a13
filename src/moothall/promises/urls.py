"""Addresses of promises."""

from django.urls import path

from moothall.promises.views import partnerships, saving_work, savings, verifying

app_name = "promises"
urlpatterns = [
    path("partnerships/<slug:slug>/fit/", partnerships.fit, name="fit"),
    path("partnerships/<slug:slug>/health/", partnerships.health, name="health"),
    path("fit-test/", partnerships.replays, name="replays"),
    path("staff/partnerships/at/<slug:slug>/fit/", partnerships.run, name="run"),
    path("staff/partnerships/at/<slug:slug>/measure/", partnerships.measure, name="measure"),
    path("staff/partnerships/at/<slug:slug>/time/", partnerships.time, name="time"),
    path("savings/", savings.savings, name="savings"),
    path("savings.csv", savings.savings_csv, name="savings_csv"),
    path("savings/<str:reference>/", savings.saving, name="saving"),
    path("savings/<str:reference>/entries.csv", savings.entries_csv, name="entries_csv"),
    path("staff/savings/", saving_work.ours, name="our_savings"),
    path("staff/savings/promise/", saving_work.begin, name="promise"),
    path("staff/savings/<str:reference>/", saving_work.our_saving, name="our_saving"),
    path("staff/savings/<str:reference>/verify/", verifying.verify, name="verify"),
    path("staff/savings/<str:reference>/verify/<uuid:verification_id>/withdraw/", verifying.withdraw, name="withdraw"),
    path("staff/savings/<str:reference>/<slug:verb>/", saving_work.step, name="saving_step"),
]
