"""Addresses of sharing."""

from django.urls import path

from moothall.sharing.views import deciding, drawing, offers, own, public, telling, versions, writing

app_name = "sharing"
urlpatterns = [
    path("staff/offers/", offers.catalogue_of_offers, name="offers"),
    path("staff/offers/ours/", offers.ours, name="our_offers"),
    path("staff/offers/ours/<slug:service_id>/", offers.make, name="make_offer"),
    path("staff/offers/compare/<slug:service_id>/", offers.compare, name="compare_offers"),
    path("staff/offers/<uuid:offer_id>/", offers.page, name="offer"),
    path("staff/offers/<uuid:offer_id>/withdraw/", offers.withdraw, name="withdraw_offer"),
    path("partnerships/<slug:slug>/", public.partnership, name="partnership"),
    path("partnerships/<slug:slug>/versions/<int:number>/", public.version, name="version"),
    path("partnerships/<slug:slug>/versions/<int:number>/documents/<int:place>/", public.document, name="document"),
    path("staff/partnerships/", deciding.ours, name="ours"),
    path("staff/partnerships/begin/", writing.begin, name="begin"),
    path("staff/partnerships/drafts/<uuid:draft_id>/", writing.draft, name="draft"),
    path("staff/partnerships/drafts/<uuid:draft_id>/propose/", writing.propose, name="propose"),
    path("staff/partnerships/drafts/<uuid:draft_id>/drop/", writing.drop, name="drop"),
    path("staff/partnerships/drafts/<uuid:draft_id>/<slug:key>/", writing.part, name="part"),
    path("staff/partnerships/drafts/<uuid:draft_id>/<slug:key>/<int:number>/", writing.part, name="entry"),
    path("staff/partnerships/at/<slug:slug>/", deciding.our, name="our"),
    path("staff/partnerships/at/<slug:slug>/amend/", writing.amend, name="amend"),
    path("staff/partnerships/at/<slug:slug>/versions/<int:number>/", deciding.decide, name="decide"),
    path("staff/partnerships/at/<slug:slug>/leave/", deciding.leave, name="leave"),
    path("staff/partnerships/at/<slug:slug>/end/", deciding.end, name="end"),
    path("staff/offers/<uuid:offer_id>/draw-down/", drawing.begin, name="begin_draw_down"),
    path("staff/draw-downs/", drawing.draw_downs, name="draw_downs"),
    path("staff/draw-downs/ours/", own.ours, name="our_services"),
    path("staff/draw-downs/ours/<slug:service_id>/", own.begin, name="begin_own"),
    path("staff/draw-downs/told/<slug:service_id>/", telling.told, name="told"),
    path("staff/draw-downs/told/<slug:service_id>/<uuid:telling_id>/", telling.told_no_more, name="told_no_more"),
    path("staff/draw-downs/<uuid:draw_id>/", drawing.page, name="draw_down"),
    path("staff/draw-downs/<uuid:draw_id>/settings/", drawing.settings, name="draw_settings"),
    path("staff/draw-downs/<uuid:draw_id>/try/", drawing.try_out, name="draw_try"),
    path("staff/draw-downs/<uuid:draw_id>/gates/<slug:gate>/", drawing.gate, name="draw_gate"),
    path("staff/draw-downs/<uuid:draw_id>/live/", drawing.live, name="draw_live"),
    path("staff/draw-downs/<uuid:draw_id>/give-up/", drawing.give_up, name="draw_give_up"),
    path("staff/draw-downs/<uuid:draw_id>/version/", versions.take, name="take_version"),
    path("staff/offers/<uuid:offer_id>/version/", versions.offer, name="offer_version"),
]
