"""Who opens the pages of reorganisation, and who does what on them."""

from django.urls import reverse

from moothall.core.guard import staff
from moothall.reorganisation import queries

READERS = (
    "manager", "partnership-office", "monitoring-officer", "councillor", "section-151-officer", "finance",
    "scrutiny-officer", "union-representative", "auditor", "operator",
)  # fmt: skip
PLANNERS = ("partnership-office", "monitoring-officer")
ANSWERERS = ("monitoring-officer", "section-151-officer", "councillor")
CARRIERS = ("monitoring-officer",)
MOVERS = ("manager", "partnership-office", "monitoring-officer")

readers, planners, movers = staff(*READERS), staff(*PLANNERS), staff(*MOVERS)
answerers, carriers = staff(*ANSWERERS), staff(*CARRIERS)


def ours(request, plan_id) -> queries.PlanFact:
    """Return a plan in which the body takes part. Raises UnknownPlan, of another's plan too."""
    found = queries.plan(plan_id)
    if not found.takes_part(request.acting_body.id):
        raise queries.UnknownPlan
    return found


def back(plan_id, more: dict) -> dict:
    """Return what a page shows, with the way back to its plan."""
    return more | {"back_url": reverse("reorganisation:plan", args=[plan_id]), "back_text": "The plan"}
