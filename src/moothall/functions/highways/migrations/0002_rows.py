"""Row security of highways: each body sees its own roads. What was found and done is added to, never edited."""

from django.db import migrations

from moothall.core.rows import AppendOnly, BodyRows


class Migration(migrations.Migration):
    dependencies = [("highways", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        BodyRows("highways_policy"),
        AppendOnly("highways_policy"),
        BodyRows("highways_segment"),
        BodyRows("highways_defect"),
        BodyRows("highways_report"),
        BodyRows("highways_inspection"),
        AppendOnly("highways_inspection"),
        BodyRows("highways_workorder"),
        BodyRows("highways_repair"),
        AppendOnly("highways_repair"),
        BodyRows("highways_qualitycheck"),
        AppendOnly("highways_qualitycheck"),
    ]
