"""
How Open311 is asked and answered: in XML or JSON, for one jurisdiction, within limits; a refusal is a list of errors.

It knows no cookies: what it shows is published, and what it takes comes with a key.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from moothall.core import rate, spark
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, rescope
from moothall.standards import queries
from moothall.standards.rules.parameters import Unclear, clean

#: Open311 has three statuses for what is wrong with a request; ours that say more are 400 there.
STATUSES = {401: 403, 403: 403, 404: 404, 429: 429}


def methods(**views: Callable) -> Callable:
    """Return the view of one address in both formats: `GET` and `POST` are (request, form, ...) -> (root, content)."""

    @csrf_exempt
    @require_http_methods([*views, "HEAD"])
    @wraps(next(iter(views.values())))
    def answered(request: HttpRequest, form: str, **named) -> HttpResponse:
        try:
            _enter(request)
            return _write(form, *views[request.method.replace("HEAD", "GET")](request, **named))
        except Unclear as unclear:
            return _wrong(request, form, 400, [str(unclear)])
        except Refusal as refusal:
            return _refused(request, form, refusal)

    return answered


def _enter(request: HttpRequest) -> None:
    """Count the request, and forget any cookie's scope."""
    rate.limit(rate.Limit("open311", settings.API_PER_MINUTE, 60), rate.address(request), at=request.at)
    rescope(Scope(purpose="open311", actor=Actor("api")))


def _write(form: str, root: str, content, status: int = 200) -> HttpResponse:
    answer = HttpResponse(spark.write(form, root, content), content_type=spark.TYPES[form], status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _wrong(request: HttpRequest, form: str, status: int, said: list[str]) -> HttpResponse:
    """Answer with errors, and undo what the request wrote."""
    request.refused = True
    return _write(form, "errors", [{"code": status, "description": one} for one in said], status)


def _refused(request: HttpRequest, form: str, refusal: Refusal) -> HttpResponse:
    problems = refusal.details.get("problems") or {}
    said = [f"{name}: {problem}" for name, problem in problems.items()] or [refusal.message]
    answer = _wrong(request, form, STATUSES.get(refusal.status, 400), said)
    if "retry_after" in refusal.details:
        answer["Retry-After"] = str(refusal.details["retry_after"])
    return answer


def said(request: HttpRequest, name: str) -> str:
    """Return a parameter, from the form that was posted or from the address; "" where it is empty or missing."""
    return clean(request.POST.get(name) or request.GET.get(name))


def jurisdiction(request: HttpRequest):
    """Return the body that is asked; refuses where none or no such one was named."""
    return queries.jurisdiction(said(request, "jurisdiction_id"), request.at)


def language() -> str:
    """Return the language that the caller's Accept-Language asks for."""
    return "cy" if (get_language() or "").startswith("cy") else "en"
