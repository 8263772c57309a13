"""Fit tests as they were run, aims and time as they were measured, and warnings as they were sent."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from moothall.core.ids import new_id


class FitRun(models.Model):
    """One run of the fit test of a partnership: what was on record that day, and what was found. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    partnership_id = models.UUIDField()
    day = models.DateField()
    #: What `rules.fit.Evidence` reads.
    evidence = models.JSONField(encoder=DjangoJSONEncoder)
    #: What `rules.fit.Finding` reads, in order.
    findings = models.JSONField(encoder=DjangoJSONEncoder)
    ran_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partnership_id", "-ran_at"], name="promises_fitrun_newest")]


class Measurement(models.Model):
    """What a member measured of an aim, with the source; the newest counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    partnership_id = models.UUIDField()
    #: The aim's words, as the terms have them.
    aim = models.CharField(max_length=600)
    figure = models.DecimalField(max_digits=14, decimal_places=2)
    day = models.DateField()
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partnership_id", "-day"], name="promises_measurement_newest")]


class CaseTime(models.Model):
    """How long one request of a service takes a body's own staff, as it measured it; the newest counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    service_id = models.CharField(max_length=60)
    minutes = models.PositiveIntegerField()
    day = models.DateField()
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body_id", "service_id", "-day"], name="promises_casetime_newest")]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gt=0), name="promises_casetime_some")]


class Warning(models.Model):
    """A warning that a body's accountable people were sent, once for each finding of a partnership, saving or plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.SmallIntegerField()
    #: The partnership, saving or plan that it is about.
    about_id = models.UUIDField()
    finding = models.CharField(max_length=40)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body_id", "about_id", "finding"], name="promises_warning_once")]
