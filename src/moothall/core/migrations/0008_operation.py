"""Long work and how far it is."""

import uuid

from django.db import migrations, models

from moothall.core.rows import BodyRows, Definer, NoDelete, UpdateOnly

UNFINISHED = """
create function core_operations_unfinished() returns table (operation_id uuid, body_id smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select id, body_id from core_operation where state in ('waiting', 'running')
$$
"""
AGAIN = """
create function core_operation_again(operation_id uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  update core_operation set state = 'waiting', error = '', ended_at = null
  where id = operation_id and state = 'failed' and body_id = any((select app_bodies())::smallint[])
$$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0007_unsealed")]

    operations = [
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("body_id", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("stages", models.JSONField(default=list, help_text="In order: name, words, done, total, state")),
                ("result", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=100)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["body_id", "kind", "-asked_at"], name="core_operation_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                        name="core_operation_state",
                    )
                ],
            },
        ),
        BodyRows("core_operation"),
        NoDelete("core_operation"),
        UpdateOnly("core_operation", ("subject",)),
        Definer(
            UNFINISHED,
            "core_operations_unfinished()",
            "names operations that have not ended and their bodies, so that they go on after a kill",
        ),
        Definer(AGAIN, "core_operation_again(uuid)", "lets a failed operation of a body in scope be tried again"),
    ]
