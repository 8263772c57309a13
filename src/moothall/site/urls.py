"""
Every chapter's addresses: the API's first, as programs ask most often, then in the order of the storeys.

Each chapter writes its paths in full.
"""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from moothall.site import health, views

urlpatterns = [
    path("", include("moothall.casework.api.urls")),
    path("", views.home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", health.metrics, name="metrics"),
    path("sign-in/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="sign-in"),
    path("sign-in/", include("moothall.site.sign_in")),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("b/<slug:slug>/", views.front, name="front"),
    path("account/readings/", views.readings, name="readings"),
    path("staff/body/", views.act_for, name="act-for"),
] + [
    path("", include(f"{name}.urls"))
    for name in settings.CHAPTERS
    if name != "moothall.site" and find_spec(f"{name}.urls")
]
