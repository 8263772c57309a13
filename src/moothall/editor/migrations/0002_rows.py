"""Drafts are their own body's; their history and what was said of them is added to."""

from django.db import migrations

from moothall.core.rows import AppendOnly, BodyRows, NoDelete


class Migration(migrations.Migration):
    dependencies = [("editor", "0001_initial"), ("core", "0002_row_security"), ("bodies", "0002_row_security")]

    operations = [
        BodyRows("editor_draft"),
        NoDelete("editor_draft"),
        BodyRows("editor_saving"),
        AppendOnly("editor_saving"),
        BodyRows("editor_opinion"),
        AppendOnly("editor_opinion"),
    ]
