"""Roads in pieces, holes in them, and what was done about each."""

from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id

STATES = ("reported", "inspected", "repaired", "recorded", "checked", "withdrawn")
CAUSES = {
    "wear": "Wear and weather",
    "surfacing": "Surfacing failed",
    "utility": "A utility company's trench",
    "collision": "A crash, spill or fire",
    "unknown": "Cannot tell",
}
NOT_POSSIBLE = {
    "parked": "A parked car is in the way",
    "weather": "The weather does not allow it",
    "equipment": "It needs other equipment or a closed road",
    "utility": "Somebody else is digging there",
    "not_found": "There is nothing there",
}


class Policy(models.Model):
    """A highway authority's dated policy: risk matrix, response times, ways of mending with their prices."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    starts = models.DateField()
    source = models.CharField(max_length=300)
    data = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "starts"], name="highways_policy_once_a_day")]


class Segment(models.Model):
    """One piece of carriageway, at most 50 metres long; `key` is the street's number and the metres it starts at."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=20)
    usrn = models.CharField(max_length=8)
    street = models.CharField(max_length=120)
    start_metres = models.IntegerField()
    end_metres = models.IntegerField()
    #: Whole metres east and north, in order along the road.
    line = models.JSONField()
    west = models.IntegerField()
    east = models.IntegerField()
    south = models.IntegerField()
    north = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key"], name="highways_segment_key"),
            models.CheckConstraint(condition=Q(end_metres__gt=F("start_metres")), name="highways_segment_has_length"),
        ]
        indexes = [models.Index(fields=["body", "west", "south"], name="highways_segment_near")]

    def __str__(self) -> str:
        return f"{self.street}, {self.start_metres} to {self.end_metres} m"


class Defect(models.Model):
    """One hole (or dark lamp), however many people reported it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="defects", null=True, db_index=False)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, default="reported")
    easting = models.IntegerField()
    northing = models.IntegerField()
    lat = models.FloatField()
    lon = models.FloatField()
    label = models.CharField(max_length=200)
    reports = models.PositiveSmallIntegerField(default=0)
    first_reported_at = models.DateTimeField()
    inspect_by = models.DateTimeField()
    #: What the last inspection found; empty until there was one.
    risk = models.CharField(max_length=10, blank=True, default="")
    cause = models.CharField(max_length=12, blank=True, default="")
    mend_by = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=STATES), name="highways_defect_state")]
        indexes = [
            models.Index(
                fields=["body", "kind", "easting", "northing"],
                name="highways_defect_near",
                condition=Q(state__in=["reported", "inspected"]),
            ),
            models.Index(fields=["body", "inspect_by"], name="highways_defect_due", condition=Q(state="reported")),
            models.Index(fields=["segment", "-first_reported_at"], name="highways_defect_segment"),
        ]


class Report(models.Model):
    """One case's report of a defect, and the steps of that case that wait for it."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    defect = models.ForeignKey(Defect, models.PROTECT, related_name="reported")
    case_id = models.UUIDField()
    reference = models.CharField(max_length=20)
    at = models.DateTimeField()
    metres = models.PositiveSmallIntegerField()
    inspect_step = models.UUIDField(null=True)
    repair_step = models.UUIDField(null=True)
    check_step = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "case_id", "defect"], name="highways_report_once")]


class Inspection(models.Model):
    """What an inspector saw, and the risk the policy makes of it (0 and 0: nothing). Added to, never edited."""

    id = models.UUIDField(primary_key=True, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    defect = models.ForeignKey(Defect, models.PROTECT, related_name="inspections")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    impact = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    risk = models.CharField(max_length=10)
    cause = models.CharField(max_length=12, choices=CAUSES)
    depth_mm = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")
    photo = models.UUIDField(null=True)
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(impact__range=(1, 4), likelihood__range=(1, 4)) | Q(impact=0, likelihood=0, risk="none"),
                name="highways_inspection_one_to_four",
            )
        ]


class WorkOrder(models.Model):
    """A job for the crew: mend this defect by this moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    defect = models.ForeignKey(Defect, models.PROTECT, related_name="orders")
    state = models.CharField(max_length=10, default="open")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    #: Not before this moment, after a visit at which it could not be done.
    rest_until = models.DateTimeField(null=True)
    #: Who pays if a guarantee covers it; empty when the highway authority does.
    payer = models.CharField(max_length=120, blank=True, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "done", "sent_back"]), name="highways_order_state"),
            models.UniqueConstraint(
                fields=["body", "defect"], name="highways_order_one_open", condition=Q(state="open")
            ),
        ]
        indexes = [models.Index(fields=["body", "due_at"], name="highways_order_due", condition=Q(state="open"))]


class Repair(models.Model):
    """One visit of a crew to a work order. Its id is made on the crew's page, so sending twice is one visit."""

    id = models.UUIDField(primary_key=True, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="visits")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    result = models.CharField(max_length=12, choices={"done": "Done", "not_possible": "Not possible"})
    reason = models.CharField(max_length=12, blank=True, default="", choices=NOT_POSSIBLE)
    method = models.CharField(max_length=20, blank=True, default="")
    cost_pence = models.PositiveIntegerField(default=0)
    before = models.UUIDField(null=True)
    after = models.UUIDField(null=True)
    note = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="done", reason="") & ~Q(method="")
                | Q(result="not_possible", method="", cost_pence=0),
                name="highways_repair_says_how_or_why_not",
            )
        ]


class QualityCheck(models.Model):
    """A second look at a repair. A failed one opens the work again."""

    id = models.UUIDField(primary_key=True, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    defect = models.ForeignKey(Defect, models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    passed = models.BooleanField()
    note = models.CharField(max_length=500, blank=True, default="")
    photo = models.UUIDField(null=True)
