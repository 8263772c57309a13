"""Bodies, teams, staff, and who does a piece of work instead of the body the law names."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from moothall.bodies.rules.kinds import Kind, Role

KINDS, ROLES = [kind.value for kind in Kind], [role.value for role in Role]
COLOUR = r"^#[0-9a-f]{6}$"
DATES = Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gt=F("starts"))


class Body(models.Model):
    """A public body. `ends` is the first day on which it is no more; `successor` then stands in its place."""

    id = models.SmallIntegerField(primary_key=True)
    code = models.CharField(max_length=3, unique=True, help_text="Begins every reference it issues")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    name_cy = models.CharField(max_length=120, blank=True)
    wordmark = models.CharField(max_length=60, help_text="The name as its header shows it")
    kind = models.CharField(max_length=30)
    partner = models.BooleanField(help_text="Works on this platform")
    colour = models.CharField(max_length=7, help_text="Header and buttons; dark enough for white text")
    accent = models.CharField(max_length=7, help_text="The stripe beside it")
    signpost_url = models.URLField(blank=True, help_text="Where to send people when it is no partner")
    signpost_phone = models.CharField(max_length=20, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    #: Every body that took over a part of it, where it was divided; else its one successor.
    heir_ids = ArrayField(models.SmallIntegerField(), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{3}$"), name="bodies_body_code"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="bodies_body_kind"),
            models.CheckConstraint(
                condition=Q(colour__regex=COLOUR) & Q(accent__regex=COLOUR), name="bodies_body_colours"
            ),
            models.CheckConstraint(
                condition=Q(partner=True) | ~Q(signpost_url="") | ~Q(signpost_phone=""), name="bodies_body_signpost"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ends__isnull=False), name="bodies_body_successor_has_end"
            ),
            models.CheckConstraint(condition=DATES, name="bodies_body_dates"),
        ]

    def __str__(self):
        return self.name


class Team(models.Model):
    """People in one body who share a queue of work."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="teams")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="bodies_team_code"),
            models.UniqueConstraint(fields=["body", "id"], name="bodies_team_of_body"),
            models.CheckConstraint(condition=DATES, name="bodies_team_dates"),
        ]

    def __str__(self):
        return self.name


class Staff(models.Model):
    """One appointment: an account works for a body in these roles from one day until another.

    A change of role ends the row and starts another, so that it can always be said who could do what on which day.
    """

    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, related_name="staff")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="staff")
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=30))
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    #: The group of the organisation's sign-in that it came of, if it did.
    group = models.ForeignKey("bodies.Group", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["account"], name="bodies_staff_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(roles__contained_by=ROLES) & Q(roles__len__gt=0), name="bodies_staff_roles"
            ),
            models.CheckConstraint(condition=DATES, name="bodies_staff_dates"),
        ]

    def __str__(self):
        return f"appointment {self.pk}"


class Group(models.Model):
    """A group of an organisation's own sign-in, and what whoever is in it does for a body."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="As the sign-in tells it")
    roles = ArrayField(models.CharField(max_length=30))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    kept_by = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="bodies_group_once", condition=Q(ended_at=None)),
            models.CheckConstraint(
                condition=Q(roles__contained_by=ROLES) & Q(roles__len__gt=0), name="bodies_group_roles"
            ),
        ]

    def __str__(self):
        return self.name


class DutyException(models.Model):
    """Somebody else than the law's usual body does this work on one street, in one dwelling or in one area."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="exceptions")
    works = ArrayField(models.CharField(max_length=40))
    street = models.ForeignKey("bodies.Street", models.PROTECT, null=True, related_name="+")
    dwelling = models.ForeignKey("bodies.Dwelling", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("bodies.Area", models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=200, help_text="By what right")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(street__isnull=False, dwelling__isnull=True, area__isnull=True)
                | Q(street__isnull=True, dwelling__isnull=False, area__isnull=True)
                | Q(street__isnull=True, dwelling__isnull=True, area__isnull=False),
                name="bodies_dutyexception_one_place",
            ),
            models.CheckConstraint(condition=DATES, name="bodies_dutyexception_dates"),
        ]

    def __str__(self):
        return f"exception {self.pk}"
