"""Row security of call-backs: each body its own."""

from django.db import migrations

from moothall.core.rows import BodyRows


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_call_backs")]

    operations = [BodyRows("desk_callback")]
