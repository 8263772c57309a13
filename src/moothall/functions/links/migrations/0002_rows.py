"""Row security of links: each body sees the systems and calls of its own."""

from django.db import migrations

from moothall.core.rows import AppendOnly, BodyRows


class Migration(migrations.Migration):
    dependencies = [("links", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        BodyRows("links_system"),
        BodyRows("links_call"),
        BodyRows("links_received"),
        AppendOnly("links_received"),
    ]
