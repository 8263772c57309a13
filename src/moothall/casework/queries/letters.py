"""What the resident is told at each promise: the definition's letters, composed from the case's file."""

import datetime as dt

from django.conf import settings

from moothall.casework.models import Message
from moothall.casework.queries.decisions import disputable
from moothall.casework.queries.file import CaseFile
from moothall.catalogue import queries as catalogue


def letter(
    file: CaseFile,
    moment: str,
    *,
    at: dt.datetime,
    by: str,
    reason: str = "",
    due: dt.datetime | None = None,
) -> Message | None:
    """Return the message that the definition names for a moment ("acknowledged", "inspect.done", "closed"), unsaved.

    None where it names none. `reason` is what the officer or the function wrote.
    """
    if not any(m.at == moment for m in file.definition.messages):
        return None
    guarded = file.guarded()
    name = catalogue.message(file.definition, moment, guarded)
    if name is None:
        return None
    case = file.case
    words = _words(file) | {"reason": reason, "due": due}
    subject, text = catalogue.write_letter(file.definition, name, case.language, words, guarded)
    return Message(
        case_id=case.pk,
        body_id=case.body_id,
        direction="out",
        letter=name,
        subject=subject[:200],
        text=text,
        at=at,
        by=by,
    )


def tracking_address(reference: str) -> str:
    """Return the address where a case can be followed."""
    return f"{settings.MOOTHALL_ADDRESS}/cases/{reference}/"


def outcome_title(file: CaseFile) -> str:
    """Return how the case ended, in the resident's language; empty while it is open."""
    outcome = file.definition.outcomes.get(file.case.outcome)
    return outcome.title.in_(file.case.language) if outcome else ""


def _words(file: CaseFile) -> dict:
    case, review = file.case, file.definition.review
    return {
        "reference": case.reference,
        "body": file.body.name,
        "track": tracking_address(case.reference),
        "promise": case.promise_due,
        "opened": case.opened_at,
        "place": case.place_label,
        "phone": file.body.signpost_phone,
        "fee": file.fee_in_pounds(),
        "outcome": outcome_title(file),
        "appeal_to": review.then.name.in_(case.language) if review and review.then else "",
        **disputable(file),
    }
