"""Addresses of the page kit."""

from django.urls import path

from moothall.ui import views

app_name = "ui"
urlpatterns = [
    path("theme/<str:colour>-<str:accent>.css", views.theme, name="theme"),
    path("icon.svg", views.icon, name="icon"),
    path("language/<str:code>/", views.language, name="language"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
