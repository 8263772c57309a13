"""Areas, streets and dwellings; free of personal data, and readable by all."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class Area(models.Model):
    """Land with a name. `polygons` is a list of polygons, each a list of rings of [easting, northing] in metres."""

    KINDS = {"body": "Area of a body", "ward": "Ward", "parish": "Parish", "settlement": "Town or village"}

    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    body = models.ForeignKey("bodies.Body", models.PROTECT, null=True, related_name="areas")
    polygons = models.JSONField()
    easting = models.IntegerField(help_text="Of a point inside")
    northing = models.IntegerField()
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["body", "ward", "parish", "settlement"]), name="bodies_area_kind"
            ),
            models.CheckConstraint(condition=~Q(kind="body") | Q(body__isnull=False), name="bodies_area_of_body"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gt=F("starts")),
                name="bodies_area_dates",
            ),
        ]

    def __str__(self):
        return self.name


class Street(models.Model):
    """A street or road. `line` is a list of [easting, northing] along its carriageway."""

    CLASSES = ("trunk", "main", "secondary", "local")

    usrn = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=120)
    locality = models.CharField(max_length=120, help_text="Town or village; empty for a road across country")
    road_class = models.CharField(max_length=10)
    line = models.JSONField()
    length = models.IntegerField(help_text="Metres")
    easting = models.IntegerField(help_text="Of the middle of its line")
    northing = models.IntegerField()
    search = models.TextField(help_text="Name and locality in plain words")

    class Meta:
        indexes = [GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="bodies_street_search")]
        constraints = [
            models.CheckConstraint(condition=Q(usrn__regex=r"^[0-9]{8}$"), name="bodies_street_usrn"),
            models.CheckConstraint(
                condition=Q(road_class__in=["trunk", "main", "secondary", "local"]), name="bodies_street_class"
            ),
        ]

    def __str__(self):
        return self.name


class Dwelling(models.Model):
    """A home. Nothing here says who lives in it."""

    uprn = models.CharField(max_length=12, primary_key=True)
    number = models.CharField(max_length=8, blank=True)
    name = models.CharField(max_length=80, blank=True)
    street = models.ForeignKey(Street, models.PROTECT, related_name="dwellings")
    postcode = models.CharField(max_length=8)
    district = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+", help_text="District or unitary")
    ward = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    easting = models.IntegerField()
    northing = models.IntegerField()
    lat = models.FloatField()
    lon = models.FloatField()
    search = models.TextField(blank=True, help_text="Name, street and locality in plain words; of named homes only")

    class Meta:
        indexes = [
            models.Index(fields=["postcode"], name="bodies_dwelling_postcode"),
            models.Index(fields=["easting", "northing"], name="bodies_dwelling_point"),
            models.Index(fields=["district", "street"], name="bodies_dwelling_district"),
            GinIndex(
                fields=["search"], opclasses=["gin_trgm_ops"], name="bodies_dwelling_search", condition=~Q(search="")
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(uprn__regex=r"^[0-9]{1,12}$"), name="bodies_dwelling_uprn"),
            models.CheckConstraint(condition=~Q(number="") | ~Q(name=""), name="bodies_dwelling_has_a_name"),
        ]

    def __str__(self):
        return f"dwelling {self.uprn}"


class Edition(models.Model):
    """Which state of bodies and land the database holds: one row, a new stamp whenever any of it changes."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="bodies_edition_one_row")]

    def __str__(self):
        return str(self.stamp)
