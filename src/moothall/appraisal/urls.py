"""Addresses of appraisal."""

from django.urls import path

from moothall.appraisal.views import deciding, figures, forking, listing, public, results, writing

app_name = "appraisal"
urlpatterns = [
    path("appraisals/", public.index, name="published"),
    path("appraisals/known-deals/", public.known_deals, name="known_deals"),
    path("appraisals/<slug:slug>/", public.edition, name="newest"),
    path("appraisals/<slug:slug>/<int:number>/", public.edition, name="edition"),
    path("appraisals/<slug:slug>/<int:number>/case.yaml", public.document, name="edition_document"),
    path("appraisals/<slug:slug>/<int:number>/result.json", public.data, name="edition_data"),
    path("appraisals/<slug:slug>/<int:number>/figures.csv", public.inputs, name="edition_inputs"),
    path("appraisals/<slug:slug>/<int:number>/tables/<str:name>.csv", public.table, name="edition_table"),
    path("appraisals/<slug:slug>/<int:number>/figures/<str:key>/", public.figure, name="edition_figure"),
    path("appraisals/<slug:slug>/<int:number>/evidence/<str:digest>/", public.evidence, name="edition_evidence"),
    path("appraisals/<slug:slug>/<int:number>/yours/", forking.begin, name="begin_fork"),
    path("appraisals/worked-out/<str:secret>/", forking.fork, name="fork"),
    path("appraisals/worked-out/<str:secret>/change/", forking.change, name="change_fork"),
    path("appraisals/worked-out/<str:secret>/tables/<str:name>.csv", forking.table, name="fork_table"),
    path("staff/appraisals/", listing.ours, name="ours"),
    path("staff/appraisals/begin/", listing.begin, name="begin"),
    path("staff/appraisals/at/<slug:slug>/", writing.case, name="case"),
    path("staff/appraisals/at/<slug:slug>/top/", writing.place, name="top"),
    path("staff/appraisals/at/<slug:slug>/history/", writing.history, name="history"),
    path("staff/appraisals/at/<slug:slug>/result/", results.results, name="results"),
    path("staff/appraisals/at/<slug:slug>/result/<str:name>.csv", results.table, name="table"),
    path("staff/appraisals/at/<slug:slug>/result/figures/<str:key>/", results.figure, name="figure"),
    path("staff/appraisals/at/<slug:slug>/live/", figures.live, name="live"),
    path("staff/appraisals/at/<slug:slug>/live/<str:name>/again/", figures.refresh, name="refresh"),
    path("staff/appraisals/at/<slug:slug>/evidence/<uuid:evidence_id>/", figures.evidence, name="evidence"),
    path("staff/appraisals/at/<slug:slug>/evidence/for/<str:name>/", figures.file_evidence, name="file_evidence"),
    path("staff/appraisals/at/<slug:slug>/publish/", deciding.publish, name="publish"),
    path("staff/appraisals/at/<slug:slug>/with/", deciding.let_in, name="let_in"),
    path("staff/appraisals/at/<slug:slug>/do/<slug:name>/", deciding.act, name="act"),
    path("staff/appraisals/at/<slug:slug>/in/<path:place>/", writing.place, name="place"),
]
