"""The audit trail of one's own body, for auditors and information governance."""

import json

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from moothall.core import audit, guard
from moothall.core.models import AuditEntry
from moothall.core.refusal import NotYours

READERS = ("auditor", "information-governance", "monitoring-officer")
ROWS = 50


class Search(forms.Form):
    """What to look for."""

    object = forms.CharField(
        label="About", required=False, max_length=100, help_text="Such as person: or case: and its id"
    )
    actor = forms.CharField(label="By", required=False, max_length=100, help_text="Such as staff:12")
    action = forms.CharField(
        label="What", required=False, max_length=100, help_text="Such as read, or case. for all that begins so"
    )
    since = forms.DateTimeField(
        label="Since",
        required=False,
        help_text="Such as 2026-11-24",
        error_messages={"invalid": "Write the day as 2026-11-24."},
        input_formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"],
    )
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_safe
@guard.staff(*READERS)
def trail(request: HttpRequest) -> HttpResponse:
    """Search the trail and show the newest seals; the search itself is written down."""
    form, body_id = Search(request.GET), request.actor.body_id
    asked = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    rows = audit.search(body_id=body_id, limit=ROWS + 1, **asked)
    said = {key: str(value) for key, value in asked.items() if key != "before"}
    audit.record(
        action="audit.searched", object=f"body:{body_id}", data=said, body_id=body_id, at=request.at, by=request.actor
    )
    older = f"?{urlencode({**said, 'before': rows[ROWS - 1]['id']})}" if len(rows) > ROWS else None
    page = {
        "older_url": older,
        "older_text": "Older entries",
        "newer_url": f"?{urlencode(said)}" if "before" in asked else None,
    }
    seals = audit.heads(body_id=body_id, limit=10)
    context = {"form": form, "rows": rows[:ROWS], "seals": seals, "page": page, "heading": "Audit trail"}
    return render(request, "core/audit.html", context)


@require_safe
@guard.staff(*READERS)
def proof(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Send the proof that one entry is in the trail, as JSON that anyone can check."""
    try:
        found = audit.prove(entry_id=entry_id)
    except AuditEntry.DoesNotExist:
        raise NotYours() from None
    response = HttpResponse(json.dumps(found, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="entry-{entry_id}-proof.json"'
    return response
