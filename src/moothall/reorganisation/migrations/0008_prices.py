"""What differs is more than settings: what predecessors offer to others, and what they are paid or pay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0007_told_rows")]

    operations = [
        migrations.RemoveConstraint("setting", "reorganisation_setting_once"),
        migrations.AddField("setting", "matter", models.CharField(default="adoption", max_length=40)),
        migrations.AddField(
            "setting", "chosen", models.CharField(default="", max_length=40), preserve_default=False
        ),
        migrations.RunSQL(
            "update reorganisation_setting set chosen = adoption_id::text",
            "update reorganisation_setting set adoption_id = chosen::bigint where matter = 'adoption'",
        ),
        migrations.RemoveField("setting", "adoption_id"),
        migrations.AddConstraint(
            "setting",
            models.UniqueConstraint(
                fields=["reorganisation", "body", "service_id", "matter"], name="reorganisation_setting_once"
            ),
        ),
    ]
