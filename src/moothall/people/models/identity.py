"""A person is a bare id; accounts, agents and decisions hang on it."""

from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
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
    """One person may act for another, as what, by whose check, from one day until another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", help_text="Which checked it")
    person = models.ForeignKey(Person, models.PROTECT, related_name="agents")
    agent = models.ForeignKey(Person, models.PROTECT, related_name="acts_for")
    kind = models.CharField(max_length=20)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ACTS_AS)), name="people_actsfor_kind"),
            models.CheckConstraint(condition=~Q(person=F("agent")), name="people_actsfor_somebody_else"),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="people_actsfor_dates"),
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
