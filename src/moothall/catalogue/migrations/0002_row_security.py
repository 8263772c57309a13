from django.db import migrations

from moothall.core.rows import AppendOnly, Open


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        Open("catalogue_service", "the names of services, published to all"),
        Open("catalogue_version", "service definitions, published to all; they hold no personal data"),
        AppendOnly("catalogue_version"),
    ]
