from django.db import migrations, models

KINDS = ["language", "interpreter", "format", "calls", "access", "safety"]

# A sign language is interpreted, not written: whoever was noted to read it needs an interpreter.
SPLIT = "update people_need set kind = 'interpreter' where kind = 'language' and value = 'bfi'"
JOIN = """
update people_need set kind = 'language' where kind = 'interpreter' and value = 'bfi';
delete from people_need where kind in ('interpreter', 'calls');
"""


class Migration(migrations.Migration):
    """Needs have two more kinds: who interprets, and whether somebody can be rung."""

    dependencies = [("people", "0004_hands")]

    operations = [
        migrations.RemoveConstraint(model_name="need", name="people_need_kind"),
        migrations.AlterField(model_name="need", name="kind", field=models.CharField(max_length=12)),
        migrations.RunSQL(SPLIT, JOIN),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="people_need_kind"
            ),
        ),
    ]
