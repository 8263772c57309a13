"""Home pages."""

from django.http import HttpResponse
from django.shortcuts import render


def home(request) -> HttpResponse:
    """Show the front door."""
    return render(request, "site/home.html")
