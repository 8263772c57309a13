"""Tell a body's own people, whom it named for a service, that a request was made, is late, or is closed."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.casework.queries.file import CaseFile, case_file
from moothall.core import audit, messages
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

#: Whoever holds one of these opens a case's page.
READ_CASES = frozenset({"officer", "manager", "adviser"})
HEADS = {"opened": "A request was made", "late": "A promise was missed", "ended": "A request is closed"}
TEXT = """{title}, {reference}

{what}
{case}
{body} tells you of this {why}. Who is told is set here:
{page}
"""


def tell_own_people(*, case_id: UUID, moment: str, at: dt.datetime, by: Actor) -> int:
    """Write to everybody whom the accountable body named for this moment, each once; return how many.

    They read the service, the reference, days and outcome: nothing about the resident. The page of the case is named
    to those who may open it. Of an urgent referral nobody hears: its own team alone may, and has it before all else.
    """
    file = case_file(case_id)
    case = file.case
    if case.only_team:
        return 0
    found = sharing.recipients(case.body_id, case.service_id, moment, local(at).date())
    said = {"title": file.definition.title.en, "reference": case.reference, "what": _what(file, moment)}
    said["page"] = settings.MOOTHALL_ADDRESS + reverse("sharing:told", args=[case.service_id])
    for one in found:
        address = settings.MOOTHALL_ADDRESS + reverse("casework:work", args=[case_id])
        opens = not one.roles or one.roles & READ_CASES
        words = said | {"body": file.body.name, "why": one.why, "case": f"\n{address}\n" if opens else ""}
        messages.send(
            body_id=case.body_id, channel="email", to=one.address, template=f"told.{moment}",
            subject=f"{HEADS[moment]}: {said['title']}, {case.reference}", text=TEXT.format(**words), at=at, by=by,
        )  # fmt: skip
    if found:
        data = {"moment": moment, "told": len(found)}
        audit.record(action="case.told", object=f"case:{case_id}", body_id=case.body_id, at=at, by=by, data=data)
    return len(found)


def _what(file: CaseFile, moment: str) -> str:
    """Return what happened, in a sentence or two."""
    case = file.case
    if moment == "ended":
        return _ended(file)
    promise = f"by {date_words(local(case.promise_due).date(), 'en')}" if case.promise_due else ""
    if moment == "late":
        return f"It was promised {promise}, and is not done."
    made = f"It was made on {date_words(local(case.opened_at).date(), 'en')}."
    doer = f" {bodies.body(case.provider_id).name} does the work." if case.provider_id != case.body_id else ""
    return made + (f" It is promised {promise}." if promise else "") + doer


def _ended(file: CaseFile) -> str:
    case = file.case
    if case.state == "cancelled":
        return "It was withdrawn, and work on it has stopped."
    outcome = file.definition.outcomes.get(case.outcome)
    kept = {True: " The promise was kept.", False: " The promise was missed."}.get(case.promise_kept, "")
    return f"It ended as: {outcome.title.en if outcome else case.outcome}.{kept}"
