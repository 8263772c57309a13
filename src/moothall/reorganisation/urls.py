"""Addresses of reorganisation."""

from django.urls import path

from moothall.reorganisation.views import consenting, deciding, doing, plans, public

app_name = "reorganisation"
AT = "staff/reorganisations/<uuid:plan_id>/"
urlpatterns = [
    path("your-council/", public.councils, name="councils"),
    path("your-council/<slug:plan>/", public.council, name="council"),
    path("staff/reorganisations/", plans.listed, name="plans"),
    path("staff/reorganisations/new/", plans.new, name="new"),
    path(AT, plans.plan, name="plan"),
    path(f"{AT}services/", deciding.services, name="services"),
    path(f"{AT}services/<int:successor>/<slug:service_id>/<slug:matter>/", deciding.service, name="service"),
    path(f"{AT}staff/", deciding.staff, name="staff"),
    path(f"{AT}shadow/", consenting.shadow, name="shadow"),
    path(f"{AT}consents/", consenting.consents, name="consents"),
    path(f"{AT}consents/direction/", consenting.direction, name="direction"),
    path(f"{AT}consents/<uuid:consent_id>/", consenting.answer, name="answer"),
    path(f"{AT}letters/", plans.letters, name="letters"),
    path(f"{AT}agree/", doing.agree, name="agree"),
    path(f"{AT}rehearse/", doing.rehearse, name="rehearse"),
    path(f"{AT}carry-out/", doing.carry_out, name="carry-out"),
    path(f"{AT}undo/", doing.undo, name="undo"),
    path(f"{AT}confirm/", doing.confirm, name="confirm"),
]
