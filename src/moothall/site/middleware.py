"""Each request is one transaction with one scope; templates are rendered inside it."""

from django.db import transaction
from django.shortcuts import render

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped


class ScopeMiddleware:
    """Opens the request's transaction, sets what it may see, and undoes it all when the answer is an error.

    Innermost, so that a TemplateResponse is rendered before the transaction ends. By the time an answer comes back
    an exception has already become a page, so the status tells whether to keep what was written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.at = now()
        request.scope = scope_of(request)
        request.actor = request.scope.actor
        request.refused = False
        with scoped(request.scope):
            response = self.get_response(request)
            if response.status_code >= 500 or request.refused:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request, exception):
        """Turn a refusal into a page (or problem document) that says why and what to do next."""
        if not isinstance(exception, Refusal):
            return None
        request.refused = True
        return render(request, "ui/refusal.html", {"refusal": exception}, status=exception.status)


def scope_of(request) -> Scope:
    """Return what this request may see: nothing, until somebody signs in."""
    if not request.user.is_authenticated:
        return Scope(purpose="front door", actor=Actor("contact"))
    return Scope(account=request.user.pk, purpose="front door", actor=Actor("resident", str(request.user.pk)))
