"""All that casework holds about a person."""

from uuid import UUID

from moothall.casework.models import Attachment, Case, Draft, Follower, Message, Note, Payload


def held_about(person_ids: list[UUID]) -> dict[str, list[dict]]:
    """Return, by heading, plain rows of what is kept about a person, as far as the scope shows it."""
    cases = list(Case.objects.filter(person_id__in=person_ids).order_by("opened_at"))
    ids = [case.pk for case in cases]
    return {
        "Cases": [
            {
                "reference": case.reference,
                "service": case.title,
                "state": case.state,
                "outcome": case.outcome,
                "opened": case.opened_at.isoformat(),
                "closed": case.closed_at.isoformat() if case.closed_at else None,
                "place": case.place_label,
                "channel": case.channel,
            }
            for case in cases
        ],
        "What you told us": _rows(
            Payload.objects.filter(case_id__in=ids).order_by("at"), "case_id", "at", "kind", "data"
        ),
        "Messages": _rows(
            Message.objects.filter(case_id__in=ids).order_by("at"), "case_id", "at", "direction", "subject", "text"
        ),
        "Notes by staff": _rows(Note.objects.filter(case_id__in=ids).order_by("at"), "case_id", "at", "text"),
        "Files": _rows(
            Attachment.objects.filter(case_id__in=ids).order_by("at"), "case_id", "at", "name", "kind", "file_id"
        ),
        "Drafts": _rows(Draft.objects.filter(person_id__in=person_ids), "service_id", "saved_at", "answers", "contact"),
        "Reports you follow": _rows(Follower.objects.filter(person_id__in=person_ids), "case_id", "at", "contact"),
    }


def _rows(found, *names: str) -> list[dict]:
    return [{key: _plain(value) for key, value in row.items()} for row in found.values(*names)]


def _plain(value):
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
