"""The keys of other systems: see them, make one, change how much it may send, take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core import guard
from moothall.standards import actions, queries
from moothall.standards.forms import KeyLimit, NewKey

may = guard.staff("operator", "manager")
USUAL = 600


@require_http_methods(["GET", "HEAD", "POST"])
@may
def keys(request: HttpRequest) -> HttpResponse:
    """List the keys; make one, and show it this once."""
    form, secret, made = NewKey(request.POST or None, initial={"per_hour": USUAL}), None, None
    if request.method == "POST" and form.is_valid():
        made, secret = actions.make_key(
            body_id=request.acting_body.id, **form.cleaned_data, at=request.at, by=request.actor
        )
        form = NewKey(initial={"per_hour": USUAL})
    words = {
        "heading": "Keys of other systems", "rows": queries.keys(), "form": form, "secret": secret, "made": made,
        "address": queries.address(), "jurisdiction": request.acting_body.slug,
    }  # fmt: skip
    answer = render(request, "standards/keys.html", words, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@may
def limit(request: HttpRequest, key_id: int) -> HttpResponse:
    """Change how many requests a key may send in an hour."""
    row = queries.key(key_id)
    form = KeyLimit(request.POST or None, initial={"per_hour": row.per_hour})
    if request.method == "POST" and form.is_valid():
        actions.limit_key(key_id=key_id, **form.cleaned_data, at=request.at, by=request.actor)
        messages.success(request, f"{row.name} may send {form.cleaned_data['per_hour']} requests an hour.")
        return redirect("standards:keys")
    return render(request, "standards/limit.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
@may
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """Take a key back at once."""
    row = actions.revoke_key(key_id=key_id, at=request.at, by=request.actor)
    messages.success(request, f"The key of {row.name} opens nothing any more.")
    return redirect("standards:keys")
