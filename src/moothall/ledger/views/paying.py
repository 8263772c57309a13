"""Paying a charge: our pages before and after the provider's card page, and the provider's messages to us.

A charge's address holds its random id: whoever was sent it may pay it, signed in or not, and sees nothing else.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.core.guard import anyone
from moothall.core.queue import defer
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, provider, queries, rules
from moothall.ledger.models import Charge

log = logging.getLogger(__name__)
MOST_BYTES = 200_000
BY_ITS_ID = "the charge's random id is the key, and shows that charge only"


@contextmanager
def _as_payer(request: HttpRequest, charge_id: UUID) -> Iterator[Charge]:
    """Let this request act for the charge with this id, and for nothing else; refuse NoSuchCharge."""
    with scoped(Scope(purpose="ledger.pay", actor=request.actor)):
        found = queries.payer(charge_id)
    if found is None:
        raise actions.NoSuchCharge()
    body_id, case_id = found
    request.front_body = bodies.body(body_id)
    with scoped(Scope(bodies=(body_id,), case=case_id, purpose="ledger.pay", actor=request.actor)):
        yield queries.charge(charge_id)


@anyone(BY_ITS_ID)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Show what is to be paid; on POST write down an attempt and go on to the card page."""
    with _as_payer(request, charge_id) as owed:
        if request.method == "POST":
            actions.begin_payment(charge_id=charge_id, at=request.at, by=request.actor)
            return redirect("ledger:card", charge_id=charge_id)
        return _page(request, owed, _news(request, owed))


def _news(request: HttpRequest, owed: Charge):
    """Return the newest attempt, after asking the provider about an open one: it may have been paid elsewhere."""
    attempt = queries.last_payment(owed.id)
    if attempt is None or attempt.state not in rules.OPEN or not attempt.provider_id:
        return attempt
    try:
        attempt = actions.ask(payment_id=attempt.id, at=request.at, by=request.actor)
    except actions.ProviderSilent:
        return attempt
    owed.refresh_from_db()
    return attempt


def _page(request: HttpRequest, owed: Charge, attempt) -> HttpResponse:
    """Return the page that fits how a charge stands: to pay, paid, waiting for the bank, or tried in vain."""
    context = {"charge": owed, "attempt": attempt, "body": request.front_body}
    if owed.state != "due":
        return render(request, "ledger/settled.html", context)
    if attempt and attempt.state == "submitted":
        return render(request, "ledger/waiting.html", context)
    if attempt and attempt.state in rules.FAILED:
        context["why"] = rules.WHY_NOT[attempt.state]
    response = render(request, "ledger/pay.html", context)
    if settings.PAY["pages"]:  # the form's answer leads on to the provider's card page
        response._csp_update = {"form-action": [settings.PAY["pages"]]}
    return response


@anyone(BY_ITS_ID)
@never_cache
@require_safe
def card(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """Make sure the provider holds the attempt that was written down, and send the payer to its card page."""
    with _as_payer(request, charge_id) as owed:
        attempt = queries.last_payment(charge_id)
        if owed.state != "due" or attempt is None or attempt.state not in rules.OPEN:
            return redirect("ledger:pay", charge_id=charge_id)
        attempt = actions.offer(
            payment_id=attempt.id,
            return_url=request.build_absolute_uri(reverse("ledger:back", args=[charge_id])),
            language="cy" if get_language() == "cy" else "en",
            at=request.at,
            by=request.actor,
        )
        if attempt.state == "offered" and attempt.next_url:
            return redirect(attempt.next_url)
        return redirect("ledger:pay", charge_id=charge_id)


@anyone(BY_ITS_ID)
@never_cache
@require_safe
def back(request: HttpRequest, charge_id: UUID) -> HttpResponse:
    """The payer comes back: ask the provider what became of it, and show that. Its word counts, not the address."""
    with _as_payer(request, charge_id) as owed:
        attempt = queries.last_payment(charge_id)
        if attempt is None:
            return redirect("ledger:pay", charge_id=charge_id)
        try:
            attempt = actions.ask(payment_id=attempt.id, at=request.at, by=request.actor)
        except actions.ProviderSilent:
            return render(request, "ledger/waiting.html", {"charge": owed, "attempt": attempt})
        owed.refresh_from_db()
        return _page(request, owed, attempt)


@csrf_exempt
@anyone("the provider signs what it sends")
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Take a message from the provider. It only says that there is news: a job asks the provider itself what it is."""
    body = request.body[: MOST_BYTES + 1]
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    if not provider.signed(settings.PAY["secret"], body, request.headers.get("Pay-Signature", "")):
        return HttpResponse("The signature does not fit.", status=403, content_type="text/plain")
    try:
        said = json.loads(body)
        message, reference = str(said.get("webhook_message_id") or said["id"])[:60], str(said["resource"]["reference"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponse("This is no message about a payment.", status=400, content_type="text/plain")
    with scoped(Scope(purpose="ledger.webhook", actor=request.actor)):
        found = queries.heard(reference)
    if found is None:
        log.warning("message about a payment we do not hold")
        return HttpResponse(status=204)
    body_id, payment_id = found
    defer("ledger.ask", body=body_id, key=f"heard:{message}:{payment_id}", payment_id=payment_id)
    return HttpResponse(status=204)


@csrf_exempt
@anyone("the practice provider's page; it knows nothing of ours")
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, token: str) -> HttpResponse:
    """Show the practice provider's page on this site; there is none where a real provider takes the payments."""
    if settings.PAY["url"] and "transport" not in settings.PAY:
        raise Http404
    answer: dict = {}

    def start(status, headers):
        answer.update(status=int(status.split()[0]), headers=dict(headers))

    environ = request.META | {"PATH_INFO": f"/card/{token}", "wsgi.input": request}
    content = b"".join(provider.the_standin()(environ, start))
    headers = {k: v for k, v in answer["headers"].items() if k != "Content-Length"}
    return HttpResponse(content, status=answer["status"], headers=headers)
