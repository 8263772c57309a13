from django.db import migrations, models

from moothall.core.rows import UpdateOnly

LEADS = """exists (select 1 from reorganisation_plan p
  where p.id = reorganisation_succession.reorganisation_id and p.body_id = any((select app_bodies())::smallint[]))"""
OWN = "body_id = any((select app_bodies())::smallint[])"


def rule(who):
    """Return the statement by which those may change a line."""
    return f"alter policy scope_update on reorganisation_succession using ({who}) with check ({who})"


class Migration(migrations.Migration):
    """Each predecessor agrees to the plan for itself, and changes nothing else of it."""

    dependencies = [("reorganisation", "0002_rows")]

    operations = [
        migrations.AddField("succession", "agreed_at", models.DateTimeField(null=True)),
        migrations.AddField("succession", "agreed_by", models.CharField(blank=True, default="", max_length=100)),
        migrations.RunSQL(rule(OWN), rule(LEADS)),
        UpdateOnly("reorganisation_succession", ("agreed_at", "agreed_by")),
    ]
