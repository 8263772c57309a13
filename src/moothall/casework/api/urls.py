"""Addresses of the API, below the root. Their names begin with "api-1:"."""

from django.urls import path

from moothall.casework.api.tracking import api
from moothall.core.guard import Guard

for pattern in api.urls[0]:
    pattern.callback.guard = Guard("anyone", why="the API knows no cookies; a contact opens one case")

urlpatterns = [path("api/v1/", api.urls)]
