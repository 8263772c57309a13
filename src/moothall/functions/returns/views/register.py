"""The officers' register: who owes a return, who is late, and the history of each address."""

from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.sheets import sheet
from moothall.functions.returns import queries
from moothall.functions.returns.models import CHANGES

returns_staff = staff("officer", "manager")


@require_safe
@returns_staff
def entries(request):
    """Who owes a return: the late ones first."""
    asked, today, seen = request.GET, local(request.at).date(), request.scope.bodies
    show = asked.get("show") if asked.get("show") in queries.SHOWS else "late"
    figures = queries.figures(body_ids=seen, today=today)
    names = {one.service_id: queries.title(one.service_id)["en"] for one in figures}
    kind = asked.get("kind") if asked.get("kind") in names else ""
    start = int(asked["from"]) if asked.get("from", "").isdecimal() and len(asked["from"]) < 7 else 0
    page = queries.entries(body_ids=seen, show=show, kind=kind, today=today, start=start)
    rows = [
        {"entry": entry, "due": due, "stands": queries.told(due, today) if due else None,
         "kind": names.get(entry.service_id, entry.service_id)}
        for entry, due in page.rows
    ]  # fmt: skip
    said = {
        "heading": "Returns", "rows": rows, "show": show, "kind": kind,
        "filters": _filters(show, kind, names, queries.counted(body_ids=seen, kind=kind, today=today)),
        "figures": [(names[one.service_id], one) for one in figures],
        "page": {"older_url": _url(show, kind, page.next) if page.next else "", "older_text": "More returns"},
    }  # fmt: skip
    return render(request, "returns/entries.html", said)


def _url(show: str, kind: str, start: int = 0) -> str:
    return "?" + urlencode({"show": show} | ({"kind": kind} if kind else {}) | ({"from": start} if start else {}))


def _filters(show: str, kind: str, names: dict[str, str], counts: dict[str, int]) -> list[dict]:
    """Return the links that narrow the list, each with how many it shows where that is known."""
    stands = [
        {"title": title, "url": _url(code, kind), "count": counts.get(code), "current": code == show}
        for code, title in queries.SHOWS.items()
    ]
    kinds = [
        {"title": title, "url": _url(show, code), "count": None, "current": code == kind}
        for code, title in {"": "All returns", **names}.items()
    ]
    return [{"title": "How it stands", "links": stands}, {"title": "Which return", "links": kinds}]


@require_safe
@returns_staff
def letters(request):
    """A file for printing letters to addresses for which we know nobody to write to."""
    today, kind = local(request.at).date(), request.GET.get("kind", "")[:40]
    found = queries.to_be_written_to(body_ids=request.scope.bodies, kind=kind, today=today)
    audit.read(object="returns:letters", body_id=request.acting_body.id, at=request.at, by=request.actor,
               what="returns")  # fmt: skip
    where = {one.entry.service_id: settings.MOOTHALL_ADDRESS + f"/services/{one.entry.service_id}/" for one in found}
    names = {service_id: queries.title(service_id) for service_id in where}
    rows = [
        (one.entry.label, one.entry.uprn, names[one.entry.service_id]["en"],
         names[one.entry.service_id].get("cy") or names[one.entry.service_id]["en"], one.due_on.isoformat(),
         queries.told(one, today)[1], where[one.entry.service_id])
        for one in found
    ]  # fmt: skip
    heads = ("address", "uprn", "return", "return in Welsh", "due", "how it stands", "send it from")
    return sheet("returns-to-write-to", heads, rows)


@require_safe
@returns_staff
def entry(request, entry_id):
    """One address: the returns that came, the one that is owed, and what officers changed."""
    row, today = queries.entry(entry_id), local(request.at).date()
    seen = f"case:{row.case_id}" if row.case_id else f"return:{row.pk}"
    audit.read(object=seen, body_id=request.acting_body.id, at=request.at, by=request.actor, what="returns")
    colleagues = {one.account_id: one.name for one in bodies.colleagues(row.body_id, today)}
    said = {
        "entry": row, "kind": queries.title(row.service_id)["en"],
        "dues": [(one, queries.told(one, today)) for one in queries.dues(row)],
        "changes": [(one, CHANGES[one.kind], _who(one.by, colleagues)) for one in queries.changes(row)],
        "back_url": reverse("returns:entries"),
    }  # fmt: skip
    return render(request, "returns/entry.html", said)


def _who(by: str, colleagues: dict[int, str]) -> str:
    kind, _colon, number = by.partition(":")
    if kind == "staff" and number.isdigit():
        return colleagues.get(int(number), "a colleague")
    return "by a request" if kind in ("system", "contact", "resident") else "a colleague"
