"""What a signed-in person owes next, and what they have filed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from moothall.casework import queries as casework
from moothall.core.clock import local
from moothall.core.guard import signed_in
from moothall.functions.returns import queries
from moothall.people import queries as people


@signed_in
@require_GET
def mine(request):
    """What a signed-in person owes next, and what they have filed."""
    person, today = request.scope.person, local(request.at).date()
    cases = casework.my_cases(list(people.identity(person))) if person else []
    lang = (translation.get_language() or "en")[:2]
    rows, known = [], {case.pk for case in cases}
    for row in queries.of_cases(list(known)):
        title = queries.title(row.service_id)
        rows.append({
            "entry": row, "title": title.get(lang) or title["en"],
            "dues": [(one, queries.told(one, today), one.case_id in known) for one in queries.dues(row)],
        })  # fmt: skip
    return render(request, "returns/mine.html", {"rows": rows, "back_url": reverse("casework:account")})
