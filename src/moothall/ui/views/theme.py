"""What a page is dressed in: a body's theme, the icon, the language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control

from moothall.core import guard
from moothall.ui import rules

A_YEAR = 365 * 24 * 3600
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 34"><rect width="34" height="34" rx="6" fill="#1d4f5f"/>'
    '<path fill="#e3a62f" d="M17 5 29 12v3H5v-3zM6 17h22v11h-4v-5a3 3 0 0 0-6 0v5h-2v-5a3 3 0 0 0-6 0v5H6z"/></svg>'
)


@guard.anyone("a stylesheet")
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def theme(request: HttpRequest, colour: str, accent: str) -> HttpResponse:
    """Answer with the stylesheet of two colours; refuse a colour on which white text cannot be read."""
    try:
        variables = rules.theme(colour, accent)
    except ValueError as problem:
        return HttpResponse(f"{problem}\n", status=422, content_type="text/plain; charset=utf-8")
    lines = "".join(f"{name}:{value};" for name, value in variables.items())
    return HttpResponse(f":root{{{lines}}}\n", content_type="text/css; charset=utf-8")


@guard.anyone("a picture")
@cache_control(public=True, max_age=A_YEAR)
def icon(request: HttpRequest) -> HttpResponse:
    """Answer with the icon a browser shows beside the title."""
    return HttpResponse(ICON, content_type="image/svg+xml")


@guard.anyone("the language of a page is the reader's own choice")
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language chosen for a year, and go back to the page it was chosen on."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response


@guard.anyone("what we do for everybody's access is for everybody to read")
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what should work for everybody, what does not yet, and what to do about it.

    Asked for by the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018,
    regulation 8.
    """
    return render(request, "ui/accessibility.html")
