"""What somebody collected about a person: one source record, and the values that belong to it.

`body` is who collected it and so who may read it; without one the person gave it and owns it. The database checks
that a value's body and person are those of its record.
"""

from django.db import models
from django.db.models import F, Q

from moothall.core.ids import new_id
from moothall.people.rules.terms import BASES, CONTACTS, NEEDS, VERIFIED_BY

DATES = Q(ends=None) | Q(starts=None) | Q(ends__gt=F("starts"))


class SourceRecord(models.Model):
    """What one system of one body says about one person, for what purpose and on what lawful basis."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="records")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", null=True, db_index=False)
    system = models.CharField(max_length=40)
    reference = models.CharField(max_length=80, blank=True, help_text="Its number in that system")
    purpose = models.CharField(max_length=80)
    basis = models.CharField(max_length=20)
    born = models.DateField(null=True)
    collected_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When the purpose was fulfilled; retention counts from it")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "born"], name="people_record_born", condition=~Q(born=None)),
            models.Index(fields=["body", "person"], name="people_record_body"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "system", "reference"], condition=~Q(reference=""), name="people_record_reference"
            ),
            models.UniqueConstraint(
                fields=["body", "person", "system"],
                condition=Q(reference="", erased_at=None),
                nulls_distinct=False,
                name="people_record_own",
            ),
            models.CheckConstraint(condition=Q(basis__in=list(BASES)), name="people_record_basis"),
        ]

    def __str__(self):
        return f"record {self.pk}"


class _Value(models.Model):
    """One value of a source record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.ForeignKey(SourceRecord, models.PROTECT, related_name="%(class)ss", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", null=True, db_index=False)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class Name(_Value, models.Model):
    """A name somebody goes or went by. `normal` is the form in which two names are compared."""

    full = models.CharField(max_length=200)
    known_as = models.CharField(max_length=100, blank=True)
    normal = models.CharField(max_length=200, db_collation="C")
    family = models.CharField(max_length=100, db_collation="C", help_text="Last part of the normal form")

    class Meta:
        indexes = [
            models.Index(fields=["body", "normal"], name="people_name_normal"),
            models.Index(fields=["body", "family"], name="people_name_family"),
        ]
        constraints = [models.CheckConstraint(condition=DATES, name="people_name_dates")]


class ContactPoint(_Value, models.Model):
    """A way to reach somebody, and whether, when and how we made sure that it is theirs."""

    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=300)
    normal = models.CharField(max_length=300, db_collation="C")
    verified_at = models.DateTimeField(null=True)
    verified_how = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "normal"], name="people_contactpoint_normal")]
        constraints = [
            models.CheckConstraint(condition=DATES, name="people_contactpoint_dates"),
            models.CheckConstraint(condition=Q(kind__in=list(CONTACTS)), name="people_contactpoint_kind"),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_how="")
                | Q(verified_at__isnull=False, verified_how__in=list(VERIFIED_BY)),
                name="people_contactpoint_verified_when_and_how",
            ),
        ]


class Residence(_Value, models.Model):
    """Where somebody lives or lived: a dwelling we know by its number, or an address in words elsewhere."""

    uprn = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "uprn"], name="people_residence_uprn", condition=~Q(uprn="")),
            models.Index(fields=["body", "postcode"], name="people_residence_postcode"),
        ]
        constraints = [models.CheckConstraint(condition=DATES, name="people_residence_dates")]


class HouseholdMember(_Value, models.Model):
    """Somebody belongs to a household: those with the same `household` keep house together."""

    household = models.UUIDField(default=new_id)

    class Meta:
        indexes = [models.Index(fields=["body", "household"], name="people_household")]
        constraints = [models.CheckConstraint(condition=DATES, name="people_householdmember_dates")]


class Need(_Value, models.Model):
    """What somebody needs from whoever deals with them: a language, an interpreter, a format, access, safety."""

    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=DATES, name="people_need_dates"),
            models.CheckConstraint(condition=Q(kind__in=list(NEEDS)), name="people_need_kind"),
        ]
