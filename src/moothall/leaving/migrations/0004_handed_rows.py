"""Which cases were handed over is the leaving body's own to read, and added to only."""

from django.db import migrations

from moothall.core.rows import AppendOnly, BodyRows


class Migration(migrations.Migration):
    dependencies = [("leaving", "0003_handed")]

    operations = [BodyRows("leaving_handed"), AppendOnly("leaving_handed")]
