"""Addresses of links."""

from django.urls import path

from moothall.core import format_ends  # noqa: F401  knows how an address ends in a format
from moothall.functions.links import api, views

app_name = "links"
urlpatterns = [
    # /links/
    path("links/", views.health, name="health"),
    path("links/calls/<uuid:call_id>/retry/", views.retry_call, name="retry_call"),
    path("links/steps/<uuid:step_id>/retry/", views.retry_step, name="retry_step"),
    path("links/jobs/<int:job_id>/retry/", views.retry_job, name="retry_job"),
    path("links/systems/<str:function>/", views.system, name="system"),
    path("links/systems/<str:function>/key/", views.new_key, name="new_key"),
    path("links/systems/<str:function>/key/use/", views.use_new_key, name="use_new_key"),
    path("links/systems/<str:function>/key/end-old/", views.end_old_key, name="end_old_key"),
    path("links/systems/<str:function>/aside/", views.settle_aside, name="settle_aside"),
    path("links/systems/<str:function>/mode/", views.mode, name="mode"),
    # /api/external/
    path("api/external/openapi.json", api.document, name="document"),
    path("api/external/<slug:slug>/<str:function>/answers/", api.callback, name="callback"),
    path("api/external/<slug:slug>/<str:function>/servicerequestupdates.<form:form>", api.update, name="update"),
]
