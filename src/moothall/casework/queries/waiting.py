"""What a case waits for somebody outside to do."""

from uuid import UUID

from moothall.casework.models import Step


def waiting_steps(case_id: UUID, performs: str) -> list[UUID]:
    """Return the steps of a case that wait and are performed by this."""
    rows = Step.objects.filter(case_id=case_id, performs=performs, state="waiting")
    return list(rows.values_list("pk", flat=True))
