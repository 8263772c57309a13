"""The public register of licences, and the page that tells whether one is in force."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core import rate
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.functions.licensing import queries, rules

EVERYONE = anyone("the law has a register of licences that everybody may read")
CHECKS = rate.Limit("licence-check", 60, 600)


def _lang() -> str:
    return "cy" if (get_language() or "en").startswith("cy") else "en"


@require_safe
@EVERYONE
def register(request):
    """The licences in force: by number, registration or name, by council and by kind."""
    text, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")[:40]
    councils = [bodies.body(number) for number in queries.bodies_with_entries()]
    council = next((one for one in councils if one.slug == request.GET.get("council", "")), None)
    page = queries.register(
        text=text, body_id=council.id if council else None, service_id=kind, after=request.GET.get("after", "")[:20],
        today=local(request.at).date(),
    )  # fmt: skip
    lang, names = _lang(), {one.id: one for one in councils}
    kinds = queries.titles(queries.kinds_registered())
    said = {
        "q": text, "kind": kind, "council": council, "councils": councils, "asked": bool(text or kind or council),
        "kinds": [(one, kinds[one][lang]) for one in sorted(kinds)],
        "rows": [_row(entry, names, kinds, lang) for entry in page.rows], "after": page.after,
    }  # fmt: skip
    return render(request, "licensing/register.html", said)


@require_safe
@EVERYONE
def ask(request):
    """Take the code that was typed, and lead to what is known of it."""
    code = rules.typed(request.GET.get("code", "")[:40])
    if not code:
        return redirect("licensing:register")
    return redirect("licensing:verify", code=rules.spoken(code[:24]))


@require_safe
@EVERYONE
def verify(request, code: str):
    """Whether the licence with this code is in force today, and what it says; many tries are slowed down."""
    rate.limit(CHECKS, rate.address(request), at=request.at)
    entry, today, lang = queries.verify(code), local(request.at).date(), _lang()
    if entry and entry.ends < today:
        entry = None
    said = {"code": rules.spoken(rules.typed(code)[:24]), "entry": None, "begun": bool(entry) and entry.starts <= today}
    if entry:
        kinds = queries.titles([entry.service_id])
        said["entry"] = _row(entry, {entry.body_id: bodies.body(entry.body_id)}, kinds, lang)
    return render(request, "licensing/verify.html", said)


def _row(entry, names: dict, kinds: dict, lang: str) -> dict:
    """Return what a page shows of an entry of the register."""
    return {
        "number": entry.number, "kind": kinds[entry.service_id][lang], "body": names[entry.body_id],
        "starts": entry.starts, "ends": entry.ends,
        "facts": [(fact["label"][lang], fact["value"][lang]) for fact in entry.facts],
    }  # fmt: skip
