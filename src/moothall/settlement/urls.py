"""Addresses of recharges."""

from django.urls import path

from moothall.settlement.views import comparing, costs, lines, papers, pricing, statements

app_name = "settlement"
urlpatterns = [
    path("recharges/", statements.statements, name="statements"),
    path("recharges/draw/", statements.draw, name="draw"),
    path("recharges/prices/", pricing.prices, name="prices"),
    path("recharges/prices/propose/", pricing.propose, name="propose"),
    path("recharges/prices/<uuid:terms_id>/end/", pricing.end, name="propose-end"),
    path("recharges/proposals/<uuid:proposal_id>/", pricing.proposal, name="proposal"),
    path("recharges/proposals/<uuid:proposal_id>/answer/", pricing.answer, name="answer-proposal"),
    path("recharges/proposals/<uuid:proposal_id>/withdraw/", pricing.withdraw, name="withdraw-proposal"),
    path("recharges/compare/", comparing.compare, name="compare"),
    path("recharges/costs/", costs.costs, name="costs"),
    path("recharges/costs/take/", costs.take, name="take-costs"),
    path("recharges/costs/map/", costs.map_centre, name="map-centre"),
    path("recharges/costs/residents/", costs.residents, name="residents"),
    path("recharges/journals.csv", costs.journals, name="journals"),
    path("recharges/lines/<uuid:line_id>/", lines.line, name="line"),
    path("recharges/lines/<uuid:line_id>/dispute/", lines.dispute, name="dispute"),
    path("recharges/lines/<uuid:line_id>/settle/", lines.settle, name="settle"),
    path("recharges/<uuid:statement_id>/", statements.statement, name="statement"),
    path("recharges/<uuid:statement_id>/send/", statements.send, name="send"),
    path("recharges/<uuid:statement_id>/approve/", statements.approve, name="approve"),
    path("recharges/<uuid:statement_id>/post/", statements.post, name="post"),
    path("recharges/<uuid:statement_id>/withdraw/", statements.withdraw, name="withdraw"),
    path("recharges/<uuid:statement_id>/check/", statements.check, name="check"),
    path("recharges/<uuid:statement_id>.csv", papers.as_csv, name="csv"),
    path("recharges/<uuid:statement_id>.json", papers.as_json, name="json"),
    path("recharges/<uuid:statement_id>.pdf", papers.as_pdf, name="pdf"),
]
