"""Who was told is the successor's own to read, and added to only."""

from django.db import migrations

from moothall.core.rows import AppendOnly, BodyRows


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0006_told")]

    operations = [BodyRows("reorganisation_told"), AppendOnly("reorganisation_told")]
