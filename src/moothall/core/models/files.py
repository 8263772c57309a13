"""What people sent us or we made for them; the bytes are in a folder outside the web root."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class File(models.Model):
    """One kept file. Visible to the bodies in `seen_by`, to whoever has its case, to its person, or to everybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    body_id = models.SmallIntegerField(help_text="Whose copy it is: bytes are shared within a body, never between two")
    seen_by = ArrayField(models.SmallIntegerField(), help_text="Bodies that may read it")
    only_team = models.CharField(
        max_length=40, blank=True, default="", help_text="Code of the one team that may read it; empty: all of them"
    )
    case_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80, help_text="Media type, from the bytes and not from the sender")
    size = models.IntegerField(help_text="Bytes as kept")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes as kept, in hexadecimal")
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    lat = models.FloatField(null=True, help_text="Degrees north, as the camera wrote; taken out of the picture itself")
    lon = models.FloatField(null=True, help_text="Degrees east, as the camera wrote")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    public_from = models.DateField(
        null=True, help_text="The day from which everybody may read it; empty: only who is named here"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body_id", "digest"], name="core_file_digest"),
            models.Index(fields=["case_id"], name="core_file_case"),
            models.Index(fields=["person_id"], name="core_file_person"),
        ]
        constraints = [
            models.CheckConstraint(  # what is about somebody is never published
                condition=models.Q(public_from=None) | models.Q(case_id=None, person_id=None),
                name="core_file_public_about_nobody",
            )
        ]

    def __str__(self):
        return f"file {self.pk}"
