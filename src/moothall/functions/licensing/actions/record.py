"""What every change of a licence writes: a line of its history, and what the register shows from now on."""

import datetime as dt

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.functions.licensing import rules
from moothall.functions.licensing.models import Entry, Licence, LicenceEvent


def happened(*, licence: Licence, kind: str, data: dict | None = None, at: dt.datetime, by: Actor) -> None:
    """Add a line to a licence's history and to the audit trail."""
    LicenceEvent.objects.create(body_id=licence.body_id, licence=licence, at=at, kind=kind, by=str(by), data=data or {})
    audit.record(action=f"licensing.{kind}", object=f"licence:{licence.pk}", body_id=licence.body_id, at=at, by=by,
                 data=data or {})  # fmt: skip


def settle(*, licence: Licence, at: dt.datetime, by: Actor) -> None:
    """Let a licence's state follow from its measures, and the register from its state."""
    state = rules.state_of(licence.state, [one.standing for one in licence.measures.all()])
    if state != licence.state:
        licence.state = state
        licence.save(update_fields=["state", "ended_on"])
    publish(licence=licence, at=at, by=by)


def publish(*, licence: Licence, at: dt.datetime, by: Actor) -> None:
    """Put a licence into the public register while it is in force, and take it out when it is not."""
    if licence.state != rules.IN_FORCE:
        Entry.objects.filter(licence=licence).delete()
        return
    facts = [{key: fact[key] for key in ("code", "label", "value")} for fact in licence.facts if fact["public"]]
    said = [licence.number, *(word for fact in facts for word in fact["value"].values())]
    words = " ".join(rules.typed(word) for text in said for word in (text, *text.split()))
    Entry.objects.update_or_create(
        licence=licence,
        defaults={
            "body_id": licence.body_id, "doer_id": licence.doer_id, "service_id": licence.service_id,
            "number": licence.number, "code": licence.code, "facts": facts, "words": words, "starts": licence.starts,
            "ends": licence.ends,
        },
    )  # fmt: skip
