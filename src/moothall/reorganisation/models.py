"""A plan, what it decides, and the journal of what was changed when it was carried out."""

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from moothall.core.ids import new_id

STATES = {
    "planned": "Planned",
    "carrying-out": "Being carried out",
    "carried-out": "Carried out, not yet confirmed",
    "confirmed": "Confirmed",
    "undoing": "Being undone",
    "undone": "Undone",
}


class Plan(models.Model):
    """Bodies that become one, or one that is divided, on a vesting day. Public from the day it is planned."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: The predecessor that runs the plan.
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    title_cy = models.CharField(max_length=120, blank=True)
    #: By what right: the order or the decision, as published.
    basis = models.CharField(max_length=300)
    vesting = models.DateField()
    state = models.CharField(max_length=12, choices=STATES, default="planned")
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=100)
    carried_out_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=100, blank=True, default="")
    undone_at = models.DateTimeField(null=True)
    #: Figures before and after of the last carrying out.
    figures = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    #: What the last rehearsal on a copy showed.
    rehearsal = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    rehearsed_at = models.DateTimeField(null=True)
    #: The direction that holds its councils to the limits, or "" while they keep to them by agreement.
    direction = models.CharField(max_length=300, blank=True, default="")
    #: From which day they are held to them; none: since it was planned.
    held_from = models.DateField(null=True)
    #: After which day other contracts count together with a new one; none: as the Act says.
    counted_after = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "slug"], name="reorganisation_plan_slug"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="reorganisation_plan_state"),
        ]

    def __str__(self):
        return self.title


class Succession(models.Model):
    """One predecessor and one successor of a plan. A divided predecessor has several."""

    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    successor = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    #: Of a divided body: the areas that go to this successor, by the ids of `bodies.Area`.
    land = ArrayField(models.BigIntegerField(), default=list)
    #: Takes what has no place; true for the one successor of a body that is not divided.
    residuary = models.BooleanField(default=True)
    #: Of what cannot be divided by place, in ten-thousandths.
    share = models.PositiveIntegerField(default=10_000)
    #: When the predecessor agreed to the plan; nothing is rehearsed or carried out before all have.
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "body", "successor"], name="reorganisation_line_once"),
            models.UniqueConstraint(
                fields=["reorganisation", "body"], condition=Q(residuary=True), name="reorganisation_one_residuary"
            ),
            models.CheckConstraint(condition=~Q(body=models.F("successor")), name="reorganisation_two_bodies"),
        ]


class Setting(models.Model):
    """Which predecessor's way of a service, or price, its successor takes, where they differ."""

    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="settings")
    #: The successor that it is decided for.
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    service_id = models.CharField(max_length=60)
    #: What differs: "adoption", "offer", or "price-<who pays>-<who is paid>".
    matter = models.CharField(max_length=40, default="adoption")
    #: The id of the adoption, the offer or the terms that is taken.
    chosen = models.CharField(max_length=40)
    decided_by = models.CharField(max_length=100)
    minute = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "body", "service_id", "matter"], name="reorganisation_setting_once"
            )
        ]


class Consent(models.Model):
    """What an outgoing body wants to commit before the day, and what the others said to it."""

    KINDS = {
        "land": "Land that is sold or let",
        "capital": "A capital contract",
        "contract": "Another contract",
    }
    ANSWERS = {"": "Not answered yet", "agreed": "Agreed", "refused": "Refused"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="consents")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    what = models.CharField(max_length=300)
    #: The matter's own number or name, by which what is signed is found to be what was consented to.
    reference = models.CharField(max_length=80)
    pence = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    answer = models.CharField(max_length=10, choices=ANSWERS, default="", blank=True)
    because = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["land", "capital", "contract"]), name="reorganisation_kind"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="reorganisation_consent_amount"),
        ]


class StaffMove(models.Model):
    """Where one appointment of an outgoing body goes on the day, when it is not to the team of the same name."""

    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="moves")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    staff_id = models.BigIntegerField()
    #: None for somebody who does not transfer.
    successor = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", null=True)
    team_code = models.CharField(max_length=40, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "body", "staff_id"], name="reorganisation_move_once")
        ]


class Heir(models.Model):
    """Who has the place of a row of a divided body; worked out once, before anything moves."""

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    place_of = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    body_id = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["reorganisation", "place_of", "key"], name="reorganisation_heir_of")]


class Moved(models.Model):
    """One row that was changed or added: its table, its key, and what the changed columns were (none: it was added)."""

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    chapter = models.CharField(max_length=40)
    step = models.IntegerField()
    place_of = models.CharField(max_length=60)
    key = models.JSONField()
    before = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["reorganisation", "place_of", "step"], name="reorganisation_moved_in")]


class Stage(models.Model):
    """A stage that is done: it and its rows were committed together, so that a run that was killed goes on after it."""

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    rows = models.IntegerField()
    seconds = models.FloatField()
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reorganisation", "name"], name="reorganisation_stage_once")]


class Told(models.Model):
    """One open request whose resident was told, and the letter that told them: one letter can tell of several."""

    reorganisation = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    #: The successor that answers for it since.
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    case_id = models.UUIDField()
    message_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reorganisation", "case_id"], name="reorganisation_told_once")]

    def __str__(self) -> str:
        return f"case {self.case_id}"
