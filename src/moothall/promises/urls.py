"""Addresses of promises."""

from django.urls import path

from moothall.promises.views import idea_work, partnerships, plan_work, plans, saving_work, savings, verifying

app_name = "promises"
urlpatterns = [
    path("partnerships/<slug:slug>/fit/", partnerships.fit, name="fit"),
    path("partnerships/<slug:slug>/health/", partnerships.health, name="health"),
    path("fit-test/", partnerships.replays, name="replays"),
    path("staff/partnerships/at/<slug:slug>/fit/", partnerships.run, name="run"),
    path("staff/partnerships/at/<slug:slug>/measure/", partnerships.measure, name="measure"),
    path("staff/partnerships/at/<slug:slug>/contribution/", partnerships.put_in, name="put_in"),
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
    path("plans/", plans.plans, name="plans"),
    path("plans/<str:reference>/", plans.plan, name="plan"),
    path("plans/<str:reference>/actions.csv", plans.plan_csv, name="plan_csv"),
    path("ideas/", plans.ideas, name="ideas"),
    path("ideas.csv", plans.ideas_csv, name="ideas_csv"),
    path("staff/plans/", plan_work.ours, name="our_plans"),
    path("staff/plans/begin/", plan_work.begin, name="begin_plan"),
    path("staff/plans/<str:reference>/", plan_work.our_plan, name="our_plan"),
    path("staff/plans/<str:reference>/priorities/", plan_work.priorities, name="plan_priorities"),
    path("staff/plans/<str:reference>/action/", plan_work.action, name="plan_action"),
    path("staff/plans/<str:reference>/action/<uuid:action_id>/", plan_work.action, name="plan_action"),
    path("staff/plans/<str:reference>/action/<uuid:action_id>/out/", plan_work.take_out, name="plan_take_out"),
    path("staff/plans/<str:reference>/action/<uuid:action_id>/owner/", plan_work.hand_on, name="plan_hand_on"),
    path("staff/plans/<str:reference>/voice/", plan_work.voice, name="plan_voice"),
    path("staff/plans/<str:reference>/voice/<uuid:voice_id>/", plan_work.voice, name="plan_voice"),
    path("staff/plans/<str:reference>/adopt/", plan_work.adopt, name="plan_adopt"),
    path("staff/plans/<str:reference>/lesson/", plan_work.lesson, name="plan_lesson"),
    path("staff/ideas/", idea_work.ours, name="our_ideas"),
    path("staff/ideas/new/", idea_work.new, name="new_idea"),
    path("staff/ideas/fund/", idea_work.fund, name="fund"),
    path("staff/ideas/<str:reference>/<slug:verb>/", idea_work.step, name="idea_step"),
]
