"""A body draws a service down by itself too: then there is no offer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_successors")]

    operations = [
        migrations.AlterField(
            model_name="drawdown",
            name="offer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="sharing.offer"
            ),
        ),
    ]
