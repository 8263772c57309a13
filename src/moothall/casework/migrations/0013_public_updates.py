"""A published report says when it came, by when it is promised and what became of it, so that others may follow it."""

import django.db.models.deletion
from django.db import migrations, models

import moothall.core.ids
from moothall.core.rows import PolicyRows

MINE = "body_id = any((select app_bodies())::smallint[])"
#: Whoever may work on the case tells what became of it, also where another body does the work.
PLACE = (
    f"{MINE} or id = md5((select app_case())::text)::uuid "
    "or exists (select 1 from casework_case c where c.published_id = casework_publicplace.id)"
)
UPDATE = (
    "place_id = md5((select app_case())::text)::uuid "
    "or exists (select 1 from casework_case c where c.published_id = place_id)"
)
KINDS = {"step": "Step done", "closed": "Closed", "cancelled": "Withdrawn", "reopened": "Opened again"}


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_former_tracked"), ("catalogue", "0001_initial"), ("bodies", "0001_initial")]

    operations = [
        migrations.AddField("publicplace", "due_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "publicplace", "version",
            models.ForeignKey("catalogue.version", db_index=False, null=True, related_name="+",
                              on_delete=django.db.models.deletion.PROTECT),
        ),
        migrations.AddField("publicplace", "reported_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            """update casework_publicplace p
            set reported_at = (p.reported_on + time '12:00') at time zone 'Europe/London'""",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RemoveField("publicplace", "reported_on"),
        migrations.AlterField("publicplace", "reported_at", models.DateTimeField()),
        migrations.AddIndex(
            "publicplace", models.Index(fields=["body", "-reported_at"], name="casework_place_newest")
        ),
        migrations.CreateModel(
            name="PublicUpdate",
            fields=[
                ("id", models.UUIDField(default=moothall.core.ids.new_id, editable=False, primary_key=True,
                                        serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(choices=list(KINDS.items()), max_length=10)),
                ("name", models.CharField(blank=True, default="", max_length=40)),
                ("body", models.ForeignKey("bodies.body", db_index=False, related_name="+",
                                           on_delete=django.db.models.deletion.PROTECT)),
                ("place", models.ForeignKey("casework.publicplace", db_index=False, related_name="updates",
                                            on_delete=django.db.models.deletion.PROTECT)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["place", "at"], name="casework_update_place"),
                    models.Index(fields=["body", "at"], name="casework_update_newest"),
                ],
            },
        ),
        migrations.AlterField(
            "case", "channel",
            models.CharField(
                choices=[("web", "Web"), ("api", "API"), ("open311", "Open311"), ("phone", "Phone"),
                         ("visit", "Visit"), ("email", "E-mail"), ("post", "Letter")],
                max_length=10,
            ),
        ),
        migrations.RunSQL(
            "".join(
                f"drop policy {name} on casework_publicplace;"
                for name in ("scope", "scope_insert", "scope_update", "scope_delete", "everyone")
            ),
            migrations.RunSQL.noop,
        ),
        PolicyRows("casework_publicplace", PLACE, read="true"),
        PolicyRows("casework_publicupdate", UPDATE, read="true"),
    ]  # fmt: skip
