"""Whom of its own people a body tells; and at which moments, which casework asks in everybody's scope."""

import django.db.models.deletion
import moothall.core.ids
from django.db import migrations, models

from moothall.core.rows import BodyRows, Definer

MOMENTS = """
create function sharing_told_at(p_body smallint, p_service text) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct moment::text), '{}') from sharing_telling
  where body_id = p_body and service_id = p_service
$$"""


class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_row_security"), ("sharing", "0010_own_provision")]

    operations = [
        migrations.CreateModel(
            name="Telling",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=moothall.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("service_id", models.CharField(max_length=60)),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("opened", "When a request is made"),
                            ("late", "When a promise is missed"),
                            ("ended", "When a request is closed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("team", "Team"), ("role", "Role"), ("mailbox", "Mailbox")], max_length=10
                    ),
                ),
                ("named", models.CharField(max_length=254)),
                ("said_at", models.DateTimeField()),
                ("said_by", models.CharField(max_length=80)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("body", "service_id", "moment", "kind", "named"), name="sharing_telling_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("moment__in", ["opened", "late", "ended"])), name="sharing_telling_moment"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["team", "role", "mailbox"])), name="sharing_telling_kind"
                    ),
                ],
            },
        ),
        BodyRows("sharing_telling"),
        Definer(MOMENTS, "sharing_told_at(smallint, text)", "whether anybody of a body is told at all: no names"),
    ]
