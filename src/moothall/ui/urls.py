"""Addresses of the page kit."""

from django.urls import path

from moothall.ui.views import styleguide, theme

app_name = "ui"
urlpatterns = [
    path("theme/<str:colour>-<str:accent>.css", theme.theme, name="theme"),
    path("favicon.ico", theme.icon),
    path("icon.svg", theme.icon, name="icon"),
    path("accessibility/", theme.accessibility, name="accessibility"),
    path("language/<str:code>/", theme.language, name="language"),
    path("styleguide/", styleguide.index, name="styleguide"),
    path("styleguide/<slug:page>/", styleguide.page, name="styleguide-page"),
]
