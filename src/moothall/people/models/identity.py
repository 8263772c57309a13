"""A person is a bare id; accounts, agents and decisions hang on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.people.rules.helping import LONGEST, MAY, WRITTEN
from moothall.people.rules.same import DECISIONS
from moothall.people.rules.terms import ACTS_AS


class Person(models.Model):
    """A human being: nothing but an id. What is known stands in source records, each belonging to who collected it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"person {self.pk}"


class AccountLink(models.Model):
    """An account belongs to a person, from when until when. One account has one person at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("core.Account", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="people_accountlink_one_person"
            ),
        ]

    def __str__(self):
        return f"account link {self.pk}"


class ActsFor(models.Model):
    """One person may act for another: as what, how far, on whose word or paper, from one day until another.

    Until the helper has confirmed with a code there is no agent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(
        "bodies.Body", models.PROTECT, related_name="+", help_text="Which saw the paper, or at whose door it was said"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="agents")
    agent = models.ForeignKey(Person, models.PROTECT, related_name="acts_for", null=True)
    kind = models.CharField(max_length=20)
    #: Whether the person said so in their own account; else staff saw the paper that it rests on.
    said = models.BooleanField(default=False)
    paper = models.CharField(max_length=200, blank=True, default="", help_text="What staff saw")
    may = ArrayField(models.CharField(max_length=10), default=list)
    #: Codes of the services it is for; none means every service.
    services = ArrayField(models.CharField(max_length=60), default=list)
    written = models.CharField(max_length=8, default="alone")
    #: What each is called to the other: all that either learns of the other here.
    person_name = models.CharField(max_length=100, blank=True, default="")
    agent_name = models.CharField(max_length=100, blank=True, default="")
    person_language = models.CharField(max_length=5, default="en")
    agent_language = models.CharField(max_length=5, default="en")
    starts = models.DateField()
    ends = models.DateField(null=True)
    made_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, blank=True, default="")
    code_digest = models.BinaryField(null=True)
    code_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["code_digest"], name="people_actsfor_code", condition=~Q(code_digest=None)),
            models.Index(fields=["body", "ends"], name="people_actsfor_ends", condition=Q(ended_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ACTS_AS)), name="people_actsfor_kind"),
            models.CheckConstraint(condition=~Q(person=F("agent")), name="people_actsfor_somebody_else"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="people_actsfor_dates"),
            models.CheckConstraint(condition=Q(written__in=WRITTEN), name="people_actsfor_written"),
            models.CheckConstraint(condition=Q(may__contained_by=list(MAY)), name="people_actsfor_may"),
            models.CheckConstraint(
                condition=Q(said=False) | Q(ends__isnull=False, ends__lte=F("starts") + LONGEST),
                name="people_actsfor_said_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(agent=None) | Q(code_digest=None, code_until=None), name="people_actsfor_code_is_used_once"
            ),
        ]

    def __str__(self):
        return f"acts for {self.pk}"


class Link(models.Model):
    """A decision of one body about two people: the same, no longer the same, or to be kept apart. Only added to.

    The later decision about a pair stands. `reason` is a code; who decided is `by`. Nothing is moved or merged:
    whoever asks for one of them is given both.
    """

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", db_index=False)
    one = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="The earlier of the two")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["body", "one", "other", "id"], name="people_link_pair")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(DECISIONS)), name="people_link_kind"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="people_link_order"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"
